/* Finding services: every directory below the services path that holds a migrations directory is one. */
#ifndef MODEL_DISCOVERY_H
#define MODEL_DISCOVERY_H

#include "model/load.h"

/*
 * Adds every service below `directory` to the catalog, by name, not yet read.  Directories are looked at up to
 * three levels deep; hidden ones, node_modules, vendor and symlinks that lead back into the tree are passed over.
 * Errors: ERR_INPUT or ERR_PERMISSION when `directory` itself cannot be listed.  A name that two services share
 * and what cannot be read below are findings.
 */
int discovery_run(const struct loading *loading, const char *directory, struct err *err);

/* A schema of one database that two services share is a finding; for services that are read. */
void discovery_check_schemas(const struct loading *loading);

#endif
