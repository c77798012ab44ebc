/* Are releases complete: does each hold what its migrations need? */
#ifndef MODEL_RELEASE_CHECK_H
#define MODEL_RELEASE_CHECK_H

#include "model/catalog.h"

/*
 * A warning for each release that is not, of a catalog whose dependencies are linked.  Services may number their releases
 * each for itself: only where both declare a release of that name is it the same one.
 */
void release_check(struct arena *arena, const struct catalog *catalog, struct findings *findings);

#endif
