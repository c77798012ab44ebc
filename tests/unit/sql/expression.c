#include "action_text.h"

/* A CHECK's expression, and what is read of it. */
static const struct {
    const char *sql, *text;
} cases[] = {
    {"1", "constant"},
    {"-1", "constant"},
    {"null::int", "null constant cast to int4"},
    {"'{}'::jsonb", "constant constant cast to jsonb"},
    {"true", "constant"},
    {"date '2020-01-01'", "constant constant cast to date"},
    {"array[1, -2]::int[]", "constant constant cast to int4"},
    {"1 + 1", ""},
    {"a", ""},
    {"a::numeric(10,2)::text", "cast to text"},
    {"a > 0", "only a > 0"},
    {"0 > a", "only a < 0"},
    {"a > 0 and (b is not null and c between 1 and 2)", "only a > 0 and b IS NOT NULL and c >= 1 and c <= 2"},
    {"a in (1, 2)", "only a IN 1 2"},
    {"a = any (array['x', 'y']::text[])", "only a IN x y"},
    {"a > 0 and length(b) < 3", "a > 0 columns a b calls length"},
    {"a > 0 or b > 0", "or a > 0 or b > 0 columns a b"},
    {"a is null or (a < 1 or a >= 2)", "or a IS NULL or a < 1 or a >= 2 columns a"},
    {"a > 0 or length(b) < 3", "columns a b calls length"},
    {"a > 0 or (a < 3 and b > 1)", "columns a b"},
    {"a <> 0", "only a <> 0"},
    {"a not in (1, 2)", "only a NOT IN 1 2"},
    {"a <> all (array['x', 'y'])", "only a NOT IN x y"},
    {"a <> any (array['x', 'y'])", "columns a"},
    {"a = all (array['x', 'y'])", "columns a"},
    {"a = b", "columns a b"},
    {"a is null", "only a IS NULL"},
    {"a = null", "columns a"},
    {"current_timestamp > current_user", "calls now current_user"},
    {"exists (select 1 from t where x = y)", "opaque"},
    {"a in (select b from t)", "opaque columns a"},
    {"coalesce(a, f(b.c, a))", "columns a c calls f"},
};

static void each_expression_says_what_it_is(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct actions actions = {0};
        struct action_faults faults = {0};
        struct str out = str_new(&arena);
        const char *text = arena_printf(&arena, "alter table t add check (%s)", cases[i].sql);
        actions_read(&arena, text, strlen(text), &actions, &faults);
        assert_int_equal(faults.count, 0);
        const struct expression *check = actions.at[0].constraints.at[0].check;
        add_expression(&out, check);
        assert_string_equal(out.length == 0 ? "" : out.at + 1, cases[i].text);
        assert_int_equal(check->at, strstr(text, "(") + 1 + strspn(strstr(text, "(") + 1, "(") - text);
    }
}

static void calls_tell_of_their_arguments(void **state)
{
    (void)state;
    struct actions actions = {0};
    struct action_faults faults = {0};
    const char *text = "select pg_catalog.nextval('s'::regclass), f(a, 1), now()";
    actions_read(&arena, text, strlen(text), &actions, &faults);
    const struct calls *calls = &actions.at[0].calls;
    assert_int_equal(calls->count, 3);
    assert_string_equal(calls->at[0].schema, "pg_catalog");
    assert_string_equal(calls->at[0].first, "s");
    assert_true(calls->at[0].constant_arguments);
    assert_int_equal(calls->at[1].arguments, 2);
    assert_false(calls->at[1].constant_arguments);
    assert_null(calls->at[1].first);
    assert_int_equal(calls->at[2].at, strstr(text, "now") - text);
}

/* What lies deeper than anybody writes is not known, rather than wrong. */
static void depth_is_opaque(void **state)
{
    (void)state;
    struct actions actions = {0};
    struct action_faults faults = {0};
    struct str text = str_new(&arena);
    str_add(&text, "alter table t alter a set default ");
    for (int i = 0; i < 5000; i++)
        str_add(&text, "1 + ");
    str_add(&text, "1");
    actions_read(&arena, text.at, text.length, &actions, &faults);
    assert_int_equal(actions.at[0].kind, ACTION_SET_DEFAULT);
    assert_true(actions.at[0].expression->opaque);
    assert_int_equal(actions.at[0].expression->at, strstr(text.at, "1 +") - text.at);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_expression_says_what_it_is),
        cmocka_unit_test(calls_tell_of_their_arguments),
        cmocka_unit_test(depth_is_opaque),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(&arena);
    return failed;
}
