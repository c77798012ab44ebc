#include "world.h"

#include "model/reach.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void add(struct world *world, const char *service, const char *id)
{
    struct arena *arena = &world->tree.arena;
    tree_add(&world->tree, arena_printf(arena, "services/%s/migrations/%s.up.sql", service, id), "select 1;");
    tree_add(&world->tree, arena_printf(arena, "services/%s/migrations/%s.down.sql", service, id), "select 1;");
}

static void declare(struct world *world, const char *service, const char *json)
{
    tree_add(&world->tree, arena_printf(&world->tree.arena, "services/%s/migrations/dependencies.json", service), json);
}

static const struct migration *find(const struct world *world, size_t service, uint64_t version)
{
    return service_find(world->catalog.services.at[service], version);
}

/* a1 ← a2 ← a3; b1; b2 → a2; b3 → b2. */
static void fill(struct world *world)
{
    world_open(world);
    for (int i = 1; i <= 3; i++) {
        add(world, "a", arena_printf(&world->tree.arena, "%d_x", i));
        add(world, "b", arena_printf(&world->tree.arena, "%d_x", i));
    }
    declare(world, "b", "{\"migrations\": {\"2\": {\"depends_on\": [], \"cross_service_dependencies\": {\"a\": [\"2\"]}}}}");
    assert_int_equal(world_read(world), 0);
    assert_int_equal(world->findings.count, 0);
}

static void dependencies_are_followed(void **state)
{
    (void)state;
    struct world world;
    fill(&world);
    struct reach *reach = reach_new(&world.tree.arena, &world.catalog);
    assert_true(reach_find(reach, find(&world, 1, 3), find(&world, 0, 1)));
    assert_true(reach_find(reach, find(&world, 1, 2), find(&world, 0, 2)));
    assert_true(reach_find(reach, find(&world, 0, 3), find(&world, 0, 1)));
    assert_false(reach_find(reach, find(&world, 1, 3), find(&world, 0, 3)));
    assert_false(reach_find(reach, find(&world, 1, 1), find(&world, 0, 1)));
    assert_false(reach_find(reach, find(&world, 1, 2), find(&world, 1, 1)));
    assert_false(reach_find(reach, find(&world, 0, 1), find(&world, 0, 2)));
    world_close(&world);
}

static void a_service_is_reached_through_any_of_its_migrations(void **state)
{
    (void)state;
    struct world world;
    fill(&world);
    struct reach *reach = reach_new(&world.tree.arena, &world.catalog);
    const struct service *a = world.catalog.services.at[0], *b = world.catalog.services.at[1];
    assert_false(reach_find_service(reach, find(&world, 1, 1), a));
    assert_true(reach_find_service(reach, find(&world, 1, 3), a));
    assert_false(reach_find_service(reach, find(&world, 0, 3), b));
    world_close(&world);
}

/* More targets than there are places to keep them. */
static void what_gave_way_is_found_again(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    for (int i = 1; i <= 200; i++)
        add(&world, "a", arena_printf(&world.tree.arena, "%d_x", i));
    add(&world, "b", "500_x");
    assert_int_equal(world_read(&world), 0);
    struct reach *reach = reach_new(&world.tree.arena, &world.catalog);
    for (int round = 0; round < 2; round++)
        for (uint64_t i = 1; i <= 200; i++) {
            assert_true(reach_find(reach, find(&world, 0, 200), find(&world, 0, i)));
            assert_false(reach_find(reach, find(&world, 1, 500), find(&world, 0, i)));
        }
    world_close(&world);
}

/* The findings about the cycle are enough. */
static void nothing_is_claimed_about_a_cycle(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    for (int i = 1; i <= 3; i++)
        add(&world, "a", arena_printf(&world.tree.arena, "%d_x", i));
    declare(&world, "a", "{\"2\": [\"3\"]}");
    assert_int_equal(world_read(&world), 0);
    assert_int_not_equal(world.findings.count, 0);
    struct reach *reach = reach_new(&world.tree.arena, &world.catalog);
    assert_true(reach_find(reach, find(&world, 0, 2), find(&world, 0, 1)));
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(dependencies_are_followed),
        cmocka_unit_test(a_service_is_reached_through_any_of_its_migrations),
        cmocka_unit_test(what_gave_way_is_found_again),
        cmocka_unit_test(nothing_is_claimed_about_a_cycle),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
