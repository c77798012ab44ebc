/* What the columns of a new table say of the table itself: its key, and what refers to it. */
#ifndef WRITE_GENERATE_NEW_H
#define WRITE_GENERATE_NEW_H

#include "write/generating.h"

/* The key of a new table where nobody says it, and what references to the table itself refer to. */
void generate_settle_new(struct generation *generation);

/* Does the table refer to several others?  Does this reference come in a migration of its own? */
bool generate_refers_to_several(const struct generation *generation);
bool generate_refers_later(const struct generation *generation, const struct column_spec *spec);

#endif
