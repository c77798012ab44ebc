/* The effects of making, making anew and dropping indexes. */
#include "schema/effect_work.h"

static bool is_concurrent(const struct effect_work *work)
{
    return (work->action->flags & FLAG_CONCURRENTLY) != 0;
}

static void lock_partitions(struct effect_work *work, struct relation *table, enum lock_mode lock)
{
    struct relation_refs family = effect_partitions(work, table);
    vec_each(one, &family)
        effect_touch(work, *one, lock);
}

void effect_create_index(struct effect_work *work)
{
    const struct action *action = work->action;
    enum lock_mode lock = is_concurrent(work) ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_SHARE;
    struct relation *table = schema_relation(work->schema, &action->table);
    struct object_name name = {table != NULL ? table->schema : action->table.schema, action->name.name};
    bool there = (action->flags & FLAG_IF_NOT_EXISTS) && name.name != NULL && schema_relation(work->schema, &name) != NULL;
    if (table == NULL)
        effect_touch_name(work, &action->table, lock);
    else if (there)
        effect_touch(work, table, lock);
    else
        lock_partitions(work, table, lock);
    if (!there && !((action->flags & FLAG_ONLY) && table != NULL && table->partition_by != 0))
        effect_build(work, &action->table, "an index is built");
}

static void reindex_one(struct effect_work *work, struct relation *index)
{
    bool concurrently = is_concurrent(work);
    effect_touch(work, index, concurrently ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_ACCESS_EXCLUSIVE);
    if (index->parent == NULL)
        return;
    struct touch *table =
        effect_touch(work, index->parent, concurrently ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_SHARE);
    if (!effect_has_rows(index->parent))
        return;
    table->index_built = table->scanned = TRUTH_YES;
    table->why = "an index is built again";
}

static void reindex_table(struct effect_work *work, struct relation *table)
{
    effect_touch(work, table, is_concurrent(work) ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_SHARE);
    vec_each(index, &table->indexes)
        if ((*index)->exists)
            reindex_one(work, *index);
}

static void reindex_unknown(struct effect_work *work, bool index)
{
    bool concurrently = is_concurrent(work);
    enum lock_mode lock = index ? LOCK_ACCESS_EXCLUSIVE : LOCK_SHARE;
    struct touch *touch =
        effect_touch_name(work, &work->action->name, concurrently ? LOCK_SHARE_UPDATE_EXCLUSIVE : lock);
    if (touch == NULL || index)
        return;
    touch->index_built = touch->scanned = TRUTH_YES;
    touch->why = "its indexes are built again";
}

void effect_reindex(struct effect_work *work)
{
    enum object_kind object = work->action->object;
    if (object != OBJECT_INDEX && object != OBJECT_TABLE)
        return; /* of a schema or a database: each in a transaction of its own */
    struct relation *relation = schema_relation(work->schema, &work->action->name);
    if (relation == NULL) {
        reindex_unknown(work, object == OBJECT_INDEX);
        return;
    }
    if (object == OBJECT_INDEX) {
        reindex_one(work, relation);
        return;
    }
    struct relation_refs family = {0};
    if (relation->partition_by != 0)
        family = effect_family(work, relation);
    else
        *vec_add(work->arena, &family) = relation;
    vec_each(one, &family)
        reindex_table(work, *one);
}

void effect_cluster(struct effect_work *work)
{
    if (effect_touch_name(work, &work->action->name, LOCK_ACCESS_EXCLUSIVE) != NULL)
        effect_rewrite(work, &work->action->name, TRUTH_YES, "the table is written anew in the order of an index");
}

static void drop_one(struct effect_work *work, struct relation *index)
{
    enum lock_mode lock = is_concurrent(work) ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_ACCESS_EXCLUSIVE;
    effect_touch(work, index, lock);
    if (index->parent == NULL)
        return;
    effect_touch(work, index->parent, lock);
    vec_each(partition, &index->parent->partitions)
        vec_each(own, &(*partition)->indexes)
            if ((*partition)->exists && (*own)->exists && effect_same_keys(index, *own))
                drop_one(work, *own);
}

void effect_drop_index(struct effect_work *work)
{
    struct relation *index = schema_relation(work->schema, &work->action->name);
    if (index == NULL) {
        effect_touch_name(work, &work->action->name,
                          is_concurrent(work) ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_ACCESS_EXCLUSIVE);
        return;
    }
    drop_one(work, index);
}
