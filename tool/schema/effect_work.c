#include "schema/effect_work.h"

#include "base/str.h"

#include <string.h>

enum truth effect_either(enum truth a, enum truth b)
{
    if (a == TRUTH_YES || b == TRUTH_YES)
        return TRUTH_YES;
    return a == TRUTH_UNKNOWN || b == TRUTH_UNKNOWN ? TRUTH_UNKNOWN : TRUTH_NO;
}

void effect_raise(enum truth *fact, enum truth truth)
{
    *fact = effect_either(*fact, truth);
}

static struct touch *add(struct effect_work *work, const struct object_name *name, struct relation *relation)
{
    struct touch *touch = vec_add(work->arena, &work->effect->touches);
    *touch = (struct touch){.name = *name, .relation = relation,
                            .rewritten = TRUTH_NO, .scanned = TRUTH_NO, .index_built = TRUTH_NO};
    return touch;
}

static struct touch *locked(struct touch *touch, enum lock_mode lock)
{
    if (touch->lock < lock)
        touch->lock = lock;
    return touch;
}

struct touch *effect_touch(struct effect_work *work, struct relation *relation, enum lock_mode lock)
{
    vec_each(touch, &work->effect->touches)
        if (touch->relation == relation)
            return locked(touch, lock);
    struct object_name name = {relation->schema, relation->name};
    return locked(add(work, &name, relation), lock);
}

struct touch *effect_touch_name(struct effect_work *work, const struct object_name *name, enum lock_mode lock)
{
    if (name->name == NULL)
        return NULL;
    struct relation *relation = schema_relation(work->schema, name);
    if (relation != NULL)
        return effect_touch(work, relation, lock);
    vec_each(touch, &work->effect->touches)
        if (touch->relation == NULL && str_same(touch->name.name, name->name) &&
            str_same(touch->name.schema, name->schema))
            return locked(touch, lock);
    return locked(add(work, name, NULL), lock);
}

bool effect_has_rows(const struct relation *relation)
{
    return relation->partition_by == 0 && relation->kind != RELATION_VIEW && relation->kind != RELATION_SEQUENCE &&
           relation->kind != RELATION_COMPOSITE && relation->kind != RELATION_INDEX;
}

static void add_family(struct effect_work *work, struct relation *relation, struct relation_refs *family)
{
    vec_each(known, family)
        if (*known == relation)
            return;
    *vec_add(work->arena, family) = relation;
    vec_each(partition, &relation->partitions)
        if ((*partition)->exists)
            add_family(work, *partition, family);
    vec_each(child, &relation->children)
        if ((*child)->exists)
            add_family(work, *child, family);
}

struct relation_refs effect_family(struct effect_work *work, struct relation *relation)
{
    struct relation_refs family = {0};
    if (work->action->flags & FLAG_ONLY)
        *vec_add(work->arena, &family) = relation;
    else
        add_family(work, relation, &family);
    return family;
}

struct relation_refs effect_partitions(struct effect_work *work, struct relation *relation)
{
    struct relation_refs alone = {0};
    if (relation->partition_by != 0)
        return effect_family(work, relation);
    *vec_add(work->arena, &alone) = relation;
    return alone;
}

void effect_touch_family(struct effect_work *work, struct relation *relation, enum lock_mode lock)
{
    struct relation_refs family = effect_family(work, relation);
    vec_each(one, &family)
        effect_touch(work, *one, lock);
}

void effect_touch_indexes(struct effect_work *work, const struct relation *relation, enum lock_mode lock)
{
    vec_each(index, &relation->indexes)
        if ((*index)->exists)
            effect_touch(work, *index, lock);
}

static void mark(struct touch *touch, enum truth *fact, enum truth truth, const char *why)
{
    effect_raise(fact, truth);
    effect_raise(&touch->scanned, truth);
    if (touch->why == NULL && truth != TRUTH_NO)
        touch->why = why;
}

void effect_scan(struct effect_work *work, const struct object_name *name, enum truth truth, const char *why)
{
    struct relation *relation = schema_relation(work->schema, name);
    if (relation == NULL) {
        struct touch *touch = effect_touch_name(work, name, LOCK_NONE);
        mark(touch, &touch->scanned, truth, why);
        return;
    }
    struct relation_refs family = effect_family(work, relation);
    vec_each(one, &family) {
        struct touch *touch = effect_touch(work, *one, LOCK_NONE);
        if (effect_has_rows(*one))
            mark(touch, &touch->scanned, truth, why);
    }
}

static enum truth has_indexes(const struct relation *relation)
{
    vec_each(index, &relation->indexes)
        if ((*index)->exists)
            return TRUTH_YES;
    return relation->complete ? TRUTH_NO : TRUTH_UNKNOWN;
}

void effect_rewrite(struct effect_work *work, const struct object_name *name, enum truth truth, const char *why)
{
    struct relation *relation = schema_relation(work->schema, name);
    if (truth == TRUTH_NO)
        return;
    if (relation == NULL) {
        struct touch *touch = effect_touch_name(work, name, LOCK_NONE);
        mark(touch, &touch->rewritten, truth, why);
        effect_raise(&touch->index_built, TRUTH_UNKNOWN);
        return;
    }
    struct relation_refs family = effect_family(work, relation);
    vec_each(one, &family) {
        struct touch *touch = effect_touch(work, *one, LOCK_NONE);
        if (!effect_has_rows(*one) || (*one)->kind == RELATION_FOREIGN_TABLE)
            continue;
        enum truth indexes = has_indexes(*one);
        mark(touch, &touch->rewritten, truth, why);
        effect_raise(&touch->index_built, indexes == TRUTH_YES ? truth : indexes);
        effect_touch_indexes(work, *one, LOCK_ACCESS_EXCLUSIVE);
    }
}

void effect_build(struct effect_work *work, const struct object_name *name, const char *why)
{
    struct relation *relation = schema_relation(work->schema, name);
    if (relation == NULL) {
        struct touch *touch = effect_touch_name(work, name, LOCK_NONE);
        mark(touch, &touch->index_built, TRUTH_YES, why);
        return;
    }
    struct relation_refs family = effect_partitions(work, relation);
    vec_each(one, &family) {
        struct touch *touch = effect_touch(work, *one, LOCK_NONE);
        if (effect_has_rows(*one))
            mark(touch, &touch->index_built, TRUTH_YES, why);
    }
}

/* Views upon views make many ways to one of them. */
static bool is_first_visit(struct effect_work *work, struct relation *view)
{
    vec_each(one, &work->views)
        if (*one == view)
            return false;
    *vec_add(work->arena, &work->views) = view;
    return true;
}

void effect_read(struct effect_work *work, const struct object_name *name, enum lock_mode lock, enum truth scanned)
{
    struct relation *relation = schema_relation(work->schema, name);
    if (relation == NULL) {
        effect_raise(&effect_touch_name(work, name, lock)->scanned, scanned);
        return;
    }
    struct relation_refs family = {0};
    add_family(work, relation, &family);
    vec_each(one, &family) {
        struct touch *touch = effect_touch(work, *one, lock);
        if (effect_has_rows(*one))
            effect_raise(&touch->scanned, scanned);
        /* Since 16 the planner looks at indexes of partitioned tables as well. */
        if (effect_has_rows(*one) || ((*one)->partition_by != 0 && work->schema->server_version >= 16))
            effect_touch_indexes(work, *one, lock);
        if ((*one)->kind != RELATION_VIEW || !is_first_visit(work, *one))
            continue;
        vec_each(read, &(*one)->reads)
            if ((*read)->exists && *read != relation) {
                struct object_name of = {(*read)->schema, (*read)->name};
                effect_read(work, &of, lock, scanned);
            }
    }
}

bool effect_names(const struct strings *names, const char *name)
{
    vec_each(one, names)
        if (str_same(*one, name))
            return true;
    return false;
}

bool effect_index_has(const struct relation *index, const char *column)
{
    vec_each(key, &index->keys)
        if (str_same(key->column, column) || (key->expression != NULL && effect_names(&key->expression->columns, column)))
            return true;
    return effect_names(&index->including, column) ||
           (index->predicate != NULL && effect_names(&index->predicate->columns, column));
}

bool effect_index_is_plain(const struct relation *index)
{
    vec_each(key, &index->keys)
        if (key->column == NULL)
            return false;
    return index->predicate == NULL && (index->flags & FLAG_PARTIAL) == 0;
}

bool effect_same_keys(const struct relation *a, const struct relation *b)
{
    if (a->keys.count != b->keys.count)
        return false;
    for (size_t i = 0; i < a->keys.count; i++)
        if (a->keys.at[i].column == NULL || !str_same(a->keys.at[i].column, b->keys.at[i].column))
            return false;
    return true;
}

const struct strings *effect_referenced_columns(const struct constraint *constraint)
{
    if (constraint->referenced_columns.count > 0 || constraint->referenced == NULL)
        return &constraint->referenced_columns;
    vec_each(key, &constraint->referenced->constraints)
        if (key->kind == CONSTRAINT_PRIMARY_KEY && !key->dropped)
            return &key->columns;
    return &constraint->referenced_columns;
}

void effect_touch_uses(struct effect_work *work)
{
    vec_each(use, &work->action->uses)
        effect_touch_name(work, &use->name, use->lock);
}

void effect_touch_sequences(struct effect_work *work, const struct calls *calls)
{
    vec_each(call, calls) {
        struct object_name name = {NULL, call->first};
        if ((!str_same(call->name, "nextval") && !str_same(call->name, "setval")) || call->first == NULL)
            continue;
        const char *dot = strchr(call->first, '.');
        if (dot != NULL) {
            name.schema = arena_strndup(work->arena, call->first, (size_t)(dot - call->first));
            name.name = dot + 1;
        }
        if (schema_relation(work->schema, &name) != NULL)
            effect_touch_name(work, &name, LOCK_ROW_EXCLUSIVE);
    }
}

/* RI_Initial_Check joins the two tables; it is planned, and planning locks all indexes of both. */
void effect_check_foreign_key(struct effect_work *work, const struct object_name *table,
                              const struct object_name *referenced, enum truth scanned)
{
    static const char why[] = "every row's foreign key is looked up";
    effect_touch_name(work, referenced, LOCK_ROW_SHARE);
    effect_scan(work, table, TRUTH_YES, why);
    effect_scan(work, referenced, scanned, why);
    const struct object_name *both[] = {table, referenced};
    for (size_t i = 0; i < 2; i++) {
        struct relation *relation = schema_relation(work->schema, both[i]);
        struct relation_refs family = {0};
        if (relation != NULL)
            add_family(work, relation, &family);
        vec_each(one, &family)
            if (effect_has_rows(*one))
                effect_touch_indexes(work, *one, LOCK_ACCESS_SHARE);
    }
}
