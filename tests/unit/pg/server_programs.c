#include "pg/server_programs.h"

#include "base/file.h"
#include "pg/server.h"

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
static struct server_user self;

static int setup(void **state)
{
    (void)state;
    self = (struct server_user){"me", geteuid(), getegid(), false};
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unsetenv("SKEIN_PG_BIN");
    arena_release(&arena);
    err = (struct err){.arena = &arena};
    return 0;
}

static void test_environment_is_bare(void **state)
{
    (void)state;
    setenv("PGPORT", "1", 1);
    setenv("PGDATA", "/x", 1);
    setenv("LC_ALL", "de_DE.UTF-8", 1);
    char **environment = server_programs_environment(&arena, "NOTIFY_SOCKET=/n");
    bool path = false, notify = false;
    for (char **variable = environment; *variable != NULL; variable++) {
        assert_false(strncmp(*variable, "PG", 2) == 0 || strncmp(*variable, "LC_", 3) == 0);
        path |= strncmp(*variable, "PATH=", 5) == 0;
        notify |= strcmp(*variable, "NOTIFY_SOCKET=/n") == 0;
    }
    assert_true(path && notify);
    unsetenv("PGPORT");
    unsetenv("PGDATA");
    unsetenv("LC_ALL");
}

static void test_given_directory_is_wrong(void **state)
{
    (void)state;
    struct server_programs programs;
    setenv("SKEIN_PG_BIN", "/nowhere/bin", 1);
    assert_int_equal(server_programs_find(&arena, &self, 0, &programs, &err), -1);
    assert_int_equal(err.kind, ERR_CONNECTION);
    assert_non_null(strstr(err.message, "/nowhere/bin"));
    assert_non_null(err.hint);
}

static void put_program(const char *directory, const char *name, const char *text)
{
    const char *path = path_join(&arena, directory, name);
    assert_int_equal(file_create(path, text, strlen(text), 0755, &err), 0);
}

static void test_other_major_is_told(void **state)
{
    (void)state;
    char directory[] = "/tmp/skein-programs.XXXXXX";
    struct server_programs programs = {0};
    assert_non_null(mkdtemp(directory));
    put_program(directory, "initdb", "#!/bin/sh\n");
    put_program(directory, "postgres", "#!/bin/sh\necho 'postgres (PostgreSQL) 99.1 (mine)'\n");
    setenv("SKEIN_PG_BIN", directory, 1);
    assert_int_equal(server_programs_find(&arena, &self, 0, &programs, &err), 0);
    assert_int_equal(programs.major, 99);
    assert_string_equal(programs.version, "postgres (PostgreSQL) 99.1 (mine)");
    assert_string_equal(programs.directory, directory);
    programs = (struct server_programs){0};
    assert_int_equal(server_programs_find(&arena, &self, 15, &programs, &err), -1);
    assert_int_equal(programs.major, 99);
    err_clear(&err);
    assert_int_equal(file_remove_tree(directory, &err), 0);
}

static void test_failure_says_why(void **state)
{
    (void)state;
    const char *const argv[] = {"/bin/sh", "-c", "echo progress; echo 'initdb: error: no room'; echo later; exit 1", NULL};
    assert_int_equal(server_programs_run(&arena, &self, argv, NULL, NULL, &err), -1);
    assert_string_equal(err.message, "/bin/sh failed: no room");
}

static void test_input_and_output(void **state)
{
    (void)state;
    char *output = NULL;
    assert_int_equal(server_programs_run(&arena, &self, (const char *const[]){"/bin/cat", NULL}, "a\nb", &output, &err), 0);
    assert_string_equal(output, "a\nb");
}

static void test_missing_program(void **state)
{
    (void)state;
    assert_int_equal(server_programs_run(&arena, &self, (const char *const[]){"/nowhere/x", NULL}, NULL, NULL, &err), -1);
    assert_non_null(strstr(err.message, "/nowhere/x"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_environment_is_bare, setup, teardown),
        cmocka_unit_test_setup_teardown(test_given_directory_is_wrong, setup, teardown),
        cmocka_unit_test_setup_teardown(test_other_major_is_told, setup, teardown),
        cmocka_unit_test_setup_teardown(test_failure_says_why, setup, teardown),
        cmocka_unit_test_setup_teardown(test_input_and_output, setup, teardown),
        cmocka_unit_test_setup_teardown(test_missing_program, setup, teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
