#include "base/clock.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct err err = {.arena = &arena};

static void reads_durations(void **state)
{
    (void)state;
    static const struct { const char *text; int64_t milliseconds; } cases[] = {
        {"0", 0}, {"30", 30000}, {"7.5", 7500}, {"250ms", 250}, {"30s", 30000}, {"300s", 300000}, {"5m", 300000},
        {"1h", 3600000}, {"1m30s", 90000}, {"7.5s", 7500}, {".5s", 500}, {"1.s", 1000}, {"1h30m2.25s", 5402250},
        {"0s", 0}, {"1ns", 1}, {"1us", 1}, {"1500µs", 2}, {"1.0000000001s", 1000}, {"2562047h", 9223369200000},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t got = -1;
        if (duration_read(cases[i].text, &got, &err) != 0 || got != cases[i].milliseconds)
            fail_msg("%s gave %lld", cases[i].text, (long long)got);
    }
}

static void refuses_what_is_no_duration(void **state)
{
    (void)state;
    static const char *const cases[] = {
        "", " ", "s", ".", ".s", "-1s", "-1", "+1s", "30 s", " 30s", "30s ", "30 parsecs", "30parsecs", "1h30", "1,5s",
        "1d", "1S", "0x10", "1e3", "١s", "1..5s", "1s-1s", "99999999999999999999s", "2562048h", "2562047h2562047h",
        "9223372036854775808ns",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        int64_t got = 42;
        err_clear(&err);
        if (duration_read(cases[i], &got, &err) != -1)
            fail_msg("\"%s\" was read as %lld", cases[i], (long long)got);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_int_equal(got, 42);
    }
}

static void says_what_it_expected(void **state)
{
    (void)state;
    int64_t got = 0;
    duration_read("30 parsecs", &got, &err);
    assert_non_null(strstr(err.message, "\"30 parsecs\" is not a duration; expected"));
    duration_read("-5s", &got, &err);
    assert_non_null(strstr(err.message, "negative"));
    duration_read("99999999999h", &got, &err);
    assert_non_null(strstr(err.message, "too long"));
}

static void writes_durations(void **state)
{
    (void)state;
    static const struct { int64_t microseconds; const char *text; } cases[] = {
        {-5, "0.0 ms"}, {0, "0.0 ms"}, {7300, "7.3 ms"}, {999949, "999.9 ms"}, {999950, "1.00 s"}, {1250000, "1.25 s"},
        {59994999, "59.99 s"}, {59995000, "1 m 00 s"}, {125000000, "2 m 05 s"}, {3599600000, "1 h 00 m"},
        {7500000000, "2 h 05 m"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(duration_text(&arena, cases[i].microseconds), cases[i].text);
}

static void pauses_about_as_long_as_asked(void **state)
{
    (void)state;
    int64_t before = clock_now();
    clock_pause(20);
    int64_t took = clock_now() - before;
    assert_true(took >= 14000);
    clock_pause(0);
    clock_pause(-1);
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
        cmocka_unit_test(reads_durations),
        cmocka_unit_test(refuses_what_is_no_duration),
        cmocka_unit_test(says_what_it_expected),
        cmocka_unit_test(writes_durations),
        cmocka_unit_test(pauses_about_as_long_as_asked),
    };
    return cmocka_run_group_tests_name("clock", tests, NULL, release);
}
