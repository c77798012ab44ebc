/* Is there an index that begins with certain columns, as a foreign key wants one? */
#ifndef REVIEW_KEY_PREFIX_H
#define REVIEW_KEY_PREFIX_H

#include "review/situation.h"

/*
 * Looks at the indexes and keys of the table, at those that the action itself makes, and at those that the rest of
 * the text makes.  The columns may stand in any order; partial and invalid indexes do not count.
 */
enum truth key_prefix_is_indexed(const struct situation *situation, const struct strings *columns);

#endif
