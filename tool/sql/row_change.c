#include "sql/row_change.h"

static unsigned of_merge(const struct merge_clauses *clauses)
{
    unsigned changes = 0;
    vec_each(clause, clauses)
        changes |= clause->change == 'i'   ? ROWS_ADDED
                   : clause->change == 'u' ? ROWS_CHANGED
                   : clause->change == 'd' ? ROWS_DELETED
                                           : 0U;
    return changes;
}

unsigned row_changes_of(const struct action *action)
{
    switch (action->kind) {
    case ACTION_INSERT: return ROWS_ADDED | (action->on_conflict == 'u' ? ROWS_CHANGED : 0U);
    case ACTION_UPDATE: return ROWS_CHANGED;
    case ACTION_DELETE:
    case ACTION_TRUNCATE: return ROWS_DELETED;
    case ACTION_MERGE: return of_merge(&action->merge);
    case ACTION_COPY: return (action->flags & FLAG_READS_ROWS) == 0 ? ROWS_ADDED : 0U;
    default: return 0;
    }
}
