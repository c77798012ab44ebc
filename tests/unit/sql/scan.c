#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "sql/scan.h"

#include <string.h>

/* A letter for each kind, in the order of enum token_kind. */
static const char letters[] = ".!wnsb0y+c";

static void kinds_of(const char *text, size_t window, char *kinds)
{
    struct arena arena = {0};
    struct scan scan;
    struct token token;
    scan_open(&scan, &arena, text, strlen(text));
    if (window > 0)
        scan.size = window;
    do {
        token = scan_next(&scan);
        *kinds++ = letters[token.kind];
    } while (token.kind != TOKEN_END && token.kind != TOKEN_FAULT);
    *kinds = '\0';
    scan_close(&scan);
    arena_release(&arena);
}

static void test_kinds(void **state)
{
    (void)state;
    static const struct {
        const char *text, *kinds;
    } rows[] = {
        {"", "."},
        {" \t\r\n", "."},
        {"select a, \"b\", U&\"c\"", "wwynyn."},
        {"'a' E'b' U&'c' $$d$$ $t$e$t$ B'0' X'f'", "sssssbb."},
        {"1 1.5 1e3 $1 0xFF 1_000", "000000."},
        {"-- a\n/* b /* c */ */ d", "ccw."},
        {"a::b <= c + d", "w+w+wyw."},
        {"'a'\n'b' c", "sw."},
        {"'a", "!"},
        {"a 'b", "w!"},
        {"a \"\" b", "w!"},
        {"a E'\\u00zz' b", "w!"},
        {"E'a' -- b\n'\\'", "sc!"},
        {"E'a' -- b\n'c'", "scs."},
        {"\\d a", "yww."},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        for (size_t window = 0; window < 8; window++) {
            char kinds[64];
            kinds_of(rows[i].text, window, kinds);
            assert_string_equal(kinds, rows[i].kinds);
        }
}

static void test_places(void **state)
{
    (void)state;
    static const char text[] = "\xC3\xA4 U&'b''c' U&\"d\"\"e\";U&'f'\n'g' 0x1F 'h'\n'i' n'j'/*k/**/*/$$l$$--m\nB'0'$1<=.5";
    static const char *const tokens[] = {"\xC3\xA4", "U&'b''c'", "U&\"d\"\"e\"", ";", "U&'f'\n'g'", "0x1F", "'h'\n'i'",
                                         "n", "'j'", "/*k/**/*/", "$$l$$", "--m", "B'0'", "$1", "<=", ".5"};
    struct arena arena = {0};
    struct scan scan;
    scan_open(&scan, &arena, text, strlen(text));
    for (size_t i = 0; i < sizeof(tokens) / sizeof(*tokens); i++) {
        struct token token = scan_next(&scan);
        assert_int_equal(token.length, strlen(tokens[i]));
        assert_memory_equal(text + token.start, tokens[i], token.length);
    }
    assert_int_equal(scan_next(&scan).kind, TOKEN_END);
    assert_int_equal(scan_next(&scan).kind, TOKEN_END);
    scan_close(&scan);
    arena_release(&arena);
}

static void test_faults(void **state)
{
    (void)state;
    static const struct {
        const char *text, *fault;
        size_t offset;
        bool certain;
    } rows[] = {
        {"\xC3\xA4 'x", "unterminated quoted string", 3, true},
        {"a /* x", "unterminated /* comment", 2, true},
        {"\xC3\xA4, \"\"", "zero-length delimited identifier", 4, false},
        {"E'a' -- \xC3\xA4\n '\\'", "a string with backslashes goes on behind a comment", 12, true},
        {"a, b, E'\\0', c", "invalid byte sequence", 6, false},
        {"a=======================E'\\000 b'; c", "invalid byte sequence", 0, false},
    };
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct arena arena = {0};
        struct scan scan;
        struct token token;
        scan_open(&scan, &arena, rows[i].text, strlen(rows[i].text));
        do
            token = scan_next(&scan);
        while (token.kind != TOKEN_FAULT && token.kind != TOKEN_END);
        assert_int_equal(token.kind, TOKEN_FAULT);
        assert_int_equal(scan.fault_offset, rows[i].offset);
        assert_memory_equal(scan.fault, rows[i].fault, strlen(rows[i].fault));
        assert_int_equal(scan.hint != NULL, rows[i].certain);
        scan_close(&scan);
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_kinds),
        cmocka_unit_test(test_places),
        cmocka_unit_test(test_faults),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
