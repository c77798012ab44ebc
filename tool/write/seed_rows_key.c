/* Unique keys of a table, as ON CONFLICT sees them. */
#include "write/seed_rows.h"

#include <string.h>

static const struct constraint *constraint_of(const struct relation *table, const struct relation *index)
{
    vec_each(constraint, &table->constraints)
        if (!constraint->dropped && constraint->index == index)
            return constraint;
    return NULL;
}

static bool is_deferrable(const struct relation *table, const struct relation *index)
{
    const struct constraint *constraint = constraint_of(table, index);
    return constraint != NULL && constraint->deferrable;
}

/* Of columns, of all rows, and at once. */
static bool is_key(const struct relation *table, const struct relation *index)
{
    if (!index->exists || index->valid == TRUTH_NO || (index->flags & FLAG_UNIQUE) == 0 || index->predicate != NULL ||
        (index->flags & FLAG_PARTIAL) != 0 || index->keys.count == 0 || is_deferrable(table, index))
        return false;
    vec_each(key, &index->keys)
        if (key->column == NULL)
            return false;
    return true;
}

struct seed_keys seed_rows_keys(const struct generation *generation)
{
    struct seed_keys keys = {0};
    const struct relation *table = generation->existing;
    for (int others = 0; others < 2; others++)
        vec_each(each, &table->indexes) {
            const struct constraint *constraint = constraint_of(table, *each);
            bool primary = constraint != NULL && constraint->kind == CONSTRAINT_PRIMARY_KEY;
            if (primary == (others == 1) || !is_key(table, *each))
                continue;
            struct strings columns = {0};
            vec_each(key, &(*each)->keys)
                *vec_add(generation->arena, &columns) = key->column;
            *vec_add(generation->arena, &keys) = columns;
        }
    return keys;
}

bool seed_rows_can_conflict(const struct relation *table)
{
    vec_each(each, &table->indexes)
        if ((*each)->exists && is_deferrable(table, *each))
            return false;
    return true;
}
