/*
 * Which database each service lives in, and the state that it is in.
 *
 * Services that share a connection string share a target.  Without a database configured, in development,
 * the private server is started.
 */
#ifndef FLOW_TARGET_H
#define FLOW_TARGET_H

#include "flow/event.h"
#include "model/catalog.h"
#include "model/state.h"
#include "model/plan.h"
#include "pg/conn.h"

struct target {
    struct dsn dsn;
    bool is_private;                /* skein's own development server */
    struct services services;       /* those that live here, by name */
    struct conn work;               /* opened on first use */
};
VEC(target_list, struct target);

struct targets {
    const struct catalog *catalog;
    struct target_list list;
    size_t *of_service;             /* index into list, parallel to catalog->services */
};

/*
 * Finds the database of every service that the request concerns (all when NULL).
 * Errors: ERR_USAGE when none is configured outside development, with the variables and files that could.
 */
int targets_find(struct arena *arena, const struct catalog *catalog, const struct service *service,
                 const struct events *events, struct targets *targets, struct err *err);

/* The database of the repository (no service): for `skein database …`. */
int target_of_config(struct arena *arena, const struct config *config, const struct events *events,
                     struct target *target, struct err *err);

/* Reads the state of every service, without lock and without writing; works for who may only read. */
int targets_read(struct arena *arena, struct targets *targets, struct service_states *states, struct err *err);

void targets_close(struct targets *targets);

#endif
