#include "flow/sizes.h"

#include "flow/database.h"

void sizes_read(struct arena *arena, struct targets *targets, struct table_sizes *sizes)
{
    vec_each(target, &targets->list) {
        struct err ignored = {.arena = arena};
        struct database_tables tables = {0};
        if (database_list_tables(arena, &target->work, targets->catalog, &tables, &ignored) != 0)
            continue;
        vec_each(table, &tables)
            *vec_add(arena, sizes) = (struct table_size){{table->schema, table->name}, table->rows, table->bytes};
    }
}
