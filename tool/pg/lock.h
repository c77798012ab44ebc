/*
 * The migration lock: one explicit READ COMMITTED transaction, on a connection of its own, that holds
 * transaction-level advisory locks under the keys that golang-migrate uses.
 *
 * It is polled (pg_try_advisory_xact_lock), never waited for inside the server: a blocked pg_advisory_lock
 * holds a snapshot, on which CREATE INDEX CONCURRENTLY of the holder waits in turn.  An explicit transaction
 * excludes others behind a transaction pooler too, where a session lock would not.
 */
#ifndef PG_LOCK_H
#define PG_LOCK_H

#include "pg/conn.h"

#include <stdbool.h>
#include <stdint.h>

VEC(lock_keys, int64_t);

struct lock {
    struct conn conn;
    struct lock_keys keys; /* sorted, each once */
    bool held;
};

/*
 * Adds the keys of one version table: for golang-migrate's command line (database path with its slash) and
 * for programs that embed it (without).  Formula: golang-migrate database/util.go,
 * (CRC32(schema NUL table NUL database) * 1486364155) mod 2^32.
 */
void lock_add_keys(struct arena *arena, struct lock_keys *keys, const char *version_schema, const char *version_name,
                   const char *database_path, const char *database);

/* {key,key,…}, PostgreSQL's array form. */
char *lock_keys_text(struct arena *arena, const struct lock_keys *keys);

/* The key alone, for tests and for messages. */
int64_t lock_key(const char *schema, const char *table, const char *database);

/*
 * Opens the connection (unless it is open) and polls with jitter until all keys are held or `wait` milliseconds
 * are over.  on_waiting hears once who holds it.  Errors: ERR_LOCK with holder, user, application and since when.
 */
int lock_take(struct arena *arena, const struct dsn *dsn, struct lock *lock, int64_t wait,
              void (*on_waiting)(void *context, const char *holder), void *context, struct err *err);

/* Is the lock's connection still there?  A round trip. */
bool lock_is_held(struct lock *lock);

/* Does somebody wait inside the server for one of the keys, for whom the statement of `backend` waits in turn? */
bool lock_is_waited_for(struct arena *arena, struct lock *lock, int backend);

/* Lets go, keeping the connection; and for good. */
void lock_yield(struct lock *lock);
void lock_release(struct lock *lock);

#endif
