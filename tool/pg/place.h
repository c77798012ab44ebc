/*
 * Where the state of each service is in a database: which schema, and which of the tracking tables that are
 * met in the wild is its own.  Candidates, in order: the configured one alone, or
 * public.<schema>_schema_migrations, <schema>.<schema>_schema_migrations, <schema>.schema_migrations.
 */
#ifndef PG_PLACE_H
#define PG_PLACE_H

#include "pg/state.h"

struct candidate {
    const char *schema, *name;
    const char *columns;      /* "version:bigint,dirty:boolean"; NULL: there is no such table */
    size_t rows;              /* 0, 1, or 2 for more; filled in by state_read */
    int64_t version;
    bool dirty;
};
VEC(candidates, struct candidate);

struct place_of {
    const char *service_name; /* what the service_name column holds */
    const char *schema;       /* NULL until the connection's own is known */
    struct candidates candidates;
    size_t chosen;            /* after place_choose */
    bool executions, has_version, history, journal, state; /* which of skein's tables are there */
    bool older_executions;    /* an older table, with other columns, is there instead */
};
VEC(places, struct place_of);

/*
 * One round trip.  Errors: ERR_DRIFT for a table of another tool under a name that is ours, ERR_INPUT when
 * the connection has no schema of its own and needs one.
 */
int places_find(struct conn *conn, struct arena *arena, const struct services *services, bool plain,
                struct places *places, struct server_facts *facts, struct err *err);

/* Chooses after the rows were counted: the configured one; else the only one that is there or holds rows. */
int place_choose(struct place_of *place, const struct service *service, struct err *err);

#endif
