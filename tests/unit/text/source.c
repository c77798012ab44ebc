#include "text/source.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct err err = {.arena = &arena};

static void accepts_text(void **state)
{
    (void)state;
    const struct source source = {"a", "gr\xc3\xbc\xc3\x9f" "e\r\n", 9}, empty = {"a", NULL, 0};
    assert_int_equal(source_check(&source, &err), 0);
    assert_int_equal(source_check(&empty, &err), 0);
}

static void refuses_what_is_no_text(void **state)
{
    (void)state;
    static const struct { const char *content; size_t length; int line, column; const char *says; } cases[] = {
        {"\xEF\xBB\xBF" "a", 4, 1, 1, "byte order mark"}, {"a\n\xc3\xa9\0b", 6, 2, 2, "NUL byte"},
        {"a\n\xc3\xa9\xff", 5, 2, 2, "0xFF is not UTF-8"}, {"\xff\xfe" "a\0", 4, 1, 4, "NUL byte"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const struct source source = {"a", cases[i].content, cases[i].length};
        assert_int_equal(source_check(&source, &err), -1);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_int_equal(err.place.line, cases[i].line);
        assert_int_equal(err.place.column, cases[i].column);
        assert_non_null(strstr(err.message, cases[i].says));
        assert_non_null(err.hint);
    }
}

static void shows_the_line_of_the_fault(void **state)
{
    (void)state;
    const struct source source = {"a.yaml", "one\ntwo x\n", 10};
    assert_int_equal(source_fail(&source, 8, &err, "100%% of %s", "it"), -1);
    assert_string_equal(err.message, "100% of it");
    assert_string_equal(err.place.file, "a.yaml");
    assert_int_equal(err.place.line, 2);
    assert_int_equal(err.place.column, 5);
    assert_string_equal(err.source_line, "two x");
    assert_int_equal(source_fail_at(&source, (struct place){"a.yaml", 1, 2}, &err, "b"), -1);
    assert_string_equal(err.source_line, "one");
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
        cmocka_unit_test(accepts_text),
        cmocka_unit_test(refuses_what_is_no_text),
        cmocka_unit_test(shows_the_line_of_the_fault),
    };
    return cmocka_run_group_tests_name("source", tests, NULL, release);
}
