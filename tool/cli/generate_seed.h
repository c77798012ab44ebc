/* skein generate of a type that makes seeds: files that `skein seed` finds. */
#ifndef CLI_GENERATE_SEED_H
#define CLI_GENERATE_SEED_H

#include "cli/command.h"
#include "write/generate.h"

/*
 * Writes them for the environment of --for, else for the one in force; `request` has catalog, service and templates, and
 * the catalog is read again where --for names another environment.  To be called under the lock on the migrations.
 * Errors: ERR_POLICY for a conservative environment that --for does not name; those of generate_open and seed_find.
 */
int generate_seed(struct run *run, struct generate_request *request, struct err *err);

#endif
