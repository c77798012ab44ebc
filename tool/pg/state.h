/* The state of services, read from one database without lock and without writing. */
#ifndef PG_STATE_H
#define PG_STATE_H

#include "model/state.h"
#include "pg/conn.h"
#include "pg/tables.h"

/* What the server says about itself in the same round trip. */
struct server_facts {
    const char *database, *session_user;
    const char *identity;         /* of the database, for the plan's hash */
    const char *current_schema;   /* NULL: none */
    bool standby;                 /* read-only */
    bool pooled;                  /* a transaction pooler stands between: pg_backend_pid() is not libpq's */
};

/* One service as the database has it. */
struct service_record {
    struct service_state *state;
    struct tables tables;
};

/*
 * Reads all services in two round trips; records[] is parallel to services[].  `dsn` gives x-migrations-table.
 * Errors: ERR_DRIFT when several version tables hold rows, or one has another tool's shape; ERR_PERMISSION.
 */
int state_read(struct conn *conn, struct arena *arena, const struct services *services, bool plain,
               struct service_record *records, struct server_facts *facts, struct err *err);

/* A line of the history, newest first. */
struct attempt {
    const char *id, *migration_id, *direction, *outcome, *environment, *finished_at, *applied_by,
        *error_message;           /* may be NULL, as may migration_id and direction of a force */
    int64_t duration;             /* microseconds; -1: unknown */
};
VEC(attempts, struct attempt);

/* The last `limit` attempts of a service (0: all); none when the table is not there. */
int state_history(struct conn *conn, struct arena *arena, const struct tables *tables, long limit,
                  struct attempts *attempts, struct err *err);

#endif
