/* What generated migrations depend on: who made the tables that they use, and the one before. */
#ifndef WRITE_GENERATE_ORDER_H
#define WRITE_GENERATE_ORDER_H

#include "write/declare.h"
#include "write/generate.h"

/* The entry of a rendered migration; `before` is the one generated just before it, NULL for the first. */
void generate_entry(struct generation *generation, const struct generate_migration *migration,
                    const struct generate_migration *before, const char *environment, struct declare_entry *entry);

#endif
