/* Which libpq is linked. */
#ifndef PG_LIBRARY_H
#define PG_LIBRARY_H

#include "base/arena.h"

/* "15.18" */
char *library_version(struct arena *arena);

#endif
