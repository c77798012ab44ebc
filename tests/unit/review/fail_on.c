#include "review/fail_on.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

/* The severity for an environment, or -1 for what is refused. */
static int least_of(const char *setting, const char *environment)
{
    struct err err = {.arena = &arena};
    struct config config = {0};
    int least;
    config.values[SETTING_FAIL_ON].text = setting;
    config.values[SETTING_ENVIRONMENT].text = environment;
    return fail_on_read(&config, &least, &err) == 0 ? least : -1;
}

static void one_word_is_for_all(void **state)
{
    (void)state;
    assert_int_equal(least_of(NULL, "production"), SEVERITY_ERROR);
    assert_int_equal(least_of("error", "production"), SEVERITY_ERROR);
    assert_int_equal(least_of("warning", "production"), SEVERITY_WARNING);
    assert_int_equal(least_of("note", "production"), SEVERITY_NOTE);
    assert_int_equal(least_of("never", "production"), FAIL_NEVER);
}

static void an_environment_wins(void **state)
{
    (void)state;
    assert_int_equal(least_of("error, production=warning", "production"), SEVERITY_WARNING);
    assert_int_equal(least_of("production = warning , error", "production"), SEVERITY_WARNING);
    assert_int_equal(least_of("production=warning,error", "staging"), SEVERITY_ERROR);
    assert_int_equal(least_of("production=warning", "staging"), SEVERITY_ERROR);
}

static void other_words_are_refused(void **state)
{
    (void)state;
    assert_int_equal(least_of("errors", "production"), -1);
    assert_int_equal(least_of("error,production=", "production"), -1);
    assert_int_equal(least_of("error,,", "production"), -1);
}

static int forget(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(one_word_is_for_all),
        cmocka_unit_test(an_environment_wins),
        cmocka_unit_test(other_words_are_refused),
    };
    return cmocka_run_group_tests(tests, NULL, forget);
}
