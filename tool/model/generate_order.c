#include "model/generate_order.h"

#include "base/str.h"
#include "model/catalog.h"

#include <string.h>

/* Does `from` stand on `target`? */
static bool stands_on(const struct migration *from, const struct migration *target, bool seen[])
{
    if (from == target)
        return true;
    if (seen[from->number])
        return false;
    seen[from->number] = true;
    vec_each(need, &from->needs)
        if (stands_on(*need, target, seen))
            return true;
    return false;
}

static bool is_reached(struct generation *generation, const struct migration *from, const struct migration *target)
{
    struct arena scratch = {0};
    bool *seen = arena_alloc(&scratch, generation->request->catalog->order.count + 1);
    bool reached = from != NULL && stands_on(from, target, seen);
    arena_release(&scratch);
    return reached;
}

static void add_once(struct arena *arena, struct strings *texts, const char *text)
{
    vec_each(each, texts)
        if (strcmp(*each, text) == 0)
            return;
    *vec_add(arena, texts) = text;
}

static struct strings *cross_of(struct arena *arena, struct declare_entry *entry, const char *service)
{
    vec_each(cross, &entry->crosses)
        if (strcmp(cross->service, service) == 0)
            return &cross->versions;
    struct declare_cross *cross = vec_add(arena, &entry->crosses);
    cross->service = service;
    return &cross->versions;
}

/* What only some environments have, the others cannot depend on. */
static bool may_need(const struct migration *migration, const char *environment)
{
    return migration->environment == NULL || str_same(migration->environment, environment);
}

static void need(struct generation *generation, const struct migration *migration, const struct migration *last,
                 struct declare_entry *entry)
{
    const struct service *service = generation->request->service;
    if (migration == NULL || !may_need(migration, entry->environment) || is_reached(generation, last, migration))
        return;
    if (migration->service != service)
        add_once(generation->arena, cross_of(generation->arena, entry, migration->service->name), migration->digits);
    else if (entry->ordered)
        add_once(generation->arena, &entry->depends_on, migration->digits);
}

static void need_relation(struct generation *generation, const struct relation *relation, const struct migration *last,
                          struct declare_entry *entry)
{
    if (relation == NULL)
        return;
    need(generation, relation->created_by, last, entry);
    if (relation != generation->existing)
        return;
    vec_each(column, &relation->columns)
        if (!column->dropped)
            need(generation, column->migration, last, entry);
}

static void need_used(struct generation *generation, const struct generate_migration *migration,
                      const struct migration *last, struct declare_entry *entry)
{
    struct actions actions = {0};
    struct action_faults faults = {0};
    actions_read(generation->arena, migration->up, strlen(migration->up), &actions, &faults);
    vec_each(action, &actions) {
        const struct object_name *names[] = {&action->name, &action->table};
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            if (names[i]->name != NULL)
                need_relation(generation, schema_relation(generation->schema, names[i]), last, entry);
        vec_each(use, &action->uses)
            need_relation(generation, schema_relation(generation->schema, &use->name), last, entry);
        vec_each(constraint, &action->constraints)
            if (constraint->referenced.name != NULL)
                need_relation(generation, schema_relation(generation->schema, &constraint->referenced), last, entry);
        vec_each(column, &action->columns)
            vec_each(constraint, &column->constraints)
                if (constraint->referenced.name != NULL)
                    need_relation(generation, schema_relation(generation->schema, &constraint->referenced), last, entry);
    }
}

/* The last one that every environment has; in an environment's own sequence the last of that. */
static const struct migration *last_of(const struct generation *generation, const char *environment)
{
    const struct migrations *migrations = &generation->request->service->migrations;
    for (size_t i = migrations->count; i > 0; i--)
        if (may_need(migrations->at[i - 1], environment))
            return migrations->at[i - 1];
    return NULL;
}

void generate_entry(struct generation *generation, const struct generate_migration *migration,
                    const struct generate_migration *before, const char *environment, struct declare_entry *entry)
{
    struct arena *arena = generation->arena;
    const struct migration *last = last_of(generation, environment);
    const char *said = generation->parameters[PARAMETER_DESCRIPTION];
    *entry = (struct declare_entry){.version = migration->version, .name = migration->name, .environment = environment,
                                    .kind = generation->type.kind, .description = said};
    /* Where the environments have sequences of their own, the one before is another one in each. */
    entry->ordered = last != NULL || generation->request->service->migrations.count == 0 || before != NULL;
    if (before != NULL)
        *vec_add(arena, &entry->depends_on) = before->version;
    else if (last != NULL)
        *vec_add(arena, &entry->depends_on) = last->digits;
    need_used(generation, migration, last, entry);
    if (generation->table.name != NULL)
        *vec_add(arena, &entry->affects_tables) =
            arena_printf(arena, "%s.%s", generation->table.schema, generation->table.name);
}
