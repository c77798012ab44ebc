#include "base/proc.h"

#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct err err = {.arena = &arena};

static char *shell(const char *script, int *status)
{
    const char *const argv[] = {"sh", "-c", script, NULL};
    char *output = NULL;
    assert_int_equal(proc_run(&arena, argv, &output, status, &err), 0);
    return output;
}

static void gives_output_and_exit_code(void **state)
{
    (void)state;
    int status = -1;
    assert_string_equal(shell("printf 'a  b\n'; exit 7", &status), "a  b\n");
    assert_int_equal(status, 7);
    assert_string_equal(shell("printf a; sleep 0.05; printf b", &status), "ab");
    assert_string_equal(shell("true", &status), "");
    assert_int_equal(status, 0);
    shell("kill -TERM $$", &status);
    assert_int_equal(status, 128 + SIGTERM);
}

static void captures_much_output(void **state)
{
    (void)state;
    int status = -1;
    assert_int_equal(strlen(shell("head -c 300000 /dev/zero | tr '\\0' x", &status)), 300000);
}

static void passes_arguments_without_a_shell(void **state)
{
    (void)state;
    const char *const argv[] = {"printf", "%s|", "'; rm -rf", "$(shell x)", "", NULL};
    char *output = NULL;
    int status = -1;
    assert_int_equal(proc_run(&arena, argv, &output, &status, &err), 0);
    assert_string_equal(output, "'; rm -rf|$(shell x)||");
}

static void exchanges_bytes_of_any_value(void **state)
{
    (void)state;
    const char *const echo[] = {"sh", "-c", "cat; printf complaint >&2; exit 3", NULL};
    static char input[300000];
    for (size_t i = 0; i < sizeof input; i++)
        input[i] = (char)(i % 251);
    struct proc_streams streams = {.input = input, .input_length = sizeof input};
    int status = -1;
    assert_int_equal(proc_exchange(&arena, echo, &streams, &status, &err), 0);
    assert_int_equal(status, 3);
    assert_int_equal(streams.output.length, sizeof input);
    assert_memory_equal(streams.output.at, input, sizeof input);
    assert_string_equal(streams.complaint.at, "complaint");
}

static void a_program_need_not_read_its_input(void **state)
{
    (void)state;
    static char input[300000];
    const char *const deaf[] = {"sh", "-c", "exec <&-; echo done", NULL};
    struct proc_streams streams = {.input = input, .input_length = sizeof input};
    int status = -1;
    assert_int_equal(proc_exchange(&arena, deaf, &streams, &status, &err), 0);
    assert_string_equal(streams.output.at, "done\n");
    streams = (struct proc_streams){0};
    const char *const count[] = {"wc", "-c", NULL};
    assert_int_equal(proc_exchange(&arena, count, &streams, &status, &err), 0);
    assert_int_equal(streams.output.at[0], '0');
}

static void says_when_there_is_no_such_program(void **state)
{
    (void)state;
    const char *const missing[] = {"no-such-program-here", NULL};
    int status = -1;
    assert_int_equal(proc_run(&arena, missing, NULL, &status, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_non_null(strstr(err.message, "no-such-program-here"));
    assert_non_null(err.hint);
    const char *const directory[] = {"/tmp", NULL};
    assert_int_equal(proc_run(&arena, directory, NULL, &status, &err), -1);
    assert_int_equal(err.kind, ERR_PERMISSION);
}

static void counts_signals(void **state)
{
    (void)state;
    proc_catch_signals();
    assert_int_equal(proc_interrupted(), 0);
    assert_int_equal(proc_last_signal(), 0);
    raise(SIGINT);
    raise(SIGPIPE);
    assert_int_equal(proc_interrupted(), 1);
    assert_int_equal(proc_last_signal(), SIGINT);
    raise(SIGTERM);
    assert_int_equal(proc_interrupted(), 2);
    assert_int_equal(proc_last_signal(), SIGTERM);
}

static void children_get_default_signals(void **state)
{
    (void)state;
    int status = -1;
    shell("kill -PIPE $$; exit 3", &status);
    assert_int_equal(status, 128 + SIGPIPE);
    shell("kill -INT $$; exit 3", &status);
    assert_int_equal(status, 128 + SIGINT);
}

static void passes_a_signal_on_to_the_child(void **state)
{
    (void)state;
    int status = -1;
    shell("kill -TERM $PPID; exec sleep 20", &status);
    assert_int_equal(status, 128 + SIGTERM);
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
        cmocka_unit_test(gives_output_and_exit_code),
        cmocka_unit_test(captures_much_output),
        cmocka_unit_test(passes_arguments_without_a_shell),
        cmocka_unit_test(exchanges_bytes_of_any_value),
        cmocka_unit_test(a_program_need_not_read_its_input),
        cmocka_unit_test(says_when_there_is_no_such_program),
        cmocka_unit_test(counts_signals),
        cmocka_unit_test(children_get_default_signals),
        cmocka_unit_test(passes_a_signal_on_to_the_child),
    };
    return cmocka_run_group_tests_name("proc", tests, NULL, release);
}
