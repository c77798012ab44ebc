/*
 * What an action does to those who use the database meanwhile: locks, rewrites, scans.
 *
 * From PostgreSQL's documentation and source (tablecmds.c AlterTableGetLockLevel, ATPrep…), measured on 15;
 * tests/effects.t holds it against a live server.
 */
#ifndef SCHEMA_EFFECT_H
#define SCHEMA_EFFECT_H

#include "schema/schema.h"

/* A relation, and what is done to it.  Several rows may name one. */
struct touch {
    struct object_name name;      /* schema as resolved; as written where the relation is not known */
    struct relation *relation;    /* NULL: not known */
    enum lock_mode lock;          /* the strongest that is taken on it */
    enum truth rewritten;         /* every row is written again */
    enum truth scanned;           /* every row is read (to verify, to build an index, to fill one) */
    enum truth index_built;       /* at least one index of it is built */
    const char *why;              /* the server's reason in words: "the new type is stored differently"; may be NULL */
};
VEC(touches, struct touch);

struct effect {
    struct touches touches;       /* the table acted upon first */
    enum truth fails;             /* it cannot work: ADD COLUMN NOT NULL without a default, when there are rows */
};

/* The effect of an action on the schema as it is before it.  Memory comes from `arena`. */
void effect_of(struct arena *arena, const struct schema *schema, const struct action *action, struct effect *effect);

/* Of ALTER COLUMN TYPE: does it keep the rows as they are (rewritten is its negation)?  indexes: are they rebuilt? */
enum truth effect_type_change_is_free(const struct schema *schema, const struct relation *relation,
                                      const struct action *action, enum truth *indexes_rebuilt);

/* Of ALTER COLUMN TYPE: is every value afterwards what it was, so that going back brings it back? */
enum truth effect_type_change_keeps_values(const struct schema *schema, const struct relation *relation,
                                           const struct action *action);

/* Where it does not: does PostgreSQL refuse a value that does not fit, rather than cut or round it? */
bool effect_type_change_refuses(const struct relation *relation, const struct action *action);

/* Does a valid CHECK of the partition already say what the bound demands, so that ATTACH scans nothing? */
enum truth effect_bound_is_implied(const struct relation *parent, const struct relation *partition,
                                   const struct partition_bound *bound);

/* Would a row fit both bounds?  False where it is not known, and of hashes. */
bool effect_bounds_overlap(const struct partition_bound *a, const struct partition_bound *b);

/* Does a range of one column end where it begins, or before?  False where it is not known. */
bool effect_bound_is_empty(const struct partition_bound *bound);

/* Does a valid CHECK of the default partition exclude all rows of a new bound, so that it is not read for them? */
enum truth effect_bound_is_excluded(const struct relation *parent, const struct relation *partition,
                                    const struct partition_bound *bound);

#endif
