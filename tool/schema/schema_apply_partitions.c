/* Partitions and inheritance, in a simulated schema. */
#include "base/str.h"
#include "schema/schema_relation.h"

static void take_constraints(const struct applying *applying, struct relation *parent, struct relation *child, bool all)
{
    for (size_t i = 0; i < parent->constraints.count; i++) {
        const struct constraint *constraint = &parent->constraints.at[i];
        if (!constraint->dropped &&
            (all || constraint->kind == CONSTRAINT_CHECK || constraint->kind == CONSTRAINT_NOT_NULL))
            constraint_inherit(applying, child, constraint);
    }
}

void partition_attach(const struct applying *applying, struct relation *parent, struct relation *partition)
{
    const struct action *action = applying->action;
    struct schema *schema = applying->schema;
    if (applying->maybe) {
        schema_put(schema, partition->complete, false);
        schema_put(schema, parent->complete, false);
    }
    schema_put(schema, partition->parent, parent);
    schema_put(schema, partition->bound, copy_bound(schema->arena, &action->bound));
    *schema_add(schema, &parent->partitions) = partition;
    if (action->flags & FLAG_DEFAULT_PARTITION)
        schema_put(schema, parent->default_partition, partition);
    if (partition->has_rows != TRUTH_NO && parent->has_rows == TRUTH_NO)
        schema_put(schema, parent->has_rows, partition->has_rows);
    take_constraints(applying, parent, partition, true);
    for (size_t i = 0; i < parent->indexes.count; i++)
        index_inherit(applying, partition, parent->indexes.at[i]);
}

/* ALTER INDEX … ATTACH PARTITION: an index made ON ONLY becomes valid when its last part has come. */
static void attach_index(const struct applying *applying)
{
    struct schema *schema = applying->schema;
    struct relation *whole = schema_relation(schema, &applying->action->name);
    struct relation *part = schema_relation(schema, &applying->action->table);
    if (whole == NULL || whole->valid == TRUTH_YES)
        return;
    if (part == NULL || applying->maybe) {
        schema_put(schema, whole->valid, TRUTH_UNKNOWN);
        return;
    }
    if (part->parents.count == 0 && part != whole)
        index_link(schema, whole, part);
    if (whole->parent != NULL && whole->children.count >= whole->parent->partitions.count)
        schema_put(schema, whole->valid, TRUTH_YES);
}

/* What the server refuses must not become a ring here. */
static bool is_above(const struct relation *relation, const struct relation *other)
{
    for (; other != NULL; other = other->parent)
        if (other == relation)
            return true;
    return false;
}

void apply_attach(const struct applying *applying)
{
    struct schema *schema = applying->schema;
    if (applying->action->object == OBJECT_INDEX) {
        attach_index(applying);
        return;
    }
    struct relation *parent = relation_enter(schema, &applying->action->name, RELATION_TABLE);
    struct relation *partition = relation_enter(schema, &applying->action->table, RELATION_TABLE);
    if (parent != NULL && partition != NULL && partition->parent == NULL && !is_above(partition, parent))
        partition_attach(applying, parent, partition);
}

/* Its indexes are its own again. */
static void free_indexes(struct schema *schema, struct relation *partition)
{
    vec_each(index, &partition->indexes) {
        vec_each(whole, &(*index)->parents)
            schema_remove(schema, &(*whole)->children, *index);
        if ((*index)->parents.count > 0)
            schema_put(schema, (*index)->parents.count, 0);
    }
}

void apply_detach(const struct applying *applying)
{
    struct schema *schema = applying->schema;
    struct relation *parent = relation_enter(schema, &applying->action->name, RELATION_TABLE);
    struct relation *partition = relation_enter(schema, &applying->action->table, RELATION_TABLE);
    if (parent == NULL || partition == NULL)
        return;
    if (applying->maybe) {
        schema_put(schema, parent->complete, false);
        schema_put(schema, partition->complete, false);
        return;
    }
    schema_remove(schema, &parent->partitions, partition);
    free_indexes(schema, partition);
    schema_put(schema, partition->parent, NULL);
    schema_put(schema, partition->bound, (struct partition_bound){0});
    if (parent->default_partition == partition)
        schema_put(schema, parent->default_partition, NULL);
}

/* The parent's columns are there already; its checks are too, or the server refuses. */
void apply_inherit(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct schema *schema = applying->schema;
    struct relation *child = relation_enter(schema, &action->name, RELATION_TABLE);
    const struct object_name *name = action->parents.count > 0 ? &action->parents.at[0] : &action->table;
    struct relation *parent = relation_enter(schema, name, RELATION_TABLE);
    if (child == NULL || parent == NULL || child == parent)
        return;
    if (applying->maybe)
        schema_put(schema, child->complete, false);
    *schema_add(schema, &parent->children) = child;
    *schema_add(schema, &child->parents) = parent;
}

void apply_no_inherit(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct schema *schema = applying->schema;
    const struct object_name *name = action->parents.count > 0 ? &action->parents.at[0] : &action->table;
    struct relation *child = schema_relation(schema, &action->name), *parent = schema_relation(schema, name);
    if (child == NULL || parent == NULL || applying->maybe)
        return;
    schema_remove(schema, &parent->children, child);
    schema_remove(schema, &child->parents, parent);
}
