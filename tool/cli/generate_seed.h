/* skein generate of a type that makes seeds: files that `skein seed` finds. */
#ifndef CLI_GENERATE_SEED_H
#define CLI_GENERATE_SEED_H

#include "cli/command.h"
#include "write/generate.h"

/*
 * To the environment of --for, whose own migrations and seed files then count: the catalog is read again.
 * Errors: ERR_USAGE for one that the service does not have, ERR_POLICY for a conservative one that --for does not name.
 */
int generate_seed_enter(struct run *run, struct generate_request *request, struct err *err);

/*
 * Writes them for the environment of --for, else for the one in force; `request` has catalog, service and templates.
 * To be called under the lock on the migrations.
 * Errors: those of generate_seed_enter, generate_open and seed_find; ERR_USAGE where there is a seed of the name.
 */
int generate_seed(struct run *run, struct generate_request *request, struct err *err);

#endif
