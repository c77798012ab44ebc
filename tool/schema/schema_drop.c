/* What goes from a simulated schema: a relation takes along what is part of it and what hangs on it. */
#include "base/str.h"
#include "schema/schema_relation.h"

static bool refers_to(const struct constraint *constraint, const struct relation *relation)
{
    return !constraint->dropped && constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->referenced == relation;
}

/* Foreign keys of those that referenced it. */
static void drop_references(struct schema *schema, const struct relation *relation)
{
    vec_each(other, &relation->referencing)
        vec_each(constraint, &(*other)->constraints)
            if (refers_to(constraint, relation)) {
                schema_put(schema, constraint->dropped, true);
                schema_count_constraint(schema, (*other)->schema, constraint->name, -1);
            }
}

static void drop_constraints(struct schema *schema, struct relation *relation)
{
    vec_each(constraint, &relation->constraints) {
        if (constraint->dropped)
            continue;
        schema_count_constraint(schema, relation->schema, constraint->name, -1);
        if (constraint->referenced != NULL)
            schema_remove(schema, &constraint->referenced->referencing, relation);
    }
}

/* Those that list it and stay. */
static void leave_lists(struct schema *schema, struct relation *relation)
{
    struct relation *parent = relation->parent;
    if (parent != NULL && parent->exists) {
        schema_remove(schema, &parent->partitions, relation);
        schema_remove(schema, &parent->indexes, relation);
        schema_remove(schema, &parent->sequences, relation);
        if (parent->default_partition == relation)
            schema_put(schema, parent->default_partition, NULL);
    }
    vec_each(other, &relation->parents)
        if ((*other)->exists)
            schema_remove(schema, &(*other)->children, relation);
    vec_each(other, &relation->reads)
        if ((*other)->exists)
            schema_remove(schema, &(*other)->views, relation);
}

/* A key goes with its index. */
static void drop_key(struct schema *schema, const struct relation *index)
{
    const struct relation *table = index->kind == RELATION_INDEX ? index->parent : NULL;
    if (table == NULL || !table->exists)
        return;
    vec_each(constraint, &table->constraints) {
        if (constraint->index != index || constraint->dropped)
            continue;
        schema_put(schema, constraint->dropped, true);
        schema_count_constraint(schema, table->schema, constraint->name, -1);
    }
}

static void queue_all(struct arena *arena, struct relation_refs *queue, const struct relation_refs *refs)
{
    vec_each(one, refs)
        *vec_add(arena, queue) = *one;
}

static void drop_one(struct schema *schema, struct relation *relation, struct relation_refs *queue)
{
    char key[KEY_SIZE];
    schema_key(key, relation->schema, relation->name);
    schema_put(schema, relation->exists, false);
    schema_put(schema, relation->dropped_by, schema->migration);
    relation_depart(schema, relation);
    if (map_find(&schema->relations, key) == relation)
        schema_map(schema, &schema->relations, key, NULL);
    drop_references(schema, relation);
    drop_constraints(schema, relation);
    drop_key(schema, relation);
    leave_lists(schema, relation);
    if (relation->temporary)
        schema_remove(schema, &schema->log->temporaries, relation);
    queue_all(schema->arena, queue, &relation->indexes);
    queue_all(schema->arena, queue, &relation->sequences);
    queue_all(schema->arena, queue, &relation->partitions);
    queue_all(schema->arena, queue, &relation->children);
    queue_all(schema->arena, queue, &relation->views);
}

void relation_drop(struct schema *schema, struct relation *relation)
{
    struct relation_refs queue = {0};
    *vec_add(schema->arena, &queue) = relation;
    for (size_t i = 0; i < queue.count; i++)
        if (queue.at[i]->exists)
            drop_one(schema, queue.at[i], &queue);
}

/* DROP SEQUENCE … CASCADE takes the default that calls it. */
static void drop_default(struct schema *schema, const struct relation *sequence)
{
    struct column *column = sequence->parent == NULL ? NULL : relation_column(sequence->parent, sequence->owner_column);
    if (column != NULL && sequence->kind == RELATION_SEQUENCE && !column->identity)
        schema_put(schema, column->has_default, false);
}

static void drop_relation(const struct applying *applying)
{
    struct relation *relation = schema_relation(applying->schema, &applying->action->name);
    if (relation == NULL)
        return;
    if (applying->maybe) {
        relation_doubt(applying->schema, relation);
        return;
    }
    drop_default(applying->schema, relation);
    relation_drop(applying->schema, relation);
}

bool column_is_of(const struct column *column, const struct type *type)
{
    return !column->dropped && str_same(column->type.name, type->name) && str_same(column->type.schema, type->schema);
}

/* A table goes with the column that it is partitioned by. */
static void drop_columns_of(struct schema *schema, const struct type *type)
{
    vec_each(one, &type->tables) {
        struct relation *relation = *one;
        for (size_t i = 0; relation->exists && i < relation->columns.count; i++) {
            struct column *column = &relation->columns.at[i];
            if (!column_is_of(column, type))
                continue;
            if (keys_mention(&relation->partition_keys, column->name))
                relation_drop(schema, relation);
            else
                column_drop(schema, relation, column);
        }
    }
}

static void forget_type(const struct applying *applying, struct type *type)
{
    struct schema *schema = applying->schema;
    char key[KEY_SIZE];
    if (applying->maybe) {
        schema_put(schema, type->complete, false);
        return;
    }
    schema_put(schema, type->exists, false);
    schema_map(schema, &schema->types, schema_key(key, type->schema, type->name), NULL);
    drop_columns_of(schema, type);
}

static void drop_type(const struct applying *applying)
{
    struct type *type = schema_type(applying->schema, &applying->action->name);
    if (type != NULL)
        forget_type(applying, type);
}

static void forget_function(const struct applying *applying, struct function *function)
{
    struct schema *schema = applying->schema;
    char key[KEY_SIZE];
    if (applying->maybe || function->overloads > 1) {
        schema_put(schema, function->overloads, function->overloads - !applying->maybe);
        return;
    }
    schema_put(schema, function->exists, false);
    schema_map(schema, &schema->functions, schema_key(key, function->schema, function->name), NULL);
}

static void drop_function(const struct applying *applying)
{
    struct function *function = schema_function(applying->schema, &applying->action->name);
    if (function == NULL)
        return;
    definition_forget(applying, &function->definitions,
                      definition_arguments(applying->schema->arena, &applying->action->names), false);
    forget_function(applying, function);
}

static void drop_schema(const struct applying *applying)
{
    struct schema *schema = applying->schema;
    const char *name = applying->action->name.name;
    struct schema_namespace *namespace = map_find(&schema->namespaces, name);
    if (namespace != NULL && !applying->maybe)
        schema_put(schema, namespace->exists, false);
    for (size_t i = 0; i < schema->all.count; i++) {
        struct relation *relation = schema->all.at[i];
        if (!relation->exists || !str_same(relation->schema, name))
            continue;
        if (applying->maybe)
            relation_doubt(schema, relation);
        else
            relation_drop(schema, relation);
    }
    vec_each(type, &schema->log->types)
        if ((*type)->exists && str_same((*type)->schema, name))
            forget_type(applying, *type);
    vec_each(function, &schema->log->functions)
        if ((*function)->exists && str_same((*function)->schema, name))
            forget_function(applying, *function);
}

static void drop_extension(const struct applying *applying)
{
    if (!applying->maybe && applying->action->name.name != NULL)
        schema_map(applying->schema, &applying->schema->extensions, applying->action->name.name, NULL);
}

static void drop_statistics(const struct applying *applying)
{
    struct schema *schema = applying->schema;
    const struct object_name *name = &applying->action->name;
    const struct relation *table = schema_statistics(schema, name);
    char key[KEY_SIZE];
    if (!applying->maybe && table != NULL)
        schema_map(schema, &schema->statistics,
                   schema_key(key, name->schema != NULL ? name->schema : table->schema, name->name), NULL);
}

void apply_drop(const struct applying *applying)
{
    static apply_action *const rows[OBJECT_KINDS] = {
        [OBJECT_TABLE] = drop_relation,    [OBJECT_VIEW] = drop_relation,     [OBJECT_MATERIALIZED_VIEW] = drop_relation,
        [OBJECT_INDEX] = drop_relation,    [OBJECT_SEQUENCE] = drop_relation, [OBJECT_FOREIGN_TABLE] = drop_relation,
        [OBJECT_TYPE] = drop_type,         [OBJECT_DOMAIN] = drop_type,       [OBJECT_FUNCTION] = drop_function,
        [OBJECT_SCHEMA] = drop_schema,     [OBJECT_EXTENSION] = drop_extension,
        [OBJECT_STATISTICS] = drop_statistics, [OBJECT_TRIGGER] = apply_drop_attached, [OBJECT_POLICY] = apply_drop_attached,
    };
    if (rows[applying->action->object] != NULL)
        rows[applying->action->object](applying);
}
