/* The effects on whole relations: names, places, options, owners. */
#include "schema/effect_work.h"

#include "base/str.h"

#include <string.h>

static bool is_relation(enum object_kind object)
{
    return object == OBJECT_TABLE || object == OBJECT_VIEW || object == OBJECT_MATERIALIZED_VIEW ||
           object == OBJECT_FOREIGN_TABLE || object == OBJECT_SEQUENCE || object == OBJECT_INDEX;
}

void effect_rename(struct effect_work *work)
{
    const struct action *action = work->action;
    if (action->object == OBJECT_COLUMN || action->column != NULL) {
        effect_rename_column(work);
    } else if (action->object == OBJECT_CONSTRAINT) {
        effect_rename_constraint(work);
    } else if (action->object == OBJECT_TRIGGER || action->object == OBJECT_RULE || action->object == OBJECT_POLICY) {
        effect_touch_name(work, &action->table, LOCK_ACCESS_EXCLUSIVE);
    } else if (is_relation(action->object)) {
        const struct relation *relation = schema_relation(work->schema, &action->name);
        bool index = action->object == OBJECT_INDEX || (relation != NULL && relation->kind == RELATION_INDEX);
        effect_touch_name(work, &action->name,
                          index && work->schema->server_version >= 12 ? LOCK_SHARE_UPDATE_EXCLUSIVE
                                                                      : LOCK_ACCESS_EXCLUSIVE);
    }
}

void effect_set_schema(struct effect_work *work)
{
    struct relation *relation = schema_relation(work->schema, &work->action->name);
    if (!is_relation(work->action->object))
        return;
    effect_touch_name(work, &work->action->name, LOCK_ACCESS_EXCLUSIVE);
    if (relation == NULL)
        return;
    vec_each(sequence, &relation->sequences)
        if ((*sequence)->exists)
            effect_touch(work, *sequence, LOCK_ACCESS_EXCLUSIVE);
}

/* Options that change what queries see or how an index is written (reloptions.c); of the others nobody needs to wait. */
void effect_set_options(struct effect_work *work)
{
    static const char *const strong[] = {"user_catalog_table", "fastupdate", "gin_pending_list_limit", "buffering",
                                         "pages_per_range", "autosummarize", "security_barrier", "security_invoker",
                                         "check_option"};
    const struct relation *relation = schema_relation(work->schema, &work->action->name);
    enum lock_mode lock = LOCK_SHARE_UPDATE_EXCLUSIVE;
    if (work->action->object == OBJECT_VIEW || (relation != NULL && relation->kind == RELATION_VIEW))
        lock = LOCK_ACCESS_EXCLUSIVE;
    for (size_t i = 0; i < sizeof(strong) / sizeof(*strong); i++)
        if (effect_names(&work->action->names, strong[i]))
            lock = LOCK_ACCESS_EXCLUSIVE;
    effect_touch_name(work, &work->action->name, lock);
}

/* SET LOGGED, SET UNLOGGED: its sequences follow since PostgreSQL 15. */
void effect_persistence(struct effect_work *work)
{
    bool unlogged = work->action->kind == ACTION_SET_UNLOGGED;
    struct relation *relation = schema_relation(work->schema, &work->action->name);
    effect_touch_name(work, &work->action->name, LOCK_ACCESS_EXCLUSIVE);
    enum truth changes = relation != NULL && relation->complete ? truth_of(relation->unlogged != unlogged) : TRUTH_UNKNOWN;
    effect_rewrite(work, &work->action->name, changes, "every row is written to, or for lack of, the write-ahead log");
    if (relation == NULL || changes == TRUTH_NO || work->schema->server_version < 15)
        return;
    vec_each(sequence, &relation->sequences)
        if ((*sequence)->exists)
            effect_touch(work, *sequence, LOCK_ACCESS_EXCLUSIVE);
}

/* SET TABLESPACE, SET ACCESS METHOD.  Where it is now is not known; that it is pg_default or heap is likely. */
void effect_move(struct effect_work *work)
{
    bool space = work->action->kind == ACTION_SET_TABLESPACE;
    bool usual = work->action->text == NULL || str_same(work->action->text, space ? "pg_default" : "heap");
    struct relation *relation = schema_relation(work->schema, &work->action->name);
    struct touch *touch = effect_touch_name(work, &work->action->name, LOCK_ACCESS_EXCLUSIVE);
    if (touch == NULL || (relation != NULL && !effect_has_rows(relation)))
        return;
    enum truth moved = usual ? TRUTH_UNKNOWN : TRUTH_YES;
    if (!space) {
        effect_rewrite(work, &work->action->name, moved, "every row is written by the other access method");
        return;
    }
    touch->rewritten = touch->scanned = moved;
    touch->why = "its files are copied to the other tablespace";
}

static struct object_name index_name(const struct effect_work *work, const char *index)
{
    const struct relation *table = schema_relation(work->schema, &work->action->name);
    return (struct object_name){table != NULL ? table->schema : work->action->name.schema, index};
}

void effect_cluster_on(struct effect_work *work)
{
    struct object_name index = index_name(work, work->action->text);
    effect_touch_name(work, &work->action->name, LOCK_SHARE_UPDATE_EXCLUSIVE);
    effect_touch_name(work, &index, LOCK_SHARE_UPDATE_EXCLUSIVE);
}

void effect_replica_identity(struct effect_work *work)
{
    struct object_name index = index_name(work, work->action->text);
    effect_touch_name(work, &work->action->name, LOCK_ACCESS_EXCLUSIVE);
    effect_touch_name(work, &index, LOCK_SHARE);
}

void effect_inherit(struct effect_work *work)
{
    bool join = work->action->kind == ACTION_INHERIT;
    effect_touch_name(work, &work->action->name, LOCK_ACCESS_EXCLUSIVE);
    vec_each(parent, &work->action->parents)
        effect_touch_name(work, parent, join ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_ACCESS_SHARE);
}

void effect_owner(struct effect_work *work)
{
    if (is_relation(work->action->object))
        effect_touch_name(work, &work->action->name, LOCK_ACCESS_EXCLUSIVE);
}

static void maintain_all(struct effect_work *work, enum lock_mode lock)
{
    vec_each(relation, &work->schema->all)
        if ((*relation)->exists && ((*relation)->kind == RELATION_TABLE || (*relation)->kind == RELATION_MATERIALIZED_VIEW))
            effect_touch(work, *relation, lock);
}

/* VACUUM, ANALYZE: of many tables each in a transaction of its own. */
void effect_vacuum(struct effect_work *work)
{
    const struct action *action = work->action;
    bool full = action->kind == ACTION_VACUUM && (action->flags & FLAG_FULL);
    enum lock_mode lock = full ? LOCK_ACCESS_EXCLUSIVE : LOCK_SHARE_UPDATE_EXCLUSIVE;
    struct relation *relation = schema_relation(work->schema, &action->name);
    if (action->flags & FLAG_ALL) {
        maintain_all(work, lock);
        return;
    }
    effect_touch_name(work, &action->name, lock);
    if (relation != NULL)
        effect_touch_family(work, relation, lock);
    if (full)
        effect_rewrite(work, &action->name, TRUTH_YES, "the table is written anew without dead rows");
    else if (relation != NULL)
        effect_touch_indexes(work, relation, action->kind == ACTION_ANALYZE ? LOCK_ACCESS_SHARE : LOCK_ROW_EXCLUSIVE);
}

void effect_lock(struct effect_work *work)
{
    struct relation *relation = schema_relation(work->schema, &work->action->name);
    if (relation == NULL) {
        effect_touch_name(work, &work->action->name, work->action->lock);
        return;
    }
    effect_touch_family(work, relation, work->action->lock);
    for (size_t i = 0; relation->kind == RELATION_VIEW && i < relation->reads.count; i++)
        effect_touch_family(work, relation->reads.at[i], work->action->lock);
}
