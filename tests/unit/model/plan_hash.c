#include "world.h"

#include "model/plan.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct world world;
static struct service_state state_of_m;
static struct service_state *states_at[] = {&state_of_m};

static int set_up(void **unused)
{
    (void)unused;
    world_open(&world);
    tree_add(&world.tree, "m/1_a.up.sql", "select 1;");
    tree_add(&world.tree, "m/1_a.down.sql", "select -1;");
    tree_add(&world.tree, "m/2_b.up.sql", "select 2;");
    world.options.text[SETTING_MIGRATIONS_PATH] = "m";
    return world_read(&world);
}

static int tear_down(void **unused)
{
    (void)unused;
    world_close(&world);
    return 0;
}

static void fresh_state(void)
{
    state_of_m = (struct service_state){.service = world.catalog.services.at[0], .version = NO_VERSION};
}

/* The hash of a plan of everything, or of the way down from version 1. */
static const char *hash(enum request_kind kind, const char *identity)
{
    struct service_states states = {states_at, 1};
    struct request request = {.kind = kind};
    struct plan plan;
    char *hex = arena_alloc(&world.tree.arena, 65);
    assert_int_equal(plan_make(&world.tree.arena, &world.catalog, &states, &request, &plan, &world.err), 0);
    assert_int_equal(plan_hash(&plan, &states, identity, hex, &world.err), 0);
    return hex;
}

static void the_same_input_gives_the_same_hash(void **unused)
{
    (void)unused;
    fresh_state();
    assert_string_equal(hash(REQUEST_UP, "db"), hash(REQUEST_UP, "db"));
    assert_int_equal(strlen(hash(REQUEST_UP, "db")), 64);
}

static void whatever_changes_changes_the_hash(void **unused)
{
    (void)unused;
    struct execution row = {.version = 1, .migration_id = "1_a", .environment = "development", .status = "failed"};
    const char *seen[8];
    size_t count = 0;
    fresh_state();
    seen[count++] = hash(REQUEST_UP, "db");
    seen[count++] = hash(REQUEST_UP, "other");
    state_of_m.generation = 1;
    seen[count++] = hash(REQUEST_UP, "db");
    fresh_state();
    state_of_m.executions = (struct executions){&row, 1, 1};
    seen[count++] = hash(REQUEST_UP, "db");
    row.status = "success";
    seen[count++] = hash(REQUEST_UP, "db");
    seen[count++] = hash(REQUEST_DOWN, "db");
    tree_add(&world.tree, "m/1_a.down.sql", "select -2;");
    seen[count++] = hash(REQUEST_DOWN, "db");
    tree_add(&world.tree, "m/2_b.up.sql", "select 22;");
    seen[count++] = hash(REQUEST_UP, "db");
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < i; j++)
            assert_string_not_equal(seen[i], seen[j]);
}

static void a_file_that_is_gone_is_an_error(void **unused)
{
    (void)unused;
    struct service_states states = {states_at, 1};
    struct request request = {.kind = REQUEST_UP};
    struct plan plan;
    char hex[65];
    fresh_state();
    assert_int_equal(plan_make(&world.tree.arena, &world.catalog, &states, &request, &plan, &world.err), 0);
    unlink("m/2_b.up.sql");
    assert_int_equal(plan_hash(&plan, &states, "db", hex, &world.err), -1);
    assert_int_equal(world.err.kind, ERR_INPUT);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(the_same_input_gives_the_same_hash),
        CASE(whatever_changes_changes_the_hash),
        CASE(a_file_that_is_gone_is_an_error),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
