/* What to write into dependencies.json, so that a migration depends on another. */
#ifndef REVIEW_DEPENDS_ON_H
#define REVIEW_DEPENDS_ON_H

#include "model/migration.h"

/*
 * A hint: the file, the entry's line where it has one, and the JSON that says it, in the form that the entry has; what
 * the entry says already is in it.
 */
const char *depends_on_hint(struct arena *arena, const struct migration *migration, const struct migration *needed);

#endif
