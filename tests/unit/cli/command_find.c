#include "cli/command.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static struct err check(const char *command, enum option option, size_t arguments)
{
    struct err err = {.arena = &arena};
    struct options options = {0};
    if (option != OPTIONS) {
        options.text[option] = "true";
        options.spelled[option] = arena_printf(&arena, "--%s", option_rows[option].name);
    }
    for (size_t i = 0; i < arguments; i++)
        *vec_add(&arena, &options.arguments) = arena_printf(&arena, "a%zu", i);
    if (command_check(&arena, command_find(command), &options, &err) == 0)
        err.message = arena_strdup(&arena, "");
    return err;
}

static void takes_what_its_row_says(void **state)
{
    (void)state;
    assert_string_equal(check("up", OPTION_DRY_RUN, 1).message, "");
    assert_string_equal(check("up", OPTION_JSON, 0).message, "");
    assert_string_equal(check("status", OPTION_PREFETCH, 0).message, "");
    struct err err = check("status", OPTION_CASCADE, 0);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.message, "--cascade means nothing to skein status");
    assert_string_equal(err.hint, "skein help status lists its options");
    assert_string_equal(check("up", OPTIONS, 2).message, "skein up takes one argument, and got 'a1'");
    assert_string_equal(check("status", OPTIONS, 1).message, "skein status takes no argument, and got 'a0'");
}

static void suggests_the_nearest(void **state)
{
    (void)state;
    struct err err = {.arena = &arena};
    assert_null(command_get(&arena, "statsu", &err));
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.message, "unknown command statsu");
    assert_string_equal(err.hint, "did you mean status?");
    assert_null(command_get(&arena, "frobnicate", &err));
    assert_string_equal(err.hint, "skein help lists the commands");
    assert_null(command_get(&arena, NULL, &err));
    assert_string_equal(err.message, "no command is given");
    assert_string_equal(command_get(&arena, "up", &err)->name, "up");
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
        cmocka_unit_test(takes_what_its_row_says),
        cmocka_unit_test(suggests_the_nearest),
    };
    return cmocka_run_group_tests_name("command_find", tests, NULL, release);
}
