/* Partitions as people write them on a command line: 2026_02, old:..2026-01-01, eu:DE,FR, p0:4/0, rest:default. */
#ifndef WRITE_PARTITION_SPEC_H
#define WRITE_PARTITION_SPEC_H

#include "base/err.h"
#include "sql/definition.h"

#include <stdbool.h>

/* How the table is partitioned. */
struct partition_way {
    char strategy;                   /* 'r' range, 'l' list, 'h' hash; 0: not known, the text tells it */
    struct strings columns;          /* of the key; an expression is NULL; none: not known */
    struct strings types;            /* theirs, as in struct type_name: "int4", "date"; NULL: not known */
};

struct partition_spec {
    const char *name;                /* NULL: not written */
    const char *label;               /* what a name ends with, then: "2026_02", "de", "0", "default" */
    bool is_default;
    struct partition_bound bound;    /* of range and list */
    const char *sql;                 /* "FOR VALUES FROM ('2026-02-01') TO ('2026-03-01')", "DEFAULT" */
};
VEC(partition_specs, struct partition_spec);

/*
 * Several with semicolons between them: [name:] and from..to (either may be left out), a year, a month or a day;
 * values with commas; modulus/remainder, or a modulus alone for all its remainders; default.
 * Errors: ERR_USAGE that says what is expected for a table partitioned that way.
 */
int partition_specs_read(struct arena *arena, const char *text, const struct partition_way *way,
                         struct partition_specs *specs, struct err *err);

#endif
