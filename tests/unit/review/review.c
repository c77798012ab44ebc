#include "../model/world.h"

#include "review/review.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static void fill(struct world *world)
{
    world_open(world);
    tree_add(&world->tree, "m/1_a.up.sql", "select 1;\nselec 2;\nselect 3;\n  create tabel t ();");
    tree_add(&world->tree, "m/1_a.down.sql", "select 1");
    tree_add(&world->tree, "m/2_b.sql", "-- +++++ UP\nselect 1;\n-- +++++ DOWN\nselect (;");
    tree_add(&world->tree, "m/3_c.up.sql", "\\i other.sql\n");
    tree_add(&world->tree, "m/3_c.down.sql", "");
    world->options.text[SETTING_MIGRATIONS_PATH] = "m";
}

/* No rule but what reading itself finds. */
static void review(struct world *world)
{
    static const struct rule_set none;
    struct review review = {.arena = &world->tree.arena, .rules = &none, .findings = &world->findings};
    review_catalog(&review, &world->catalog, NULL);
}

static void every_statement_is_checked(void **state)
{
    (void)state;
    struct world world;
    fill(&world);
    assert_int_equal(world_read(&world), 0);
    review(&world);
    assert_string_equal(world_findings(&world), "error syntax m/1_a.up.sql:2, error syntax m/1_a.up.sql:4, "
                                                "error syntax m/2_b.sql:4, error syntax m/3_c.up.sql:1, note empty-half m/3_c.down.sql");
    assert_int_equal(world.findings.at[1].place.column, 10);
    assert_string_equal(world.findings.at[1].source_line, "  create tabel t ();");
    world_close(&world);
}

static void newer_servers_know_more(void **state)
{
    (void)state;
    struct world world;
    fill(&world);
    world.options.text[SETTING_SERVER_VERSION] = "99";
    assert_int_equal(world_read(&world), 0);
    review(&world);
    assert_string_equal(world_findings(&world), "warning syntax m/1_a.up.sql:2, warning syntax m/1_a.up.sql:4, "
                                                "warning syntax m/2_b.sql:4, error syntax m/3_c.up.sql:1, note empty-half m/3_c.down.sql");
    world_close(&world);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_statement_is_checked),
        cmocka_unit_test(newer_servers_know_more),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
