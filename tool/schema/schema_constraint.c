/* Constraints of a simulated schema. */
#include "base/str.h"
#include "schema/schema_relation.h"

#include <string.h>

/* One that is being made, and the table that it will be on. */
struct defining {
    const struct applying *applying;
    struct schema *schema;
    struct relation *relation;
    const struct constraint_def *def;
    struct constraint constraint;
};

static const char *choose(const struct defining *defining, const char *columns, const char *label)
{
    return schema_choose_constraint(defining->schema, defining->relation->schema, defining->relation->name, columns, label);
}

/* A check of one column has the column in its name, wherever it was written. */
static void define_check(struct defining *defining)
{
    struct constraint *constraint = &defining->constraint;
    const struct expression *check = defining->def->check;
    const char *column = check != NULL && check->columns.count == 1 ? check->columns.at[0] : NULL;
    constraint->check = copy_expression(defining->schema->arena, check);
    constraint->columns = constraint->check == NULL ? (struct strings){0} : constraint->check->columns;
    if (constraint->name == NULL)
        constraint->name = choose(defining, column, "check");
}

static bool references_already(const struct relation *relation, const struct relation *referenced)
{
    vec_each(constraint, &relation->constraints)
        if (!constraint->dropped && constraint->referenced == referenced)
            return true;
    return false;
}

static void note_reference(struct schema *schema, struct relation *relation, struct relation *referenced)
{
    if (!references_already(relation, referenced))
        *schema_add(schema, &referenced->referencing) = relation;
    if (relation_is_new(schema, referenced) || referenced->referenced_in == schema->transaction)
        return;
    schema_put(schema, referenced->referenced_in, schema->transaction);
    schema_put(schema, schema->foreign_keys_added, schema->foreign_keys_added + 1);
}

/* Before PostgreSQL 12 only the first column was part of the name. */
static void define_foreign_key(struct defining *defining)
{
    struct constraint *constraint = &defining->constraint;
    struct schema *schema = defining->schema;
    struct strings first = constraint->columns;
    if (schema->server_version < 12 && first.count > 1)
        first.count = 1;
    constraint->referenced_columns = copy_strings(schema->arena, &defining->def->referenced_columns);
    if (constraint->name == NULL)
        constraint->name = choose(defining, schema_columns_part(schema->arena, &first), "fkey");
    constraint->referenced = relation_enter(schema, &defining->def->referenced, RELATION_TABLE);
    if (constraint->referenced != NULL)
        note_reference(schema, defining->relation, constraint->referenced);
}

static struct key_parts keys_of(struct arena *arena, const struct strings *columns)
{
    struct key_parts keys = {0};
    vec_each(column, columns)
        *vec_add(arena, &keys) = (struct key_part){.column = *column};
    return keys;
}

static struct strings columns_of(struct arena *arena, const struct key_parts *keys)
{
    struct strings columns = {0};
    vec_each(key, keys)
        if (key->column != NULL)
            *vec_add(arena, &columns) = key->column;
    return columns;
}

static struct relation *new_index(const struct defining *defining)
{
    const struct constraint *constraint = &defining->constraint;
    struct relation *index = index_make(defining->applying, defining->relation, constraint->name);
    index->keys = keys_of(defining->schema->arena, &constraint->columns);
    index->method = constraint->kind == CONSTRAINT_EXCLUSION ? "gist" : "btree";
    index->flags = constraint->kind == CONSTRAINT_EXCLUSION ? 0 : FLAG_UNIQUE;
    return index;
}

/* USING INDEX: the index is there; it takes the constraint's name, or gives it its own. */
static void take_index(struct defining *defining)
{
    struct schema *schema = defining->schema;
    struct constraint *constraint = &defining->constraint;
    struct object_name name = {defining->relation->schema, defining->def->using_index};
    struct relation *index = relation_enter(schema, &name, RELATION_INDEX);
    if (index->parent == NULL) {
        schema_put(schema, index->parent, defining->relation);
        *schema_add(schema, &defining->relation->indexes) = index;
    }
    constraint->index = index;
    constraint->columns = columns_of(schema->arena, &index->keys);
    if (constraint->name == NULL)
        constraint->name = index->name;
    else if (!str_same(constraint->name, index->name))
        relation_move(schema, index, index->schema, constraint->name);
}

/* Never before the columns: the name of an unknown index says nothing about them. */
static void set_key_not_null(const struct defining *defining)
{
    const struct strings *columns = &defining->constraint.columns;
    enum truth truth = defining->applying->maybe ? TRUTH_UNKNOWN : TRUTH_YES;
    vec_each(name, columns) {
        struct column *column = relation_column(defining->relation, *name);
        if (column == NULL && !defining->relation->complete) {
            column = schema_add(defining->schema, &defining->relation->columns);
            *column = (struct column){.name = *name};
        }
        if (column != NULL && column->not_null != TRUTH_YES)
            column_set_not_null(defining->schema, column, truth);
    }
}

static void define_key(struct defining *defining)
{
    static const char *const labels[] = {
        [CONSTRAINT_UNIQUE] = "key", [CONSTRAINT_PRIMARY_KEY] = "pkey", [CONSTRAINT_EXCLUSION] = "excl"};
    struct constraint *constraint = &defining->constraint;
    struct schema *schema = defining->schema;
    bool primary = constraint->kind == CONSTRAINT_PRIMARY_KEY;
    if (defining->def->using_index != NULL) {
        take_index(defining);
    } else {
        if (constraint->name == NULL)
            constraint->name = schema_choose_relation(
                schema, defining->relation->schema, defining->relation->name,
                primary ? NULL : schema_columns_part(schema->arena, &constraint->columns), labels[constraint->kind], true);
        constraint->index = new_index(defining);
    }
    if (primary)
        set_key_not_null(defining);
}

static void define_not_null(struct defining *defining)
{
    struct constraint *constraint = &defining->constraint;
    if (constraint->name == NULL)
        constraint->name =
            choose(defining, constraint->columns.count == 0 ? NULL : constraint->columns.at[0], "not_null");
    if (constraint->valid == TRUTH_YES)
        set_key_not_null(defining);
}

static void add(struct schema *schema, struct relation *relation, const struct constraint *constraint)
{
    *schema_add(schema, &relation->constraints) = *constraint;
    schema_count_constraint(schema, relation->schema, constraint->name, 1);
}

void constraint_define(const struct applying *applying, struct relation *relation, const struct constraint_def *def)
{
    static void (*const rows[])(struct defining *) = {
        [CONSTRAINT_CHECK] = define_check,    [CONSTRAINT_FOREIGN_KEY] = define_foreign_key,
        [CONSTRAINT_UNIQUE] = define_key,     [CONSTRAINT_PRIMARY_KEY] = define_key,
        [CONSTRAINT_EXCLUSION] = define_key,  [CONSTRAINT_NOT_NULL] = define_not_null,
    };
    struct schema *schema = applying->schema;
    bool not_valid = def->not_valid && applying->action->kind == ACTION_ADD_CONSTRAINT;
    struct defining defining = {
        applying, schema, relation, def,
        {
            .name = schema_text(schema, def->name),
            .kind = def->kind,
            .columns = copy_strings(schema->arena, &def->columns),
            .valid = applying->maybe ? TRUTH_UNKNOWN : truth_of(!not_valid),
            .understood = TRUTH_YES,
            .on_delete_cascade = def->on_delete_cascade,
            .options = schema_text(schema, def->options),
            .deferrable = def->deferrable,
            .transaction = applying->maybe ? 0 : schema->transaction,
        }};
    rows[def->kind](&defining);
    add(schema, relation, &defining.constraint);
}

/* A child takes over a constraint of its parent; an index of a key is its own. */
void constraint_inherit(const struct applying *applying, struct relation *relation, const struct constraint *constraint)
{
    struct constraint copy = *constraint;
    if (relation_constraint(relation, constraint->name) != NULL || constraint->index != NULL)
        return;
    copy.transaction = applying->maybe ? 0 : applying->schema->transaction;
    if (applying->maybe)
        copy.valid = TRUTH_UNKNOWN;
    else if (applying->action->kind == ACTION_CREATE_TABLE) /* there is nothing in it that could break it */
        copy.valid = TRUTH_YES;
    if (copy.referenced != NULL)
        note_reference(applying->schema, relation, copy.referenced);
    add(applying->schema, relation, &copy);
    if (copy.kind != CONSTRAINT_NOT_NULL || copy.valid != TRUTH_YES)
        return;
    struct defining defining = {applying, applying->schema, relation, NULL, copy};
    set_key_not_null(&defining);
}

/* Does the key carry this foreign key? */
static bool carries(const struct constraint *key, const struct constraint *foreign)
{
    if (foreign->referenced_columns.count == 0)
        return key->kind == CONSTRAINT_PRIMARY_KEY;
    if (foreign->referenced_columns.count != key->columns.count)
        return false;
    vec_each(column, &foreign->referenced_columns)
        if (!strings_hold(&key->columns, *column))
            return false;
    return true;
}

static void drop_carried(struct schema *schema, struct relation *relation, const struct constraint *key)
{
    for (size_t i = relation->referencing.count; i > 0; i--) {
        struct relation *other = i <= relation->referencing.count ? relation->referencing.at[i - 1] : NULL;
        for (size_t j = 0; other != NULL && j < other->constraints.count; j++) {
            struct constraint *foreign = &other->constraints.at[j];
            if (!foreign->dropped && foreign->referenced == relation && carries(key, foreign))
                constraint_drop(schema, other, foreign);
        }
    }
}

void constraint_drop(struct schema *schema, struct relation *relation, struct constraint *constraint)
{
    schema_put(schema, constraint->dropped, true);
    schema_count_constraint(schema, relation->schema, constraint->name, -1);
    if (constraint->referenced != NULL && !references_already(relation, constraint->referenced))
        schema_remove(schema, &constraint->referenced->referencing, relation);
    if (constraint->index == NULL)
        return;
    if (constraint->index->exists)
        relation_drop(schema, constraint->index);
    if (constraint->kind != CONSTRAINT_EXCLUSION)
        drop_carried(schema, relation, constraint);
}
