#include "model/config.h"

#include "base/file.h"
#include "model/relative.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena arena;
static struct err err = {.arena = &arena};
static char folder[] = "/tmp/skein-config-XXXXXX";

static const char *in(const char *name)
{
    return path_join(&arena, folder, name);
}

/* The same as messages show it: relative where that is shorter, which depends on where the test runs. */
static const char *shown(const char *name)
{
    return relative_path(&arena, in(name));
}

static void write_file(const char *name, const char *content)
{
    const char *path = in(name);
    assert_int_equal(file_make_directory(&arena, path_directory(&arena, path), 0755, &err), 0);
    assert_int_equal(file_write(&arena, path, content, strlen(content), 0644, &err), 0);
}

/* Every test begins in an empty folder that is a root, with no variable that means anything. */
static int begin(void **state)
{
    (void)state;
    static const char *const others[] = {"PGHOST", "PGHOSTADDR", "PGDATABASE", "PGSERVICE", "DB_SSL_MODE"};
    for (size_t i = 0; i < SETTINGS; i++)
        for (const char *const *variable = setting_rows[i].variables; *variable != NULL; variable++)
            unsetenv(*variable);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        unsetenv(others[i]);
    err_clear(&err);
    return file_remove_tree(folder, &err) == 0 && file_make_directory(&arena, in(".git"), 0755, &err) == 0 ? 0 : -1;
}

static struct findings found;

static int read_with(struct config_options options, struct config *config)
{
    if (options.directory == NULL)
        options.directory = folder;
    found = (struct findings){0};
    return config_read(&arena, &options, config, &found, &err);
}

static struct config read_config(void)
{
    struct config config;
    if (read_with((struct config_options){0}, &config) != 0)
        fail_msg("%s:%d:%d %s", err.place.file, err.place.line, err.place.column, err.message);
    return config;
}

static void check_value(const struct config *config, enum setting setting, const char *text, enum origin origin,
                        const char *source)
{
    const struct value *value = &config->values[setting];
    if (text == NULL)
        assert_null(value->text);
    else
        assert_string_equal(value->text, text);
    assert_int_equal(value->origin, origin);
    if (source != NULL)
        assert_string_equal(value->source, source);
}

static void everything_has_a_default_or_is_unset(void **state)
{
    (void)state;
    struct config config = read_config();
    assert_string_equal(config.root, folder);
    assert_null(config.file);
    check_value(&config, SETTING_ENVIRONMENT, "development", ORIGIN_DEFAULT, NULL);
    check_value(&config, SETTING_APPROACH, "aggressive", ORIGIN_DEFAULT, "environment development");
    check_value(&config, SETTING_TIMEOUT, "30s", ORIGIN_STRATEGY, "strategy aggressive");
    assert_int_equal(config_number(&config, SETTING_TIMEOUT), 30000);
    assert_int_equal(config_number(&config, SETTING_OUT_OF_ORDER), 1);
    check_value(&config, SETTING_DATABASE_URL, NULL, ORIGIN_UNSET, NULL);
    check_value(&config, SETTING_SERVICES_PATH, "services", ORIGIN_DEFAULT, NULL);
    assert_false(config.values[SETTING_TIMEOUT].origin >= ORIGIN_REPOSITORY);
    assert_false(config.values[SETTING_ENVIRONMENT].origin >= ORIGIN_REPOSITORY);
    assert_true(config_is_development(&config));
    assert_false(config_has_database(&config));
}

static void the_environment_brings_its_strategy(void **state)
{
    (void)state;
    static const struct { const char *environment, *timeout, *lock, *attempts, *backup, *approval; } cases[] = {
        {"staging", "300s", "5s", "5", "affected", "false"}, {"production", "900s", "3s", "10", "full", "true"},
        {"emea", "900s", "3s", "10", "full", "true"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        setenv("APP_ENV", cases[i].environment, 1);
        struct config config = read_config();
        check_value(&config, SETTING_ENVIRONMENT, cases[i].environment, ORIGIN_VARIABLE, "APP_ENV");
        check_value(&config, SETTING_TIMEOUT, cases[i].timeout, ORIGIN_STRATEGY, NULL);
        check_value(&config, SETTING_LOCK_TIMEOUT, cases[i].lock, ORIGIN_STRATEGY, NULL);
        check_value(&config, SETTING_MAX_RETRIES, cases[i].attempts, ORIGIN_STRATEGY, NULL);
        check_value(&config, SETTING_BACKUP, cases[i].backup, ORIGIN_STRATEGY, NULL);
        check_value(&config, SETTING_MANUAL_APPROVAL, cases[i].approval, ORIGIN_STRATEGY, NULL);
        assert_false(config_is_development(&config));
    }
    setenv("MIGRATION_APPROACH", "careful", 1);
    struct config config = read_config();
    check_value(&config, SETTING_TIMEOUT, "300s", ORIGIN_STRATEGY, "strategy careful");
}

static void the_nearest_wins(void **state)
{
    (void)state;
    write_file("skein.yaml", "environment: staging\ntimeout: 1s\nmigrations:\n  options: {retry_delay: 2s}\n");
    write_file("services/auth/config.yaml", "migration:\n  timeout: 3s\ntimeout: 99s\n");
    struct config repository = read_config(), config;
    assert_int_equal(found.count, 0);
    check_value(&repository, SETTING_TIMEOUT, "1s", ORIGIN_REPOSITORY, arena_printf(&arena, "%s:2:10", shown("skein.yaml")));
    check_value(&repository, SETTING_RETRY_DELAY, "2s", ORIGIN_REPOSITORY, NULL);
    struct config_options options = {.directory = folder};
    assert_int_equal(config_read_service(&arena, &options, &repository, in("services/auth/config.yaml"), &config,
                                         &found, &err), 0);
    assert_int_equal(found.count, 0);
    check_value(&config, SETTING_TIMEOUT, "3s", ORIGIN_SERVICE,
                arena_printf(&arena, "%s:2:12", shown("services/auth/config.yaml")));
    check_value(&config, SETTING_RETRY_DELAY, "2s", ORIGIN_REPOSITORY, NULL);
    setenv("MIGRATION_TIMEOUT", "4s", 1);
    assert_int_equal(config_read_service(&arena, &options, &repository, in("services/auth/config.yaml"), &config,
                                         &found, &err), 0);
    check_value(&config, SETTING_TIMEOUT, "4s", ORIGIN_VARIABLE, "MIGRATION_TIMEOUT");
    setenv("SKEIN_TIMEOUT", "5s", 1);
    options.text[SETTING_TIMEOUT] = "6s";
    assert_int_equal(config_read_service(&arena, &options, &repository, NULL, &config, &found, &err), 0);
    check_value(&config, SETTING_TIMEOUT, "6s", ORIGIN_OPTION, "--timeout");
    options.text[SETTING_TIMEOUT] = NULL;
    assert_int_equal(config_read_service(&arena, &options, &repository, NULL, &config, &found, &err), 0);
    check_value(&config, SETTING_TIMEOUT, "5s", ORIGIN_VARIABLE, "SKEIN_TIMEOUT");
    assert_true(config.values[SETTING_TIMEOUT].origin >= ORIGIN_REPOSITORY);
}

static void empty_texts_count_as_not_given(void **state)
{
    (void)state;
    write_file("skein.yaml", "timeout: \"\"\nwait: ${NOWHERE_SET:-}\n");
    setenv("DATABASE_URL", "", 1);
    setenv("ENV", "/root/.shrc", 1);
    struct config config = read_config();
    check_value(&config, SETTING_TIMEOUT, "30s", ORIGIN_STRATEGY, NULL);
    check_value(&config, SETTING_WAIT, "5m", ORIGIN_DEFAULT, NULL);
    check_value(&config, SETTING_ENVIRONMENT, "development", ORIGIN_DEFAULT, NULL);
    assert_false(config_has_database(&config));
    struct config_options options = {.text = {[SETTING_DATABASE_URL] = ""}};
    assert_int_equal(read_with(options, &config), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_non_null(strstr(err.message, "--database is empty"));
}

static void finds_the_root_upwards(void **state)
{
    (void)state;
    struct config config;
    write_file("repo/services/auth/migrations/x", "");
    const struct config_options deep = {.directory = in("repo/services/auth")};
    assert_int_equal(read_with(deep, &config), 0);
    assert_string_equal(config.root, in("repo"));
    write_file("repo/configs/migrations.yaml", "migrations: {options: {timeout: 8s}}\n");
    assert_int_equal(read_with(deep, &config), 0);
    check_value(&config, SETTING_TIMEOUT, "8s", ORIGIN_REPOSITORY, NULL);
    write_file("repo/skein.yaml", "timeout: 9s\n");
    assert_int_equal(read_with(deep, &config), 0);
    check_value(&config, SETTING_TIMEOUT, "9s", ORIGIN_REPOSITORY, NULL);
    write_file("git/.git", "gitdir: elsewhere\n");
    write_file("git/a/b/c", "");
    assert_int_equal(read_with((struct config_options){.directory = in("git/a/b")}, &config), 0);
    assert_string_equal(config.root, in("git"));
    assert_int_equal(read_with((struct config_options){.directory = in("nowhere")}, &config), -1);
    assert_int_equal(err.kind, ERR_USAGE);
}

static void config_names_a_file_or_a_directory(void **state)
{
    (void)state;
    struct config config;
    write_file("repo/skein.yaml", "timeout: 1s\n");
    write_file("repo/other.yaml", "timeout: 2s\n");
    write_file("repo/auth/config/config.yaml", "timeout: 99s\nmigration: {timeout: 3s}\n");
    write_file("empty/x", "");
    static const struct { const char *path, *timeout; } cases[] = {
        {"repo/other.yaml", "2s"}, {"repo", "1s"}, {"repo/auth/config/config.yaml", "3s"}, {"repo/auth", "3s"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_int_equal(read_with((struct config_options){.config_path = cases[i].path}, &config), 0);
        check_value(&config, SETTING_TIMEOUT, cases[i].timeout, ORIGIN_REPOSITORY, NULL);
        assert_string_equal(config.root, in("repo"));
    }
    assert_int_equal(read_with((struct config_options){.config_path = "empty"}, &config), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_non_null(strstr(err.hint, "skein.yaml"));
    assert_int_equal(read_with((struct config_options){.config_path = "gone.yaml"}, &config), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.message, "gone.yaml"));
}

static void an_invalid_value_names_its_source(void **state)
{
    (void)state;
    struct config config;
    write_file("skein.yaml", "migration:\n  timeout: 30 parsecs\n");
    assert_int_equal(read_with((struct config_options){0}, &config), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_string_equal(err.place.file, shown("skein.yaml"));
    assert_int_equal(err.place.line, 2);
    assert_int_equal(err.place.column, 12);
    assert_non_null(strstr(err.message, "timeout: \"30 parsecs\" is not a duration; expected"));
    setenv("MIGRATION_TIMEOUT", "soon", 1);
    assert_int_equal(read_with((struct config_options){0}, &config), -1);
    assert_non_null(strstr(err.message, "the variable MIGRATION_TIMEOUT: \"soon\" is not a duration"));
    struct config_options options = {.text = {[SETTING_TIMEOUT] = "later"}};
    assert_int_equal(read_with(options, &config), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_non_null(strstr(err.message, "--timeout: \"later\" is not a duration"));
}

static const char connection[] = "migrations:\n"
                                 "  database: {host: \"${DB_HOST}\", port: \"${DB_PORT}\", name: \"${DB_NAME}\",\n"
                                 "    username: \"${DB_USERNAME}\", password: \"${DB_PASSWORD}\", sslmode: \"${DB_SSL_MODE}\"}\n";

static void a_reference_without_a_value_is_an_error(void **state)
{
    (void)state;
    struct config config;
    write_file("skein.yaml", "database:\n  host: ${NOWHERE_SET}\n");
    assert_int_equal(read_with((struct config_options){0}, &config), -1);
    assert_string_equal(err.message, "host: the variable NOWHERE_SET is not set");
    assert_int_equal(err.place.line, 2);
    assert_int_equal(err.place.column, 9);
    assert_non_null(strstr(err.hint, "${NOWHERE_SET:-default}"));
}

static void what_does_not_count_needs_no_value(void **state)
{
    (void)state;
    write_file("configs/migrations.yaml", connection);
    setenv("DATABASE_URL", "postgres://u:secret@h/d", 1);
    struct config config = read_config();
    check_value(&config, SETTING_DATABASE_URL, "postgres://u:secret@h/d", ORIGIN_VARIABLE, "DATABASE_URL");
    check_value(&config, SETTING_DATABASE_HOST, NULL, ORIGIN_UNSET, NULL);
    check_value(&config, SETTING_DATABASE_PASSWORD, NULL, ORIGIN_UNSET, NULL);
    unsetenv("DATABASE_URL");
    setenv("DB_HOST", "dbhost", 1);
    setenv("DB_PORT", "6432", 1);
    setenv("DB_NAME", "app", 1);
    setenv("DB_USERNAME", "u", 1);
    setenv("DB_PASSWORD", "secret", 1);
    setenv("DB_SSL_MODE", "require", 1);
    config = read_config();
    check_value(&config, SETTING_DATABASE_HOST, "dbhost", ORIGIN_VARIABLE, "DB_HOST");
    assert_int_equal(config_number(&config, SETTING_DATABASE_PORT), 6432);
    check_value(&config, SETTING_DATABASE_SSLMODE, "require", ORIGIN_VARIABLE, "DB_SSL_MODE");
    assert_true(config_has_database(&config));
}

static void a_url_and_parts_do_not_mix(void **state)
{
    (void)state;
    write_file("skein.yaml", "database: {url: \"postgres://far/a\", host: same, user: u}\n");
    struct config config = read_config();
    check_value(&config, SETTING_DATABASE_URL, "postgres://far/a", ORIGIN_REPOSITORY, NULL);
    check_value(&config, SETTING_DATABASE_HOST, NULL, ORIGIN_UNSET, NULL);
    check_value(&config, SETTING_DATABASE_USER, "u", ORIGIN_REPOSITORY, NULL);
    setenv("DB_PASSWORD", "p", 1);
    setenv("DB_PORT", "1", 1);
    config = read_config();
    check_value(&config, SETTING_DATABASE_URL, "postgres://far/a", ORIGIN_REPOSITORY, NULL);
    check_value(&config, SETTING_DATABASE_PASSWORD, "p", ORIGIN_VARIABLE, NULL);
    check_value(&config, SETTING_DATABASE_PORT, NULL, ORIGIN_UNSET, NULL);
    setenv("DB_HOST", "near", 1);
    config = read_config();
    check_value(&config, SETTING_DATABASE_URL, NULL, ORIGIN_UNSET, NULL);
    check_value(&config, SETTING_DATABASE_HOST, "near", ORIGIN_VARIABLE, NULL);
    check_value(&config, SETTING_DATABASE_PORT, "1", ORIGIN_VARIABLE, NULL);
    struct config_options options = {.text = {[SETTING_DATABASE_URL] = "postgres://nearest/b"}};
    assert_int_equal(read_with(options, &config), 0);
    check_value(&config, SETTING_DATABASE_URL, "postgres://nearest/b", ORIGIN_OPTION, "--database");
    check_value(&config, SETTING_DATABASE_HOST, NULL, ORIGIN_UNSET, NULL);
    check_value(&config, SETTING_DATABASE_USER, NULL, ORIGIN_UNSET, NULL);
    check_value(&config, SETTING_DATABASE_PASSWORD, NULL, ORIGIN_UNSET, NULL);
}

static void a_direct_url_belongs_to_a_database(void **state)
{
    (void)state;
    write_file("skein.yaml", "database: {url: \"postgres://pooler/a\", direct_url: \"postgres://server/a\"}\n");
    struct config config = read_config();
    check_value(&config, SETTING_DIRECT_URL, "postgres://server/a", ORIGIN_REPOSITORY, NULL);
    setenv("DIRECT_URL", "postgres://near/a", 1);
    config = read_config();
    check_value(&config, SETTING_DIRECT_URL, "postgres://near/a", ORIGIN_VARIABLE, NULL);
    check_value(&config, SETTING_DATABASE_URL, "postgres://pooler/a", ORIGIN_REPOSITORY, NULL);
    struct config_options options = {.text = {[SETTING_DATABASE_URL] = "postgres://other/b"}};
    assert_int_equal(read_with(options, &config), 0);
    check_value(&config, SETTING_DIRECT_URL, NULL, ORIGIN_UNSET, NULL);
    unsetenv("DIRECT_URL");
    setenv("DB_HOST", "another", 1);
    config = read_config();
    check_value(&config, SETTING_DIRECT_URL, NULL, ORIGIN_UNSET, NULL);
}

static void a_direct_url_alone_is_a_database(void **state)
{
    (void)state;
    setenv("DIRECT_URL", "postgres://server/a", 1);
    struct config config = read_config();
    assert_true(config_has_database(&config));
}

static void variables_of_libpq_count_as_a_database(void **state)
{
    (void)state;
    static const char *const variables[] = {"PGHOST", "PGHOSTADDR", "PGDATABASE", "PGSERVICE"};
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        struct config config = read_config();
        assert_false(config_has_database(&config));
        setenv(variables[i], "", 1);
        assert_false(config_has_database(&config));
        setenv(variables[i], "x", 1);
        assert_true(config_has_database(&config));
        check_value(&config, SETTING_DATABASE_HOST, NULL, ORIGIN_UNSET, NULL);
        unsetenv(variables[i]);
    }
    setenv("DB_USER", "x", 1);
    setenv("DB_PASSWORD", "x", 1);
    struct config config = read_config();
    assert_false(config_has_database(&config));
}

static void secrets_are_not_shown(void **state)
{
    (void)state;
    setenv("DATABASE_HOST", "h", 1);
    setenv("DATABASE_PASSWORD", "sec://ret", 1);
    setenv("DIRECT_URL", "host=h password=secret", 1);
    setenv("GRAFANA_ENDPOINT", "https://me:secret@loki/push", 1);
    struct config config = read_config();
    assert_string_equal(config_shown(&arena, &config, SETTING_DATABASE_PASSWORD), "****");
    assert_string_equal(config_shown(&arena, &config, SETTING_DIRECT_URL), "host=h password=****");
    assert_string_equal(config_shown(&arena, &config, SETTING_GRAFANA_ENDPOINT), "https://me:****@loki/push");
    assert_string_equal(config_shown(&arena, &config, SETTING_DATABASE_HOST), "h");
    assert_null(config_shown(&arena, &config, SETTING_DATABASE_URL));
    setenv("DATABASE_CONNECTION_STRING", "postgres://u:secret@h/d", 1);
    config = read_config();
    assert_string_equal(config_shown(&arena, &config, SETTING_DATABASE_URL), "postgres://u:****@h/d");
    assert_string_equal(origin_name(config.values[SETTING_DATABASE_URL].origin), "variable");
}

static void broken_files_are_errors_with_a_place(void **state)
{
    (void)state;
    struct config config;
    write_file("skein.yaml", "timeout: 1s\n\tx: 2\n");
    assert_int_equal(read_with((struct config_options){0}, &config), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_int_equal(err.place.line, 2);
    write_file("skein.yaml", "timout: 1s\n");
    assert_int_equal(read_with((struct config_options){0}, &config), 0);
    assert_int_equal(found.count, 1);
    assert_string_equal(found.at[0].hint, "did you mean \"timeout\"?");
    assert_int_equal(unlink(in("skein.yaml")), 0);
    assert_int_equal(file_make_directory(&arena, in("skein.yaml"), 0755, &err), 0);
    assert_int_equal(read_with((struct config_options){0}, &config), -1);
    assert_non_null(strstr(err.message, "is a directory"));
}

static int make_folder(void **state)
{
    (void)state;
    return mkdtemp(folder) == NULL ? -1 : 0;
}

static int remove_folder(void **state)
{
    (void)state;
    int result = file_remove_tree(folder, &err);
    arena_release(&arena);
    return result;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup(everything_has_a_default_or_is_unset, begin),
        cmocka_unit_test_setup(the_environment_brings_its_strategy, begin),
        cmocka_unit_test_setup(the_nearest_wins, begin),
        cmocka_unit_test_setup(empty_texts_count_as_not_given, begin),
        cmocka_unit_test_setup(finds_the_root_upwards, begin),
        cmocka_unit_test_setup(config_names_a_file_or_a_directory, begin),
        cmocka_unit_test_setup(an_invalid_value_names_its_source, begin),
        cmocka_unit_test_setup(a_reference_without_a_value_is_an_error, begin),
        cmocka_unit_test_setup(what_does_not_count_needs_no_value, begin),
        cmocka_unit_test_setup(a_url_and_parts_do_not_mix, begin),
        cmocka_unit_test_setup(a_direct_url_belongs_to_a_database, begin),
        cmocka_unit_test_setup(a_direct_url_alone_is_a_database, begin),
        cmocka_unit_test_setup(variables_of_libpq_count_as_a_database, begin),
        cmocka_unit_test_setup(secrets_are_not_shown, begin),
        cmocka_unit_test_setup(broken_files_are_errors_with_a_place, begin),
    };
    return cmocka_run_group_tests_name("config", tests, make_folder, remove_folder);
}
