/* Values that a partition takes: rows that are made up go to the first one that says plainly what it holds. */
#include "write/seed_rows.h"

#include "review/names.h"
#include "text/quote.h"

#include <stdlib.h>
#include <string.h>

static const char *key_of(const struct relation *table)
{
    return table->partition_by != 0 && table->partition_keys.count == 1 ? table->partition_keys.at[0].column : NULL;
}

static bool is_plain(const struct partition_bound *bound)
{
    if (!bound->understood)
        return false;
    if (bound->strategy == 'l')
        return bound->values.count > 0 && bound->values.at[0] != NULL;
    return bound->strategy == 'r' && bound->from.count == 1 && bound->to.count == 1 &&
           (bound->from.at[0] != NULL || bound->to.at[0] != NULL);
}

/* NULL: rows go where they may. */
static const struct relation *pick(const struct relation *table)
{
    if (key_of(table) != NULL)
        vec_each(each, &table->partitions)
            if ((*each)->exists && *each != table->default_partition && is_plain(&(*each)->bound))
                return *each;
    return NULL;
}

/* The partition whose bound is about the column; NULL: none. */
static const struct relation *partition_by(const struct generation *generation, const char *name)
{
    const struct relation *table = generation->existing, *next;
    for (; (next = pick(table)) != NULL; table = next)
        if (strcmp(key_of(table), name) == 0)
            return next;
    return NULL;
}

bool seed_rows_is_partition_key(const struct generation *generation, const char *name)
{
    return partition_by(generation, name) != NULL;
}

/* The word of a literal of a type that one can count up. */
static const char *literal_word(const struct type_name *type)
{
    static const char *const words[][2] = {
        {"date", "DATE"}, {"timestamp", "TIMESTAMP"}, {"timestamptz", "TIMESTAMPTZ"}};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (strcmp(words[i][0], type->name) == 0)
            return words[i][1];
    return NULL;
}

static const char *literal(const struct generation *generation, const struct type_name *type, const char *text)
{
    const char *word = literal_word(type), *quoted = quote_literal(generation->arena, text);
    return word != NULL ? arena_printf(generation->arena, "%s %s", word, quoted)
                        : arena_printf(generation->arena, "%s::%s", quoted, names_type(generation->arena, type));
}

/* Spread over the range: days of a date, else even steps. */
static const char *spread(const struct generation *generation, const struct type_name *type, const char *from,
                          const char *to)
{
    struct arena *arena = generation->arena;
    const char *first = literal(generation, type, from), *last = literal(generation, type, to);
    if (literal_word(type) == NULL || strcmp(type->name, "date") == 0)
        return arena_printf(arena, "%s + (i - 1) %% (%s - %s)", first, last, first);
    return arena_printf(arena, "%s + (i - 1) * (%s - %s) / %ld", first, last, first, generation->seed->count);
}

static const char *in_range(const struct generation *generation, const struct type_name *type,
                            const struct partition_bound *bound)
{
    static const char *const counted[] = {"int2", "int4", "int8", "numeric", "date", "timestamp", "timestamptz"};
    const char *from = bound->from.at[0], *to = bound->to.at[0];
    bool is_counted = false, is_moment = literal_word(type) != NULL && strcmp(type->name, "date") != 0;
    for (size_t i = 0; i < sizeof counted / sizeof *counted; i++)
        is_counted = is_counted || strcmp(counted[i], type->name) == 0;
    if (!is_counted)
        return from == NULL ? NULL : literal(generation, type, from);
    if (from != NULL && to != NULL)
        return spread(generation, type, from, to);
    return arena_printf(generation->arena, "%s %s %s", literal(generation, type, from != NULL ? from : to),
                        from != NULL ? "+" : "-",
                        is_moment ? "i * INTERVAL '1 minute'" : from != NULL ? "(i - 1)" : "i");
}

/* The bounds of a timestamptz are where the time zone of whoever made the partition has put them. */
void seed_rows_set_partition_key(const struct generation *generation, struct seed_column *column)
{
    const struct relation *partition = partition_by(generation, column->column->name);
    const struct type_name *type = seed_rows_type(generation, &column->column->type);
    if (partition == NULL || type->name == NULL)
        return;
    const struct partition_bound *bound = &partition->bound;
    const char *value = bound->strategy == 'l' ? literal(generation, type, bound->values.at[0])
                                               : in_range(generation, type, bound);
    if (value == NULL)
        return;
    column->value = value;
    column->shifting = strcmp(type->name, "timestamptz") == 0;
    column->distinct = strcmp(type->name, "timestamp") == 0;
}

int seed_rows_check_partitions(const struct generation *generation, struct err *err)
{
    const struct relation *table = generation->existing, *next;
    for (;; table = next) {
        size_t count = 0;
        vec_each(each, &table->partitions)
            count += (*each)->exists;
        if (table->partition_by != 0 && count == 0) {
            err_set(err, ERR_USAGE, "%s.%s has no partition that rows could go to", table->schema, table->name);
            return err_hint(err, "generate a migration of type partition first");
        }
        if ((next = pick(table)) == NULL)
            return 0;
    }
}
