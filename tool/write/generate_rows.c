/* Rows that a migration adds: what going down finds them by, which is a key that they have, or all that they hold. */
#include "write/generate_refuse.h"

#include "base/str.h"
#include "schema/schema_domain.h"
#include "text/nearest.h"

#include <string.h>

/* "1", "'new'" of "(1, 'new')" */
static struct strings values_of(struct arena *arena, const char *row)
{
    struct strings values = {0};
    clause_row(arena, row, &values);
    return values;
}

static struct strings rows_of(const struct generation *generation)
{
    return clause_split(generation->arena, generation->parameters[PARAMETER_VALUES], ',');
}

static size_t place_of(const struct generation *generation, const char *column)
{
    size_t place = 0;
    while (place < generation->columns.count && strcmp(generation->columns.at[place].name, column) != 0)
        place++;
    return place;
}

/* The same whenever it is asked for. */
static bool is_fixed(struct arena *arena, const char *value, bool may_be_null)
{
    const struct expression *expression = clause_expression(arena, value);
    return expression != NULL && !expression->opaque && expression->calls.count == 0 && (may_be_null || !expression->null);
}

static bool is_in_all_rows(const struct generation *generation, const struct strings *key)
{
    struct strings rows = rows_of(generation);
    vec_each(column, key) {
        size_t place = place_of(generation, *column);
        if (place == generation->columns.count)
            return false;
        vec_each(row, &rows) {
            struct strings values = values_of(generation->arena, *row);
            if (place >= values.count || !is_fixed(generation->arena, values.at[place], false))
                return false;
        }
    }
    return key->count > 0;
}

/* The primary key, or columns that are unique, of which every row says all; empty: there is none. */
static struct strings find_key(const struct generation *generation)
{
    struct strings none = {0};
    vec_each(constraint, &generation->existing->constraints)
        if (!constraint->dropped &&
            (constraint->kind == CONSTRAINT_PRIMARY_KEY || constraint->kind == CONSTRAINT_UNIQUE) &&
            is_in_all_rows(generation, &constraint->columns))
            return constraint->columns;
    return none;
}

static bool is_comparable(const struct column *column)
{
    static const char *const types[] = {"json", "xml", "point", "polygon", "line"};
    for (size_t i = 0; column != NULL && column->type.name != NULL && i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i], column->type.name) == 0)
            return false;
    return true;
}

static int check_row(const struct generation *generation, const char *row, bool found_by_key, struct err *err)
{
    struct strings values = values_of(generation->arena, row);
    size_t count = generation->columns.count;
    if (values.count != count) {
        if (values.count == 0)
            err_set(err, ERR_USAGE, "VALUES: \"%s\" is no row", row);
        else
            err_set(err, ERR_USAGE, "VALUES: %s has %zu value%s for %zu column%s", row, values.count,
                    values.count == 1 ? "" : "s", count, count == 1 ? "" : "s");
        return err_hint(err, "expected rows in parentheses with commas between them: (1, 'new'), (2, 'paid')");
    }
    for (size_t i = 0; !found_by_key && i < count; i++) {
        const char *name = generation->columns.at[i].name;
        bool comparable = is_comparable(relation_column(generation->existing, name));
        if (comparable && is_fixed(generation->arena, values.at[i], true))
            continue;
        err_set(err, ERR_USAGE, comparable ? "VALUES: %s of \"%s\" is another value each time, so that going down cannot find the row"
                                           : "VALUES: %s of \"%s\" cannot be compared, so that going down cannot find the row",
                values.at[i], name);
        return err_hint(err, "with the primary key, or unique columns, among COLUMNS the row is found by that");
    }
    return 0;
}

/* One that may fill what the row lacks. */
static bool has_row_trigger(const struct relation *table)
{
    vec_each(one, &table->attached)
        if (!one->policy && !one->dropped)
            return true;
    return false;
}

/* What a row has to have, and nothing gives it. */
static int check_given(const struct generation *generation, struct err *err)
{
    const struct relation *table = generation->existing;
    struct strings lacking = {0};
    vec_each(column, &table->columns)
        if (!column->dropped && column->not_null == TRUTH_YES && !column->has_default && !column->identity &&
            column->generated == GENERATED_NOT && place_of(generation, column->name) >= generation->columns.count &&
            schema_type_default(generation->schema, &column->type) == NULL)
            *vec_add(generation->arena, &lacking) = column->name;
    if (!table->complete || lacking.count == 0 || table->parents.count > 0 || has_row_trigger(table))
        return 0;
    err_set(err, ERR_USAGE, "COLUMNS: the rows give no %s, which %s NOT NULL and without a default in %s.%s",
            words_join(generation->arena, &lacking), lacking.count == 1 ? "is" : "are", table->schema, table->name);
    return err_hint(err, "give it with the others, and a value for it in each row of VALUES=");
}

int generate_check_rows(const struct generation *generation, struct err *err)
{
    if (strcmp(generation->type.name, "data") != 0 || generation->existing == NULL ||
        generation->parameters[PARAMETER_VALUES] == NULL)
        return 0;
    vec_each(spec, &generation->columns) {
        const struct column *column = relation_column(generation->existing, spec->name);
        if (column == NULL || !column->identity)
            continue;
        err_set(err, ERR_USAGE, "COLUMNS: \"%s\" is an identity, which would give the same numbers once more to other rows", spec->name);
        return err_hint(err, "leave it out; the server numbers the rows");
    }
    if (check_given(generation, err) != 0)
        return -1;
    struct strings rows = rows_of(generation), key = find_key(generation);
    vec_each(row, &rows)
        if (check_row(generation, *row, key.count > 0, err) != 0)
            return -1;
    return 0;
}

/* --- for templates */

static const char *key_values(const struct generation *generation, const struct strings *key, const char *row)
{
    struct strings values = values_of(generation->arena, row);
    struct str out = str_new(generation->arena);
    vec_each(column, key) {
        size_t place = place_of(generation, *column);
        str_addf(&out, "%s%s", out.length == 0 ? "(" : ", ", place < values.count ? values.at[place] : "NULL");
    }
    str_add(&out, ")");
    return out.at;
}

static const char *match(const struct generation *generation, const char *row)
{
    struct strings values = values_of(generation->arena, row);
    struct str out = str_new(generation->arena);
    for (size_t i = 0; i < generation->columns.count && i < values.count; i++) {
        str_add(&out, i == 0 ? "" : " AND ");
        generate_add_identifier(&out, generation->columns.at[i].name);
        bool null = strcmp(values.at[i], "NULL") == 0 || strcmp(values.at[i], "null") == 0;
        str_addf(&out, null ? " IS NULL" : " IS NOT DISTINCT FROM (%s)", values.at[i]);
    }
    return out.at;
}

static const char *listed(struct arena *arena, const struct strings *columns, const char *behind)
{
    struct str out = str_new(arena);
    vec_each(column, columns) {
        str_add(&out, out.length == 0 ? "" : ", ");
        generate_add_identifier(&out, *column);
        str_add(&out, behind);
    }
    return columns->count == 0 ? NULL : out.at;
}

void generate_set_rows(const struct generation *generation, struct data *map)
{
    struct arena *arena = generation->arena;
    if (generation->existing == NULL || generation->parameters[PARAMETER_VALUES] == NULL)
        return;
    struct strings rows = rows_of(generation), key = find_key(generation), texts = {0};
    struct strings primary = generate_primary_key(generation->existing);
    vec_each(row, &rows)
        *vec_add(arena, &texts) = key.count > 0 ? key_values(generation, &key, *row) : match(generation, *row);
    data_set_text(arena, map, "row_key", listed(arena, &key, ""));
    data_set_text(arena, map, "newest", listed(arena, &primary, " DESC"));
    data_set_texts(arena, map, "added_rows", &texts);
}
