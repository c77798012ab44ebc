/* Releases as people name them: 1.2.0, and 1.2.0.4 for the migration 4 that it brings. */
#ifndef MODEL_RELEASE_FIND_H
#define MODEL_RELEASE_FIND_H

#include "model/catalog.h"

/* What was named: a release (migration is NULL), or one migration. */
struct release_found {
    const char *name;
    const struct migration *migration;
};

/*
 * A release that any service has; or the migration of that label, in `service` where it is not NULL.
 * Errors: ERR_USAGE with the nearest releases; with the services, where several have a migration of that label.
 */
int release_find(struct arena *arena, const struct catalog *catalog, const struct service *service, const char *text,
                 struct release_found *found, struct err *err);

/* The names of the releases of `service`, of all services where it is NULL, the oldest first. */
struct strings release_names(struct arena *arena, const struct catalog *catalog, const struct service *service);

#endif
