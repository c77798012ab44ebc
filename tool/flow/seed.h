/*
 * Seed data: SQL files that fill a service's tables in one environment.
 *
 * Which files: environments.json's seed_files, relative to the repository's root; where it names none,
 * seeds/<environment>.sql and then seeds/<environment>/ (*.sql) of the service.  A file runs in one transaction,
 * with search_path at the service's schema and then public, together with its row in <schema>.seed_executions.
 * A file that is as it was is not run again, but for one whose rows went with a migration that went down; a changed one
 * is, so it should be repeatable (ON CONFLICT).
 */
#ifndef FLOW_SEED_H
#define FLOW_SEED_H

#include "flow/target.h"

enum seed_outcome { SEED_APPLIED, SEED_AGAIN, SEED_UNCHANGED };

struct seed {
    const struct service *service;
    const char *file;            /* relative to the repository's root: its name in seed_executions */
    const char *path;
    enum seed_outcome outcome;
    bool lacks;                  /* it is as it was, but a migration went down since, and a table that it fills is empty */
    int64_t duration;            /* microseconds */
};
VEC(seeds, struct seed);

/*
 * The files of the services (all when NULL) in the order in which they run: services after those that they
 * depend on, and then as seed_sort has them.  Errors: ERR_INPUT at its place in environments.json for a file outside the repository.
 */
int seed_find(struct arena *arena, const struct catalog *catalog, const struct service *service, struct seeds *seeds,
              struct err *err);

/*
 * Files of several services: one that adds rows to a table goes behind those of other services that fill what its foreign
 * keys refer to, as far as the migrations tell; a service's own stay in their order, and what has no such relation, or
 * cannot be read, as it was.  Of a circle the first one by the order before goes first.
 */
void seed_sort(struct arena *arena, const struct catalog *catalog, struct seeds *seeds);

/* Those of one service, in the order in which they run; `root` is the repository's. */
int seed_find_service(struct arena *arena, const char *root, const struct service *service, struct seeds *seeds,
                      struct err *err);

/*
 * For validation: a file that is listed and not there, one that is no SQL, and one that cannot be one transaction, as
 * findings of its service (all when NULL).  With `partial` not all files of the repository are here: none is missed.
 */
void seed_check(struct arena *arena, const struct catalog *catalog, const struct service *service, bool partial,
                struct findings *findings);

/*
 * Runs them; `on_done` (may be NULL) hears of each.  With `force` unchanged ones run again.  The first failure
 * stops, and what was done before it stays.
 * Errors: ERR_FAILED at file, line and column; ERR_DEPENDENCY when a service's schema is not there yet.
 */
int seed_run(struct arena *arena, struct targets *targets, struct seeds *seeds, bool force,
             void (*on_done)(void *context, const struct seed *seed), void *context, struct err *err);

#endif
