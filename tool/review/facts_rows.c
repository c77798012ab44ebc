/* How many rows an action writes, as far as its words and unique keys tell. */
#include "review/facts.h"

#include <string.h>

static bool is_equal_to(const struct expression *where, const char *column)
{
    vec_each(comparison, &where->all_of)
        if (column != NULL && strcmp(comparison->operator, "=") == 0 && strcmp(comparison->column, column) == 0)
            return true;
    return false;
}

/* Does WHERE name one value for each column of a unique key? */
static bool is_pinned(const struct relation *relation, const struct expression *where)
{
    vec_each(index, &relation->indexes) {
        bool all = (*index)->exists && ((*index)->flags & FLAG_UNIQUE) != 0 && ((*index)->flags & FLAG_PARTIAL) == 0;
        vec_each(key, &(*index)->keys)
            all = all && is_equal_to(where, key->column);
        if (all && (*index)->keys.count > 0)
            return true;
    }
    return false;
}

static enum truth updates_many(const struct situation *situation)
{
    const struct expression *where = situation->action->expression;
    const struct relation *relation = situation->relation;
    if (where == NULL || (situation->action->flags & FLAG_READS_ROWS) != 0)
        return TRUTH_YES;
    if (relation != NULL && is_pinned(relation, where))
        return TRUTH_NO;
    vec_each(comparison, &where->all_of)
        if (strcmp(comparison->operator, "=") == 0 && (relation == NULL || !relation->complete))
            return TRUTH_UNKNOWN;
    return TRUTH_YES;
}

enum truth facts_writes_many_rows(const struct situation *situation)
{
    switch (situation->action->kind) {
    case ACTION_INSERT:
        return truth_of((situation->action->flags & FLAG_READS_ROWS) != 0);
    case ACTION_COPY:
    case ACTION_MERGE:
        return TRUTH_YES;
    case ACTION_UPDATE:
    case ACTION_DELETE:
        return updates_many(situation);
    default:
        return TRUTH_NO;
    }
}

/* Into a new table come as many rows as the others have from which they are taken. */
bool facts_works_on_own(const struct situation *situation)
{
    if (facts_is_visible(situation, situation->relation))
        return false;
    vec_each(use, &situation->action->uses)
        if (facts_is_visible(situation, schema_relation(situation->schema, &use->name)))
            return false;
    return true;
}
