#include "model/keys.h"

#include "text/yaml.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct err err = {.arena = &arena};

static const struct node *document(const char *text)
{
    struct node *root = NULL;
    if (yaml_read(&arena, "a.yaml", text, strlen(text), &root, &err) != 0)
        fail_msg("%s", err.message);
    return root;
}

static const char *find(const char *text, enum key_scope scope, enum setting setting)
{
    const struct node *node = NULL;
    if (keys_find(document(text), scope, setting, &node, &err) != 0)
        return "wrong";
    return node == NULL ? "absent" : node->text;
}

static void finds_a_setting_under_each_of_its_keys(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "timeout: 7s", "options: {timeout: 7s}", "migration: {timeout: 7s}", "migrations: {options: {timeout: 7s}}",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(find(cases[i], KEYS_OF_REPOSITORY, SETTING_TIMEOUT), "7s");
    assert_string_equal(find("database: {name: a}", KEYS_OF_REPOSITORY, SETTING_DATABASE_NAME), "a");
    assert_string_equal(find("database: {database: a}", KEYS_OF_REPOSITORY, SETTING_DATABASE_NAME), "a");
    assert_string_equal(find("migrations: {database: {username: a}}", KEYS_OF_REPOSITORY, SETTING_DATABASE_USER), "a");
    assert_string_equal(find("timeout:", KEYS_OF_REPOSITORY, SETTING_TIMEOUT), "absent");
    assert_string_equal(find("validation: {check_indexes: true}", KEYS_OF_REPOSITORY, SETTING_VALIDATION), "absent");
    assert_string_equal(find("validation: extensive", KEYS_OF_REPOSITORY, SETTING_VALIDATION), "extensive");
}

static void an_application_keeps_its_top_to_itself(void **state)
{
    (void)state;
    assert_string_equal(find("timeout: 7s", KEYS_OF_APPLICATION, SETTING_TIMEOUT), "absent");
    assert_string_equal(find("environment: prod", KEYS_OF_APPLICATION, SETTING_ENVIRONMENT), "absent");
    assert_string_equal(find("options: {timeout: 7s}", KEYS_OF_APPLICATION, SETTING_TIMEOUT), "absent");
    assert_string_equal(find("migration: {timeout: 7s}", KEYS_OF_APPLICATION, SETTING_TIMEOUT), "7s");
    assert_string_equal(find("schema: s", KEYS_OF_APPLICATION, SETTING_SCHEMA), "s");
    assert_string_equal(find("database: {schema: s}", KEYS_OF_APPLICATION, SETTING_SCHEMA), "s");
    assert_string_equal(find("migration: {services_path: s}", KEYS_OF_APPLICATION, SETTING_SERVICES_PATH), "absent");
    assert_string_equal(find("database: postgres", KEYS_OF_APPLICATION, SETTING_DATABASE_NAME), "absent");
}

static void refuses_what_is_no_value_or_two(void **state)
{
    (void)state;
    assert_string_equal(find("timeout: [7s]", KEYS_OF_REPOSITORY, SETTING_TIMEOUT), "wrong");
    assert_string_equal(err.message, "timeout is a list; expected a plain value");
    assert_int_equal(err.place.column, 10);
    assert_string_equal(find("timeout: {a: b}", KEYS_OF_REPOSITORY, SETTING_TIMEOUT), "wrong");
    assert_string_equal(find("database:\n  name: a\n  database: b\n", KEYS_OF_REPOSITORY, SETTING_DATABASE_NAME), "wrong");
    assert_string_equal(err.message, "database.name and database.database mean the same and differ");
    assert_int_equal(err.place.line, 3);
    assert_non_null(strstr(err.hint, "database.name is in line 2"));
    assert_string_equal(find("database: {name: a, database: a}", KEYS_OF_REPOSITORY, SETTING_DATABASE_NAME), "a");
}

static struct findings check(const char *text, enum key_scope scope)
{
    struct findings findings = {0};
    if (keys_check(&arena, document(text), scope, &findings, &err) != 0)
        fail_msg("%s: %s", text, err.message);
    return findings;
}

static void warns_of_unknown_keys(void **state)
{
    (void)state;
    struct findings findings = check("migrations:\n  options:\n    lock_timout: 3s\ncolour: red\n", KEYS_OF_REPOSITORY);
    assert_int_equal(findings.count, 2);
    assert_string_equal(findings.at[0].rule, "unknown-key");
    assert_int_equal(findings.at[0].severity, SEVERITY_WARNING);
    assert_string_equal(findings.at[0].message, "unknown key \"lock_timout\" in migrations.options");
    assert_string_equal(findings.at[0].hint, "did you mean \"lock_timeout\"?");
    assert_int_equal(findings.at[0].place.line, 3);
    assert_int_equal(findings.at[0].place.column, 5);
    assert_string_equal(findings.at[1].message, "unknown key \"colour\"");
    assert_non_null(strstr(findings.at[1].hint, "known here: "));
    assert_int_equal(check("\"database.host\": x\n", KEYS_OF_REPOSITORY).count, 1);
}

static void leaves_an_application_its_own_keys(void **state)
{
    (void)state;
    assert_int_equal(check("server: {port: 80}\ndatabase: {host: h, pool_size: 5}\nlogging: x\n", KEYS_OF_APPLICATION).count, 0);
    assert_int_equal(check("databse: {host: h}\n", KEYS_OF_APPLICATION).count, 1);
    assert_int_equal(check("database: {hots: h}\n", KEYS_OF_APPLICATION).count, 1);
    assert_int_equal(check("migration: {colour: red}\n", KEYS_OF_APPLICATION).count, 1);
    assert_int_equal(check("migrations: true\n", KEYS_OF_APPLICATION).count, 1);
}

static void knows_the_keys_of_common_files(void **state)
{
    (void)state;
    assert_int_equal(check("migrations:\n  database: {driver: postgres, host: h, port: 1, name: n, username: u, password: p,"
                           " sslmode: s}\n  options: {migrations_path: ./m, timeout: 300s, lock_timeout: 30s, max_retries: 3,"
                           " retry_delay: 5s}\n  validation: {check_constraints: true, check_indexes: true,"
                           " check_foreign_keys: true, schema_consistency: true}\n", KEYS_OF_REPOSITORY).count, 0);
    assert_int_equal(check("database: {host: h, port: 1, username: u, password: p, database: d, sslmode: disable}\n"
                           "migration: {table_name: t, checksum_validation: true, rollback_safety: true}\n",
                           KEYS_OF_APPLICATION).count, 0);
}

static void refuses_sections_that_are_no_maps(void **state)
{
    (void)state;
    struct findings findings = {0};
    assert_int_equal(keys_check(&arena, document("database: postgres://h/d\n"), KEYS_OF_REPOSITORY, &findings, &err), -1);
    assert_string_equal(err.message, "database is a text; expected a map");
    assert_int_equal(err.place.column, 11);
    assert_int_equal(keys_check(&arena, document("- a\n"), KEYS_OF_APPLICATION, &findings, &err), -1);
    assert_string_equal(err.message, "the file holds a list; expected a map");
    assert_int_equal(check("database:\n", KEYS_OF_REPOSITORY).count, 0);
}

static int release(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(finds_a_setting_under_each_of_its_keys),
        cmocka_unit_test(an_application_keeps_its_top_to_itself),
        cmocka_unit_test(refuses_what_is_no_value_or_two),
        cmocka_unit_test(warns_of_unknown_keys),
        cmocka_unit_test(leaves_an_application_its_own_keys),
        cmocka_unit_test(knows_the_keys_of_common_files),
        cmocka_unit_test(refuses_sections_that_are_no_maps),
    };
    return cmocka_run_group_tests_name("keys", tests, NULL, release);
}
