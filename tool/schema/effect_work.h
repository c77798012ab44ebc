/* An effect while it is worked out: what the files effect_*.c share. */
#ifndef SCHEMA_EFFECT_WORK_H
#define SCHEMA_EFFECT_WORK_H

#include "schema/effect.h"

struct effect_work {
    struct arena *arena;
    const struct schema *schema;
    const struct action *action;
    struct effect *effect;
    struct relation_refs views;   /* whose relations are locked already */
};

/* The strongest lock of those asked for is kept.  The address is good until the next touch. */
struct touch *effect_touch(struct effect_work *work, struct relation *relation, enum lock_mode lock);

/* By a name as written, which may mean nothing that is known: then too there is a touch.  NULL: no name. */
struct touch *effect_touch_name(struct effect_work *work, const struct object_name *name, enum lock_mode lock);

/* What is known of two things at once: yes if either is, else unknown if either is. */
enum truth effect_either(enum truth a, enum truth b);
void effect_raise(enum truth *fact, enum truth truth);

/* Does it hold rows of its own (a partitioned table and a view do not)? */
bool effect_has_rows(const struct relation *relation);

/* The relation with its partitions and heirs, at any depth, itself first; itself alone when the action says ONLY. */
struct relation_refs effect_family(struct effect_work *work, struct relation *relation);
struct relation_refs effect_partitions(struct effect_work *work, struct relation *relation); /* without heirs */
void effect_touch_family(struct effect_work *work, struct relation *relation, enum lock_mode lock);
void effect_touch_indexes(struct effect_work *work, const struct relation *relation, enum lock_mode lock);

/* Every row is read, or written again with all indexes, of the relation and its family; by name where it is not known. */
void effect_scan(struct effect_work *work, const struct object_name *name, enum truth truth, const char *why);
void effect_rewrite(struct effect_work *work, const struct object_name *name, enum truth truth, const char *why);

/* An index is built on the relation and its family: every row is read. */
void effect_build(struct effect_work *work, const struct object_name *name, const char *why);

/* A query plans with the relation: it and its indexes are locked; what a view reads is locked too. */
void effect_read(struct effect_work *work, const struct object_name *name, enum lock_mode lock, enum truth scanned);

void effect_touch_uses(struct effect_work *work);  /* the action's `uses`, with their own locks */

/* Sequences that calls of nextval and setval name. */
void effect_touch_sequences(struct effect_work *work, const struct calls *calls);

/* Names in a list of relations, and columns in a list of texts. */
bool effect_names(const struct strings *names, const char *name);
bool effect_index_has(const struct relation *index, const char *column);   /* as a key, INCLUDE, in an expression */
bool effect_index_is_plain(const struct relation *index);                 /* columns only: no expression, no WHERE */

bool effect_same_keys(const struct relation *a, const struct relation *b); /* of two indexes, columns alone */

/* The columns that a foreign key of `relation` refers to: as written, else the primary key. */
const struct strings *effect_referenced_columns(const struct constraint *constraint);

/* A foreign key: the lock on what it refers to; and the checking of every row. */
void effect_check_foreign_key(struct effect_work *work, const struct object_name *table,
                              const struct object_name *referenced, enum truth scanned);

/* The kinds of actions, in the files named after their subject. */
typedef void effect_kind(struct effect_work *work);
effect_kind effect_add_column, effect_drop_column, effect_set_not_null, effect_set_expression, effect_identity,
    effect_rename_column;                                                                      /* effect_column.c */
effect_kind effect_retype;                                                                     /* effect_retype.c */
effect_kind effect_add_constraint, effect_validate_constraint, effect_drop_constraint,
    effect_rename_constraint;                                                                  /* effect_constraint.c */
effect_kind effect_create_index, effect_reindex, effect_cluster, effect_drop_index;            /* effect_index.c */
effect_kind effect_attach, effect_detach;                                                      /* effect_partition.c */
effect_kind effect_drop, effect_truncate;                                                      /* effect_drop.c */
effect_kind effect_query, effect_change, effect_refresh, effect_create_view, effect_create_filled,
    effect_copy;                                                                               /* effect_query.c */
effect_kind effect_create_table, effect_on_table, effect_sequence, effect_comment, effect_domain,
    effect_statistics, effect_alter_other, effect_grant;                                       /* effect_create.c */
effect_kind effect_rename, effect_set_schema, effect_set_options, effect_persistence, effect_move, effect_cluster_on,
    effect_replica_identity, effect_inherit, effect_owner, effect_vacuum, effect_lock;         /* effect_table.c */

void effect_partition_of(struct effect_work *work); /* CREATE TABLE … PARTITION OF */

#endif
