/* Making a release: the entry in each service's dependencies.json, with the newest migration that there is. */
#ifndef WRITE_RELEASE_NEW_H
#define WRITE_RELEASE_NEW_H

#include "base/batch.h"
#include "model/catalog.h"

/* A service in the release that is made. */
struct release_part {
    const struct service *service;
    const char *version;           /* with which it ends, as the file names write it */
    size_t brings;                 /* migrations since the release before it */
    const char *path;              /* of dependencies.json */
};
VEC(release_parts, struct release_part);

/*
 * Puts the files into `batch`, for `service` or for all services that have migrations (NULL); to be asked under the locks
 * on their directories.  A service that did not change gets an entry, too, so that each release can be gone to.  It ends
 * with the newest migration of any environment.
 * Errors: ERR_USAGE for a name that is none, is there already or is older than the last one; ERR_USAGE when there is nothing
 * to release; ERR_INPUT.
 */
int release_new(struct arena *arena, const struct catalog *catalog, const struct service *service, const char *name,
                struct batch *batch, struct release_parts *parts, struct err *err);

#endif
