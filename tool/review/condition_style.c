/* Conditions that rules about style ask. */
#include "review/condition_rows.h"

#include "base/str.h"
#include "review/padding.h"

#include <ctype.h>
#include <string.h>

static enum truth needs_quotes(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const char *name = facts_column(situation);
    if (name == NULL)
        name = situation->action->name.name;
    if (name == NULL)
        return TRUTH_NO;
    bool plain = islower((unsigned char)*name) || *name == '_';
    for (; *name != '\0'; name++)
        plain = plain && (islower((unsigned char)*name) || isdigit((unsigned char)*name) || *name == '_');
    return truth_of(!plain);
}

/* Where none is written, the server's own name does. */
static enum truth name_ends_with(const struct situation *situation, const struct condition *condition)
{
    const struct constraint_def *constraint = facts_constraint_def(situation);
    const char *name = constraint != NULL ? constraint->name : situation->action->name.name;
    return truth_of(name == NULL || str_ends(name, condition->word));
}

static enum truth is_complex_index(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    bool complex = (situation->action->flags & FLAG_PARTIAL) != 0;
    vec_each(key, &situation->action->keys)
        complex = complex || key->column == NULL;
    return truth_of(complex);
}

static enum truth has_own_name(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(situation->action->name.name != NULL);
}

static bool checks_length(const struct expression *check, const char *column)
{
    static const char *const functions[] = {"length", "char_length", "character_length", "octet_length"};
    bool about = false;
    if (check == NULL)
        return false;
    vec_each(name, &check->columns)
        about = about || strcmp(*name, column) == 0;
    vec_each(call, &check->calls)
        for (size_t i = 0; about && i < sizeof functions / sizeof *functions; i++)
            if (strcmp(call->name, functions[i]) == 0)
                return true;
    return false;
}

static bool any_checks_length(const struct constraint_defs *constraints, const char *column)
{
    vec_each(constraint, constraints)
        if (constraint->kind == CONSTRAINT_CHECK && checks_length(constraint->check, column))
            return true;
    return false;
}

static enum truth length_is_checked(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct column_def *column = facts_column_def(situation);
    return truth_of(column != NULL && (any_checks_length(&column->constraints, column->name) ||
                                       any_checks_length(&situation->action->constraints, column->name)));
}

static enum truth has_timestamps(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    bool created = false, updated = false;
    vec_each(column, &situation->action->columns) {
        created = created || strcmp(column->name, "created_at") == 0;
        updated = updated || strcmp(column->name, "updated_at") == 0;
    }
    return truth_of(created && updated);
}

static enum truth table_columns(const struct situation *situation, const struct condition *condition)
{
    long long count = 0;
    if (situation->relation == NULL)
        return TRUTH_UNKNOWN;
    vec_each(column, &situation->relation->columns)
        count += !column->dropped;
    enum truth truth = number_compares(condition, count);
    return situation->relation->complete || truth == TRUTH_YES ? truth : TRUTH_UNKNOWN;
}

static enum truth padding(const struct situation *situation, const struct condition *condition)
{
    return number_compares(condition, (long long)padding_of(&situation->action->columns));
}

static enum truth domain_has_constraints(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(situation->action->kind == ACTION_CREATE_DOMAIN && situation->action->constraints.count > 0);
}

const struct condition_row style_conditions[] = {
    {.name = "name-needs-quotes", .ask = needs_quotes,
     .meaning = "the column's name, or that of the object, has to be quoted: it has capitals, blanks or other characters"},
    {.name = "name-ends-with", .argument = ARGUMENT_WORD, .ask = name_ends_with,
     .meaning = "the constraint's name, or that of the object, ends so, or is left to the server: `name-ends-with _fkey`"},
    {.name = "index-has-name", .ask = has_own_name, .meaning = "the index has a name of its own"},
    {.name = "complex-index", .ask = is_complex_index, .meaning = "the index has a WHERE, or an expression among its keys"},
    {.name = "length-is-checked", .ask = length_is_checked,
     .meaning = "a CHECK written with the column asks for its length"},
    {.name = "has-timestamps", .ask = has_timestamps, .meaning = "the table gets columns created_at and updated_at"},
    {.name = "table-columns", .argument = ARGUMENT_NUMBER, .ask = table_columns,
     .meaning = "the table has so many columns: `table-columns > 50`"},
    {.name = "padding", .argument = ARGUMENT_NUMBER, .ask = padding,
     .meaning = "each row has so many bytes of nothing between its columns, for the alignment of what follows"},
    {.name = "domain-has-constraints", .ask = domain_has_constraints, .meaning = "the domain has NOT NULL or CHECK"},
    {.name = NULL},
};
