#include "sql/parse.h"

#include <pg_query.h>

/* libpg_query counts characters from 1. */
static size_t byte_offset(const char *text, size_t length, int position)
{
    size_t at = 0;
    for (int i = 1; i < position && at < length; i++)
        do
            at++;
        while (at < length && ((unsigned char)text[at] & 0xC0) == 0x80);
    return at;
}

bool parse_accepts(struct arena *arena, const char *text, size_t length, struct parse_fault *fault)
{
    struct arena own = {0};
    PgQuerySplitResult result = pg_query_split_with_parser(arena_strndup(&own, text, length));
    bool accepted = result.error == NULL;
    if (!accepted)
        *fault = (struct parse_fault){byte_offset(text, length, result.error->cursorpos),
                                      arena_strdup(arena, result.error->message)};
    pg_query_free_split_result(result);
    arena_release(&own);
    return accepted;
}
