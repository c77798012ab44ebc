/*
 * SQL without its secrets: passwords of roles and of user mappings, connection strings of subscriptions and dblink.
 *
 * When in doubt it hides.  What is hidden becomes '****', in as many lines as before.
 */
#ifndef SQL_SECRET_H
#define SQL_SECRET_H

#include "base/arena.h"

/* The text itself where there is nothing to hide. */
const char *secret_masked(struct arena *arena, const char *text, size_t length);

#endif
