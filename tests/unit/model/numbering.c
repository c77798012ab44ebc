#include "model/numbering.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static const struct timespec now = {.tv_sec = 1706745599, .tv_nsec = 5}; /* 2024-01-31 23:59:59 UTC */

static struct numbering note(const char *first, ...)
{
    struct numbering numbering = {0};
    va_list more;
    va_start(more, first);
    for (const char *name = first; name != NULL; name = va_arg(more, const char *))
        numbering_note(&arena, &numbering, name);
    va_end(more);
    return numbering;
}

static void goes_on_as_the_directory_does(void **state)
{
    (void)state;
    struct err err = {.arena = &arena};
    struct numbering none = {0};
    assert_string_equal(numbering_next(&arena, &none, 0, &err), "000001");
    assert_string_equal(numbering_next(&arena, &none, 3, &err), "001");
    struct numbering six = note("000001_a.up.sql", "000003_c.down.sql", "000002_b.up.sql", "README.md", NULL);
    assert_string_equal(numbering_next(&arena, &six, 0, &err), "000004");
    assert_false(six.by_time);
    struct numbering one = note("9_a.up.sql", NULL);
    assert_string_equal(numbering_next(&arena, &one, 0, &err), "10");
    struct numbering time = note("20240131100000_a.up.sql", "000001_old.up.sql", NULL);
    assert_true(time.by_time);
    assert_true(note("1706745599_a.up.sql", NULL).by_time);
    assert_false(note("20241399000000_a.up.sql", NULL).by_time);
    assert_false(note("0000000001_a.up.sql", NULL).by_time);
    assert_true(note("001_a.sql", NULL).any);
}

static void too_many_digits_are_refused(void **state)
{
    (void)state;
    struct err err = {.arena = &arena};
    struct numbering full = note("99_a.up.sql", NULL);
    assert_null(numbering_next(&arena, &full, 2, &err));
    assert_int_equal(err.kind, ERR_USAGE);
    struct numbering last = note("9223372036854775807_a.up.sql", NULL);
    assert_null(numbering_next(&arena, &last, 0, &err));
    assert_int_equal(err.kind, ERR_INPUT);
}

static void times_have_forms(void **state)
{
    (void)state;
    struct err err = {.arena = &arena};
    struct numbering none = {0};
    static const struct { const char *format, *zone, *expected; } cases[] = {
        {NULL, NULL, "20240131235959"}, {"unix", NULL, "1706745599"}, {"unixNano", NULL, "1706745599000000005"},
        {"20060102", NULL, "20240131"}, {"060102150405", NULL, "240131235959"}, {NULL, "UTC", "20240131235959"},
        {"20060102150405", "Asia/Tokyo", "20240201085959"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *text = numbering_by_time(&arena, &none, cases[i].format, cases[i].zone, now, &err);
        if (text == NULL)
            fail_msg("%s: %s", cases[i].format, err.message);
        assert_string_equal(text, cases[i].expected);
    }
}

static void never_below_the_last(void **state)
{
    (void)state;
    struct err err = {.arena = &arena};
    struct numbering ahead = note("20990101000000_a.up.sql", NULL);
    assert_string_equal(numbering_by_time(&arena, &ahead, NULL, NULL, now, &err), "20990101000001");
    struct numbering seconds = note("1706745599_a.up.sql", NULL);
    assert_string_equal(numbering_by_time(&arena, &seconds, NULL, NULL, now, &err), "1706745600");
    assert_null(numbering_by_time(&arena, &seconds, "unix", NULL, now, &err));
    assert_string_equal(err.message, "version 1706745599 is taken");
}

static void bad_forms_are_refused(void **state)
{
    (void)state;
    struct err err = {.arena = &arena};
    struct numbering none = {0};
    static const struct { const char *format, *zone; } cases[] = {
        {"2006-01-02", NULL}, {"Jan", NULL}, {"%s", NULL}, {"200601021504052006010215", NULL},
        {"20060102", "Mars/Olympus"}, {"20060102", "../../etc/passwd"}, {"20060102", "/etc/localtime"},
        {"20060102", ""}, {"20060102", "."},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        if (numbering_by_time(&arena, &none, cases[i].format, cases[i].zone, now, &err) != NULL)
            fail_msg("%s %s was taken", cases[i].format, cases[i].zone);
        assert_int_equal(err.kind, ERR_USAGE);
    }
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
        cmocka_unit_test(goes_on_as_the_directory_does), cmocka_unit_test(too_many_digits_are_refused),
        cmocka_unit_test(times_have_forms),              cmocka_unit_test(never_below_the_last),
        cmocka_unit_test(bad_forms_are_refused),
    };
    return cmocka_run_group_tests_name("numbering", tests, NULL, release);
}
