/* The effects of queries, of what changes rows, and of views. */
#include "schema/effect_work.h"

#include "base/str.h"

/* A condition or a LIMIT may let an index find the rows. */
static enum truth reads_all(const struct effect_work *work)
{
    return work->action->flags & FLAG_WHERE ? TRUTH_UNKNOWN : TRUTH_YES;
}

static void read_uses(struct effect_work *work, enum truth scanned)
{
    vec_each(use, &work->action->uses)
        effect_read(work, &use->name, use->lock, scanned);
}

void effect_query(struct effect_work *work)
{
    effect_touch_sequences(work, &work->action->calls);
    read_uses(work, work->action->uses.count > 1 ? effect_either(reads_all(work), TRUTH_UNKNOWN) : reads_all(work));
}

/* A column that an INSERT leaves out is NULL, which refers to nothing, unless it has a default. */
static bool fills(const struct relation *relation, const char *name, enum action_kind kind)
{
    const struct column *column = relation_column(relation, name);
    return kind != ACTION_UPDATE && (column == NULL || column->has_default || column->identity);
}

/* A row's foreign keys are looked up as it is written, and a deleted row's dependants. */
static void follow_keys(struct effect_work *work, const struct relation *relation)
{
    enum action_kind kind = work->action->kind;
    bool deletes = kind == ACTION_DELETE || kind == ACTION_MERGE, writes = kind != ACTION_DELETE;
    if (writes)
        vec_each(constraint, &relation->constraints) {
            if (constraint->kind != CONSTRAINT_FOREIGN_KEY || constraint->dropped || constraint->referenced == NULL)
                continue;
            size_t touched = work->action->names.count == 0;
            vec_each(column, &constraint->columns)
                touched += effect_names(&work->action->names, *column) || fills(relation, *column, kind);
            struct object_name name = {constraint->referenced->schema, constraint->referenced->name};
            if (touched > 0)
                effect_read(work, &name, LOCK_ROW_SHARE, TRUTH_UNKNOWN);
        }
    for (size_t i = 0; deletes && i < relation->referencing.count; i++) {
        struct object_name name = {relation->referencing.at[i]->schema, relation->referencing.at[i]->name};
        bool goes = kind == ACTION_DELETE && relation_goes_with(relation->referencing.at[i], relation);
        if (relation->referencing.at[i] != relation)
            effect_read(work, &name, goes ? LOCK_ROW_EXCLUSIVE : LOCK_ROW_SHARE, TRUTH_UNKNOWN);
    }
}

static void touch_sequences(struct effect_work *work, const struct relation *relation)
{
    vec_each(sequence, &relation->sequences)
        if ((*sequence)->exists && !effect_names(&work->action->names, (*sequence)->owner_column))
            effect_touch(work, *sequence, LOCK_ROW_EXCLUSIVE);
}

void effect_change(struct effect_work *work)
{
    const struct action *action = work->action;
    struct relation *relation = schema_relation(work->schema, &action->name);
    bool inserts = action->kind == ACTION_INSERT;
    enum truth scanned = reads_all(work);
    if (action->flags & FLAG_READS_ROWS)
        scanned = TRUTH_UNKNOWN; /* a join may find the rows by an index */
    /* INSERT opens indexes, and partitions that get rows, as it goes. */
    if (inserts || action->kind == ACTION_COPY)
        effect_touch_name(work, &action->name, LOCK_ROW_EXCLUSIVE);
    else
        effect_read(work, &action->name, LOCK_ROW_EXCLUSIVE, scanned);
    vec_each(use, &action->uses)
        effect_read(work, &use->name, use->lock, inserts && action->uses.count == 1 ? reads_all(work) : TRUTH_UNKNOWN);
    if (relation == NULL)
        return;
    follow_keys(work, relation);
    vec_each(read, &relation->reads)
        follow_keys(work, *read); /* a view hands on what is written to it */
    if (inserts)
        touch_sequences(work, relation);
}

void effect_copy(struct effect_work *work)
{
    const struct action *action = work->action;
    if (action->lock == LOCK_ROW_EXCLUSIVE)
        effect_change(work);
    else if (action->name.name != NULL)
        effect_read(work, &action->name, LOCK_ACCESS_SHARE, TRUTH_YES);
    else
        read_uses(work, reads_all(work));
}

void effect_refresh(struct effect_work *work)
{
    const struct action *action = work->action;
    bool concurrently = (action->flags & FLAG_CONCURRENTLY) != 0, empty = (action->flags & FLAG_NO_DATA) != 0;
    struct relation *view = schema_relation(work->schema, &action->name);
    struct touch *touch = effect_touch_name(work, &action->name, concurrently ? LOCK_EXCLUSIVE : LOCK_ACCESS_EXCLUSIVE);
    if (touch == NULL)
        return;
    touch->scanned = truth_of(!empty);
    touch->rewritten = truth_of(!concurrently && !empty);
    touch->why = concurrently ? "the new rows are held against the old ones" : "its rows are made anew";
    if (view == NULL)
        return;
    touch->index_built = truth_of(!concurrently && !empty && view->indexes.count > 0);
    effect_touch_indexes(work, view, concurrently ? LOCK_ROW_EXCLUSIVE : LOCK_ACCESS_EXCLUSIVE);
    for (size_t i = 0; !empty && i < view->reads.count; i++) {
        struct object_name name = {view->reads.at[i]->schema, view->reads.at[i]->name};
        effect_read(work, &name, LOCK_ACCESS_SHARE, view->reads.count == 1 ? TRUTH_YES : TRUTH_UNKNOWN);
    }
}

void effect_create_view(struct effect_work *work)
{
    effect_touch_uses(work);
    if ((work->action->flags & FLAG_OR_REPLACE) && schema_relation(work->schema, &work->action->name) != NULL)
        effect_touch_name(work, &work->action->name, LOCK_ACCESS_EXCLUSIVE);
}

/* CREATE TABLE AS, CREATE MATERIALIZED VIEW. */
void effect_create_filled(struct effect_work *work)
{
    if (work->action->flags & FLAG_NO_DATA)
        effect_touch_uses(work);
    else
        effect_query(work);
}
