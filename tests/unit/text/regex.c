#include "text/regex.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void accepts_utf8(void **state)
{
    (void)state;
    size_t bad_at = 99;
    assert_true(regex_is_utf8("", 0, &bad_at));
    assert_true(regex_is_utf8(NULL, 0, &bad_at));
    assert_true(regex_is_utf8("a\0\xc3\xa9\xe2\x82\xac\xf0\x9f\x98\x80", 11, &bad_at));
    assert_int_equal(bad_at, 99);
}

static void finds_the_first_bad_byte(void **state)
{
    (void)state;
    static const struct { const char *text; size_t bad_at; } cases[] = {
        {"\xff", 0}, {"abc\x80", 3}, {"ab\xc3", 2}, {"ab\xe2\x82", 2}, {"\xc0\x80", 0}, {"x\xed\xa0\x80", 1},
        {"\xc3\xa9\xf4\x90\x80\x80", 2}, {"\xf8\x88\x80\x80\x80", 0}, {"a\xffz\xff", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        size_t bad_at = 99;
        assert_false(regex_is_utf8(cases[i].text, strlen(cases[i].text), &bad_at));
        assert_int_equal(bad_at, cases[i].bad_at);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_utf8),
        cmocka_unit_test(finds_the_first_bad_byte),
    };
    return cmocka_run_group_tests_name("regex", tests, NULL, NULL);
}
