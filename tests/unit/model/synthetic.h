/* Catalogs and states made in memory, for tests of what needs no files. */
#ifndef TESTS_SYNTHETIC_H
#define TESTS_SYNTHETIC_H

#include "base/str.h"
#include "model/graph.h"
#include "model/plan.h"
#include "model/reference.h"

#include <inttypes.h>

struct synthetic {
    struct arena arena;
    struct catalog catalog;
    struct references references;
    struct findings findings;
    struct service_states states;
};

static inline void synthetic_open(struct synthetic *world)
{
    *world = (struct synthetic){0};
    world->references.scratch = &world->arena;
}

/* Services are added in the order of their names. */
static inline struct service *synthetic_service(struct synthetic *world, const char *name)
{
    struct service *service = arena_new(&world->arena, struct service);
    service->number = world->catalog.services.count;
    service->name = name;
    service->directory = name;
    service->environment.name = "development";
    *vec_add(&world->arena, &world->catalog.services) = service;
    return service;
}

/* Migrations are added by version; halves: 'u', 'd'.  It needs the one before it unless `alone`. */
static inline struct migration *synthetic_migration(struct synthetic *world, struct service *service,
                                                    uint64_t version, const char *halves, bool alone)
{
    struct arena *arena = &world->arena;
    struct migration *migration = arena_new(arena, struct migration);
    migration->service = service;
    migration->version = version;
    migration->digits = arena_printf(arena, "%06" PRIu64, version);
    migration->id = arena_printf(arena, "%s_m", migration->digits);
    migration->name = "m";
    migration->declaration.rollback_safe = -1;
    migration->declaration.present = alone;
    for (const char *half = halves; *half != '\0'; half++)
        *(*half == 'u' ? &migration->up : &migration->down) =
            (struct half){arena_printf(arena, "m/%s.%c.sql", migration->id, *half), 0, SIZE_MAX, 1};
    if (!alone && service->migrations.count != 0)
        *vec_add(arena, &world->references.list) = (struct reference){
            .migration = migration, .target = service->migrations.at[service->migrations.count - 1]};
    *vec_add(arena, &service->migrations) = migration;
    return migration;
}

static inline void synthetic_need(struct synthetic *world, struct migration *migration, struct migration *target)
{
    *vec_add(&world->arena, &world->references.list) =
        (struct reference){.migration = migration, .target = target};
}

/* Links, orders, and gives every service a state in which nothing is applied. */
static inline void synthetic_close(struct synthetic *world)
{
    reference_link(&world->arena, &world->catalog, &world->references, &world->findings);
    graph_order(&world->arena, &world->catalog, &world->findings);
    size_t count = world->catalog.services.count;
    world->states = (struct service_states){arena_alloc(&world->arena, count * sizeof(struct service_state *)), count};
    for (size_t i = 0; i < count; i++) {
        world->states.at[i] = arena_new(&world->arena, struct service_state);
        *world->states.at[i] = (struct service_state){
            .service = world->catalog.services.at[i], .schema = "s", .version_table = "\"s\".\"t\"", .version = NO_VERSION};
    }
}

static inline struct execution *synthetic_row(struct synthetic *world, const struct service *service, uint64_t version,
                                              const char *status)
{
    const struct migration *migration = service_find(service, version);
    struct execution *row = vec_add(&world->arena, &world->states.at[service->number]->executions);
    *row = (struct execution){.version = version, .environment = "development", .status = status};
    row->migration_id = migration != NULL ? migration->id : arena_printf(&world->arena, "%" PRIu64 "_gone", version);
    return row;
}

#endif
