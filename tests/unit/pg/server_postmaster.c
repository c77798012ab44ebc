#include "pg/server_postmaster.h"

#include "base/file.h"
#include "pg/server_place.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static struct arena arena;
static struct err err = {.arena = &arena};
static char data[64];

static int setup(void **state)
{
    (void)state;
    snprintf(data, sizeof data, "/tmp/skein-postmaster.XXXXXX");
    return mkdtemp(data) != NULL ? 0 : -1;
}

static int teardown(void **state)
{
    (void)state;
    file_remove_tree(data, &err);
    arena_release(&arena);
    err = (struct err){.arena = &arena};
    return 0;
}

static void write_pid_file(const char *content)
{
    const char *path = path_join(&arena, data, "postmaster.pid");
    assert_int_equal(file_write(&arena, path, content, strlen(content), 0600, &err), 0);
}

static char *pid_file(pid_t pid, const char *status)
{
    return arena_printf(&arena, "%d\n%s\n1700000000\n5432\n/run/x\n\n  123  456\n%s\n", (int)pid, data, status);
}

/* Stands for a postmaster: a process whose working directory is the data directory. */
static pid_t start_double(const char *directory)
{
    int ready[2];
    char byte;
    assert_int_equal(pipe(ready), 0);
    pid_t child = fork();
    if (child == 0) {
        int failed = chdir(directory) != 0 || write(ready[1], "r", 1) != 1;
        while (!failed)
            pause();
        _exit(1);
    }
    assert_int_equal(read(ready[0], &byte, 1), 1);
    close(ready[0]);
    close(ready[1]);
    return child;
}

static void end_double(pid_t child)
{
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

static void test_found_by_its_directory(void **state)
{
    (void)state;
    struct postmaster postmaster;
    pid_t child = start_double(data);
    write_pid_file(pid_file(child, "ready   "));
    assert_true(postmaster_find(&arena, data, &postmaster));
    assert_int_equal(postmaster.pid, child);
    assert_true(postmaster.ready);
    assert_string_equal(postmaster.socket_directory, "/run/x");
    write_pid_file(pid_file(child, "starting"));
    assert_true(postmaster_find(&arena, data, &postmaster));
    assert_false(postmaster.ready);
    end_double(child);
    assert_false(postmaster_find(&arena, data, &postmaster));
    assert_int_equal(postmaster.pid, 0);
}

static void test_a_zombie_is_dead(void **state)
{
    (void)state;
    struct postmaster postmaster;
    pid_t child = start_double(data);
    siginfo_t ended;
    write_pid_file(pid_file(child, "ready"));
    kill(child, SIGKILL);
    assert_int_equal(waitid(P_PID, (id_t)child, &ended, WEXITED | WNOWAIT), 0);
    assert_int_equal(kill(child, 0), 0);
    assert_false(postmaster_find(&arena, data, &postmaster));
    waitpid(child, NULL, 0);
}

static void test_another_process_is_left_alone(void **state)
{
    (void)state;
    struct postmaster postmaster;
    pid_t child = start_double("/");
    write_pid_file(pid_file(child, "ready"));
    assert_false(postmaster_find(&arena, data, &postmaster));
    assert_false(postmaster_signal(&arena, data, SIGKILL));
    assert_int_equal(kill(child, 0), 0);
    assert_int_equal(waitpid(child, NULL, WNOHANG), 0);
    /* Its number would keep PostgreSQL from starting. */
    postmaster_forget(&arena, data);
    assert_int_equal(file_kind(path_join(&arena, data, "postmaster.pid")), FILE_NONE);
    end_double(child);
}

static void test_a_living_postmaster_is_not_forgotten(void **state)
{
    (void)state;
    pid_t child = start_double(data);
    write_pid_file(pid_file(child, "ready"));
    postmaster_forget(&arena, data);
    assert_int_equal(file_kind(path_join(&arena, data, "postmaster.pid")), FILE_REGULAR);
    assert_true(postmaster_signal(&arena, data, SIGKILL));
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status));
}

static void test_garbage(void **state)
{
    (void)state;
    const char *const contents[] = {"", "\n", "x\n", "-1\n", "0\n", "99999999999999999999\n", "1", "1\n/\n"};
    struct postmaster postmaster;
    assert_false(postmaster_find(&arena, data, &postmaster));
    assert_false(postmaster_signal(&arena, data, SIGKILL));
    for (size_t i = 0; i < sizeof contents / sizeof *contents; i++) {
        write_pid_file(contents[i]);
        assert_false(postmaster_find(&arena, data, &postmaster));
        assert_false(postmaster_signal(&arena, data, SIGKILL));
        postmaster_free_memory(&arena, data);
    }
}

static void test_only_a_server_holds_a_socket(void **state)
{
    (void)state;
    assert_false(postmaster_holds_socket(&arena, data, data));
    const char *lock = arena_printf(&arena, "%s" SOCKET_NAME ".lock", data);
    char *content = arena_printf(&arena, "%d\n/elsewhere\n", (int)getpid());
    assert_int_equal(file_write(&arena, lock, content, strlen(content), 0600, &err), 0);
    assert_false(postmaster_holds_socket(&arena, data, data));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(test_found_by_its_directory, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_zombie_is_dead, setup, teardown),
        cmocka_unit_test_setup_teardown(test_another_process_is_left_alone, setup, teardown),
        cmocka_unit_test_setup_teardown(test_a_living_postmaster_is_not_forgotten, setup, teardown),
        cmocka_unit_test_setup_teardown(test_garbage, setup, teardown),
        cmocka_unit_test_setup_teardown(test_only_a_server_holds_a_socket, setup, teardown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
