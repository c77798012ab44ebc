/* Conditions about constraints: as they are defined here, and as they are in the table. */
#include "review/condition_rows.h"

#include "base/str.h"
#include "review/key_prefix.h"

#include <string.h>

static const char *const kinds[] = {
    [CONSTRAINT_CHECK] = "check",
    [CONSTRAINT_FOREIGN_KEY] = "foreign-key",
    [CONSTRAINT_UNIQUE] = "unique",
    [CONSTRAINT_PRIMARY_KEY] = "primary-key",
    [CONSTRAINT_EXCLUSION] = "exclusion",
    [CONSTRAINT_NOT_NULL] = "not-null",
    NULL,
};

static enum truth is_of_kind(const struct situation *situation, const struct condition *condition)
{
    const struct constraint_def *constraint = facts_constraint_def(situation);
    const struct constraint *known = facts_known_constraint(situation);
    if (constraint != NULL)
        return truth_of(word_is(condition, kinds[constraint->kind]));
    if (known != NULL && known->understood == TRUTH_YES)
        return truth_of(word_is(condition, kinds[known->kind]));
    return situation->action->kind == ACTION_VALIDATE_CONSTRAINT || situation->action->kind == ACTION_DROP_CONSTRAINT
               ? TRUTH_UNKNOWN
               : TRUTH_NO;
}

static enum truth not_valid(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct constraint_def *constraint = facts_constraint_def(situation);
    return truth_of(constraint != NULL && constraint->not_valid);
}

static enum truth on_column(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct constraint_def *constraint = facts_constraint_def(situation);
    return truth_of(constraint != NULL && constraint->on_column);
}

static enum truth using_index(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct constraint_def *constraint = facts_constraint_def(situation);
    return truth_of(constraint != NULL && constraint->using_index != NULL);
}

static enum truth has_name(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct constraint_def *constraint = facts_constraint_def(situation);
    return truth_of(constraint != NULL && constraint->name != NULL);
}

static enum truth constraint_is_new(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct constraint *known = facts_known_constraint(situation);
    return truth_of(known != NULL && known->transaction != 0 && known->transaction == situation->schema->transaction);
}

static enum truth constraint_is_valid(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct constraint *known = facts_known_constraint(situation);
    return known == NULL ? TRUTH_UNKNOWN : known->valid;
}

static bool holds(const struct strings *names, const char *name)
{
    vec_each(one, names)
        if (name != NULL && strcmp(*one, name) == 0)
            return true;
    return false;
}

static enum truth columns_go_too(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct constraint *known = facts_known_constraint(situation);
    if (known == NULL)
        return TRUTH_NO;
    vec_each(action, situation->subject->actions)
        if (action->statement == situation->action->statement && action->kind == ACTION_DROP_COLUMN &&
            holds(&known->columns, action->column))
            return TRUTH_YES;
    return TRUTH_NO;
}

static enum truth foreign_key_is_indexed(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct constraint_def *constraint = facts_constraint_def(situation);
    if (constraint == NULL || constraint->kind != CONSTRAINT_FOREIGN_KEY)
        return TRUTH_NO;
    return key_prefix_is_indexed(situation, &constraint->columns);
}

static enum truth added_later(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct actions *actions = situation->subject->actions;
    for (size_t i = situation->number + 1; i < actions->count; i++)
        if (actions->at[i].kind == ACTION_ADD_CONSTRAINT && actions->at[i].constraints.count == 1 &&
            actions->at[i].constraints.at[0].kind == CONSTRAINT_FOREIGN_KEY &&
            facts_same_name(&actions->at[i].name, &situation->action->name))
            return TRUTH_YES;
    return TRUTH_NO;
}

const struct condition_row constraint_conditions[] = {
    {.name = "constraint-is", .argument = ARGUMENT_WORD, .words = kinds, .ask = is_of_kind,
     .meaning = "the constraint is of that kind; of VALIDATE and DROP CONSTRAINT unknown when the migrations did not "
                "make it"},
    {.name = "not-valid", .ask = not_valid, .meaning = "NOT VALID is written"},
    {.name = "on-column", .ask = on_column, .meaning = "the constraint is written at a column"},
    {.name = "using-index", .ask = using_index, .meaning = "USING INDEX is written"},
    {.name = "has-name", .ask = has_name, .meaning = "CONSTRAINT and a name are written"},
    {.name = "constraint-is-new", .ask = constraint_is_new,
     .meaning = "the open transaction added the constraint that is validated or dropped"},
    {.name = "constraint-is-valid", .ask = constraint_is_valid,
     .meaning = "that constraint is validated already"},
    {.name = "columns-go-too", .ask = columns_go_too,
     .meaning = "the same statement drops a column of the constraint that is dropped"},
    {.name = "foreign-key-added-later", .ask = added_later,
     .meaning = "later in the text the table gets a foreign key"},
    {.name = "foreign-key-is-indexed", .ask = foreign_key_is_indexed,
     .meaning = "an index begins with the columns of the foreign key: one that is there, or that the text makes; "
                "unknown of a table that the migrations do not make"},
    {.name = NULL},
};
