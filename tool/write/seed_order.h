/* What seed files fill and refer to: whose rows have to be there before those of another file. */
#ifndef WRITE_SEED_ORDER_H
#define WRITE_SEED_ORDER_H

#include "write/generate.h"

struct seed_tables {
    struct relation_refs filled;     /* that get rows, with those that they are partitions of */
    struct relation_refs referenced; /* by foreign keys of these, each once; a table's own rows do not count */
};

/*
 * Of a seed file's text, as it would run on the schema, which is afterwards as it was: functions that it calls and
 * DO blocks count, temporary tables do not.  True: all of the text is SQL; otherwise the tables are those of the rest.
 */
bool seed_order_read(struct arena *arena, struct schema *schema, const char *sql, size_t length,
                     struct seed_tables *tables);

bool seed_order_holds(const struct relation_refs *tables, const struct relation *table);

/* Does the SQL add rows to a table whose foreign keys lead, be it by other tables, to the one of the generation? */
bool seed_order_needs(const struct generation *generation, const char *sql, size_t length);

#endif
