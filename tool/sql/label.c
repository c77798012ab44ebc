#include "sql/label.h"

#include "sql/cursor.h"

#include <ctype.h>
#include <string.h>

VEC(labels, const struct statement *);

static bool is_word(char c)
{
    return isalnum((unsigned char)c) || c == '_' || ((unsigned char)c & 0x80) != 0;
}

/* In a body or an array, other characters stand around it. */
static bool holds_word(const char *text, const char *word)
{
    size_t length = strlen(word);
    if (length == 0)
        return *text == '\0';
    for (const char *at = strstr(text, word); at != NULL; at = strstr(at + 1, word)) {
        bool begins = at == text || !is_word(*word) || !is_word(at[-1]);
        bool ends = !is_word(word[length - 1]) || !is_word(at[length]);
        if (begins && ends)
            return true;
    }
    return false;
}

/* As it is written within the quotes of a body. */
static char *doubled(struct arena *arena, const char *label)
{
    char *copy = arena_alloc(arena, 2 * strlen(label) + 1), *to = copy;
    for (; *label != '\0'; label++) {
        if (*label == '\'')
            *to++ = '\'';
        *to++ = *label;
    }
    return copy;
}

static const struct statement *used_in(struct arena *arena, const char *string, const struct labels *labels)
{
    vec_each(label, labels) {
        const char *value = (*label)->value;
        if (value == NULL || string == NULL || holds_word(string, value))
            return *label;
        if (strchr(value, '\'') != NULL && holds_word(string, doubled(arena, value)))
            return *label;
    }
    return NULL;
}

/* Looks through the strings of one statement. */
static const struct statement *find_in(const struct script *script, const struct statement *statement,
                                       const struct labels *labels)
{
    struct arena arena = {0};
    struct scan scan;
    char *text = arena_strndup(&arena, script->text + statement->start, statement->length);
    const struct statement *found = NULL;
    scan_open(&scan, &arena, text, statement->length);
    for (;;) {
        struct token token = scan_next(&scan);
        if (token.kind == TOKEN_END || token.kind == TOKEN_FAULT || found != NULL)
            break;
        if (token.kind == TOKEN_STRING)
            found = used_in(&arena, token_string(&arena, text, &token), labels);
    }
    scan_close(&scan);
    arena_release(&arena);
    return found;
}

const char *label_used(struct arena *arena, const struct script *script)
{
    struct labels labels = {0};
    vec_each(statement, &script->statements)
        if (statement->kind == STATEMENT_ADD_ENUM_VALUE)
            *vec_add(arena, &labels) = statement;
    if (labels.count == 0)
        return NULL;
    vec_each(statement, &script->statements) {
        if (statement->kind == STATEMENT_ADD_ENUM_VALUE)
            continue;
        const struct statement *label = find_in(script, statement, &labels);
        if (label != NULL)
            return arena_printf(arena, "the value%s%s that ADD VALUE at line %d adds may be used at line %d",
                                label->value != NULL ? " " : "", label->value != NULL ? label->value : "",
                                script_place(script, label->start).line,
                                script_place(script, statement->start).line);
    }
    return NULL;
}
