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
#include "pg/lock.h"
#include "pg/state.h"

struct target {
    struct dsn dsn;
    bool is_private;                /* skein's own development server */
    struct services services;       /* those that live here, by name */
    struct conn work;               /* opened on first use */
    struct lock lock;               /* taken by the engine only */
    struct service_record *records; /* parallel to services, after target_read */
    struct server_facts facts;
};
VEC(target_list, struct target);

struct targets {
    const struct catalog *catalog;
    struct target_list list;
    size_t *of_service;             /* index into list, parallel to catalog->services */
};

/*
 * Finds the database of every service: dependencies cross services, so all are read.
 * Errors: ERR_USAGE when none is configured outside development, with the variables and files that could.
 */
int targets_find(struct arena *arena, const struct catalog *catalog, const struct events *events,
                 struct targets *targets, struct err *err);

/* The database of the repository (no service): for `skein database …`. */
int target_of_config(struct arena *arena, const struct config *config, const struct events *events,
                     struct target *target, struct err *err);

/* Opens the work connection unless it is open, and reads the services that live there into records. */
int target_read(struct arena *arena, struct target *target, bool plain, struct err *err);

/* The record of a service. */
struct service_record *targets_record(const struct targets *targets, const struct service *service);
struct target *targets_target(const struct targets *targets, const struct service *service);

/* Gathers the states of all targets after target_read, reconciled with golang-migrate's row. */
void targets_states(struct arena *arena, const struct targets *targets, struct service_states *states);

/* Reads the state of every service, without lock and without writing; works for who may only read. */
int targets_read(struct arena *arena, struct targets *targets, struct service_states *states, struct err *err);

/* Which databases a plan is made for; after target_read. */
const char *targets_identity(struct arena *arena, const struct targets *targets);

void targets_close(struct targets *targets);

#endif
