#include "write/seed_order.h"

#include "write/generating.h"

#include <stdint.h>

/* Along foreign keys, each table once. */
static bool leads_to(struct arena *arena, struct map *seen, const struct relation *from, const struct relation *to)
{
    const char *name = generate_qualified(arena, from->schema, from->name);
    if (map_find(seen, name) != NULL)
        return false;
    map_put(arena, seen, name, (void *)(uintptr_t)from);
    vec_each(constraint, &from->constraints)
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && !constraint->dropped && constraint->referenced != NULL &&
            (constraint->referenced == to || leads_to(arena, seen, constraint->referenced, to)))
            return true;
    return false;
}

bool seed_order_needs(const struct generation *generation, const char *sql, size_t length)
{
    struct arena scratch = {0};
    struct actions actions = {0};
    struct action_faults faults = {0};
    bool needs = false;
    actions_read(&scratch, sql, length, &actions, &faults);
    vec_each(action, &actions) {
        if ((action->kind != ACTION_INSERT && action->kind != ACTION_COPY && action->kind != ACTION_MERGE) ||
            action->name.name == NULL)
            continue;
        const struct relation *table = schema_relation(generation->schema, &action->name);
        struct map seen = {0};
        needs = needs || (table != NULL && table->exists && table != generation->existing &&
                          leads_to(&scratch, &seen, table, generation->existing));
    }
    arena_release(&scratch);
    return needs;
}
