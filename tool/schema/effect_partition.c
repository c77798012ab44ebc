/* The effects of attaching, detaching and making partitions. */
#include "schema/effect_work.h"

/* Each index of the parent needs one of the partition: one that fits is taken, else it is built. */
static void share_indexes(struct effect_work *work, const struct relation *parent, struct relation *partition)
{
    vec_each(index, &parent->indexes) {
        enum truth missing = TRUTH_YES;
        if (!(*index)->exists)
            continue;
        effect_touch(work, *index, LOCK_SHARE_UPDATE_EXCLUSIVE);
        if (partition == NULL)
            continue;
        vec_each(own, &partition->indexes)
            if ((*own)->exists && effect_same_keys(*index, *own)) {
                effect_touch(work, *own, LOCK_ACCESS_EXCLUSIVE);
                missing = TRUTH_NO;
            }
        if (!partition->complete && missing == TRUTH_YES)
            missing = TRUTH_UNKNOWN;
        struct touch *touch = effect_touch(work, partition, LOCK_ACCESS_EXCLUSIVE);
        effect_raise(&touch->index_built, missing);
        effect_raise(&touch->scanned, missing);
        if (touch->why == NULL && missing != TRUTH_NO)
            touch->why = "an index of the parent is built for it";
    }
}

/* Rows that the new partition would have to hold may lie in the default partition. */
static void search_default(struct effect_work *work, const struct relation *parent)
{
    struct relation *other = parent->default_partition;
    if (other == NULL || !other->exists)
        return;
    effect_touch_family(work, other, LOCK_ACCESS_EXCLUSIVE);
    struct object_name name = {other->schema, other->name};
    enum truth excluded = effect_bound_is_excluded(parent, other, &work->action->bound);
    effect_scan(work, &name, truth_not(excluded), "it may hold rows of the new partition");
}

static void attach_index(struct effect_work *work)
{
    struct relation *index = schema_relation(work->schema, &work->action->table);
    effect_touch_name(work, &work->action->name, LOCK_SHARE_UPDATE_EXCLUSIVE);
    effect_touch_name(work, &work->action->table, LOCK_ACCESS_EXCLUSIVE);
    if (index != NULL && index->parent != NULL)
        effect_touch(work, index->parent, LOCK_ACCESS_SHARE);
}

/* With the parent's foreign keys the partition gets its own. */
static void share_keys(struct effect_work *work, const struct relation *parent)
{
    vec_each(constraint, &parent->constraints)
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && !constraint->dropped && constraint->referenced != NULL)
            effect_touch(work, constraint->referenced, LOCK_SHARE_ROW_EXCLUSIVE);
}

void effect_attach(struct effect_work *work)
{
    static const char why[] = "every row is held against the partition's bound";
    const struct action *action = work->action;
    if (action->object == OBJECT_INDEX) {
        attach_index(work);
        return;
    }
    bool shared = work->schema->server_version >= 12;
    struct relation *parent = schema_relation(work->schema, &action->name);
    struct relation *partition = schema_relation(work->schema, &action->table);
    effect_touch_name(work, &action->name, shared ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_ACCESS_EXCLUSIVE);
    if (partition != NULL)
        effect_touch_family(work, partition, LOCK_ACCESS_EXCLUSIVE);
    else
        effect_touch_name(work, &action->table, LOCK_ACCESS_EXCLUSIVE);
    enum truth implied = parent != NULL && partition != NULL
                             ? effect_bound_is_implied(parent, partition, &action->bound) : TRUTH_UNKNOWN;
    effect_scan(work, &action->table, truth_not(implied), why);
    if (parent == NULL)
        return;
    share_indexes(work, parent, partition);
    search_default(work, parent);
    share_keys(work, parent);
}

void effect_detach(struct effect_work *work)
{
    const struct action *action = work->action;
    bool gently = (action->flags & (FLAG_CONCURRENTLY | FLAG_FINALIZE)) != 0;
    struct relation *parent = schema_relation(work->schema, &action->name);
    struct relation *partition = schema_relation(work->schema, &action->table);
    /* The partition is changed in its catalog rows only; before 14 its lock was as weak as that. */
    enum lock_mode lock = work->schema->server_version >= 14 ? LOCK_ACCESS_EXCLUSIVE : LOCK_SHARE_UPDATE_EXCLUSIVE;
    effect_touch_name(work, &action->name, gently ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_ACCESS_EXCLUSIVE);
    effect_touch_name(work, &action->table, lock);
    if (parent != NULL && parent->default_partition != NULL && parent->default_partition->exists && !gently)
        effect_touch(work, parent->default_partition, LOCK_ACCESS_EXCLUSIVE);
    if (partition != NULL && parent != NULL)
        vec_each(index, &partition->indexes)
            if ((*index)->exists)
                effect_touch(work, *index, LOCK_ACCESS_EXCLUSIVE);
}

void effect_partition_of(struct effect_work *work)
{
    struct relation *parent = schema_relation(work->schema, &work->action->table);
    effect_touch_name(work, &work->action->table, LOCK_ACCESS_EXCLUSIVE);
    if (parent == NULL)
        return;
    share_indexes(work, parent, NULL);
    search_default(work, parent);
    share_keys(work, parent);
}
