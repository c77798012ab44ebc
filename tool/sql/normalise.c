#include "sql/normalise.h"

#include "base/str.h"
#include "sql/scan.h"

/* Between two tokens stands a space where any blank or comment stood. */
static char *on_one_line(struct arena *arena, const char *text, size_t length, bool masked)
{
    struct arena scratch = {0};
    struct scan scan;
    struct str result = str_new(arena);
    size_t end = 0;
    char *copy = arena_strndup(&scratch, text, length);
    scan_open(&scan, &scratch, copy, length);
    for (struct token token = scan_next(&scan); token.kind != TOKEN_END && token.kind != TOKEN_FAULT;
         token = scan_next(&scan)) {
        if (token.kind == TOKEN_COMMENT || token.symbol == ';')
            continue;
        if (result.length > 0 && token.start > end)
            str_add_char(&result, ' ');
        if (masked && token.kind == TOKEN_STRING)
            str_add(&result, "''");
        else
            str_add_bytes(&result, copy + token.start, token.length);
        end = token.start + token.length;
    }
    scan_close(&scan);
    arena_release(&scratch);
    return result.at;
}

char *normalise(struct arena *arena, const char *text, size_t length)
{
    return on_one_line(arena, text, length, true);
}

char *normalise_line(struct arena *arena, const char *text, size_t length)
{
    return on_one_line(arena, text, length, false);
}
