#include "world.h"

#include "base/hash.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct world world;

static int set_up(void **state)
{
    (void)state;
    world_open(&world);
    return 0;
}

static int tear_down(void **state)
{
    (void)state;
    world_close(&world);
    return 0;
}

#define SINGLE "services/s-s/migrations/2_b.sql"

static void read_tree(void)
{
    tree_add(&world.tree, "services/s-s/migrations/1_a.up.sql", "select 'up';");
    tree_add(&world.tree, SINGLE, "-- Description: two\n-- +++++ UP\nselect 2;\n-- +++++ DOWN\nselect -2;");
    assert_int_equal(world_read(&world), 0);
    assert_string_equal(world_findings(&world), "");
}

static struct migration *get(const char *reference)
{
    return service_get(world.catalog.services.at[0], reference, &world.err);
}

static const char *text_of(struct migration *migration, enum direction direction)
{
    char *text;
    size_t length;
    if (migration_read(&world.tree.arena, migration, direction, &text, &length, &world.err) != 0)
        return NULL;
    assert_int_equal(strlen(text), length);
    return text;
}

static void halves_are_read_when_they_are_needed(void **state)
{
    (void)state;
    read_tree();
    assert_string_equal(text_of(get("1"), DIRECTION_UP), "select 'up';");
    assert_string_equal(text_of(get("2"), DIRECTION_UP), "select 2;\n");
    assert_string_equal(text_of(get("2"), DIRECTION_DOWN), "select -2;");
    assert_int_equal(migration_half(get("2"), DIRECTION_DOWN)->first_line, 5);
    assert_string_equal(get("2")->declaration.description, "two");
    tree_add(&world.tree, SINGLE, "-- +++++ UP\nselect 22222;\n-- +++++ DOWN\n");
    assert_string_equal(text_of(get("2"), DIRECTION_UP), "select 22222;\n");
    assert_string_equal(text_of(get("2"), DIRECTION_DOWN), "");
}

static void what_went_away_is_said(void **state)
{
    (void)state;
    read_tree();
    assert_null(text_of(get("1"), DIRECTION_DOWN));
    assert_int_equal(world.err.kind, ERR_INPUT);
    assert_string_equal(world.err.message, "s-s 1 has no down half");
    assert_string_equal(world.err.hint, "create services/s-s/migrations/1_a.down.sql");
    tree_add(&world.tree, SINGLE, "select 2;");
    assert_null(text_of(get("2"), DIRECTION_UP));
    assert_non_null(strstr(world.err.message, "the markers of " SINGLE " are gone"));
    tree_add(&world.tree, SINGLE, "-- +++++ UP\n");
    assert_null(text_of(get("2"), DIRECTION_UP));
    assert_int_equal(world.err.place.line, 1);
    unlink("services/s-s/migrations/1_a.up.sql");
    assert_null(text_of(get("1"), DIRECTION_UP));
    assert_int_equal(world.err.kind, ERR_INPUT);
    assert_string_equal(world.err.place.file, "services/s-s/migrations/1_a.up.sql");
}

static void checksums_are_of_the_bytes(void **state)
{
    (void)state;
    char expected[SHA256_HEX_SIZE], found[SHA256_HEX_SIZE];
    read_tree();
    sha256_hex("select 'up';", 12, expected);
    assert_int_equal(migration_checksum(get("1"), found, &world.err), 0);
    assert_string_equal(found, expected);
    sha256_hex("select 2;\n", 10, expected);
    assert_int_equal(migration_checksum(get("2"), found, &world.err), 0);
    assert_string_equal(found, expected);
    assert_int_equal(migration_half_checksum(get("1"), DIRECTION_DOWN, found, &world.err), 0);
    assert_string_equal(found, "");
    unlink("services/s-s/migrations/1_a.up.sql");
    tree_add(&world.tree, "services/s-s/migrations/1_a.up.sql/", NULL);
    assert_int_equal(migration_checksum(get("1"), found, &world.err), -1);
    assert_int_equal(world.err.kind, ERR_INPUT);
}

static void a_file_above_the_limit_is_refused(void **state)
{
    (void)state;
    char hex[SHA256_HEX_SIZE];
    world.options.text[SETTING_MAX_FILE_SIZE] = "1000";
    read_tree();
    assert_int_equal(truncate("services/s-s/migrations/1_a.up.sql", 100 << 20), 0);
    assert_null(text_of(get("1"), DIRECTION_UP));
    assert_int_equal(world.err.kind, ERR_INPUT);
    assert_non_null(strstr(world.err.message, "has 104857600 bytes, more than the limit of 1000"));
    assert_non_null(strstr(world.err.hint, "max-file-size"));
    assert_int_equal(migration_checksum(get("1"), hex, &world.err), -1);
    assert_non_null(strstr(world.err.message, "more than the limit of 1000"));
    assert_int_equal(truncate(SINGLE, 1001), 0);
    world_read(&world);
    assert_string_equal(world_findings(&world), "error unreadable-file " SINGLE);
}

static void migrations_are_found_by_what_people_call_them(void **state)
{
    (void)state;
    tree_add(&world.tree, "services/s/migrations/000004_settings.up.sql", "");
    tree_add(&world.tree, "services/s/migrations/5_4.up.sql", "");
    tree_add(&world.tree, "services/s/migrations/6_twice.up.sql", "");
    tree_add(&world.tree, "services/s/migrations/7_twice.up.sql", "");
    assert_int_equal(world_read(&world), 0);
    static const char *const four[] = {"000004", "4", "000004_settings", "4_settings", "settings"};
    for (size_t i = 0; i < sizeof four / sizeof *four; i++)
        assert_string_equal(get(four[i])->id, "000004_settings");
    assert_string_equal(get("5_4")->id, "5_4");
    static const struct { const char *reference, *message, *hint; } wrong[] = {
        {"setings", "s has no migration \"setings\"", "did you mean settings?"},
        {"000009", "s has no migration \"000009\"", NULL},
        {"4_other", "s has no migration \"4_other\"", NULL},
        {"twice", "2 migrations of s are named \"twice\"", "by its version"},
        {"nothing like it", "s has no migration \"nothing like it\"", "it has 000004_settings to 7_twice"},
    };
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_null(get(wrong[i].reference));
        assert_int_equal(world.err.kind, ERR_USAGE);
        assert_string_equal(world.err.message, wrong[i].message);
        if (wrong[i].hint != NULL)
            assert_non_null(strstr(world.err.hint, wrong[i].hint));
    }
}

static void the_declaration_becomes_metadata(void **state)
{
    (void)state;
    tree_add(&world.tree, "services/a/migrations/1_x.up.sql", "");
    tree_add(&world.tree, "services/b/migrations/000001_x.up.sql", "");
    tree_add(&world.tree, "services/b/migrations/000002_y.up.sql", "");
    tree_add(&world.tree, "services/b/migrations/dependencies.json",
             "{\"migrations\": {\"2\": {\"description\": \"Adds \\\"y\\\"\", \"depends_on\": [\"1\"],"
             "\"cross_service_dependencies\": {\"a\": [\"1\"]}, \"affects_tables\": [\"b.y\"],"
             "\"estimated_duration\": \"30s\", \"risk_level\": \"medium\", \"rollback_safe\": true,"
             "\"migration_type\": \"table\", \"created_at\": \"2025-09-07T20:54:28Z\"}},"
             "\"global_config\": {\"max_parallel_migrations\": 3, \"validate_after_migration\": true}}");
    assert_int_equal(world_read(&world), 0);
    assert_string_equal(world_findings(&world), "");
    struct service *b = world.catalog.services.at[1];
    assert_string_equal(declaration_json(&world.tree.arena, service_find(b, 2)),
                        "{\"dependencies\":[\"a 1\",\"000001\"],\"risk_level\":\"medium\",\"rollback_safe\":true,"
                        "\"estimated_duration\":\"30s\",\"affects_tables\":[\"b.y\"],\"migration_type\":\"table\","
                        "\"description\":\"Adds \\\"y\\\"\"}");
    assert_string_equal(declaration_json(&world.tree.arena, service_find(b, 1)), "{\"dependencies\":[]}");
    assert_string_equal(service_find(b, 2)->declaration.created_at, "2025-09-07T20:54:28Z");
    assert_int_equal(b->global.max_parallel_migrations, 3);
    assert_int_equal(b->global.validate_after_migration, 1);
    assert_int_equal(b->global.auto_backup_before_destructive, -1);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(halves_are_read_when_they_are_needed),
        CASE(what_went_away_is_said),
        CASE(checksums_are_of_the_bytes),
        CASE(a_file_above_the_limit_is_refused),
        CASE(migrations_are_found_by_what_people_call_them),
        CASE(the_declaration_becomes_metadata),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
