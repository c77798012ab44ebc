/* The rows of a seed as templates ask for them. */
#include "write/seed_rows.h"

#include "base/str.h"
#include "sql/identifier.h"

#include <string.h>

static bool holds(const struct strings *strings, const char *text)
{
    vec_each(each, strings)
        if (strcmp(*each, text) == 0)
            return true;
    return false;
}

static struct data *add_name(struct arena *arena, struct data *list, const char *name)
{
    struct data *item = data_add(list, data_map(arena));
    data_set_text(arena, item, "name", name);
    return item;
}

static const char *alias(struct arena *arena, size_t number)
{
    return arena_printf(arena, "reference_%zu", number + 1);
}

/* The key of the row there that has the number of this one. */
static const char *reference_value(const struct generation *generation, const char *name)
{
    const struct seed_references *references = &generation->seed->references;
    for (size_t i = 0; i < references->count; i++)
        for (size_t k = 0; k < references->at[i].columns.count; k++)
            if (strcmp(references->at[i].columns.at[k], name) == 0)
                return arena_printf(generation->arena, "%s.key_%zu", alias(generation->arena, i), k + 1);
    return NULL;
}

static void set_columns(const struct generation *generation, struct data *map)
{
    struct arena *arena = generation->arena;
    const struct seed_rows *rows = generation->seed;
    struct data *columns = data_set(map, "columns", data_list(arena)), *known = data_set(map, "known", data_list(arena)),
                *updates = data_set(map, "updates", data_list(arena));
    bool comparable = true;
    vec_each(column, &rows->columns) {
        const char *name = column->column->name;
        struct data *item = add_name(arena, columns, name);
        data_set_text(arena, item, "value", column->value != NULL ? column->value : reference_value(generation, name));
        data_set_text(arena, item, "type", column->type);
        data_set_bool(arena, item, "as_text", column->as_text);
        data_set_bool(arena, item, "not_null", rows->given.count == 0 || column->column->not_null == TRUTH_YES);
        if (!column->shifting)
            data_add(known, data_share(arena, item));
        comparable = comparable && !column->as_text;
        if (!holds(&rows->key, name))
            data_add(updates, data_share(arena, item));
    }
    data_set_bool(arena, map, "has_updates", updates->first != NULL);
    data_set_bool(arena, map, "comparable", comparable);
}

/* What the template names the number of a row, beside the columns. */
static const char *number_name(const struct generation *generation)
{
    const char *name = "i";
    while (seed_rows_column(generation->seed, name) != NULL)
        name = arena_printf(generation->arena, "%s_", name);
    return name;
}

static void set_reference(const struct generation *generation, struct data *list, size_t number)
{
    struct arena *arena = generation->arena;
    const struct seed_reference *reference = &generation->seed->references.at[number];
    struct data *map = data_add(list, data_map(arena)), *keys = data_set(map, "keys", data_list(arena));
    data_set_text(arena, map, "sql", generate_qualified(arena, reference->table->schema, reference->table->name));
    data_set_text(arena, map, "alias", alias(arena, number));
    data_set_text(arena, map, "shift", number == 0 ? NULL : arena_printf(arena, "%zu", number));
    data_set_bool(arena, map, "required", reference->required);
    data_set_text(arena, map, "message",
                  arena_printf(arena, "%s.%s has no rows that those of %s.%s could refer to", reference->table->schema,
                               reference->table->name, generation->existing->schema, generation->existing->name));
    data_set_text(arena, map, "hint", arena_printf(arena, "seed %s.%s first", reference->table->schema, reference->table->name));
    for (size_t i = 0; i < reference->referenced.count; i++)
        data_set_text(arena, add_name(arena, keys, reference->referenced.at[i]), "alias",
                      arena_printf(arena, "key_%zu", i + 1));
}

/* Columns that take a number from a sequence where nobody gives one: it has to go on behind those that are given. */
static void set_sequences(const struct generation *generation, struct data *map)
{
    struct arena *arena = generation->arena;
    struct data *list = data_set(map, "sequences", data_list(arena));
    const struct relation *table = generation->existing;
    vec_each(column, &generation->seed->columns)
        vec_each(sequence, &table->sequences)
            if ((*sequence)->exists && str_same((*sequence)->owner_column, column->column->name)) {
                add_name(arena, list, column->column->name);
                break;
            }
}

static const char *key_sql(const struct generation *generation)
{
    const struct strings *key = &generation->seed->key;
    struct str out = str_new(generation->arena);
    if (key->count == 0)
        return NULL;
    for (size_t i = 0; i < key->count; i++) {
        str_add(&out, i == 0 ? "(" : ", ");
        identifier_add(&out, key->at[i]);
    }
    str_add(&out, ")");
    return out.at;
}

struct data *seed_rows_data(const struct generation *generation)
{
    struct arena *arena = generation->arena;
    const struct seed_rows *rows = generation->seed;
    if (rows == NULL)
        return data_text(arena, NULL);
    struct data *map = data_map(arena);
    bool identity = false;
    vec_each(column, &rows->columns)
        identity = identity || column->column->identity;
    data_set_integer(arena, map, "count", rows->count);
    data_set_text(arena, map, "number", number_name(generation));
    data_set_texts(arena, map, "given", &rows->given);
    data_set_texts(arena, map, "doubts", &rows->doubts);
    data_set_text(arena, map, "key_sql", key_sql(generation));
    data_set_bool(arena, map, "any_conflict", rows->any_conflict);
    data_set_bool(arena, map, "by_content", rows->by_content);
    data_set_bool(arena, map, "when_empty", rows->when_empty);
    data_set_bool(arena, map, "overriding", identity);
    set_columns(generation, map);
    struct data *references = data_set(map, "references", data_list(arena));
    for (size_t i = 0; i < rows->references.count; i++)
        set_reference(generation, references, i);
    set_sequences(generation, map);
    return map;
}
