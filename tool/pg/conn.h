/*
 * One connection to a live database: the one door to libpq (with pg/dsn.c and pg/pipeline.c beside it).
 *
 * Connections carry application_name "skein", UTF-8, keepalives, and no session settings; what a run needs it
 * sets with SET LOCAL inside its transactions.  Server notices go to the handler.  A running statement is
 * cancelled on the first SIGINT or SIGTERM (ERR_INTERRUPTED); on the second the wait is given up.
 */
#ifndef PG_CONN_H
#define PG_CONN_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"
#include "pg/dsn.h"
#include "text/quote.h"

#include <stdbool.h>
#include <stdint.h>

struct pg_conn; /* libpq's */

struct prepared;                      /* a statement that this session has prepared */

struct conn {
    struct arena *arena;
    struct pg_conn *pg;               /* NULL when closed */
    const struct dsn *dsn;
    int server_version;               /* 150018 */
    int backend;                      /* pid of the server process, as pg_backend_pid() says; 0: not asked */
    /* Both may be NULL.  on_wait is called every 100 ms or so while the server works; it must be quick. */
    void (*on_notice)(void *context, const char *severity, const char *sqlstate, const char *message);
    void (*on_wait)(void *context);
    void *context;
    int64_t deadline;                 /* clock_now() at which a wait is cancelled; 0: never */
    bool timed_out, cancelled;        /* the deadline passed, or a signal came: a cancel was sent */
    bool may_prepare;                 /* nothing stands between that would lose prepared statements */
    struct prepared *prepared;
    int prepared_names;               /* a name is never used twice in a session */
    int error_position;               /* of the last failure in its statement, in characters from 1; 0: none */
};

/*
 * Errors: ERR_CONNECTION (unreachable, unknown database, wrong password), ERR_PERMISSION, ERR_RETRY (the
 * server is starting or has no free slot), ERR_INPUT (server older than 13).
 */
int conn_open(struct arena *arena, const struct dsn *dsn, struct conn *conn, struct err *err);
void conn_close(struct conn *conn);
bool conn_is_broken(const struct conn *conn);
bool conn_in_transaction(const struct conn *conn); /* open, and not failed */

/* A result as text, rows by columns; NULL stands for SQL NULL.  Lives in the arena. */
struct rows {
    size_t count, columns;
    const char *const *cells;         /* count × columns */
    const char *const *names;         /* of the columns */
};
const char *rows_get(const struct rows *rows, size_t row, size_t column);

/*
 * One statement with text parameters ($1 …; NULL is SQL NULL); waits for the answer.
 * `sql` is a constant or one of pg/sql.h, never text with values pasted in.
 * Errors are mapped from SQLSTATE to kinds; DETAIL, HINT and CONTEXT are kept.  `rows` may be NULL.
 */
int conn_query(struct conn *conn, struct arena *arena, const char *sql, const char *const parameters[],
               size_t count, struct rows *rows, struct err *err);

/*
 * One message of the simple protocol, several statements allowed; the rows of the last one are kept.  What stays idle in
 * a transaction must ask in this way: an answer of the extended protocol leaves a portal behind, and with it a
 * snapshot that CREATE INDEX CONCURRENTLY of other connections waits for.  No value of a user's is in `sql`.
 */
int conn_ask(struct conn *conn, struct arena *arena, const char *sql, struct rows *rows, struct err *err);

/* The same with the results thrown away. */
int conn_run(struct conn *conn, const char *sql, struct err *err);

/*
 * Several statements in one round trip (libpq's pipeline mode), up to one Sync.  After a failure the server
 * skips the rest, so what comes back is a prefix: the first `answered` items went well.
 * on_answer (may be NULL) hears of each success in order; rows live in `arena` only when the item wants them.
 * Statements that open and close transactions are fine; one that cannot run in a transaction block is not.
 */
struct pipeline_item {
    const char *sql;
    const char *const *parameters;    /* `count` of them; texts, NULL for SQL NULL */
    size_t count;
    bool wants_rows;
    bool flush;                       /* the server shall not keep this answer and those before it back */
    bool repeated;                    /* comes again and again with other parameters: worth preparing */
    bool forgets;                     /* drops the session's prepared statements */
};
VEC(pipeline_items, struct pipeline_item);

int conn_pipeline(struct conn *conn, struct arena *arena, const struct pipeline_items *items,
                  void (*on_answer)(void *context, size_t item, const struct rows *rows), void *context,
                  size_t *answered, struct err *err);

/* Ends a transaction that is open or has failed, if there is one. */
void conn_rollback(struct conn *conn);

#endif
