/* Conditions about indexes. */
#include "review/condition_rows.h"

static enum truth columns(const struct situation *situation, const struct condition *condition)
{
    const struct constraint_def *constraint = facts_constraint_def(situation);
    size_t count = situation->action->keys.count;
    if (situation->action->kind != ACTION_CREATE_INDEX && constraint != NULL)
        count = constraint->columns.count;
    return number_compares(condition, (long long)count);
}

static enum truth is_known(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(facts_index(situation) != NULL);
}

static enum truth is_invalid(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct relation *index = facts_index(situation);
    return index == NULL ? TRUTH_UNKNOWN : truth_not(index->valid);
}

static enum truth may_be_invalid(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct relation *index = facts_index(situation);
    return truth_of(index != NULL && (index->valid != TRUTH_YES || (index->flags & FLAG_CONCURRENTLY) != 0));
}

static enum truth is_of_partitioned(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct relation *table = situation->relation;
    if (table == NULL)
        return TRUTH_UNKNOWN;
    return table->partition_by != 0 ? TRUTH_YES : table->complete ? TRUTH_NO : TRUTH_UNKNOWN;
}

/* As the server asks of REFRESH … CONCURRENTLY: whole columns, every row, valid. */
static bool is_whole_unique(const struct relation *index)
{
    vec_each(key, &index->keys)
        if (key->column == NULL)
            return false;
    return index->exists && (index->flags & FLAG_UNIQUE) != 0 && index->predicate == NULL && index->valid != TRUTH_NO;
}

static enum truth has_unique(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct relation *table = situation->relation;
    if (table == NULL)
        return TRUTH_UNKNOWN;
    vec_each(index, &table->indexes)
        if (is_whole_unique(*index))
            return TRUTH_YES;
    bool all_known = table->transaction != 0 && !situation->schema->unknown_happened;
    return all_known ? TRUTH_NO : TRUTH_UNKNOWN;
}

const struct condition_row index_conditions[] = {
    {.name = "columns", .argument = ARGUMENT_NUMBER, .ask = columns,
     .meaning = "the index or constraint has so many key columns: `columns > 3`"},
    {.name = "index-is-known", .ask = is_known, .meaning = "the migrations made the index"},
    {.name = "index-is-invalid", .ask = is_invalid,
     .meaning = "the index is INVALID; unknown of one that the migrations do not make"},
    {.name = "index-may-be-invalid", .ask = may_be_invalid,
     .meaning = "an earlier CONCURRENTLY made the index, and nothing tells that it ended well"},
    {.name = "index-of-partitioned", .ask = is_of_partitioned,
     .meaning = "the index belongs to a partitioned table, where CONCURRENTLY is not possible"},
    {.name = "has-unique-index", .ask = has_unique,
     .meaning = "the table or materialized view has a UNIQUE index over whole columns, without WHERE; unknown of one that "
                "the migrations do not make"},
    {.name = NULL},
};
