#include "sql/ignore.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

/* "rule,rule/reason@statement; …" */
static const char *read(const char *text)
{
    struct actions actions = {0};
    struct action_faults faults = {0};
    struct ignores ignores = {0};
    struct str shown = str_new(&arena);
    actions_read(&arena, text, strlen(text), &actions, &faults);
    ignores_read(&arena, text, strlen(text), &actions, &ignores);
    vec_each(ignore, &ignores) {
        str_add(&shown, shown.length == 0 ? "" : "; ");
        for (size_t i = 0; i < ignore->rules.count; i++)
            str_addf(&shown, "%s%s", i == 0 ? "" : ",", ignore->rules.at[i]);
        str_addf(&shown, "/%s", ignore->reason == NULL ? "" : ignore->reason);
        if (ignore->whole_file)
            str_add(&shown, "@all");
        else if (ignore->statement == SIZE_MAX)
            str_add(&shown, "@none");
        else
            str_addf(&shown, "@%zu", ignore->statement);
    }
    return shown.at;
}

static void rules_and_reasons(void **state)
{
    (void)state;
    assert_string_equal(read("select 1;"), "");
    assert_string_equal(read("-- skein: ignore drop-table nobody reads it\ndrop table t;"), "drop-table/nobody reads it@0");
    assert_string_equal(read("-- skein:ignore a,b , c why not\ndrop table t;"), "a,b,c/why not@0");
    assert_string_equal(read("-- skein: ignore drop-table\ndrop table t;"), "drop-table/@0");
    assert_string_equal(read("-- skein: ignore\ndrop table t;"), "/@0");
    assert_string_equal(read("-- skein: no-transaction\nselect 1;"), "");
    assert_string_equal(read("select '-- skein: ignore a b';"), "");
    assert_string_equal(read("-- we skein: ignore a b\nselect 1;"), "");
}

static void squawks_words(void **state)
{
    (void)state;
    assert_string_equal(read("-- squawk-ignore ban-drop-table\ndrop table t;"), "ban-drop-table/@0");
    assert_string_equal(read("/* squawk-ignore a, b */ drop table t;"), "a,b/@0");
    assert_string_equal(read("-- squawk-ignore\ndrop table t;"), "/@0");
    assert_string_equal(read("-- squawk-ignore-file a\nselect 1;"), "a/@all");
    assert_string_equal(read("-- squawk-ignored a\nselect 1;"), "");
}

static void the_statement_meant(void **state)
{
    (void)state;
    assert_string_equal(read("select 1;\n-- skein: ignore a b\nselect 2;"), "a/b@1");
    assert_string_equal(read("select 1; -- skein: ignore a b\nselect 2;"), "a/b@0");
    assert_string_equal(read("select 1\n  -- skein: ignore a b\n  + 2; select 2;"), "a/b@0");
    assert_string_equal(read("select 1;\n-- skein: ignore a b"), "a/b@none");
    assert_string_equal(read("-- skein: ignore a b"), "a/b@none");
    assert_string_equal(read("-- skein: ignore a b\n\n-- more\nselect 1; select 2;"), "a/b@0");
}

static void bodies_have_comments(void **state)
{
    (void)state;
    assert_string_equal(read("select 1; do $$ begin\n-- skein: ignore a b\ndrop table t; end $$;"), "a/b@1");
    assert_string_equal(read("do $x$ begin execute $y$ -- skein: ignore a b\n drop table t $y$; end $x$;"), "a/b@0");
    assert_string_equal(read("create function f() returns void language sql as $$ /* skein: ignore a b */ delete from t $$"), "a/b@0");
    assert_string_equal(read("select $$ -- skein: ignore a b\n$$;"), "");
    assert_string_equal(read("do $$ begin raise notice '-- skein: ignore a b'; end $$;"), "");
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
        cmocka_unit_test(rules_and_reasons),
        cmocka_unit_test(squawks_words),
        cmocka_unit_test(the_statement_meant),
        cmocka_unit_test(bodies_have_comments),
    };
    return cmocka_run_group_tests(tests, NULL, forget);
}
