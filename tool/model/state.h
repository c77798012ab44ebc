/* What a database says about its migrations, as values.  pg/state.h reads and writes them. */
#ifndef MODEL_STATE_H
#define MODEL_STATE_H

#include "base/vec.h"
#include "model/catalog.h"

#include <stdbool.h>
#include <stdint.h>

enum { NO_VERSION = -1 };

/* A row of migration_executions that counts. */
struct execution {
    uint64_t version;
    const char *migration_id, *status; /* "success", "failed", "rolled_back" */
    const char *environment;       /* NULL: whoever wrote the row did not say */
    const char *checksum, *applied_at, *applied_by, *error_message, *rolled_back_at; /* may be NULL */
    int64_t duration;              /* microseconds */
};
VEC(executions, struct execution);

/* A statement that was begun and whose end nobody wrote down. */
struct open_step {
    uint64_t version;
    const char *migration_id;
    enum direction direction;
    int step;                      /* from 0 */
    int steps_done;
    const char *statement;
    const char *kind;              /* name of its statement_kind */
    bool intent;                   /* begun and not ended; false: stopped between steps */
    const char *since;
    int backend;                   /* pid of the server process that ran it */
    bool alive;                    /* that server process still runs */
};

struct service_state {
    const struct service *service;
    const char *schema;            /* where the tables are */
    bool initialised;              /* skein's own tables are there */
    const char *version_table;     /* quoted and qualified; NULL: none yet */
    int64_t version;               /* of golang-migrate's row; NO_VERSION: no row */
    bool dirty;
    int64_t generation;            /* counts every change; the fence compares it */
    struct executions executions;  /* by version; for each version the row that counts */
    bool taken_over;               /* golang-migrate (or force) moved the row since skein last wrote it */
    struct open_step *open;        /* NULL: none */
};

/* Is that version applied?  Rows and golang-migrate's row together: see state_reconcile. */
bool state_applied(const struct service_state *state, uint64_t version);
const struct execution *state_find(const struct service_state *state, uint64_t version);

/* The highest applied version, NO_VERSION for none. */
int64_t state_top(const struct service_state *state);

/*
 * Where golang-migrate's row and the executions disagree, golang-migrate (or a hand) has been at work
 * since, and the row is right: versions of the service above the last common one and up to the row
 * count as applied, those above the row as not applied.  Sets taken_over when it changed anything.
 * The row that agrees is state_top's version; so skein writes it.  Where there is no version table the
 * executions stand alone.  A dirty row with an open step is skein's own and left alone; any other dirty row
 * proves only what lies below its version.
 */
void state_reconcile(struct arena *arena, struct service_state *state);

#endif
