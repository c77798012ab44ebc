#include "write/page.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

#define B(name, text) "<!-- skein:begin " name " -->\n" text "\n<!-- skein:end " name " -->\n"

struct row {
    const char *old, *fresh, *kept, *merged;
};

static const struct row rows[] = {
    {NULL, B("a", "1"), NULL, B("a", "1")},
    {B("a", "1"), B("a", "2"), NULL, B("a", "2")},
    {"x\n" B("a", "1") "y\n" B("b", "1") "z", B("a", "2") "\n" B("b", "2"), NULL, "x\n" B("a", "2") "y\n" B("b", "2") "z"},
    {"x\n" B("b", "1") B("a", "1"), B("a", "2") B("b", "2"), NULL, "x\n" B("b", "2") B("a", "2")},
    {B("a", "1") "mine\n", B("a", "2") "\n" B("b", "2"), NULL, B("a", "2") "\n" B("b", "2") "mine\n"},
    {B("b", "1"), B("a", "2") B("b", "2"), NULL, B("a", "2") "\n" B("b", "2")},
    {B("a", "1") "mine\n" B("b", "1"), B("a", "2"), NULL, B("a", "2") "mine\n"},
    {B("a", "1") B("b", "1"), B("a", "2"), "b", B("a", "2") B("b", "1")},
    {B("a", "1") "mine\n" B("a", "1"), B("a", "2"), NULL, B("a", "2") "mine\n"},
    {"x\r\n<!-- skein:begin a -->\r\n1\r\n<!-- skein:end a -->\r\n", B("a", "2\n3"), NULL,
     "x\r\n<!-- skein:begin a -->\r\n2\r\n3\r\n<!-- skein:end a -->\r\n"},
    {"  <!-- skein:begin a -->\n" B("b", "1"), B("b", "2"), NULL, "  <!-- skein:begin a -->\n" B("b", "2")},
};

static void test_merge(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct arena arena = {0};
        struct err err = {.arena = &arena};
        const char *merged;
        assert_int_equal(page_merge(&arena, "p", rows[i].old, rows[i].fresh, rows[i].kept, &merged, &err), 0);
        if (strcmp(merged, rows[i].merged) != 0)
            fail_msg("row %zu:\n%s\ninstead of\n%s", i, merged, rows[i].merged);
        arena_release(&arena);
    }
}

static void test_markers(void **state)
{
    static const struct { const char *text; int line; } pages[] = {
        {"x\n<!-- skein:begin a -->\n1\n", 2}, {"x\n<!-- skein:end a -->\n", 2},
        {B("a", "1") "<!-- skein:begin a -->\n<!-- skein:begin b -->\n<!-- skein:end b -->\n", 4},
        {"<!-- skein:begin a -->\n<!-- skein:end b -->\n", 2}};
    (void)state;
    for (size_t i = 0; i < sizeof(pages) / sizeof(*pages); i++) {
        struct arena arena = {0};
        struct err err = {.arena = &arena};
        const char *merged;
        assert_int_equal(page_merge(&arena, "p", pages[i].text, B("a", "2"), NULL, &merged, &err), -1);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_int_equal(err.place.line, pages[i].line);
        arena_release(&arena);
    }
}

static void test_kinds(void **state)
{
    (void)state;
    assert_true(page_is_generated("x\n" B("a", "1")));
    assert_false(page_is_generated("x <!-- skein:begin a -->"));
    assert_true(page_is_untouched("\n" B("a", "1") "\n\n" B("b", "1")));
    assert_false(page_is_untouched(B("a", "1") "x"));
    assert_false(page_is_untouched("<!-- skein:begin a -->\n"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_merge), cmocka_unit_test(test_markers),
                                       cmocka_unit_test(test_kinds)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
