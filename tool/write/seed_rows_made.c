/* Rows that are made up: their columns, and what tells that they are there already. */
#include "write/seed_rows.h"

#include "schema/schema_domain.h"

#include <string.h>

static const struct column_spec *spec_of(const struct generation *generation, const char *name)
{
    vec_each(spec, &generation->columns)
        if (strcmp(spec->name, name) == 0)
            return spec;
    return NULL;
}

static bool has_default(const struct generation *generation, const struct column *column)
{
    return column->has_default || column->identity ||
           (column->type.name != NULL && schema_type_default(generation->schema, &column->type) != NULL);
}

static bool is_required(const struct generation *generation, const struct column *column)
{
    return (column->not_null == TRUTH_YES && !has_default(generation, column)) ||
           seed_rows_is_partition_key(generation, column->name);
}

static bool is_wanted(const struct generation *generation, const struct column *column)
{
    if (column->dropped || column->generated != GENERATED_NOT || seed_rows_column(generation->seed, column->name) != NULL)
        return false;
    if (is_required(generation, column) || spec_of(generation, column->name) != NULL)
        return true;
    return generation->columns.count == 0 && !has_default(generation, column);
}

/* A row that refers to its own table, or a value that nobody knows, may be left out where NULL is allowed. */
static bool refers(const struct generation *generation, const struct column *column)
{
    vec_each(constraint, &generation->existing->constraints)
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && !constraint->dropped)
            vec_each(name, &constraint->columns)
                if (strcmp(*name, column->name) == 0)
                    return true;
    return false;
}

static int fail_unknown(const struct generation *generation, const struct column *column, struct err *err)
{
    err_set(err, ERR_USAGE, "nothing tells which values column \"%s\" of %s.%s may have", column->name,
            generation->existing->schema, generation->existing->name);
    return err_hint(err, "COLUMNS=\"%s:default=…\" gives every row a value; VALUES= gives whole rows", column->name);
}

static int make_column(struct generation *generation, const struct column *column, struct err *err)
{
    struct seed_rows *rows = generation->seed;
    const struct column_spec *spec = spec_of(generation, column->name);
    bool optional = spec == NULL && !is_required(generation, column);
    struct seed_column one = {.column = column, .as_text = seed_rows_is_incomparable(generation, &column->type)};
    struct strings doubts = {0};
    if (spec != NULL && spec->default_value != NULL) {
        one.value = spec->default_value;
        *vec_add(generation->arena, &rows->columns) = one;
        return 0;
    }
    struct seed_limits limits = seed_rows_limits(generation, column, &doubts);
    if (optional && (limits.doubtful || refers(generation, column)))
        return 0;
    seed_rows_set_partition_key(generation, &one);
    if (one.value == NULL && (refers(generation, column) || !seed_rows_value(generation, &one, &limits)))
        return optional ? 0 : fail_unknown(generation, column, err);
    vec_each(doubt, &doubts)
        *vec_add(generation->arena, &rows->doubts) = *doubt;
    *vec_add(generation->arena, &rows->columns) = one;
    return 0;
}

/* In the order of the table. */
static int make_columns(struct generation *generation, struct err *err)
{
    struct seed_columns ordered = {0};
    seed_rows_refer(generation);
    vec_each(column, &generation->existing->columns)
        if (is_wanted(generation, column) && make_column(generation, column, err) != 0)
            return -1;
    vec_each(column, &generation->existing->columns) {
        const struct seed_column *one = seed_rows_column(generation->seed, column->name);
        if (one != NULL && !column->dropped)
            *vec_add(generation->arena, &ordered) = *one;
    }
    generation->seed->columns = ordered;
    if (ordered.count > 0)
        return 0;
    err_set(err, ERR_USAGE, "%s.%s gives its columns their values by itself", generation->existing->schema,
            generation->existing->name);
    return err_hint(err, "COLUMNS= says which ones the rows give");
}

/* Do rows that are made up give all of the key?  And do they give it the same values each time, or never one twice? */
static bool is_given(const struct seed_rows *rows, const struct strings *key, bool *steady, bool *distinct)
{
    *steady = true;
    *distinct = false;
    vec_each(name, key) {
        const struct seed_column *column = seed_rows_column(rows, *name);
        if (column == NULL)
            return false;
        *steady = *steady && !column->shifting;
        *distinct = *distinct || column->distinct;
    }
    return true;
}

/* The keys that two of the rows, or one and a row that is there, may share. */
static void choose_key(struct generation *generation)
{
    struct seed_rows *rows = generation->seed;
    struct seed_keys keys = seed_rows_keys(generation);
    bool found = false, steady, distinct;
    size_t shared = 0;
    vec_each(key, &keys) {
        if (!is_given(rows, key, &steady, &distinct) || ((found || !steady) && distinct))
            continue;
        found = found || steady;
        if (shared++ == 0)
            rows->key = *key;
    }
    rows->any_conflict = shared > 1 && seed_rows_can_conflict(generation->existing);
    vec_each(column, &rows->columns)
        rows->by_content = rows->by_content || (!found && column->distinct && !column->shifting);
    rows->when_empty = !found && !rows->by_content;
}

int seed_rows_make(struct generation *generation, struct err *err)
{
    if (seed_rows_check_partitions(generation, err) != 0 || make_columns(generation, err) != 0)
        return -1;
    choose_key(generation);
    return 0;
}
