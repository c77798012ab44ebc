/* What sentences say about columns and constraints as they are defined. */
#include "write/describing.h"

#include "review/names.h"

bool say_generated(const struct saying *saying)
{
    const struct column_def *column = saying->describing->column;
    return column != NULL && column->generated_from != NULL && say_code(saying, column->generated_from->text);
}

bool say_not_null(const struct saying *saying)
{
    const struct column_def *column = saying->describing->column;
    return column != NULL && column->not_null && say_words(saying, "not null");
}

bool say_identity(const struct saying *saying)
{
    const struct column_def *column = saying->describing->column;
    return column != NULL && column->identity != 0 &&
           say_words(saying, column->identity == 'a' ? "numbered always" : "numbered by default");
}

static const struct constraint_def *constraint_of(const struct saying *saying)
{
    const struct constraint_def *constraint = saying->describing->constraint;
    if (constraint == NULL && saying->action->constraints.count > 0)
        constraint = &saying->action->constraints.at[0];
    return constraint;
}

bool say_check(const struct saying *saying)
{
    const struct constraint_def *constraint = constraint_of(saying);
    return constraint != NULL && constraint->check != NULL && say_code(saying, constraint->check->text);
}

bool say_constraint_name(const struct saying *saying)
{
    const struct constraint_def *constraint = constraint_of(saying);
    return constraint != NULL && constraint->name != NULL && say_code(saying, constraint->name);
}

bool say_constraint_columns(const struct saying *saying)
{
    const struct constraint_def *constraint = constraint_of(saying);
    return constraint != NULL && constraint->columns.count > 0 &&
           say_code(saying, describe_names(saying->arena, &constraint->columns));
}

bool say_referenced(const struct saying *saying)
{
    const struct constraint_def *constraint = constraint_of(saying);
    const char *name = constraint == NULL ? NULL : describe_name(saying->arena, saying->situation, &constraint->referenced);
    if (name == NULL)
        return false;
    if (constraint->referenced_columns.count > 0)
        name = arena_printf(saying->arena, "%s (%s)", name, describe_names(saying->arena, &constraint->referenced_columns));
    return say_code(saying, name);
}

bool say_cascade(const struct saying *saying)
{
    const struct constraint_def *constraint = constraint_of(saying);
    return constraint != NULL && constraint->on_delete_cascade;
}

bool say_not_valid(const struct saying *saying)
{
    const struct constraint_def *constraint = constraint_of(saying);
    return constraint != NULL && constraint->not_valid;
}

bool say_using_index(const struct saying *saying)
{
    const struct constraint_def *constraint = constraint_of(saying);
    return constraint != NULL && constraint->using_index != NULL && say_code(saying, constraint->using_index);
}

bool say_constraint(const struct saying *saying)
{
    static const char *const patterns[] = {
        [CONSTRAINT_CHECK] = "the check[ {constraint-name}][: {check}][, for new rows only{not-valid}]",
        [CONSTRAINT_FOREIGN_KEY] = "the foreign key[ {constraint-name}]: {constraint-columns} references {referenced}"
                                   "[, deleted with it{cascade}][, for new rows only{not-valid}]",
        [CONSTRAINT_UNIQUE] = "the unique key[ {constraint-name}][: {constraint-columns}][, by the index {using-index}]",
        [CONSTRAINT_PRIMARY_KEY] = "the primary key[ {constraint-name}][: {constraint-columns}][, by the index {using-index}]",
        [CONSTRAINT_EXCLUSION] = "the exclusion constraint[ {constraint-name}][ on {constraint-columns}]",
        [CONSTRAINT_NOT_NULL] = "the constraint[ {constraint-name}] that[ {constraint-columns}] is not null"
                                "[, for new rows only{not-valid}]"};
    const struct constraint_def *constraint = constraint_of(saying);
    if (constraint == NULL)
        return false;
    phrase_format(saying->arena, saying->parts, patterns[constraint->kind], describe_value, (void *)saying->describing);
    return true;
}

/* What is said at a column: its own constraints, each in a few words. */
bool say_column_constraints(const struct saying *saying)
{
    static const char *const patterns[] = {
        [CONSTRAINT_CHECK] = ", checked[: {check}]", [CONSTRAINT_FOREIGN_KEY] = ", references {referenced}[, deleted with it{cascade}]",
        [CONSTRAINT_UNIQUE] = ", unique", [CONSTRAINT_PRIMARY_KEY] = ", primary key", [CONSTRAINT_EXCLUSION] = "",
        [CONSTRAINT_NOT_NULL] = ""};
    struct describing describing = *saying->describing;
    for (size_t i = 0; describing.column != NULL && i < describing.column->constraints.count; i++) {
        describing.constraint = &saying->describing->column->constraints.at[i];
        phrase_format(saying->arena, saying->parts, patterns[describing.constraint->kind], describe_value, &describing);
    }
    return true;
}

bool say_definition(const struct saying *saying)
{
    struct describing describing = *saying->describing;
    if (describing.column == NULL && saying->action->columns.count > 0)
        describing.column = &saying->action->columns.at[0];
    phrase_format(saying->arena, saying->parts,
                  "{column}[ ({type}[, {not-null}][, default {default}][, {identity}][, generated as {generated}]"
                  "{column-constraints})]", describe_value, &describing);
    return describing.column != NULL;
}

bool say_fields(const struct saying *saying)
{
    struct describing describing = *saying->describing;
    vec_each(column, &saying->action->columns) {
        describing.column = column;
        phrase_format(saying->arena, saying->parts, column == saying->action->columns.at ? "{column}[ {type}]" : ", {column}[ {type}]",
                      describe_value, &describing);
    }
    return saying->action->columns.count > 0;
}
