/* PostgreSQL's own programs: where they are, of which version, and how they are run. */
#ifndef PG_SERVER_PROGRAMS_H
#define PG_SERVER_PROGRAMS_H

#include "base/arena.h"
#include "base/err.h"
#include "pg/server_user.h"

struct server_programs {
    const char *directory;
    const char *version; /* what `postgres --version` says */
    int major;
};

/*
 * Looks in $SKEIN_PG_BIN (and then nowhere else), pg_config --bindir, /usr/lib/postgresql/<newest>/bin, PATH.
 * With a `major`, those of that version; 0: the first.
 * Errors: ERR_CONNECTION, with how to install them; where only other versions were found, *programs are those.
 */
int server_programs_find(struct arena *arena, const struct server_user *user, int major,
                         struct server_programs *programs, struct err *err);

/*
 * Runs one as the user, with nothing of the caller's environment that could change what it does, `input` (may
 * be NULL) on its standard input, and waits.  It dies with the caller.  What it says goes to *output (may be NULL).
 * Errors: ERR_CONNECTION with what it said, when it fails.
 */
int server_programs_run(struct arena *arena, const struct server_user *user, const char *const argv[],
                        const char *input, char **output, struct err *err);

/* The environment for PostgreSQL's programs; `extra` ("NAME=value") may be NULL. */
char **server_programs_environment(struct arena *arena, const char *extra);

#endif
