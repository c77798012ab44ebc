/*
 * How long a plan takes: catalogs of 10 services in memory, each migration needing the one before it and every
 * tenth one of the service before.  Prints the time of linking, ordering and planning for 10,000 and 100,000
 * migrations, the growth between them, and the memory; fails above half a second.
 */
#include "../unit/model/synthetic.h"

#include "base/clock.h"

#include <stdio.h>
#include <sys/resource.h>

enum { SERVICES = 10, SMALL = 10000, LARGE = 100000, LIMIT_MS = 500 };

static void build(struct synthetic *world, size_t count)
{
    static const char *const names[SERVICES] = {"alerts", "auth",   "billing", "catalog", "files",
                                                "mail",   "orders", "search",  "stock",   "users"};
    synthetic_open(world);
    for (size_t i = 0; i < SERVICES; i++) {
        struct service *service = synthetic_service(world, names[i]);
        for (size_t version = 1; version <= count / SERVICES; version++) {
            struct migration *migration = synthetic_migration(world, service, version, "ud", false);
            if (i != 0 && version % 10 == 0)
                synthetic_need(world, migration, world->catalog.services.at[i - 1]->migrations.at[version - 1]);
        }
    }
}

/* Microseconds from declarations to a plan of everything. */
static int64_t measure(size_t count)
{
    struct synthetic world;
    struct plan plan;
    struct request request = {.kind = REQUEST_UP};
    struct err err = {.arena = &world.arena};
    build(&world, count);
    int64_t start = clock_now();
    synthetic_close(&world);
    int result = plan_make(&world.arena, &world.catalog, &world.states, &request, &plan, &err);
    int64_t took = clock_now() - start;
    if (result != 0 || plan.steps.count != count) {
        fprintf(stderr, "no plan: %s\n", result == 0 ? "steps are missing" : err.message);
        took = -1;
    }
    arena_release(&world.arena);
    return took;
}

int main(void)
{
    measure(SMALL);
    int64_t small = measure(SMALL), large = measure(LARGE);
    struct rusage usage;
    getrusage(RUSAGE_SELF, &usage);
    if (small < 0 || large < 0)
        return 1;
    printf("plan of %d migrations   %6.1f ms\n", SMALL, (double)small / 1000);
    printf("plan of %d migrations  %6.1f ms\n", LARGE, (double)large / 1000);
    printf("growth for ten times     %6.1f ×\n", (double)large / (double)small);
    printf("peak memory              %6.1f MB\n", (double)usage.ru_maxrss / 1024);
    return large <= LIMIT_MS * 1000 ? 0 : 1;
}
