/* The effects of DROP and TRUNCATE on what else they reach. */
#include "schema/effect_work.h"

#include "base/str.h"

static void lock_referenced(struct effect_work *work, const struct relation *relation)
{
    vec_each(constraint, &relation->constraints)
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && !constraint->dropped && constraint->referenced != NULL &&
            constraint->referenced->exists)
            effect_touch(work, constraint->referenced, LOCK_ACCESS_EXCLUSIVE);
}

static void lock_all(struct effect_work *work, const struct relation_refs *relations)
{
    vec_each(relation, relations)
        if ((*relation)->exists)
            effect_touch(work, *relation, LOCK_ACCESS_EXCLUSIVE);
}

static bool is_touched(const struct effect_work *work, const struct relation *relation)
{
    vec_each(touch, &work->effect->touches)
        if (touch->relation == relation)
            return true;
    return false;
}

static void drop_relation(struct effect_work *work, struct relation *relation);

static void drop_dependents(struct effect_work *work, const struct relation *relation)
{
    lock_all(work, &relation->referencing);
    for (size_t i = 0; i < relation->views.count; i++) {
        struct relation *view = relation->views.at[i];
        if (view->exists && !is_touched(work, view))
            drop_relation(work, view);
    }
    for (size_t i = 0; i < relation->children.count; i++)
        if (relation->children.at[i]->exists && !is_touched(work, relation->children.at[i]))
            drop_relation(work, relation->children.at[i]);
}

static void drop_relation(struct effect_work *work, struct relation *relation)
{
    effect_touch(work, relation, LOCK_ACCESS_EXCLUSIVE);
    lock_all(work, &relation->indexes);
    lock_all(work, &relation->sequences);
    lock_referenced(work, relation);
    for (size_t i = 0; i < relation->partitions.count; i++)
        if (relation->partitions.at[i]->exists && !is_touched(work, relation->partitions.at[i]))
            drop_relation(work, relation->partitions.at[i]);
    if (work->action->flags & FLAG_CASCADE)
        drop_dependents(work, relation);
}

/* A partition takes its bound out of the parent's, and the default partition's bound changes with it. */
static void leave_parent(struct effect_work *work, const struct relation *partition)
{
    struct relation *parent = partition->parent;
    if (parent == NULL || partition->kind == RELATION_INDEX || partition->kind == RELATION_SEQUENCE)
        return;
    effect_touch(work, parent, LOCK_ACCESS_EXCLUSIVE);
    if (parent->default_partition != NULL && parent->default_partition->exists)
        effect_touch(work, parent->default_partition, LOCK_ACCESS_EXCLUSIVE);
}

static bool is_relation(enum object_kind object)
{
    return object == OBJECT_TABLE || object == OBJECT_VIEW || object == OBJECT_MATERIALIZED_VIEW ||
           object == OBJECT_FOREIGN_TABLE || object == OBJECT_SEQUENCE;
}

static void drop_schema(struct effect_work *work)
{
    const struct schema *schema = work->schema;
    for (size_t i = 0; (work->action->flags & FLAG_CASCADE) && i < schema->all.count; i++)
        if (schema->all.at[i]->exists && str_same(schema->all.at[i]->schema, work->action->name.name) &&
            !is_touched(work, schema->all.at[i]))
            drop_relation(work, schema->all.at[i]);
}

/* With CASCADE the columns of a type go, and wait for whoever uses their tables. */
static void drop_columns_of(struct effect_work *work, const struct type *type)
{
    for (size_t i = 0; (work->action->flags & FLAG_CASCADE) && i < type->tables.count; i++)
        for (size_t j = 0; type->tables.at[i]->exists && j < type->tables.at[i]->columns.count; j++)
            if (column_is_of(&type->tables.at[i]->columns.at[j], type))
                effect_touch(work, type->tables.at[i], LOCK_ACCESS_EXCLUSIVE);
}

void effect_drop(struct effect_work *work)
{
    const struct action *action = work->action;
    if (action->object == OBJECT_INDEX) {
        effect_drop_index(work);
        return;
    }
    if (action->object == OBJECT_STATISTICS) {
        effect_statistics(work);
        return;
    }
    if (action->object == OBJECT_TRIGGER || action->object == OBJECT_POLICY || action->object == OBJECT_RULE) {
        struct relation *table = schema_relation(work->schema, &action->table);
        effect_touch_name(work, &action->table, LOCK_ACCESS_EXCLUSIVE);
        /* The partitions have copies of a trigger for each row, and of those of statements nobody here knows. */
        if (action->object == OBJECT_TRIGGER && table != NULL && table->partition_by != 0)
            effect_touch_family(work, table, LOCK_ACCESS_EXCLUSIVE);
        return;
    }
    if (action->object == OBJECT_SCHEMA) {
        drop_schema(work);
        return;
    }
    bool types = action->object == OBJECT_TYPE || action->object == OBJECT_DOMAIN;
    const struct type *type = types ? schema_type(work->schema, &action->name) : NULL;
    if (type != NULL && type->kind != TYPE_COMPOSITE)
        drop_columns_of(work, type);
    if (!is_relation(action->object) && (type == NULL || type->kind != TYPE_COMPOSITE))
        return;
    struct relation *relation = schema_relation(work->schema, &action->name);
    if (relation == NULL) {
        if ((action->flags & FLAG_IF_EXISTS) == 0)
            effect_touch_name(work, &action->name, LOCK_ACCESS_EXCLUSIVE);
        return;
    }
    drop_relation(work, relation);
    leave_parent(work, relation);
    if (action->object == OBJECT_SEQUENCE && (action->flags & FLAG_CASCADE) && relation->parent != NULL)
        effect_touch(work, relation->parent, LOCK_ACCESS_EXCLUSIVE); /* its column loses a default */
}

/* New, empty files: no row is read or written. */
static void truncate_one(struct effect_work *work, struct relation *relation)
{
    if (is_touched(work, relation))
        return;
    effect_touch(work, relation, LOCK_ACCESS_EXCLUSIVE)->why = "its files are replaced by empty ones";
    if (effect_has_rows(relation))
        lock_all(work, &relation->indexes);
    if (work->action->flags & FLAG_RESET)
        lock_all(work, &relation->sequences);
    struct relation_refs family = effect_family(work, relation);
    vec_each(one, &family)
        truncate_one(work, *one);
    if (work->action->flags & FLAG_CASCADE)
        for (size_t i = 0; i < relation->referencing.count; i++)
            if (relation->referencing.at[i]->exists)
                truncate_one(work, relation->referencing.at[i]);
}

void effect_truncate(struct effect_work *work)
{
    struct relation *relation = schema_relation(work->schema, &work->action->name);
    if (relation == NULL)
        effect_touch_name(work, &work->action->name, LOCK_ACCESS_EXCLUSIVE);
    else
        truncate_one(work, relation);
}
