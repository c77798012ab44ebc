/* Reading JSON: cJSON decodes, and a walk over the text beside it finds every place and every fault. */
#include "base/file.h"
#include "base/map.h"
#include "text/json.h"
#include "text/json_door.h"
#include "text/source.h"

#include <ctype.h>
#include <string.h>

enum { LONGEST_NUMBER = 63 }; /* as cJSON takes them */

struct walk {
    struct arena *arena;
    struct source source;
    const char *at;      /* where we are; the content ends with NUL */
    size_t located;      /* `place` is the place of this offset */
    struct place place;
    int depth;
    struct err *err;
};

/* The place of `at`; asked for in order, so that each byte is looked at once. */
static struct place locate(struct walk *walk)
{
    size_t offset = (size_t)(walk->at - walk->source.content);
    struct place more = file_place(walk->place.file, walk->source.content + walk->located, offset - walk->located);
    walk->place.column = more.line == 1 ? walk->place.column + more.column - 1 : more.column;
    walk->place.line += more.line - 1;
    walk->located = offset;
    return walk->place;
}

static const char *found(const struct walk *walk)
{
    unsigned char c = (unsigned char)*walk->at;
    if (c == '\0')
        return "the end of the file";
    if (c < ' ' || c > '~')
        return arena_printf(walk->err->arena, "the byte 0x%02X", c);
    return arena_printf(walk->err->arena, "'%c'", c);
}

static int expected(struct walk *walk, const char *format, ...) __attribute__((format(printf, 2, 3)));
static int expected(struct walk *walk, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *what = arena_vprintf(walk->err->arena, format, arguments);
    va_end(arguments);
    return source_fail(&walk->source, (size_t)(walk->at - walk->source.content), walk->err, "expected %s, found %s",
                       what, found(walk));
}

static void skip_space(struct walk *walk)
{
    walk->at += strspn(walk->at, " \t\r\n");
}

static bool read_hex4(const char *at, unsigned *code)
{
    *code = 0;
    for (int i = 0; i < 4; i++) {
        const char *digits = "0123456789abcdef", *digit = at[i] == '\0' ? NULL : strchr(digits, at[i] | 0x20);
        if (digit == NULL)
            return false;
        *code = *code * 16 + (unsigned)(digit - digits);
    }
    return true;
}

/* At the 'u' of \uXXXX.  A pair of surrogates is one character. */
static int walk_unicode(struct walk *walk)
{
    unsigned code = 0, low = 0;
    if (!read_hex4(walk->at + 1, &code))
        return expected(walk, "four hexadecimal digits after \\u");
    if (code == 0)
        return source_fail(&walk->source, (size_t)(walk->at - walk->source.content), walk->err,
                           "\\u0000 is not allowed: PostgreSQL keeps no NUL in a text");
    walk->at += 5;
    if (code < 0xD800 || code > 0xDFFF)
        return 0;
    if (code > 0xDBFF || strncmp(walk->at, "\\u", 2) != 0 || !read_hex4(walk->at + 2, &low) || low < 0xDC00 ||
        low > 0xDFFF)
        return expected(walk, "the other half of a pair of surrogates (\\uD800-\\uDBFF, then \\uDC00-\\uDFFF)");
    walk->at += 6;
    return 0;
}

static int walk_string(struct walk *walk)
{
    const char *start = walk->at++;
    while (*walk->at != '"') {
        if (*walk->at == '\0' || *walk->at == '\n' || *walk->at == '\r') {
            walk->at = start;
            return source_fail(&walk->source, (size_t)(start - walk->source.content), walk->err,
                               "this text is never closed; expected '\"' on the same line");
        }
        if ((unsigned char)*walk->at < ' ')
            return expected(walk, "\\t or \\u00XX for a control character in a text");
        if (*walk->at++ != '\\')
            continue;
        if (*walk->at == 'u') {
            if (walk_unicode(walk) != 0)
                return -1;
        } else if (*walk->at == '\0' || strchr("\"\\/bfnrt", *walk->at) == NULL) {
            return expected(walk, "one of \" \\ / b f n r t u after a backslash");
        } else {
            walk->at++;
        }
    }
    walk->at++;
    return 0;
}

static int walk_digits(struct walk *walk, const char *where)
{
    size_t count = strspn(walk->at, "0123456789");
    walk->at += count;
    return count == 0 ? expected(walk, "a digit %s", where) : 0;
}

static int walk_number(struct walk *walk)
{
    const char *start = walk->at;
    walk->at += *walk->at == '-';
    if (walk->at[0] == '0' && walk->at[1] >= '0' && walk->at[1] <= '9')
        return expected(walk, "a number without leading zeros (put quotes around a version)");
    if (walk_digits(walk, "of a number") != 0)
        return -1;
    if (*walk->at == '.') {
        walk->at++;
        if (walk_digits(walk, "after the decimal point") != 0)
            return -1;
    }
    if (*walk->at == 'e' || *walk->at == 'E') {
        walk->at++;
        walk->at += *walk->at == '+' || *walk->at == '-';
        if (walk_digits(walk, "of the exponent") != 0)
            return -1;
    }
    if (walk->at - start > LONGEST_NUMBER) {
        walk->at = start;
        return expected(walk, "a number of at most %d characters", LONGEST_NUMBER);
    }
    return 0;
}

static int walk_value(struct walk *walk, const cJSON *item, const char *what, struct node *node);

/* What stands behind a member or an item: a comma (1), the closing character (0), or a fault (-1). */
static int walk_separator(struct walk *walk, char close, const char *key)
{
    skip_space(walk);
    if (*walk->at == ',' || *walk->at == close)
        return *walk->at++ == ',';
    return key != NULL ? expected(walk, "',' or '%c' after the value of \"%s\"", close, key)
                       : expected(walk, "',' or '%c' after this item of the list", close);
}

static int walk_key(struct walk *walk, const cJSON *item, struct map *keys, struct node *node)
{
    skip_space(walk);
    if (*walk->at != '"')
        return expected(walk, "a key in double quotes");
    node->key_place = locate(walk);
    const char *start = walk->at;
    if (walk_string(walk) != 0)
        return -1;
    node->key = item != NULL ? arena_strdup(walk->arena, item->string)
                             : arena_strndup(walk->arena, start + 1, (size_t)(walk->at - start) - 2);
    const struct node *first = map_find(keys, node->key);
    if (first != NULL) {
        source_fail_at(&walk->source, node->key_place, walk->err, "the key \"%s\" is here for the second time",
                       node->key);
        return err_hint(walk->err, "it was first given in line %d, column %d; remove one of the two",
                        first->key_place.line, first->key_place.column);
    }
    map_put(walk->arena, keys, node->key, node);
    skip_space(walk);
    if (*walk->at != ':')
        return expected(walk, "':' after the key \"%s\"", node->key);
    walk->at++;
    return 0;
}

/* At the opening bracket of a list or a map. */
static int walk_children(struct walk *walk, const cJSON *item, struct node *node)
{
    bool map = *walk->at == '{';
    const char close = map ? '}' : ']';
    struct map keys = {0};
    struct node **end = &node->first;
    if (++walk->depth > CJSON_NESTING_LIMIT)
        return expected(walk, "at most %d levels of brackets", CJSON_NESTING_LIMIT);
    node->kind = map ? NODE_MAP : NODE_LIST;
    walk->at++;
    skip_space(walk);
    const cJSON *child = item == NULL ? NULL : item->child;
    int more = *walk->at == close ? 0 : 1;
    if (!more)
        walk->at++;
    while (more == 1) {
        struct node *next = arena_new(walk->arena, struct node);
        if (map && walk_key(walk, child, &keys, next) != 0)
            return -1;
        if (walk_value(walk, child, map ? "a value" : "an item", next) != 0)
            return -1;
        *end = next;
        end = &next->next;
        child = child == NULL ? NULL : child->next;
        more = walk_separator(walk, close, next->key);
    }
    walk->depth--;
    return more;
}

static bool skip_word(struct walk *walk, const char *word)
{
    size_t length = strlen(word);
    if (strncmp(walk->at, word, length) != 0 || isalnum((unsigned char)walk->at[length]))
        return false;
    walk->at += length;
    return true;
}

static int walk_scalar(struct walk *walk, const cJSON *item, const char *what, struct node *node)
{
    const char *start = walk->at;
    if (*start == '"') {
        node->kind = NODE_TEXT;
        if (walk_string(walk) != 0)
            return -1;
        node->text = item == NULL ? "" : arena_strdup(walk->arena, item->valuestring);
        return 0;
    }
    if (*start == '-' || (*start >= '0' && *start <= '9')) {
        node->kind = NODE_NUMBER;
        if (walk_number(walk) != 0)
            return -1;
    } else if (skip_word(walk, "true") || skip_word(walk, "false")) {
        node->kind = NODE_BOOL;
        node->truth = *start == 't';
    } else if (!skip_word(walk, "null")) {
        return expected(walk, "%s (a text in double quotes, a number, true, false, null, [ or {)", what);
    }
    node->text = arena_strndup(walk->arena, start, (size_t)(walk->at - start));
    return 0;
}

static int walk_value(struct walk *walk, const cJSON *item, const char *what, struct node *node)
{
    skip_space(walk);
    node->place = locate(walk);
    return *walk->at == '{' || *walk->at == '[' ? walk_children(walk, item, node)
                                                : walk_scalar(walk, item, what, node);
}

/* The walk is as strict as JSON is; cJSON takes more in some places and decides nothing. */
static int walk_document(struct walk *walk, struct arena *scratch, struct node *root)
{
    const char *stopped = NULL;
    json_allocate_in(scratch);
    const cJSON *item = cJSON_ParseWithLengthOpts(walk->source.content, walk->source.length, &stopped, false);
    if (walk_value(walk, item, "a value", root) != 0)
        return -1;
    skip_space(walk);
    if (*walk->at != '\0')
        return expected(walk, "the end of the file after the value");
    if (item == NULL)
        return source_fail(&walk->source, (size_t)(stopped - walk->source.content), walk->err,
                           "cJSON does not understand the text here");
    return 0;
}

int json_read(struct arena *arena, const char *path, const char *content, size_t length, struct node **root,
              struct err *err)
{
    struct arena scratch = {0}; /* cJSON's tree and a copy that surely ends with NUL */
    struct source source = {arena_strdup(arena, path), arena_strndup(&scratch, length == 0 ? "" : content, length), length};
    struct walk walk = {.arena = arena, .source = source, .at = source.content, .place = {source.path, 1, 1},
                        .err = err};
    *root = arena_new(arena, struct node);
    int result = source_check(&source, err) == 0 ? walk_document(&walk, &scratch, *root) : -1;
    arena_release(&scratch);
    return result;
}
