/* Batches of rows, as templates write them: what they go by. */
#include "write/generating.h"
#include "write/generate_rename.h"

#include "base/str.h"

#include <string.h>

/* Rows that only inherit from the table have no index by its key, and may have equal ones. */
static bool goes_by_key(const struct relation *table)
{
    if (table != NULL)
        vec_each(child, &table->children)
            if ((*child)->exists)
                return false;
    return true;
}

/* Batches of a renaming's second half go by names that have changed by then. */
static struct strings batch_key(const struct generation *generation)
{
    struct strings key = {0}, names = generate_primary_key(generation->existing);
    const char *old = generation->names[PARAMETER_OLD_NAME];
    vec_each(name, &names)
        *vec_add(generation->arena, &key) = generate_is_contract(generation) && strcmp(*name, old) == 0
                                                ? generation->names[PARAMETER_NEW_NAME] : *name;
    return key;
}

/* What batches of rows go by: the primary key, and the variables that hold the first and the last one of a batch. */
void generate_set_key(const struct generation *generation, struct data *map)
{
    struct arena *arena = generation->arena;
    struct strings key = batch_key(generation);
    struct data *list = data_set(map, "key", data_list(arena));
    struct str columns = str_new(arena), descending = str_new(arena), first = str_new(arena), last = str_new(arena);
    for (size_t i = 0; i < key.count; i++) {
        struct data *item = data_add(list, data_map(arena));
        const char *comma = i == 0 ? "" : ", ", *name = generate_identifier(arena, key.at[i]);
        data_set_text(arena, item, "name", key.at[i]);
        data_set_text(arena, item, "first", arena_printf(arena, "first_key_%zu", i + 1));
        data_set_text(arena, item, "last", arena_printf(arena, "last_key_%zu", i + 1));
        str_addf(&columns, "%s%s", comma, name);
        str_addf(&descending, "%s%s DESC", comma, name);
        str_addf(&first, "%sfirst_key_%zu", comma, i + 1);
        str_addf(&last, "%slast_key_%zu", comma, i + 1);
    }
    data_set_bool(arena, map, "by_key", key.count > 0 && goes_by_key(generation->existing));
    data_set_text(arena, map, "key_sql", columns.at);
    data_set_text(arena, map, "key_descending", descending.at);
    data_set_text(arena, map, "key_first", first.at);
    data_set_text(arena, map, "key_last", last.at);
}

/* Rows that are there get new values, rather than new rows. */
static bool is_fill(const struct generation *generation)
{
    return str_same(generation->type.kind, "data") && !generation->type.makes_seeds && generation->existing != NULL &&
           generation->parameters[PARAMETER_VALUES] == NULL;
}

static bool is_column(const struct column_specs *columns, const char *name)
{
    vec_each(spec, columns)
        if (str_same(spec->name, name))
            return true;
    return false;
}

/* Only rows in which one of the columns is NULL: those that are done are none of them. */
static bool leaves_done(const struct generation *generation)
{
    const char *text = generation->parameters[PARAMETER_EXPRESSION];
    const struct expression *condition = text == NULL ? NULL : clause_expression(generation->arena, text);
    if (text == NULL)
        return true;
    if (condition != NULL)
        vec_each(comparison, &condition->all_of)
            if (strcmp(comparison->operator, "IS NULL") == 0 && is_column(&generation->columns, comparison->column))
                return true;
    return false;
}

/* The same for a row as often as it is computed, and not from what is changed? */
static bool is_steady(const struct generation *generation, const char *text)
{
    const struct expression *value = text == NULL ? NULL : clause_expression(generation->arena, text);
    if (value == NULL || value->opaque || schema_expression_is_volatile(generation->schema, value) != TRUTH_NO)
        return false;
    vec_each(name, &value->columns)
        if (is_column(&generation->columns, *name))
            return false;
    return true;
}

static bool are_steady(const struct generation *generation)
{
    vec_each(spec, &generation->columns) {
        const struct column *column = generate_column(generation->existing, spec->name);
        const char *value = spec->default_value;
        if (!is_steady(generation, value == NULL && column != NULL ? column->default_text : value))
            return false;
    }
    return true;
}

void generate_set_fill(const struct generation *generation, struct data *map)
{
    bool fill = is_fill(generation), repeatable = fill && leaves_done(generation);
    bool steady = fill && are_steady(generation), by_key = data_is_true(data_find(map, "by_key"));
    bool in_batches = repeatable || (steady && by_key);
    data_set_bool(generation->arena, map, "repeatable", repeatable);
    data_set_bool(generation->arena, map, "steady", steady);
    data_set_bool(generation->arena, map, "in_batches", in_batches);
    data_set_bool(generation->arena, map, "at_once", fill && !in_batches);
}

static int refuse(const struct generation *generation, const struct column_spec *spec, const char *why, const char *hint,
                  struct err *err)
{
    err_set(err, ERR_USAGE, "COLUMNS: column \"%s\" of %s.%s %s", spec->name, generation->existing->schema,
            generation->existing->name, why);
    return err_hint(err, "%s", hint);
}

int generate_refuse_fill(const struct generation *generation, struct err *err)
{
    if (!is_fill(generation))
        return 0;
    struct strings key = generate_primary_key(generation->existing);
    vec_each(spec, &generation->columns) {
        const struct column *column = generate_column(generation->existing, spec->name);
        vec_each(name, &key)
            if (strcmp(*name, spec->name) == 0)
                return refuse(generation, spec, "is of the primary key, by which batches of rows are found",
                              "write it by hand, in one transaction", err);
        if (column != NULL && column->generated != GENERATED_NOT)
            return refuse(generation, spec, "is generated: PostgreSQL computes what it holds", "leave it out", err);
        if (column != NULL && spec->default_value == NULL && !column->has_default)
            return refuse(generation, spec, "has no default, and nothing else tells the new value",
                          "DEFAULT=: the new value; NULL is one, too", err);
    }
    return 0;
}
