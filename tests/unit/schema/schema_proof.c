#include "../model/chain.h"

static enum truth proven(const char *sql, int version, const char *column)
{
    struct chain chain;
    chain_open(&chain, version);
    chain_run(&chain, sql);
    const struct relation *relation = chain_relation(&chain, "t");
    enum truth truth = relation == NULL ? TRUTH_NO : relation_proves_not_null(&chain.schema, relation, column);
    chain_close(&chain);
    return truth;
}

static void not_null_is_proven_by_what_says_so(void **unused)
{
    static const struct {
        const char *sql;
        int version;
        const char *column;
        enum truth proven;
    } rows[] = {
        {"create table t (a int)", 15, "a", TRUTH_NO},
        {"create table t (a int not null)", 15, "a", TRUTH_YES},
        {"create table t (a int primary key)", 15, "a", TRUTH_YES},
        {"create table t (a int check (a is not null))", 15, "a", TRUTH_YES},
        {"create table t (a int check (a is not null))", 11, "a", TRUTH_NO},
        {"create table t (a int check (a > 0))", 15, "a", TRUTH_NO},
        {"create table t (a int, b int, check (a is not null and b > 0))", 15, "a", TRUTH_YES},
        {"create table t (a int, b int, check (a is not null and b > 0))", 15, "b", TRUTH_NO},
        {"create table t (a int, b int, check (a is not null or b > 0))", 15, "a", TRUTH_NO},
        {"create table t (a int); alter table t add constraint c check (a is not null) not valid", 15, "a", TRUTH_NO},
        {"create table t (a int); alter table t add constraint c check (a is not null) not valid; "
         "alter table t validate constraint c", 15, "a", TRUTH_YES},
        {"create table t (a int constraint c check (a is not null)); alter table t drop constraint c", 15, "a", TRUTH_NO},
        {"create table t (a int check (a is not null)); alter table t rename a to b", 15, "b", TRUTH_YES},
        {"create table t (a int check (a is not null)); alter table t rename a to b", 15, "a", TRUTH_NO},
        {"alter table t validate constraint t_a_not_null", 15, "a", TRUTH_UNKNOWN},
        {"alter table t validate constraint table_check", 15, "a", TRUTH_NO},
        {"alter table t validate constraint c", 15, "a", TRUTH_NO},
        {"alter table t alter a set not null", 15, "a", TRUTH_YES},
        {"create table t (a int primary key); alter table t drop constraint t_pkey", 15, "a", TRUTH_YES},
        {"create table t (a int check (a is not null)); begin; alter table t drop constraint t_a_check; rollback", 15,
         "a", TRUTH_YES},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (proven(rows[i].sql, rows[i].version, rows[i].column) != rows[i].proven)
            fail_msg("%s: %s", rows[i].sql, rows[i].column);
}

/* The parser's grammar may be older than ADD NOT NULL … NOT VALID. */
static void a_not_null_constraint_proves_when_it_is_valid(void **unused)
{
    struct chain chain;
    const char *column = "a";
    struct constraint_def def = {.kind = CONSTRAINT_NOT_NULL, .not_valid = true, .columns = {&column, 1, 1}};
    struct action action = {
        .kind = ACTION_ADD_CONSTRAINT, .object = OBJECT_TABLE, .name = {NULL, "t"}, .constraints = {&def, 1, 1}};
    (void)unused;
    chain_open(&chain, 18);
    chain_run(&chain, "create table t (a int)");
    schema_apply(&chain.schema, &action);
    assert_string_equal(describe(&chain.arena, chain_relation(&chain, "t")), "t: a:int4 | t_a_not_null(a)[no]");
    chain_run(&chain, "alter table t validate constraint t_a_not_null");
    assert_string_equal(describe(&chain.arena, chain_relation(&chain, "t")), "t: a:int4! | t_a_not_null(a)");
    chain_run(&chain, "alter table t alter a drop not null");
    assert_string_equal(describe(&chain.arena, chain_relation(&chain, "t")), "t: a:int4");
    chain_run(&chain, "alter table t alter a set not null; alter table t drop constraint t_a_not_null");
    assert_string_equal(describe(&chain.arena, chain_relation(&chain, "t")), "t: a:int4");
    chain_close(&chain);
}

static enum truth volatile_default(const char *before, const char *expression)
{
    struct chain chain;
    struct actions actions = {0};
    struct action_faults faults = {0};
    chain_open(&chain, 15);
    chain_run(&chain, before);
    const char *sql = arena_printf(&chain.arena, "alter table t add a text default %s", expression);
    actions_read(&chain.arena, sql, strlen(sql), &actions, &faults);
    enum truth truth =
        schema_expression_is_volatile(&chain.schema, actions.at[0].columns.at[0].default_value);
    chain_close(&chain);
    return truth;
}

static void a_default_is_volatile_when_a_call_is(void **unused)
{
    static const struct {
        const char *before, *expression;
        enum truth truth;
    } rows[] = {
        {"", "'x'", TRUTH_NO},
        {"", "(-1)", TRUTH_NO},
        {"", "now()", TRUTH_NO},
        {"", "current_date", TRUTH_NO},
        {"", "lower('A')", TRUTH_NO},
        {"", "random()", TRUTH_YES},
        {"", "1 + f()", TRUTH_UNKNOWN},
        {"", "f() + random()", TRUTH_YES},
        {"create function f() returns int language sql as 'select 1'", "f()", TRUTH_YES},
        {"create function f() returns int language sql immutable as 'select 1'", "f()", TRUTH_NO},
        {"create function f() returns int language sql immutable as 'select 1'; "
         "create function f(int) returns int language sql as 'select 1'", "f()", TRUTH_YES},
        {"create function f() returns int language sql as 'select 1'; "
         "create or replace function f() returns int language sql immutable as 'select 1'", "f()", TRUTH_NO},
        {"create function f() returns int language sql immutable as 'select 1'; drop function f", "f()", TRUTH_UNKNOWN},
        {"create function s.f() returns int language sql immutable as 'select 1'", "f()", TRUTH_UNKNOWN},
        {"create function s.f() returns int language sql immutable as 'select 1'", "s.f()", TRUTH_NO},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (volatile_default(rows[i].before, rows[i].expression) != rows[i].truth)
            fail_msg("%s: %s", rows[i].before, rows[i].expression);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(not_null_is_proven_by_what_says_so),
        cmocka_unit_test(a_not_null_constraint_proves_when_it_is_valid),
        cmocka_unit_test(a_default_is_volatile_when_a_call_is),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
