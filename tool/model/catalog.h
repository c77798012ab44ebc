/*
 * What the repository declares: services, their migrations in one environment, and what depends on what.
 *
 * Values only, no connection.  A catalog is read once and then not changed.  File contents are not held
 * here; halves are read when they are needed.
 */
#ifndef MODEL_CATALOG_H
#define MODEL_CATALOG_H

#include "model/config.h"
#include "model/finding.h"
#include "model/migration.h"
#include "model/service.h"

struct catalog {
    const struct config *config;
    bool plain;                     /* golang-migrate's behaviour, no services tree: --migrations DIR, or a configured
                                       migrations_path of the repository where there is no services directory */
    const char *directory;          /* the services tree, or the one of --migrations; from the working directory */
    struct services services;       /* sorted by name */
    struct migrations order;        /* every migration of every service in dependency order; equal ranks by
                                       version, then service name */
};

/*
 * Reads everything below the services path, or the one directory of --migrations.  All services are
 * read, since dependencies cross them.  What is wrong goes to findings (structure, dependencies,
 * environments, unknown keys); cycles are printed as cycles.  An environment that a service does not have
 * is a finding of kind ERR_USAGE.  -1 only for what leaves nothing to look at (no services directory,
 * unreadable root).
 */
int catalog_read(struct arena *arena, const struct config_options *options, const struct config *config,
                 struct catalog *catalog, struct findings *findings, struct err *err);

/* What catalog_read reads: the services tree, or (*plain) one directory of migrations. */
const char *catalog_directory(struct arena *arena, const struct config_options *options, const struct config *config,
                              bool *plain);

/* The service of that name; NULL in err's sense: ERR_USAGE with the known names and the nearest one. */
struct service *catalog_service(const struct catalog *catalog, const char *name, struct err *err);

#endif
