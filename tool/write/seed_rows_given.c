/* Rows that are given: VALUES= and what they are known by. */
#include "write/seed_rows.h"

#include "base/str.h"
#include "review/names.h"
#include "text/nearest.h"

#include <string.h>

static int fail(const char *text, const char *why, struct err *err)
{
    err_set(err, ERR_USAGE, "VALUES: \"%s\" %s", text, why);
    return err_hint(err, "rows stand in parentheses, with commas between them: (1, 'new'), (2, 'paid')");
}

/* The values of a row; each is an expression, so that a row is nothing but a row. */
static int read_row(struct generation *generation, const char *text, struct strings *values, struct err *err)
{
    if (!clause_row(generation->arena, text, values))
        return fail(text, "is no row", err);
    vec_each(value, values)
        if (clause_expression(generation->arena, *value) == NULL)
            return fail(*value, "is no value", err);
    return 0;
}

/* What values are compared as: a length cuts nothing off here, since the table has to refuse what is too long. */
static const char *compared_type(struct generation *generation, const struct column *column)
{
    const struct type_name *type = &column->type;
    bool text = type->name != NULL && type->dimensions == 0 && str_same(type->schema, "pg_catalog") &&
                (strcmp(type->name, "varchar") == 0 || strcmp(type->name, "bpchar") == 0);
    if (type->name == NULL)
        return NULL;
    return text ? type->name : names_type(generation->arena, type);
}

static int add_column(struct generation *generation, const struct column *column, struct err *err)
{
    struct seed_rows *rows = generation->seed;
    if (column->generated != GENERATED_NOT) {
        err_set(err, ERR_USAGE, "COLUMNS: column \"%s\" is generated, so no row gives it", column->name);
        return err_hint(err, "leave it out");
    }
    struct seed_column *one = vec_add(generation->arena, &rows->columns);
    *one = (struct seed_column){.column = column, .type = compared_type(generation, column)};
    one->as_text = seed_rows_is_incomparable(generation, &column->type);
    return 0;
}

/* Without COLUMNS= they are the table's first ones, as in INSERT. */
static int read_columns(struct generation *generation, const struct strings *first, struct err *err)
{
    const struct relation *table = generation->existing;
    vec_each(spec, &generation->columns) {
        if (spec->default_value != NULL)
            return err_set(err, ERR_USAGE, "COLUMNS: column \"%s\": VALUES= gives its values, and not default=", spec->name);
        if (add_column(generation, generate_column(table, spec->name), err) != 0)
            return -1;
    }
    if (generation->columns.count > 0)
        return 0;
    vec_each(column, &table->columns)
        if (!column->dropped && column->generated == GENERATED_NOT && generation->seed->columns.count < first->count &&
            add_column(generation, column, err) != 0)
            return -1;
    return 0;
}

static int check_count(struct generation *generation, const char *text, const struct strings *values, struct err *err)
{
    const struct seed_rows *rows = generation->seed;
    struct strings names = {0};
    if (values->count == rows->columns.count)
        return 0;
    vec_each(column, &rows->columns)
        *vec_add(generation->arena, &names) = column->column->name;
    err_set(err, ERR_USAGE, "VALUES: %s has %zu value%s for %zu column%s", text, values->count,
            values->count == 1 ? "" : "s", names.count, names.count == 1 ? "" : "s");
    return err_hint(err, "the columns are %s; COLUMNS= says which ones they are", words_join(generation->arena, &names));
}

/* Where a key may be NULL, ON CONFLICT finds no conflict, and the row would come twice. */
static void note_nulls(struct generation *generation, const struct strings *values, bool *never_null)
{
    for (size_t i = 0; i < values->count; i++) {
        const struct expression *value = clause_expression(generation->arena, values->at[i]);
        never_null[i] = never_null[i] && value->constant && !value->null;
    }
}

static bool is_held(const struct seed_rows *rows, const struct strings *key, const bool *never_null)
{
    vec_each(name, key) {
        const struct seed_column *column = seed_rows_column(rows, *name);
        if (column == NULL ||
            (column->column->not_null != TRUTH_YES && !never_null[column - rows->columns.at]))
            return false;
    }
    return true;
}

static void choose_key(struct generation *generation, const bool *never_null)
{
    struct seed_rows *rows = generation->seed;
    struct seed_keys keys = seed_rows_keys(generation);
    vec_each(key, &keys)
        if (rows->key.count == 0 && is_held(rows, key, never_null))
            rows->key = *key;
    rows->by_content = rows->key.count == 0;
}

int seed_rows_read_given(struct generation *generation, struct err *err)
{
    struct seed_rows *rows = generation->seed;
    bool *never_null = NULL;
    rows->given = clause_split(generation->arena, generation->parameters[PARAMETER_VALUES], ',');
    vec_each(row, &rows->given) {
        struct strings values = {0};
        if (read_row(generation, *row, &values, err) != 0 ||
            (row == rows->given.at && read_columns(generation, &values, err) != 0) ||
            check_count(generation, *row, &values, err) != 0)
            return -1;
        if (never_null == NULL) {
            never_null = arena_alloc(generation->arena, values.count * sizeof *never_null);
            memset(never_null, true, values.count * sizeof *never_null);
        }
        note_nulls(generation, &values, never_null);
    }
    choose_key(generation, never_null);
    return 0;
}
