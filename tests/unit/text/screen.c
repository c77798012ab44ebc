#include "text/screen.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <locale.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static void makes_text_harmless(void **state)
{
    (void)state;
    static const struct { const char *text, *safe; } cases[] = {
        {"", ""}, {"plain", "plain"}, {"Grüße 日本 🦆", "Grüße 日本 🦆"}, {"a\tb\nc", "a\tb\nc"}, {"a\r\nb\r", "a\nb"},
        {"\033[2J", "\\x1b[2J"}, {"a\rb", "a\\x0db"}, {"\a\b\x7f", "\\x07\\x08\\x7f"},
        {"\xc2\x9b" "31m", "\\xc2\\x9b31m"},     /* C1: CSI in one character */
        {"\xe2\x80\xae" "txt.exe", "\\xe2\\x80\\xaetxt.exe"}, /* right-to-left override */
        {"a\xe2\x80\xa8" "b", "a\\xe2\\x80\\xa8b"},      /* a line separator */
        {"\xff\xfe", "\\xff\\xfe"}, {"\xc3", "\\xc3"}, {"\xc0\xaf", "\\xc0\\xaf"},
        {"\xed\xa0\x80", "\\xed\\xa0\\x80"},   /* a surrogate */
        {"\xf4\x90\x80\x80", "\\xf4\\x90\\x80\\x80"}, {"\xe2\x82", "\\xe2\\x82"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(screen_safe(&arena, cases[i].text, false), cases[i].safe);
    assert_string_equal(screen_safe(&arena, "a\tb\nc", true), "a b c");
}

static void measures_and_cuts(void **state)
{
    (void)state;
    assert_int_equal(screen_width(""), 0);
    assert_int_equal(screen_width("Grüße"), 5);
    assert_int_equal(screen_width("日本"), 4);
    assert_string_equal(screen_cut(&arena, "short", 5), "short");
    assert_string_equal(screen_cut(&arena, "longer", 5), "long…");
    assert_string_equal(screen_cut(&arena, "日本語", 4), "日…");
    assert_string_equal(screen_cut(&arena, "日本語", 6), "日本語");
    assert_string_equal(screen_cut(&arena, "ab", 1), "…");
    assert_string_equal(screen_cut(&arena, "ab", 0), "");
}

static void wraps(void **state)
{
    (void)state;
    struct str out = str_new(&arena);
    str_add(&out, "  x ");
    screen_wrap(&out, "one two three four\nnew line\n  kept   as it is, however long", 4, 12);
    assert_string_equal(out.at, "  x one two\n    three\n    four\n    new line\n      kept   as it is, however long");
    struct str word = str_new(&arena);
    screen_wrap(&word, "unbreakablyverylong b", 0, 5);
    assert_string_equal(word.at, "unbreakablyverylong\nb");
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
        cmocka_unit_test(makes_text_harmless),
        cmocka_unit_test(measures_and_cuts),
        cmocka_unit_test(wraps),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests_name("screen", tests, NULL, release);
}
