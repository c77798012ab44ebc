#include "cli/psql.h"

#include "base/file.h"
#include "base/str.h"

#include <errno.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* keyword='value', as libpq reads it. */
static const char *connection_string(struct arena *arena, const struct dsn *dsn)
{
    struct str text = str_new(arena);
    for (size_t i = 0; i < dsn->keywords.count && dsn->keywords.at[i] != NULL; i++) {
        if (strcmp(dsn->keywords.at[i], "password") == 0) {
            setenv("PGPASSWORD", dsn->values.at[i], 1);
            continue;
        }
        str_addf(&text, "%s='", dsn->keywords.at[i]);
        for (const char *c = dsn->values.at[i]; *c != '\0'; c++) {
            if (*c == '\'' || *c == '\\')
                str_add_char(&text, '\\');
            str_add_char(&text, *c);
        }
        str_add(&text, "' ");
    }
    return text.at;
}

int psql_run(struct arena *arena, const struct dsn *dsn, const char *directory, const struct strings *arguments,
             struct err *err)
{
    struct strings argv = {0};
    const char *beside = directory != NULL ? path_join(arena, directory, "psql") : NULL;
    const char *program = beside != NULL && access(beside, X_OK) == 0 ? beside : "psql";
    *vec_add(arena, &argv) = program;
    *vec_add(arena, &argv) = "-d";
    *vec_add(arena, &argv) = connection_string(arena, dsn);
    for (size_t i = 0; i < arguments->count; i++)
        *vec_add(arena, &argv) = arguments->at[i];
    *vec_add(arena, &argv) = NULL;
    fflush(stdout);
    signal(SIGPIPE, SIG_DFL);
    execvp(program, (char *const *)(const void *)argv.at);
    if (errno != ENOENT)
        return err_errno(err, ERR_INPUT, "cannot run %s", program);
    err_set(err, ERR_INPUT, "psql is not on this machine");
    return err_hint(err, "install the package postgresql-client, or run scripts/bootstrap");
}
