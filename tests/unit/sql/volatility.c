/* Which functions are VOLATILE, by name, number of arguments and server. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "sql/functions.h"
#include "sql/volatility.h"

#include <string.h>

static void test_functions_of_postgresql(void **state)
{
    (void)state;
    static const struct {
        const char *schema, *name;
        int arguments, server;
        enum truth is_volatile;
    } cases[] = {
        {NULL, "now", 0, 15, TRUTH_NO},
        {"pg_catalog", "now", 0, 18, TRUTH_NO},
        {NULL, "now", 1, 15, TRUTH_UNKNOWN},
        {NULL, "clock_timestamp", 0, 13, TRUTH_YES},
        {NULL, "gen_random_uuid", 0, 15, TRUTH_YES},
        {NULL, "gen_random_uuid", 0, 9, TRUTH_YES},
        {NULL, "random", 0, 13, TRUTH_YES},
        {NULL, "random", 2, 16, TRUTH_UNKNOWN},
        {NULL, "random", 2, 17, TRUTH_YES},
        {NULL, "random", 2, 99, TRUTH_YES},
        {NULL, "uuidv7", 0, 17, TRUTH_UNKNOWN},
        {NULL, "uuidv7", 1, 18, TRUTH_YES},
        {NULL, "nextval", 1, 15, TRUTH_YES},
        {NULL, "lower", 1, 15, TRUTH_NO},
        {NULL, "concat", 12, 15, TRUTH_NO},
        {NULL, "timezone", 2, 14, TRUTH_NO},
        {NULL, "current_date", 0, 15, TRUTH_NO},
        {NULL, "concat", 0, 15, TRUTH_UNKNOWN},
        {NULL, "extract", 2, 13, TRUTH_NO},
        {NULL, "my_function", 0, 15, TRUTH_UNKNOWN},
        {"public", "now", 0, 15, TRUTH_UNKNOWN},
        {"pg_catalog", "my_function", 0, 15, TRUTH_UNKNOWN},
        {NULL, "now", -1, 15, TRUTH_UNKNOWN},
    };
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++)
        if (volatility_of(cases[i].schema, cases[i].name, cases[i].arguments, cases[i].server) != cases[i].is_volatile)
            fail_msg("%s with %d arguments on %d", cases[i].name, cases[i].arguments, cases[i].server);
}

static void test_functions_of_extensions(void **state)
{
    (void)state;
    assert_int_equal(volatility_of(NULL, "uuid_generate_v4", 0, 15), TRUTH_YES);
    assert_int_equal(volatility_of("extensions", "uuid_generate_v4", 0, 15), TRUTH_YES);
    assert_int_equal(volatility_of("public", "gen_random_uuid", 0, 12), TRUTH_YES);
    assert_int_equal(volatility_of(NULL, "uuid_generate_v5", 2, 15), TRUTH_NO);
    assert_int_equal(volatility_of("pg_catalog", "uuid_generate_v4", 0, 15), TRUTH_UNKNOWN);
}

static void test_table_is_sorted(void **state)
{
    (void)state;
    assert_true(functions_count > 2000);
    for (size_t i = 1; i < functions_count; i++)
        assert_true(strcmp(functions[i - 1].name, functions[i].name) <= 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_functions_of_postgresql),
        cmocka_unit_test(test_functions_of_extensions),
        cmocka_unit_test(test_table_is_sorted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
