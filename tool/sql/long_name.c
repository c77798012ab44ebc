#include "sql/long_name.h"

#include "sql/scan.h"

#include <ctype.h>
#include <stdbool.h>
#include <string.h>

static bool is_of_name(char c)
{
    return isalnum((unsigned char)c) || c == '_' || c == '$' || ((unsigned char)c & 0x80) != 0;
}

/* Nearly every statement has none, which is seen without tokens: no long run of letters, no far quotes. */
static bool may_have(const char *text, size_t length, size_t limit)
{
    size_t run = 0;
    for (size_t i = 0; i < length; i++) {
        run = is_of_name(text[i]) ? run + 1 : 0;
        if (run > limit)
            return true;
    }
    const char *end = text + length, *from = memchr(text, '"', length);
    for (const char *quote = from; quote != NULL;) {
        quote = memchr(quote + 1, '"', (size_t)(end - quote - 1));
        if (quote != NULL && quote + 1 < end && quote[1] == '"')
            quote++; /* stands for one, and ends nothing */
        else if (quote != NULL && (size_t)(quote - from - 1) > limit)
            return true;
        else
            from = quote;
    }
    return false;
}

/* "a ""b""" without its quotes: a "b" */
static char *unquoted(struct arena *arena, const char *text, const struct token *token)
{
    if (token->kind == TOKEN_WORD)
        return arena_strndup(arena, text + token->start, token->length);
    char *name = arena_alloc(arena, token->length), *to = name;
    for (size_t i = 1; i + 1 < token->length; i++) {
        *to++ = text[token->start + i];
        i += text[token->start + i] == '"';
    }
    return name;
}

char *long_name_find(struct arena *arena, const char *text, size_t length, size_t limit, size_t *at)
{
    struct arena scratch = {0};
    struct scan scan;
    char *found = NULL;
    if (!may_have(text, length, limit))
        return NULL;
    char *copy = arena_strndup(&scratch, text, length);
    scan_open(&scan, &scratch, copy, length);
    for (struct token token = scan_next(&scan); found == NULL && token.kind != TOKEN_END && token.kind != TOKEN_FAULT;
         token = scan_next(&scan)) {
        bool name = token.kind == TOKEN_WORD || (token.kind == TOKEN_NAME && copy[token.start] == '"');
        if (name && token.start >= *at && token.length > limit) {
            char *plain = unquoted(&scratch, copy, &token);
            found = strlen(plain) > limit ? arena_strdup(arena, plain) : NULL;
            *at = found != NULL ? token.start : *at;
        }
    }
    scan_close(&scan);
    arena_release(&scratch);
    return found;
}
