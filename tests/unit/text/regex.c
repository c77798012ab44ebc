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

static void groups_have_names(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *why = NULL;
    size_t at = 0;
    struct regex *regex = regex_open(&arena, "(?i)create (?<what>table|index)(?<rest> concurrently)?", &why, &at);
    assert_non_null(regex);
    assert_int_equal(regex_names(regex)->count, 2);
    assert_int_equal(regex_match(regex, "CREATE Index i", 14), REGEX_MATCHES);
    assert_string_equal(regex_group(&arena, regex, "what"), "Index");
    assert_null(regex_group(&arena, regex, "rest"));
    assert_null(regex_group(&arena, regex, "nothing"));
    assert_int_equal(regex_match(regex, "DROP TABLE t", 12), REGEX_DIFFERS);
    arena_release(&arena);
}

static void a_pattern_that_is_wrong_says_where(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *why = NULL;
    size_t at = 0;
    assert_null(regex_open(&arena, "ab(c", &why, &at));
    assert_string_equal(why, "missing closing parenthesis");
    assert_int_equal(at, 4);
    assert_null(regex_open(&arena, "\\C", &why, &at));
    arena_release(&arena);
}

static void no_pattern_hangs(void **state)
{
    (void)state;
    struct arena arena = {0};
    const char *why = NULL;
    char text[5001];
    size_t at = 0;
    memset(text, 'a', sizeof text - 2);
    memcpy(text + sizeof text - 2, "b", 2);
    static const char *const hostile[] = {"(a+)+$", "(*NO_JIT)(a+)+$", "(a|a?)+$", "^((a)|(aa))*$", "(*NO_JIT)(.*)*\\d"};
    for (size_t i = 0; i < sizeof hostile / sizeof *hostile; i++) {
        struct regex *regex = regex_open(&arena, hostile[i], &why, &at);
        assert_non_null(regex);
        if (regex_match(regex, text, strlen(text)) != REGEX_LIMIT)
            fail_msg("%s is not stopped", hostile[i]);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(accepts_utf8),
        cmocka_unit_test(finds_the_first_bad_byte),
        cmocka_unit_test(groups_have_names),
        cmocka_unit_test(a_pattern_that_is_wrong_says_where),
        cmocka_unit_test(no_pattern_hangs),
    };
    return cmocka_run_group_tests_name("regex", tests, NULL, NULL);
}
