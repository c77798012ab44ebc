#include "../model/chain.h"

/* A function whose body is this SQL. */
static void make_function(struct chain *chain, const char *name, const char *body)
{
    struct actions actions = {0};
    struct action_faults faults = {0};
    chain_run(chain, arena_printf(&chain->arena, "create or replace function %s() returns void language c as 'x', 'y'", name));
    actions_read(&chain->arena, body, strlen(body), &actions, &faults);
    vec_each(action, &actions) {
        action->place = PLACE_BODY;
        action->body_of = (struct object_name){NULL, name};
        if (action->kind != ACTION_END)
            schema_apply(&chain->schema, action);
    }
}

static void a_body_may_have_happened_when_it_is_called(void **unused)
{
    struct chain chain;
    (void)unused;
    chain_open(&chain, 15);
    chain_run(&chain, "create table t (a int); create table u (a int)");
    make_function(&chain, "f", "alter table t add b int; select g()");
    make_function(&chain, "g", "drop table u; select f()");
    assert_string_equal(describe(&chain.arena, chain_relation(&chain, "t")), "t: a:int4");
    chain_run(&chain, "select f()");
    assert_string_equal(describe(&chain.arena, chain_relation(&chain, "t")), "t?: a:int4 b:int4?");
    assert_string_equal(describe(&chain.arena, chain_relation(&chain, "u")), "u?: a:int4?");
    assert_false(chain.schema.unknown_happened);
    chain_close(&chain);
}

static void bodies_that_multiply_come_to_an_end(void **unused)
{
    struct chain chain;
    (void)unused;
    chain_open(&chain, 15);
    make_function(&chain, "f0", "select 1");
    for (int i = 1; i < 40; i++)
        make_function(&chain, arena_printf(&chain.arena, "f%d", i),
                      arena_printf(&chain.arena, "select f%d(); select f%d()", i - 1, i - 1));
    chain_run(&chain, "select f39()");
    assert_true(chain.schema.unknown_happened);
    chain_close(&chain);
}

/* Are there rows in t, and did the SQL do what nobody knows? */
static void rows_come_from_what_puts_them_there(void **unused)
{
    static const struct {
        const char *sql;
        enum truth rows;
        bool unknown;
    } cases[] = {
        {"create table t (a int)", TRUTH_NO, false},
        {"create table t (a int); insert into t values (1)", TRUTH_YES, false},
        {"create table t (a int); insert into t select 1 from u", TRUTH_UNKNOWN, false},
        {"create table t (a int); update t set a = 1", TRUTH_NO, false},
        {"create table t (a int); select now()", TRUTH_NO, false},
        {"create table t (a int); select fill_it()", TRUTH_UNKNOWN, true},
        {"create table t (a int); select fill_it(a) from t", TRUTH_UNKNOWN, false},
        {"create table t (a int); call fill_it()", TRUTH_UNKNOWN, true},
        {"create table t as select 1", TRUTH_UNKNOWN, false},
        {"create table t as select 1 with no data", TRUTH_NO, false},
        {"create table t (a int); copy t to stdout", TRUTH_NO, false},
        {"create table t (a int); copy t from stdin", TRUTH_UNKNOWN, false},
        {"create table t (a int); insert into t values (1); delete from t", TRUTH_UNKNOWN, false},
        {"create materialized view t as select 1 with no data; refresh materialized view t", TRUTH_UNKNOWN, false},
        {"begin; create table t (a int); insert into t values (1); truncate t", TRUTH_NO, false},
        {"create table t (a int); insert into t values (1); truncate t", TRUTH_UNKNOWN, false},
        {"begin; create table t (a int); savepoint s; insert into t values (1); rollback to s", TRUTH_NO, false},
        {"create table p (a int) partition by list (a); create table t partition of p default; insert into p values (1)",
         TRUTH_UNKNOWN, false},
        {"create table p (a int) partition by list (a); insert into p values (1); create table t partition of p default",
         TRUTH_NO, false},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
        struct chain chain;
        chain_open(&chain, 15);
        chain_run(&chain, cases[i].sql);
        if (chain_relation(&chain, "t")->has_rows != cases[i].rows || chain.schema.unknown_happened != cases[i].unknown)
            fail_msg("%s: %s", cases[i].sql, truth_word(chain_relation(&chain, "t")->has_rows));
        chain_close(&chain);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_body_may_have_happened_when_it_is_called),
        cmocka_unit_test(bodies_that_multiply_come_to_an_end),
        cmocka_unit_test(rows_come_from_what_puts_them_there),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
