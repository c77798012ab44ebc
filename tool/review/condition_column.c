/* Conditions about a column: as it is defined here, and as it is in the table. */
#include "review/condition_rows.h"

#include "base/str.h"
#include "schema/schema_domain.h"

#include <string.h>

static enum truth column_is_new(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct column *column = facts_known_column(situation);
    if (facts_makes_table(situation))
        return TRUTH_YES;
    if (situation->relation != NULL && relation_is_new(situation->schema, situation->relation))
        return TRUTH_YES;
    return truth_of(column != NULL && column->transaction != 0 && column->transaction == situation->schema->transaction);
}

static enum truth not_null(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct column *column = facts_known_column(situation);
    return column == NULL ? TRUTH_UNKNOWN : column->not_null;
}

/* The server drops constraints before it sets NOT NULL, in whatever order one ALTER TABLE says so. */
static bool drops_proof(const struct situation *situation, const char *column)
{
    const struct actions *actions = situation->subject->actions;
    size_t statement = situation->action->statement, first = situation->number;
    while (first > 0 && actions->at[first - 1].statement == statement)
        first--;
    for (size_t i = first; i < actions->count && actions->at[i].statement == statement; i++) {
        const struct constraint *dropped = NULL;
        if (actions->at[i].kind == ACTION_DROP_CONSTRAINT)
            dropped = relation_constraint(situation->relation, actions->at[i].text);
        if (dropped != NULL && dropped->kind == CONSTRAINT_CHECK)
            vec_each(name, &dropped->columns)
                if (strcmp(*name, column) == 0)
                    return true;
    }
    return false;
}

static enum truth proven_not_null(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const char *column = facts_column(situation);
    if (situation->relation == NULL || column == NULL || drops_proof(situation, column))
        return TRUTH_NO;
    return relation_proves_not_null(situation->schema, situation->relation, column);
}

/* What is not in the chain may have been proven before it. */
static enum truth key_is_proven(const struct situation *situation, const char *name)
{
    const struct relation *relation = situation->relation;
    const struct column *column = relation == NULL ? NULL : relation_column(relation, name);
    if (column == NULL)
        return TRUTH_UNKNOWN;
    enum truth proven = relation_proves_not_null(situation->schema, relation, name);
    return proven == TRUTH_NO && column->not_null == TRUTH_UNKNOWN ? TRUTH_UNKNOWN : proven;
}

static void weaken(enum truth *all, enum truth one)
{
    if (one == TRUTH_NO || *all == TRUTH_YES)
        *all = one;
}

static enum truth keys_proven(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct constraint_def *constraint = facts_constraint_def(situation);
    const struct relation *index = facts_index(situation);
    enum truth all = TRUTH_YES;
    if (facts_makes_table(situation) || constraint == NULL)
        return truth_of(constraint != NULL);
    if (constraint->using_index != NULL && index == NULL)
        return TRUTH_UNKNOWN;
    if (constraint->using_index == NULL)
        vec_each(column, &constraint->columns)
            weaken(&all, key_is_proven(situation, *column));
    else
        vec_each(key, &index->keys)
            weaken(&all, key->column == NULL ? TRUTH_NO : key_is_proven(situation, key->column));
    return all;
}

static enum truth has_default(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct column *column = facts_known_column(situation);
    if (facts_default(situation) != NULL)
        return TRUTH_YES;
    if (facts_column_def(situation) != NULL)
        return TRUTH_NO;
    return column == NULL ? TRUTH_UNKNOWN : truth_of(column->has_default);
}

static enum truth default_is_volatile(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct expression *expression = facts_default(situation);
    return expression == NULL ? TRUTH_NO : schema_expression_is_volatile(situation->schema, expression);
}

static enum truth default_is_constant(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct expression *expression = facts_default(situation);
    return truth_of(expression != NULL && expression->constant);
}

static enum truth default_is_null(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct expression *expression = facts_default(situation);
    return truth_of(expression != NULL && expression->null);
}

static enum truth type_change_is_free(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    enum truth indexes;
    if (situation->action->kind != ACTION_ALTER_COLUMN_TYPE)
        return TRUTH_NO;
    return effect_type_change_is_free(situation->schema, situation->relation, situation->action, &indexes);
}

static enum truth type_change_rebuilds_indexes(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    enum truth indexes = TRUTH_UNKNOWN;
    if (situation->action->kind != ACTION_ALTER_COLUMN_TYPE)
        return TRUTH_NO;
    effect_type_change_is_free(situation->schema, situation->relation, situation->action, &indexes);
    return indexes;
}

static bool is_builtin(const struct type_name *type)
{
    return type->schema == NULL || strcmp(type->schema, "pg_catalog") == 0;
}

static enum truth type_is(const struct situation *situation, const struct condition *condition)
{
    const struct type_name *type = facts_type(situation);
    return truth_of(type != NULL && is_builtin(type) && word_is(condition, type->name));
}

static enum truth type_is_array_of(const struct situation *situation, const struct condition *condition)
{
    const struct type_name *type = facts_type(situation);
    return truth_of(type != NULL && type->dimensions > 0 && is_builtin(type) && word_is(condition, type->name));
}

static enum truth type_has_modifier(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct type_name *type = facts_type(situation);
    return truth_of(type != NULL && type->modifier_count > 0);
}

static enum truth is_serial(const struct situation *situation, const struct condition *condition)
{
    static const char *const names[] = {"smallserial", "serial", "bigserial", "serial2", "serial4", "serial8"};
    (void)condition;
    const struct type_name *type = facts_type(situation);
    for (size_t i = 0; type != NULL && type->dimensions == 0 && i < sizeof names / sizeof *names; i++)
        if (type->schema == NULL && str_same(type->name, names[i]))
            return TRUTH_YES;
    return TRUTH_NO;
}

static enum truth is_identity(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct column_def *column = facts_column_def(situation);
    return truth_of(column != NULL && column->identity != 0);
}

static enum truth numbers_itself(const struct situation *situation, const struct condition *condition)
{
    return truth_of(is_serial(situation, condition) == TRUTH_YES || is_identity(situation, condition) == TRUTH_YES);
}

static enum truth is_generated(const struct situation *situation, enum generated generated)
{
    const struct column_def *column = facts_column_def(situation);
    return truth_of(column != NULL && column->generated == generated);
}

static enum truth is_stored(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return is_generated(situation, GENERATED_STORED);
}

static enum truth is_virtual(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return is_generated(situation, GENERATED_VIRTUAL);
}

/* Types of the grammar are nobody's domains. */
static enum truth domain_is_constrained(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct type_name *written = facts_type(situation);
    if (written == NULL || str_same(written->schema, "pg_catalog"))
        return TRUTH_NO;
    const struct object_name name = {written->schema, written->name};
    const struct type *type = schema_type(situation->schema, &name);
    if (type == NULL)
        return TRUTH_UNKNOWN;
    if (type->kind != TYPE_DOMAIN && written->dimensions == 0)
        return type->complete ? TRUTH_NO : TRUTH_UNKNOWN;
    return schema_type_is_constrained(situation->schema, written);
}

static const struct expression *type_default(const struct situation *situation)
{
    const struct column_def *column = facts_column_def(situation);
    return column == NULL || column->default_value != NULL ? NULL
                                                           : schema_type_default(situation->schema, &column->type);
}

static enum truth domain_default_is_volatile(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return schema_expression_is_volatile(situation->schema, type_default(situation));
}

static enum truth not_null_written(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct column_def *column = facts_column_def(situation);
    return truth_of(column != NULL && column->not_null);
}

static enum truth primary_key_written(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct column_def *column = facts_column_def(situation);
    if (column != NULL)
        vec_each(constraint, &column->constraints)
            if (constraint->kind == CONSTRAINT_PRIMARY_KEY)
                return TRUTH_YES;
    return TRUTH_NO;
}

/* Without a value for the rows that are there, they are null. */
static enum truth only_nulls(const struct situation *situation, const struct condition *condition)
{
    const struct column_def *column = facts_column_def(situation);
    if (column == NULL || situation->action->kind != ACTION_ADD_COLUMN || column->identity != 0 ||
        column->generated != GENERATED_NOT || is_serial(situation, condition) == TRUTH_YES)
        return TRUTH_NO;
    const struct expression *value = column->default_value != NULL ? column->default_value : type_default(situation);
    return truth_of(value == NULL || value->null);
}

const struct condition_row column_conditions[] = {
    {.name = "column-is-new", .ask = column_is_new, .meaning = "the open transaction added the column, or its table"},
    {.name = "column-not-null", .ask = not_null, .meaning = "the column is NOT NULL already"},
    {.name = "column-proven-not-null", .ask = proven_not_null,
     .meaning = "the column is NOT NULL, or a valid CHECK says so, so that SET NOT NULL reads nothing; unknown where a "
                "constraint was validated of which only the name is known"},
    {.name = "keys-proven-not-null", .ask = keys_proven,
     .meaning = "so is every column of the primary key that is added; unknown of a column that the migrations do not "
                "make"},
    {.name = "has-default", .ask = has_default, .meaning = "the column has a DEFAULT, be it NULL"},
    {.name = "default-is-volatile", .ask = default_is_volatile,
     .meaning = "the DEFAULT calls a VOLATILE function; unknown of functions that nobody here knows"},
    {.name = "default-is-constant", .ask = default_is_constant,
     .meaning = "the DEFAULT is a literal, signed or cast or not"},
    {.name = "default-is-null", .ask = default_is_null, .meaning = "DEFAULT NULL is written"},
    {.name = "only-nulls", .ask = only_nulls,
     .meaning = "ADD COLUMN without a default or with DEFAULT NULL: all its values are null, there is nothing to check"},
    {.name = "type-change-is-free", .ask = type_change_is_free,
     .meaning = "the rows stay as they are stored: varchar(10) to varchar(20) or text …"},
    {.name = "type-change-rebuilds-indexes", .ask = type_change_rebuilds_indexes,
     .meaning = "indexes on the column are built again"},
    {.name = "type-is", .argument = ARGUMENT_WORD, .ask = type_is,
     .meaning = "the type that is written is that one, or an array of it, by its name in pg_type: `type-is int4`, "
                "`type-is bpchar`, `type-is text|varchar`"},
    {.name = "type-is-array-of", .argument = ARGUMENT_WORD, .ask = type_is_array_of,
     .meaning = "it is an array of that type"},
    {.name = "type-has-modifier", .ask = type_has_modifier, .meaning = "the type has one, as in varchar(10)"},
    {.name = "is-serial", .ask = is_serial, .meaning = "the type is serial, bigserial or smallserial"},
    {.name = "identity", .ask = is_identity, .meaning = "GENERATED … AS IDENTITY is written"},
    {.name = "numbers-itself", .ask = numbers_itself, .meaning = "one of the two, so that each row gets a number"},
    {.name = "generated-stored", .ask = is_stored, .meaning = "GENERATED ALWAYS AS (…) STORED is written"},
    {.name = "generated-virtual", .ask = is_virtual, .meaning = "GENERATED ALWAYS AS (…) VIRTUAL is written"},
    {.name = "domain-is-constrained", .ask = domain_is_constrained,
     .meaning = "the type is a domain with NOT NULL or CHECK; unknown of a type that the migrations do not make"},
    {.name = "domain-default-is-volatile", .ask = domain_default_is_volatile,
     .meaning = "the column has no DEFAULT of its own, and that of its domain calls a VOLATILE function"},
    {.name = "not-null-written", .ask = not_null_written, .meaning = "NOT NULL or PRIMARY KEY is written at the column"},
    {.name = "primary-key-written", .ask = primary_key_written, .meaning = "PRIMARY KEY is written at the column"},
    {.name = NULL},
};
