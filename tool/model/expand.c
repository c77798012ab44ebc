#include "model/expand.h"

#include "base/str.h"

#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 10 };

struct expansion {
    struct arena *arena;
    struct place place;
    struct err *err;
    int depth;
};

static int malformed(const struct expansion *expansion, const char *what)
{
    err_set(expansion->err, ERR_INPUT, "%s; expected ${NAME} or ${NAME:-default}", what);
    err_hint(expansion->err, "write $${ for the characters ${");
    return err_at(expansion->err, expansion->place.file, expansion->place.line, expansion->place.column);
}

/* The '}' that ends what begins behind "${", over references in the default; NULL when there is none. */
static const char *find_end(const char *at)
{
    int depth = 1;
    for (; *at != '\0'; at++) {
        if (at[0] == '$' && at[1] == '{')
            depth++;
        else if (*at == '}' && --depth == 0)
            return at;
    }
    return NULL;
}

static int add_text(struct expansion *expansion, const char *text, struct str *str);

static int add_value(struct expansion *expansion, const char *name, const char *fallback, struct str *str)
{
    const char *value = getenv(name);
    if (fallback != NULL && (value == NULL || *value == '\0'))
        return add_text(expansion, fallback, str);
    if (value != NULL) {
        str_add(str, value);
        return 0;
    }
    err_set(expansion->err, ERR_INPUT, "the variable %s is not set", name);
    err_hint(expansion->err, "set it, or write ${%s:-default}", name);
    return err_at(expansion->err, expansion->place.file, expansion->place.line, expansion->place.column);
}

/* At "${". */
static int add_reference(struct expansion *expansion, const char **at, struct str *str)
{
    static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_", digits[] = "0123456789";
    const char *name = *at + 2, *end = find_end(name);
    if (end == NULL)
        return malformed(expansion, "a ${ is never closed");
    size_t length = 0;
    while (name[length] != '\0' && (strchr(letters, name[length]) != NULL ||
                                    (length > 0 && strchr(digits, name[length]) != NULL)))
        length++;
    const char *rest = name + length;
    bool fallback = strncmp(rest, ":-", 2) == 0;
    if (length == 0 || (rest != end && !fallback))
        return malformed(expansion, "a ${ is followed by something else than a variable");
    *at = end + 1;
    return add_value(expansion, arena_strndup(expansion->arena, name, length),
                     fallback ? arena_strndup(expansion->arena, rest + 2, (size_t)(end - rest) - 2) : NULL, str);
}

static int add_text(struct expansion *expansion, const char *text, struct str *str)
{
    if (++expansion->depth > DEEPEST)
        return malformed(expansion, "references are nested too deep");
    while (*text != '\0') {
        if (strncmp(text, "$${", 3) == 0) {
            str_add(str, "${");
            text += 3;
        } else if (strncmp(text, "${", 2) != 0) {
            str_add_char(str, *text++);
        } else if (add_reference(expansion, &text, str) != 0) {
            return -1;
        }
    }
    expansion->depth--;
    return 0;
}

int expand_text(struct arena *arena, const char *text, struct place place, char **expanded, struct err *err)
{
    struct expansion expansion = {arena, place, err, 0};
    struct str str = str_new(arena);
    if (add_text(&expansion, text, &str) != 0)
        return -1;
    *expanded = str.at;
    return 0;
}
