#include "model/strategy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static void what_is_unknown_is_treated_with_most_care(void **state)
{
    (void)state;
    static const struct { const char *environment, *approach; } cases[] = {
        {"development", "aggressive"}, {"staging", "careful"}, {"production", "conservative"},
        {"prod", "conservative"}, {"Development", "conservative"}, {"dev", "conservative"}, {"", "conservative"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(strategy_of_environment(cases[i].environment)->name, cases[i].approach);
}

static void each_is_found_by_name(void **state)
{
    (void)state;
    for (const struct strategy *row = strategies; row->name != NULL; row++)
        assert_ptr_equal(strategy_get(row->name), row);
    for (const char *const *name = setting_rows[SETTING_APPROACH].choices; *name != NULL; name++)
        assert_string_equal(strategy_get(*name)->name, *name);
    assert_string_equal(strategy_get("conservative")->values[SETTING_TIMEOUT], "900s");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_unknown_is_treated_with_most_care),
        cmocka_unit_test(each_is_found_by_name),
    };
    return cmocka_run_group_tests_name("strategy", tests, NULL, NULL);
}
