#include "pg/server_lock.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena arena;
static struct err err = {.arena = &arena};
static char directory[64], path[96];

static int setup(void **state)
{
    (void)state;
    snprintf(directory, sizeof directory, "/tmp/skein-lock.XXXXXX");
    if (mkdtemp(directory) == NULL)
        return -1;
    snprintf(path, sizeof path, "%s/lock", directory);
    return 0;
}

static int teardown(void **state)
{
    (void)state;
    unlink(path);
    rmdir(directory);
    arena_release(&arena);
    err = (struct err){.arena = &arena};
    return 0;
}

static void test_second_is_refused(void **state)
{
    (void)state;
    int first = server_lock_open(path, &err), second = server_lock_open(path, &err);
    assert_true(server_lock_try(first));
    assert_false(server_lock_try(second));
    assert_true(server_lock_is_held(second));
    assert_false(server_lock_is_held(first));
    close(first);
    assert_false(server_lock_is_held(second));
    assert_true(server_lock_try(second));
    close(second);
}

static void test_asking_takes_nothing(void **state)
{
    (void)state;
    assert_false(server_lock_path_is_held(path));
    int file = server_lock_open(path, &err);
    assert_false(server_lock_path_is_held(path));
    assert_true(server_lock_try(file));
    assert_true(server_lock_path_is_held(path));
    close(file);
    assert_false(server_lock_path_is_held(path));
}

static void test_child_keeps_it(void **state)
{
    (void)state;
    int file = server_lock_open(path, &err);
    assert_true(server_lock_try(file));
    pid_t child = fork();
    if (child == 0) {
        pause();
        _exit(0);
    }
    close(file);
    assert_true(server_lock_path_is_held(path));
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
    assert_false(server_lock_path_is_held(path));
}

static void test_shared_together(void **state)
{
    (void)state;
    int one = server_lock_take(path, true, &err), two = server_lock_take(path, true, &err);
    assert_true(one >= 0 && two >= 0);
    int three = server_lock_open(path, &err);
    assert_false(server_lock_try(three));
    close(one);
    assert_false(server_lock_try(three));
    close(two);
    assert_true(server_lock_try(three));
    close(three);
}

static void test_symbolic_link_is_refused(void **state)
{
    (void)state;
    assert_int_equal(symlink("/etc/passwd", path), 0);
    assert_int_equal(server_lock_open(path, &err), -1);
    assert_int_equal(err.kind, ERR_PERMISSION);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_second_is_refused, setup, teardown),
        cmocka_unit_test_setup_teardown(test_asking_takes_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(test_child_keeps_it, setup, teardown),
        cmocka_unit_test_setup_teardown(test_shared_together, setup, teardown),
        cmocka_unit_test_setup_teardown(test_symbolic_link_is_refused, setup, teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
