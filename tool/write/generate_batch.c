/* Batches of rows, as templates write them: what they go by. */
#include "write/generating.h"

#include "base/str.h"

/* Rows that only inherit from the table have no index by its key, and may have equal ones. */
static bool goes_by_key(const struct relation *table)
{
    if (table != NULL)
        vec_each(child, &table->children)
            if ((*child)->exists)
                return false;
    return true;
}

/* What batches of rows go by: the primary key, and the variables that hold the first and the last one of a batch. */
void generate_set_key(const struct generation *generation, struct data *map)
{
    struct arena *arena = generation->arena;
    struct strings key = generate_primary_key(generation->existing);
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
