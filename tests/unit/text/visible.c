#include "text/visible.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void what_nobody_sees_is_shown(void **state)
{
    static const struct { const char *text, *shown; } rows[] = {
        {"", ""},
        {"plain\n\tö – ✓ \xe2\x80\x8f\r\n", "plain\n\tö – ✓ \xe2\x80\x8f\r\n"},
        {"a\x1b[31mb\x7f\x01", "a␛[31mb␡␁"},
        {"user\xe2\x80\xaetxt.exe\xe2\x81\xa9\xd8\x9c\xc2\x85", "user\xef\xbf\xbdtxt.exe\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbd"},
    };
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct arena arena = {0};
        struct str text = str_new(&arena);
        str_add(&text, rows[i].text);
        visible_text(&text);
        assert_string_equal(text.at, rows[i].shown);
        assert_int_equal(text.length, strlen(rows[i].shown));
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_nobody_sees_is_shown)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
