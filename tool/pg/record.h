/*
 * The first and the last statement of every transaction of the engine: the fence and the record.
 *
 * The fence takes the service's state row, counts its generation on, and fails unless the database is in the state that the plan was
 * made from, so that a lock that was lost (to a pooler, a fail-over, a killed backend) can never lead to a
 * migration applied twice.  The record writes migration_executions, migration_history, migration_state and
 * golang-migrate's row in one statement.
 */
#ifndef PG_RECORD_H
#define PG_RECORD_H

#include "model/state.h"
#include "pg/conn.h"
#include "pg/tables.h"

/* The state that a transaction expects, and that follows from one recorded migration to the next. */
struct expected {
    int64_t generation;
    int64_t version;      /* of golang-migrate's row; NO_VERSION: no row */
    bool dirty;
};

/* The two statements with a service's names filled in, kept for all of its migrations.  Starts as {.arena = …}. */
struct record_texts {
    struct arena *arena;
    const char *fence;
    const char *records[2][3];   /* by direction, and by what becomes of golang-migrate's row */
};

/* Who runs, where, and with which limits; the same for a whole run. */
struct run_facts {
    struct record_texts *texts;
    const char *environment;
    const char *applied_by;
    const char *trace;           /* JSON object of correlation, trace and user ids, "{}" for none */
    int64_t lock_timeout, statement_timeout; /* milliseconds; 0: none */
};

/* One migration to be recorded. */
struct entry {
    const struct migration *migration;
    enum direction direction;
    const char *checksum;        /* 64 hex digits */
    const char *metadata;        /* JSON object */
    int64_t duration;            /* microseconds; -1: since the transaction began, by the server's clock */
    int64_t version_after;       /* of golang-migrate's row; NO_VERSION: none */
};

/*
 * All texts live in the arena until the item is sent.  The record answers with the duration in microseconds.
 * `durable`: COMMIT waits until it is on disk (and on standbys, as the server is set up).  Without, it is as atomic, and
 * on disk with the next commit that waits: commits reach the disk in their order.
 */
struct pipeline_item fence_item(struct arena *arena, const struct tables *tables, const struct run_facts *facts,
                                const struct expected *expected, const char *search_path, bool durable);
struct pipeline_item record_item(struct arena *arena, const struct tables *tables, const struct run_facts *facts,
                                 const struct expected *expected, const struct entry *entry);

/* What the database expects after that record. */
struct expected expected_after(const struct expected *expected, const struct entry *entry);

/* Was this failure the fence?  Then it becomes ERR_DRIFT. */
bool fence_explain(struct err *err);

/* Writes down a failed attempt, in a transaction of its own.  What goes wrong here is only told in `err`'s detail. */
void record_failure(struct conn *conn, const struct tables *tables, const struct run_facts *facts,
                    const struct entry *entry, struct err *err);

#endif
