#include "sql/written.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

struct row {
    enum written_part part;
    const char *text, *wanted;
};

static const struct row rows[] = {
    {WRITTEN_DEFAULT, "DEFAULT now(), b int", "now()"},
    {WRITTEN_DEFAULT, "default  'a, b'  -- why\n NOT NULL", "'a, b'"},
    {WRITTEN_DEFAULT, "a int DEFAULT 1 + (2 * 3) CHECK (a > 0)", "1 + (2 * 3)"},
    {WRITTEN_DEFAULT, "DEFAULT NULL", "NULL"},
    {WRITTEN_DEFAULT, "DEFAULT ARRAY[1, 2]::int[] PRIMARY KEY", "ARRAY[1, 2]::int[]"},
    {WRITTEN_DEFAULT, "ALTER a SET DEFAULT 7, ALTER b DROP DEFAULT", "7"},
    {WRITTEN_DEFAULT, "a int)", NULL},
    {WRITTEN_CHECK, "CONSTRAINT c CHECK ((a > 0) AND\n  b) NOT VALID", "(a > 0) AND b"},
    {WRITTEN_CHECK, "CHECK (a IN ('x)', 'y'))", "a IN ('x)', 'y')"},
    {WRITTEN_AS, "GENERATED ALWAYS AS (lower(a)) STORED", "lower(a)"},
    {WRITTEN_WHERE, "t (a) WHERE deleted IS NULL /* live */ AND b > 0;", "deleted IS NULL AND b > 0"},
    {WRITTEN_WHERE, "t SET a = (SELECT 1 WHERE x) WHERE (a > 0) AND t.returning RETURNING a", "(a > 0) AND t.returning"},
    {WRITTEN_WHERE, "t SELECT a FROM u WHERE b = t.order GROUP BY a", "b = t.order"},
    {WRITTEN_WHERE, "t SELECT a FROM u WHERE b ON CONFLICT DO NOTHING", "b"},
};

static void test_parts(void **state)
{
    struct arena arena = {0};
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        const char *text = written(&arena, rows[i].part, rows[i].text, strlen(rows[i].text));
        if (!str_same(text, rows[i].wanted))
            fail_msg("%s: \"%s\", not \"%s\"", rows[i].text, text == NULL ? "nothing" : text,
                     rows[i].wanted == NULL ? "nothing" : rows[i].wanted);
    }
    arena_release(&arena);
}

/* An expression may be longer than what is looked at first. */
static void test_long(void **state)
{
    struct arena arena = {0};
    struct str text = str_new(&arena);
    (void)state;
    str_add(&text, "CHECK (a = '");
    for (int i = 0; i < 5000; i++)
        str_add(&text, "x");
    str_add(&text, "' OR b) , c int");
    const char *check = written(&arena, WRITTEN_CHECK, text.at, text.length);
    assert_non_null(check);
    assert_int_equal(strlen(check), 5000 + strlen("a = '' OR b"));
    arena_release(&arena);
}

static void test_list(void **state)
{
    static const char sql[] = "CREATE INDEX i ON ONLY s.t USING gin (lower(a, 'b') DESC,  b  COLLATE \"C\", c) INCLUDE (d)";
    struct arena arena = {0};
    struct strings list = {0};
    (void)state;
    written_list(&arena, "ON", sql, strlen(sql), &list);
    assert_int_equal(list.count, 3);
    assert_string_equal(list.at[0], "lower(a, 'b') DESC");
    assert_string_equal(list.at[1], "b COLLATE \"C\"");
    assert_string_equal(list.at[2], "c");
    arena_release(&arena);
}

static void test_rename(void **state)
{
    struct arena arena = {0};
    (void)state;
    assert_string_equal(written_rename(&arena, "Price > 0 AND price(1) <> t.price -- price\n AND 'price' <> x", "price", "a b"),
                        "\"a b\" > 0 AND price(1) <> t.\"a b\" -- price\n AND 'price' <> x");
    assert_string_equal(written_rename(&arena, "\"Price\" > 0", "price", "cost"), "\"Price\" > 0");
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_parts), cmocka_unit_test(test_long),
                                       cmocka_unit_test(test_list), cmocka_unit_test(test_rename)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
