/*
 * parse FILE…: what libpg_query's own pg_query_parse takes for the files, each read and parsed as a whole.  It is the
 * measure for `skein validate`.
 */
#include "base/file.h"

#include <pg_query.h>
#include <stdio.h>

enum { LIMIT = 32 << 20 };

int main(int argc, char **argv)
{
    int failures = 0;
    for (int i = 1; i < argc; i++) {
        struct arena arena = {0};
        struct err err = {.arena = &arena};
        char *text;
        size_t length;
        if (file_read(&arena, argv[i], LIMIT, &text, &length, &err) != 0) {
            fprintf(stderr, "parse: %s\n", err.message);
            return 1;
        }
        PgQueryParseResult result = pg_query_parse(text);
        failures += result.error != NULL;
        pg_query_free_parse_result(result);
        arena_release(&arena);
    }
    printf("%d files, %d with errors\n", argc - 1, failures);
    return 0;
}
