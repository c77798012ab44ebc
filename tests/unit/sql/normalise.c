#include "sql/normalise.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static void what_patterns_see(void **state)
{
    (void)state;
    static const struct { const char *text, *expected; } cases[] = {
        {"  CREATE /* a */ TABLE\n\tt (a text DEFAULT 'x;y') ; -- end", "CREATE TABLE t (a text DEFAULT '')"},
        {"select $$drop table t$$, E'\\'x', \"A b\"", "select '', '', \"A b\""},
        {"a/**/b", "a b"},
        {"DO $x$ begin end $x$", "DO ''"},
        {"", ""},
        {"select 'open", "select"},
    };
    struct arena arena = {0};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_string_equal(normalise(&arena, cases[i].text, strlen(cases[i].text)), cases[i].expected);
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(what_patterns_see)};
    return cmocka_run_group_tests_name("normalise", tests, NULL, NULL);
}
