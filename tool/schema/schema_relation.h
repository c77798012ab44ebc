/* Relations of a simulated schema as they are made, changed and dropped.  Nobody but schema_*.c includes it. */
#ifndef SCHEMA_SCHEMA_RELATION_H
#define SCHEMA_SCHEMA_RELATION_H

#include "schema/schema_change.h"

/* A fresh one, as what is applied makes it; nobody finds it before relation_place. */
struct relation *relation_make(const struct applying *applying, enum relation_kind kind, const char *namespace,
                               const char *name);
void relation_place(struct schema *schema, struct relation *relation);

/* What the name means; where nobody knows, a relation of which nothing is known takes the name. */
struct relation *relation_enter(struct schema *schema, const struct object_name *name, enum relation_kind kind);

/* Notes that it leaves its name, before it does. */
void relation_depart(struct schema *schema, const struct relation *relation);

/* Another name, another schema. */
void relation_move(struct schema *schema, struct relation *relation, const char *namespace, const char *name);

/* With everything that is part of it or hangs on it. */
void relation_drop(struct schema *schema, struct relation *relation);
void relation_doubt(struct schema *schema, struct relation *relation); /* it may be gone, or another */

/* It and its partitions and children, those of theirs too, each once. */
void relation_family(struct schema *schema, struct relation *relation, struct relation_refs *family);

/* Columns.  A name that is there already is merged into. */
void column_add(const struct applying *applying, struct relation *relation, const struct column_def *def);
void column_inherit(const struct applying *applying, struct relation *relation, const struct column *column);
void column_drop(struct schema *schema, struct relation *relation, struct column *column);
void column_set_not_null(struct schema *schema, struct column *column, enum truth truth);
void sequence_make(const struct applying *applying, struct relation *relation, const char *column);
bool keys_mention(const struct key_parts *keys, const char *column);
bool strings_hold(const struct strings *strings, const char *text);

/* Constraints and indexes. */
void constraint_define(const struct applying *applying, struct relation *relation, const struct constraint_def *def);
void constraints_define(const struct applying *applying, struct relation *relation); /* those of columns and table */
void constraint_inherit(const struct applying *applying, struct relation *relation, const struct constraint *constraint);
void constraint_drop(struct schema *schema, struct relation *relation, struct constraint *constraint);
struct relation *index_make(const struct applying *applying, struct relation *table, const char *name);
struct relation *index_copy(const struct applying *applying, struct relation *relation, const struct relation *index);
void index_inherit(const struct applying *applying, struct relation *partition, struct relation *index);
void index_link(struct schema *schema, struct relation *whole, struct relation *part); /* children and parents */
const char *index_choose_name(struct schema *schema, const struct relation *table, const struct key_parts *keys,
                              const struct strings *including, const char *label);

/* Partitions. */
void partition_attach(const struct applying *applying, struct relation *parent, struct relation *partition);

void namespace_make(struct schema *schema, const char *name);
void rename_column(const struct applying *applying);

/* Types: the column's type as the schema knows it, and a note that the relation has it. */
struct type_name type_resolve(struct schema *schema, const struct type_name *written, struct relation *user);
struct type *type_enter(struct schema *schema, const struct object_name *name); /* made, with nothing known, where there is none */
void domain_define(const struct applying *applying, struct type *domain);

/* What runs when the action does: bodies of functions; and rows that come into being. */
void function_keep_body(struct schema *schema, const struct action *action);
void functions_run(const struct applying *applying);
void schema_unknown(struct schema *schema, bool relations);
void schema_apply_row(const struct applying *applying);

apply_action apply_create_table, apply_create_table_as, apply_create_view, apply_create_sequence, apply_alter_sequence,
    apply_drop, apply_rename, apply_set_schema, apply_attach, apply_detach, apply_inherit, apply_no_inherit,
    apply_set_logged, apply_truncate, apply_mention, apply_mention_table, apply_create_attached, apply_drop_attached,
    apply_change_function, apply_create_statistics, apply_add_column, apply_drop_column,
    apply_column_type, apply_set_default, apply_drop_default, apply_set_not_null, apply_drop_not_null,
    apply_expression, apply_add_identity, apply_drop_identity, apply_add_constraint, apply_validate,
    apply_drop_constraint, apply_create_index, apply_reindex, apply_create_schema, apply_create_type,
    apply_comment, apply_row_security, apply_add_enum_value, apply_rename_enum_value, apply_alter_domain, apply_create_function, apply_create_extension,
    apply_unknown, apply_rows, apply_delete, apply_set, apply_begin, apply_commit, apply_rollback, apply_savepoint,
    apply_rollback_to, apply_release;

#endif
