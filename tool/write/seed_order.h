/* Where a seed file has its turn: before those whose rows refer to its rows. */
#ifndef WRITE_SEED_ORDER_H
#define WRITE_SEED_ORDER_H

#include "write/generate.h"

/* Does the SQL add rows to a table whose foreign keys lead, be it by other tables, to the one of the generation? */
bool seed_order_needs(const struct generation *generation, const char *sql, size_t length);

#endif
