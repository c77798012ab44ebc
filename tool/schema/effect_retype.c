/* The effect of ALTER COLUMN TYPE: rows, indexes, constraints, and keys that refer to the column. */
#include "schema/effect_work.h"

#include "base/str.h"

static const char rewriting[] = "the new type is stored differently, or every value must be checked";

/* Rows stay: indexes of the column are dropped and made again, with their files where they still fit. */
static void remake_indexes(struct effect_work *work, struct relation *relation, enum truth rebuilt)
{
    const char *column = work->action->column;
    vec_each(index, &relation->indexes) {
        if (!(*index)->exists || !effect_index_has(*index, column))
            continue;
        effect_touch(work, *index, LOCK_ACCESS_EXCLUSIVE);
        enum truth built = effect_index_is_plain(*index) ? rebuilt : TRUTH_YES;
        struct touch *touch = effect_touch(work, relation, LOCK_NONE);
        effect_raise(&touch->index_built, built);
        effect_raise(&touch->scanned, built);
        if (touch->why == NULL && built != TRUTH_NO)
            touch->why = "an index of the column is built again";
    }
}

static void verify_checks(struct effect_work *work, struct relation *relation)
{
    vec_each(constraint, &relation->constraints) {
        if (constraint->kind != CONSTRAINT_CHECK || constraint->dropped || constraint->valid == TRUTH_NO ||
            !effect_names(constraint->check != NULL ? &constraint->check->columns : &constraint->columns,
                          work->action->column))
            continue;
        struct touch *touch = effect_touch(work, relation, LOCK_NONE);
        effect_raise(&touch->scanned, constraint->valid);
        if (touch->why == NULL)
            touch->why = "a CHECK of the column is verified again";
    }
}

/* Foreign keys of the column and to it are dropped and added again; they are checked when their rows change. */
static void remake_keys(struct effect_work *work, struct relation *relation, enum truth free)
{
    const char *column = work->action->column;
    vec_each(constraint, &relation->constraints)
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && !constraint->dropped && constraint->referenced != NULL &&
            constraint->referenced != relation && effect_names(&constraint->columns, column)) {
            struct object_name own = {relation->schema, relation->name};
            struct object_name other = {constraint->referenced->schema, constraint->referenced->name};
            effect_touch(work, constraint->referenced, LOCK_ACCESS_EXCLUSIVE);
            if (free != TRUTH_YES && constraint->valid != TRUTH_NO)
                effect_check_foreign_key(work, &own, &other, truth_not(free));
        }
    vec_each(other, &relation->referencing)
        vec_each(constraint, &(*other)->constraints)
            if (constraint->kind == CONSTRAINT_FOREIGN_KEY && !constraint->dropped && *other != relation &&
                constraint->referenced == relation && effect_names(effect_referenced_columns(constraint), column)) {
                struct object_name theirs = {(*other)->schema, (*other)->name};
                struct object_name own = {relation->schema, relation->name};
                effect_touch(work, *other, LOCK_ACCESS_EXCLUSIVE);
                if (free != TRUTH_YES && constraint->valid != TRUTH_NO)
                    effect_check_foreign_key(work, &theirs, &own, truth_not(free));
            }
}

static void touch_sequences(struct effect_work *work, const struct relation *relation)
{
    const struct column *column = relation_column(relation, work->action->column);
    vec_each(sequence, &relation->sequences)
        if ((*sequence)->exists && str_same((*sequence)->owner_column, work->action->column) && column != NULL &&
            column->identity)
            effect_touch(work, *sequence, LOCK_SHARE_ROW_EXCLUSIVE);
}

void effect_retype(struct effect_work *work)
{
    const struct object_name *name = &work->action->name;
    struct relation *relation = schema_relation(work->schema, name);
    enum truth rebuilt, free = effect_type_change_is_free(work->schema, relation, work->action, &rebuilt);
    if (relation == NULL) {
        effect_touch_name(work, name, LOCK_ACCESS_EXCLUSIVE);
        effect_rewrite(work, name, truth_not(free), rewriting);
        return;
    }
    effect_touch_family(work, relation, LOCK_ACCESS_EXCLUSIVE);
    effect_rewrite(work, name, truth_not(free), rewriting);
    struct relation_refs family = effect_family(work, relation);
    vec_each(one, &family) {
        if (effect_has_rows(*one) && free != TRUTH_NO) {
            remake_indexes(work, *one, rebuilt);
            verify_checks(work, *one);
        }
        remake_keys(work, *one, free);
        touch_sequences(work, *one);
    }
}
