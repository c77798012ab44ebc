#include "../model/world.h"

#include "review/check.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void structure_is_judged(void **state)
{
    (void)state;
    struct world world;
    world_open(&world);
    tree_add(&world.tree, "m/1_a.up.sql", "select 1;");
    tree_add(&world.tree, "m/1_a.down.sql", "");
    tree_add(&world.tree, "m/4_b.up.sql", "select 1;");
    tree_add(&world.tree, "m/5_c.down.sql", "select 1;");
    tree_add(&world.tree, "m/production/6_c.up.sql", "select 1;");
    tree_add(&world.tree, "m/7_d.up.sql", "select 1;");
    tree_add(&world.tree, "m/7_d.down.sql", "select 1;");
    tree_add(&world.tree, "m/20240101000000_d.sql", "-- +++++ UP\n-- +++++ DOWN\nselect 1;");
    tree_add(&world.tree, "m/20250101000000_e.sql", "-- +++++ UP\nselect 1;\n-- +++++ DOWN\nselect 1;");
    world.options.text[SETTING_MIGRATIONS_PATH] = "m";
    assert_int_equal(world_read(&world), 0);
    assert_string_equal(world_findings(&world), "");
    check_structure(&world.tree.arena, &world.catalog, &world.findings);
    assert_string_equal(world_findings(&world),
                        "warning missing-half m/4_b.up.sql, note gap m/4_b.up.sql, "
                        "warning missing-half m/5_c.down.sql");
    assert_string_equal(world.findings.at[0].hint, "create m/4_b.down.sql");
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(structure_is_judged)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
