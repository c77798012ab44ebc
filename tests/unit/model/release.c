#include "world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#define PATH "services/shop/migrations/"

/* Three migrations, the last one of development alone, and these releases. */
static void open_shop(struct world *world, const char *releases, const char *environment)
{
    world_open(world);
    for (int i = 1; i <= 2; i++) {
        tree_add(&world->tree, arena_printf(&world->tree.arena, PATH "00000%d_m.up.sql", i), "select 1;\n");
        tree_add(&world->tree, arena_printf(&world->tree.arena, PATH "00000%d_m.down.sql", i), "select 1;\n");
    }
    tree_add(&world->tree, PATH "development/000003_d.up.sql", "select 1;\n");
    tree_add(&world->tree, PATH "development/000003_d.down.sql", "select 1;\n");
    tree_add(&world->tree, PATH "environments.json",
             "{\"environments\": {\"development\": {\"migrations\": \"development\"}, \"production\": {}}}\n");
    tree_add(&world->tree, PATH "dependencies.json", arena_printf(&world->tree.arena, "{\"releases\": {%s}}\n", releases));
    world->options.text[SETTING_ENVIRONMENT] = environment;
    if (world_read(world) != 0)
        fail_msg("%s", world->err.message);
}

static void what_a_release_may_be(void **state)
{
    (void)state;
    static const struct {
        const char *releases, *findings, *message;
    } cases[] = {
        {"\"1.0.0\": \"1\", \"1.2.0\": 2, \"1.10.0\": \"000002_m\"", "", NULL},
        {"\"1.10.0\": \"2\", \"1.2.0\": \"1\"", "", NULL},
        {"\"1.0.0\": \"3\"", "", NULL},
        {"\"1.0.0\": \"4\"", "error bad-release " PATH "dependencies.json:1", "which is no migration of shop"},
        {"\"1.0\": \"1\"", "error bad-release " PATH "dependencies.json:1", "\"1.0\" is not the name of a release"},
        {"\"1.2.0\": \"1\", \"1.02.0\": \"2\"", "error bad-release " PATH "dependencies.json:1", "release 1.02.0 is named before"},
        {"\"1.2.0\": \"1\", \"1.1.0\": \"2\"", "error bad-release " PATH "dependencies.json:1", "release 1.2.0 ends before release 1.1.0"},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct world world;
        open_shop(&world, cases[i].releases, "production");
        if (strcmp(world_findings(&world), cases[i].findings) != 0)
            fail_msg("case %zu: %s", i, world_findings(&world));
        if (cases[i].message != NULL && strstr(world.findings.at[0].message, cases[i].message) == NULL)
            fail_msg("case %zu: %s", i, world.findings.at[0].message);
        world_close(&world);
    }
}

static void which_release_brings_a_migration(void **state)
{
    (void)state;
    struct world world;
    open_shop(&world, "\"1.10.0\": \"2\", \"1.2.0\": \"1\", \"1.11.0\": \"2\"", "development");
    const struct service *shop = world.catalog.services.at[0];
    struct arena *arena = &world.tree.arena;
    assert_string_equal(release_label(arena, shop->migrations.at[0]), "1.2.0.1");
    assert_string_equal(release_label(arena, shop->migrations.at[1]), "1.10.0.2");
    assert_null(release_label(arena, shop->migrations.at[2]));
    assert_null(release_at(&shop->releases, "1.1.99"));
    assert_string_equal(release_at(&shop->releases, "1.9.0")->name, "1.2.0");
    assert_string_equal(release_at(&shop->releases, "2.0.0")->name, "1.11.0");
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_release_may_be),
        cmocka_unit_test(which_release_brings_a_migration),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
