#include "text/lines.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static void check(const char *text, size_t offset, int line, int column)
{
    struct lines lines = lines_new(&arena, text, strlen(text));
    int found_line, found_column;
    lines_find(&lines, offset, &found_line, &found_column);
    assert_int_equal(found_line, line);
    assert_int_equal(found_column, column);
}

static void places_are_found(void **state)
{
    (void)state;
    check("", 0, 1, 1);
    check("abc", 2, 1, 3);
    check("abc", 99, 1, 4);
    check("a\nb", 1, 1, 2);
    check("a\nb", 2, 2, 1);
    check("a\n\n\nb", 4, 4, 1);
    check("a\n", 2, 2, 1);
    check("\xc3\xa4\xc3\xb6x", 4, 1, 3);
}

static void lines_come_without_their_end(void **state)
{
    (void)state;
    struct lines lines = lines_new(&arena, "one\ntwo\r\n\nlast", 15);
    assert_string_equal(lines_text(&arena, &lines, 1), "one");
    assert_string_equal(lines_text(&arena, &lines, 2), "two");
    assert_string_equal(lines_text(&arena, &lines, 3), "");
    assert_string_equal(lines_text(&arena, &lines, 4), "last");
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
        cmocka_unit_test(places_are_found),
        cmocka_unit_test(lines_come_without_their_end),
    };
    return cmocka_run_group_tests(tests, NULL, forget);
}
