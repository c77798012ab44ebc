#include "world.h"

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

#define ENVIRONMENTS "services/user-service/migrations/environments.json"

static const struct service *read_service(void)
{
    tree_add(&world.tree, "services/user-service/migrations/1_a.up.sql", "");
    assert_int_equal(world_read(&world), 0);
    return world.catalog.services.at[0];
}

static const struct value *value(const struct service *service, enum setting setting)
{
    return &service->config.values[setting];
}

static void the_current_environment_counts_where_none_is_named(void **state)
{
    (void)state;
    tree_add(&world.tree, ENVIRONMENTS, "{\"current_environment\": \"production\",\n"
             "\"environments\": {\"development\": {}, \"production\": {\"description\": \"live\","
             "\"config\": {\"require_approval\": true, \"backup_required\": false}}}}");
    const struct service *service = read_service();
    assert_string_equal(world_findings(&world), "");
    assert_string_equal(service->environment.name, "production");
    assert_string_equal(service->environment.description, "live");
    assert_int_equal(service->environment.require_approval, 1);
    assert_int_equal(service->environment.backup_required, 0);
    assert_int_equal(service->environment.allow_destructive, -1);
    assert_int_equal(service->environment.known.count, 2);
    assert_string_equal(config_text(&service->config, SETTING_ENVIRONMENT), "production");
    assert_int_equal(value(service, SETTING_ENVIRONMENT)->origin, ORIGIN_SERVICE);
    assert_non_null(strstr(value(service, SETTING_ENVIRONMENT)->source, ENVIRONMENTS ":1:"));
    /* The defaults of its strategy come with it. */
    assert_string_equal(config_text(&service->config, SETTING_APPROACH), "conservative");
    world.options.text[SETTING_ENVIRONMENT] = "development";
    assert_string_equal(read_service()->environment.name, "development");
}

static void an_unknown_current_environment_is_said_where_it_stands(void **state)
{
    (void)state;
    tree_add(&world.tree, ENVIRONMENTS, "{\n\"current_environment\": \"prod\", \"environments\": {\"development\": {}}}");
    read_service();
    assert_string_equal(world_findings(&world), "error unknown-environment " ENVIRONMENTS ":2");
    assert_int_equal(world.findings.at[0].kind, ERR_USAGE);
}

static void the_lock_waits_as_long_as_the_file_says(void **state)
{
    (void)state;
    tree_add(&world.tree, ENVIRONMENTS, "{\"environments\": {\"development\": {}},\n"
             "\"migration_locking\": {\"enabled\": true, \"timeout_seconds\": 77, \"max_concurrent_migrations\": 1}}");
    const struct service *service = read_service();
    assert_string_equal(world_findings(&world), "");
    assert_int_equal(config_number(&service->config, SETTING_WAIT), 77000);
    assert_int_equal(value(service, SETTING_WAIT)->origin, ORIGIN_SERVICE);
    world.options.text[SETTING_WAIT] = "5s";
    assert_int_equal(config_number(&read_service()->config, SETTING_WAIT), 5000);
}

static void locking_cannot_be_switched_off(void **state)
{
    (void)state;
    tree_add(&world.tree, ENVIRONMENTS,
             "{\"environments\": {\"development\": {}}, \"migration_locking\": {\"enabled\": false}}");
    read_service();
    assert_string_equal(world_findings(&world), "warning locking-disabled " ENVIRONMENTS ":1");
}

static void the_schema_is_the_name_or_what_the_service_says(void **state)
{
    (void)state;
    assert_string_equal(read_service()->schema, "user_service");
    tree_add(&world.tree, "services/user-service/config/config.yaml", "schema: \"People\"\n");
    assert_string_equal(read_service()->schema, "People");
    tree_add(&world.tree, "services/user-service/config.yaml",
             "schema: abcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcdefghijabcd\n");
    read_service();
    assert_string_equal(world_findings(&world), "error schema-name services/user-service/config.yaml:1");
}

static void a_broken_configuration_is_a_finding(void **state)
{
    (void)state;
    tree_add(&world.tree, "services/user-service/config.yaml", "database: [\n");
    const struct service *service = read_service();
    assert_int_equal(world.findings.count, 1);
    assert_int_equal(world.findings.at[0].severity, SEVERITY_ERROR);
    assert_string_equal(world.findings.at[0].service, "user-service");
    assert_int_equal(service->migrations.count, 1);
}

static void seed_files_are_kept_as_written(void **state)
{
    (void)state;
    tree_add(&world.tree, ENVIRONMENTS, "{\"environments\": {\"development\": {\"seed_files\": [\"a.sql\", \"b/c.sql\"]}}}");
    const struct service *service = read_service();
    assert_int_equal(service->environment.seed_files.count, 2);
    assert_string_equal(service->environment.seed_files.at[1], "b/c.sql");
}

static void with_migrations_there_is_one_service(void **state)
{
    (void)state;
    tree_add(&world.tree, "db/up/1_a.up.sql", "");
    tree_add(&world.tree, "db/up/2_b.up.sql", "");
    world.options.text[SETTING_MIGRATIONS_PATH] = "db/up";
    assert_int_equal(world_read(&world), 0);
    assert_true(world.catalog.plain);
    const struct service *service = world.catalog.services.at[0];
    assert_string_equal(service->name, "default");
    assert_null(service->schema);
    assert_null(service->directory);
    assert_string_equal(service->migrations_directory, "db/up");
    assert_string_equal(migration_label(&world.tree.arena, service->migrations.at[1]), "2");
    assert_ptr_equal(service->migrations.at[1]->needs.at[0], service->migrations.at[0]);
    /* From a directory below, the option is meant from there and paths are shown from there. */
    assert_int_equal(chdir("db"), 0);
    world.options.text[SETTING_MIGRATIONS_PATH] = "up";
    assert_int_equal(world_read(&world), 0);
    assert_string_equal(world.catalog.order.at[0]->up.path, "up/1_a.up.sql");
}

static void a_tree_is_found_from_below(void **state)
{
    (void)state;
    tree_add(&world.tree, "services/s/migrations/1_a.up.sql", "");
    tree_add(&world.tree, "services/s/x/y/", NULL);
    assert_int_equal(chdir("services/s/x"), 0);
    assert_int_equal(world_read(&world), 0);
    assert_string_equal(world.catalog.order.at[0]->up.path, "../migrations/1_a.up.sql");
    char *text;
    size_t length;
    assert_int_equal(migration_read(&world.tree.arena, world.catalog.order.at[0], DIRECTION_UP, &text, &length,
                                    &world.err), 0);
}

static void what_leaves_nothing_to_look_at_is_an_error(void **state)
{
    (void)state;
    tree_add(&world.tree, "skein.yaml", "");
    tree_add(&world.tree, "file", "");
    assert_int_equal(world_read(&world), -1);
    assert_int_equal(world.err.kind, ERR_INPUT);
    assert_string_equal(world.err.message, "there is no directory services");
    assert_non_null(strstr(world.err.hint, "--migrations"));
    static const char *const wrong[] = {"nowhere", "file", "file/below"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        world.options.text[SETTING_MIGRATIONS_PATH] = wrong[i];
        assert_int_equal(world_read(&world), -1);
        assert_int_equal(world.err.kind, ERR_INPUT);
        assert_non_null(strstr(world.err.message, wrong[i]));
    }
}

static void unknown_services_are_said(void **state)
{
    (void)state;
    read_service();
    static const char *const wrong[] = {"user-servic", "../user-service", "", "user-service/", "'; rm -rf"};
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++) {
        assert_null(catalog_service(&world.catalog, wrong[i], &world.err));
        assert_int_equal(world.err.kind, ERR_USAGE);
        assert_non_null(strstr(world.err.hint, "user-service"));
    }
    assert_ptr_equal(catalog_service(&world.catalog, "user-service", &world.err), world.catalog.services.at[0]);
}

#define CASE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)
int main(void)
{
    const struct CMUnitTest tests[] = {
        CASE(the_current_environment_counts_where_none_is_named),
        CASE(an_unknown_current_environment_is_said_where_it_stands),
        CASE(the_lock_waits_as_long_as_the_file_says),
        CASE(locking_cannot_be_switched_off),
        CASE(the_schema_is_the_name_or_what_the_service_says),
        CASE(a_broken_configuration_is_a_finding),
        CASE(seed_files_are_kept_as_written),
        CASE(with_migrations_there_is_one_service),
        CASE(a_tree_is_found_from_below),
        CASE(what_leaves_nothing_to_look_at_is_an_error),
        CASE(unknown_services_are_said),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
