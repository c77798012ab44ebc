#include "text/quote.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;

static void names_are_quoted(void **state)
{
    (void)state;
    assert_string_equal(quote_identifier(&arena, "a\"b"), "\"a\"\"b\"");
    assert_string_equal(quote_literal(&arena, "a'b"), "'a''b'");
    assert_string_equal(quote_literal(&arena, "a\\'b"), " E'a\\\\''b'");
    assert_string_equal(quote_qualified(&arena, "s", "t"), "\"s\".\"t\"");
}

static void only_plain_names_need_no_quotes(void **state)
{
    (void)state;
    static const char *const bare[] = {"a", "_", "user_profiles", "x1", "name", "type", "value", "select_"};
    static const char *const quoted[] = {"", "1x", "A", "a b", "a$", "\xc3\xa4", "all", "user", "xmltable", "json",
                                         "like", "order", "char", "a-b", "a\"", "a."};
    for (size_t i = 0; i < sizeof bare / sizeof *bare; i++)
        if (!quote_is_needless(bare[i]))
            fail_msg("%s needs no quotes", bare[i]);
    for (size_t i = 0; i < sizeof quoted / sizeof *quoted; i++)
        if (quote_is_needless(quoted[i]))
            fail_msg("\"%s\" needs quotes", quoted[i]);
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
        cmocka_unit_test(names_are_quoted),
        cmocka_unit_test(only_plain_names_need_no_quotes),
    };
    return cmocka_run_group_tests_name("quote", tests, NULL, release);
}
