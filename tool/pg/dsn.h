/* Connection strings: what golang-migrate's users write, taken apart for libpq. */
#ifndef PG_DSN_H
#define PG_DSN_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

#include <stdbool.h>

/* A connection string taken apart (pg/dsn.c). */
struct dsn {
    struct strings keywords, values;  /* for libpq; parallel, NULL-terminated */
    const char *database_path;        /* the URL's path with its slash, as golang-migrate's lock key wants it; NULL: none */
    const char *shown;                /* without password; for messages */
    const char *dbname;               /* NULL: libpq's default */
    const char *version_table;        /* x-migrations-table; NULL: not given */
    bool version_table_quoted;        /* x-migrations-table-quoted */
    long statement_timeout;           /* x-statement-timeout, ms; 0: none */
    bool multi_statement;             /* x-multi-statement: accepted; skein splits anyway */
};

/*
 * A URL (postgres, postgresql, pgx, pgx4, pgx5) or a key=value string.  x-* keys are taken out, keys that libpq
 * does not know become `options=-c key=value`, as lib/pq would send them.
 * Errors: ERR_USAGE; no message holds the password, nor any part of a host with '@' in it.
 */
int dsn_read(struct arena *arena, const char *text, struct dsn *dsn, struct err *err);

/* The same with a value for a keyword that it does not give: user, password. */
struct dsn dsn_complete(struct arena *arena, const struct dsn *dsn, const char *keyword, const char *value);

/* The same with another database of that server. */
struct dsn dsn_with_database(struct arena *arena, const struct dsn *dsn, const char *dbname);

#endif
