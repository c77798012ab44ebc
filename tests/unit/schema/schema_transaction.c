#include "../model/chain.h"

#include "schema/effect.h"

/* "name MODE@statement+alterations" of every lock that is held, then what else the open transaction did. */
static const char *state(struct chain *chain)
{
    struct str out = str_new(&chain->arena);
    const struct schema *schema = &chain->schema;
    str_add(&out, schema->in_transaction ? schema->begun ? "begun" : "run" : "none");
    vec_each(held, &schema->locks)
        str_addf(&out, " %s %s@%zu+%zu", held->relation->name, lock_mode_names[held->mode], held->statement,
                 held->alterations);
    return out.at;
}

/* As the reviewer does it, with ACCESS EXCLUSIVE on what ALTER TABLE is about, ACCESS SHARE on what SELECT reads. */
static void review(struct chain *chain, const char *sql)
{
    struct actions actions = {0};
    struct action_faults faults = {0};
    actions_read(&chain->arena, sql, strlen(sql), &actions, &faults);
    vec_each(action, &actions) {
        struct touch touch = {.name = action->name, .lock = LOCK_ACCESS_EXCLUSIVE};
        if (action->kind == ACTION_SELECT && action->uses.count > 0)
            touch = (struct touch){.name = action->uses.at[0].name, .lock = LOCK_ACCESS_SHARE};
        else if (action->kind < ACTION_ADD_COLUMN || action->kind > ACTION_ALTER_TABLE_OTHER)
            touch.lock = LOCK_NONE;
        touch.relation = schema_relation(&chain->schema, &touch.name);
        struct effect effect = {.touches = {&touch, 1, 1}};
        schema_turn(&chain->schema, action);
        schema_hold(&chain->schema, action, &effect);
        schema_apply(&chain->schema, action);
    }
}

static void locks_last_as_long_as_their_transaction(void **unused)
{
    static const struct {
        const char *sql, *state;
    } rows[] = {
        {"begin; alter table t add a int", "begun t ACCESS EXCLUSIVE@2+1"},
        {"begin; alter table t add a int, add b int", "begun t ACCESS EXCLUSIVE@2+1"},
        {"begin; alter table t add a int; alter table t add b int", "begun t ACCESS EXCLUSIVE@2+2"},
        {"begin; select * from t; alter table t add b int", "begun t ACCESS EXCLUSIVE@3+1"},
        {"begin; alter table t add b int; select * from t", "begun t ACCESS EXCLUSIVE@2+1"},
        {"begin; alter table t add a int; commit", "none"},
        {"begin; alter table t add a int; rollback", "none"},
        {"begin; alter table t add a int; commit and chain", "begun"},
        {"begin; alter table t add a int; savepoint s; alter table u add a int; rollback to s",
         "begun t ACCESS EXCLUSIVE@2+1"},
        {"begin; create table n (a int); alter table n add b int", "begun"},
        {"alter table t add a int; select 1", "none"},
        {"begin; alter table t validate constraint c", "begun t ACCESS EXCLUSIVE@2+0"},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct chain chain;
        chain_open(&chain, 15);
        review(&chain, rows[i].sql);
        if (strcmp(state(&chain), rows[i].state) != 0)
            fail_msg("%s: %s, not %s", rows[i].sql, state(&chain), rows[i].state);
        chain_close(&chain);
    }
}

static struct schema *seen;

/* Is `t` new when the last statement's turn comes? */
static bool is_new_at_last(const char *sql, bool run)
{
    struct chain chain;
    struct actions actions = {0};
    struct action_faults faults = {0};
    bool new = false;
    chain_open(&chain, 15);
    seen = &chain.schema;
    if (run)
        schema_begin(seen);
    actions_read(&chain.arena, sql, strlen(sql), &actions, &faults);
    vec_each(action, &actions) {
        schema_turn(seen, action);
        if (action->kind != ACTION_END)
            new = chain_relation(&chain, "t") != NULL && relation_is_new(seen, chain_relation(&chain, "t"));
        schema_apply(seen, action);
    }
    chain_close(&chain);
    return new;
}

static void new_is_what_nobody_else_can_see(void **unused)
{
    static const struct {
        const char *sql;
        bool run, new;
    } rows[] = {
        {"create table t (a int); select 1", true, true},
        {"create table t (a int); select 1", false, false},
        {"begin; create table t (a int); select 1", false, true},
        {"begin; create table t (a int); commit; select 1", false, false},
        {"begin; create table t (a int); commit; select 1", true, false},
        {"begin; create table t (a int); commit and chain; select 1", false, false},
        {"create table t (a int); begin; select 1", true, true},
        {"create table t (a int); begin; select 1", false, false},
        {"create table s.t (a int); select 1", true, false},
        {"alter table t add a int; select 1", true, false},
        {"create table t as select 1; select 1", true, true},
        {"create table u (a int); alter table u rename to t; select 1", true, true},
    };
    (void)unused;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (is_new_at_last(rows[i].sql, rows[i].run) != rows[i].new)
            fail_msg("%s %s", rows[i].run ? "run:" : "", rows[i].sql);
}

static void a_begin_within_the_run_opens_nothing(void **unused)
{
    struct chain chain;
    (void)unused;
    chain_open(&chain, 15);
    schema_begin(&chain.schema);
    size_t transaction = chain.schema.transaction;
    assert_string_equal(state(&chain), "run");
    chain_run(&chain, "begin; create table t (a int)");
    assert_string_equal(state(&chain), "begun");
    assert_int_equal(chain.schema.transaction, transaction);
    schema_commit(&chain.schema);
    assert_string_equal(state(&chain), "none");
    assert_non_null(chain_relation(&chain, "t"));
    schema_commit(&chain.schema);
    assert_int_equal(chain.schema.statements, 2);
    chain_close(&chain);
}

static void foreign_keys_to_different_old_tables_count(void **unused)
{
    struct chain chain;
    (void)unused;
    chain_open(&chain, 15);
    schema_begin(&chain.schema);
    chain_run(&chain, "create table n (id int); create table t (a int references u, b int references u, "
                      "c int references v, d int references n)");
    assert_int_equal(chain.schema.foreign_keys_added, 2);
    schema_commit(&chain.schema);
    assert_int_equal(chain.schema.foreign_keys_added, 0);
    chain_close(&chain);
}

static void enum_values_are_new_until_commit(void **unused)
{
    struct chain chain;
    const struct object_name name = {NULL, "mood"};
    (void)unused;
    chain_open(&chain, 15);
    chain_run(&chain, "create type mood as enum ('sad')");
    chain_run(&chain, "begin; alter type mood add value 'ok'");
    assert_int_equal(schema_type(&chain.schema, &name)->new_labels.count, 1);
    chain_run(&chain, "commit");
    assert_int_equal(schema_type(&chain.schema, &name)->new_labels.count, 0);
    assert_int_equal(schema_type(&chain.schema, &name)->labels.count, 2);
    chain_run(&chain, "begin; alter type mood add value 'glad'; rollback");
    assert_int_equal(schema_type(&chain.schema, &name)->labels.count, 2);
    assert_int_equal(schema_type(&chain.schema, &name)->new_labels.count, 0);
    chain_run(&chain, "begin; drop type mood; create type mood as enum ('x'); alter type mood add value 'y'");
    assert_int_equal(schema_type(&chain.schema, &name)->new_labels.count, 0);
    chain_close(&chain);
}

static void a_fresh_session_has_no_temporary_tables(void **unused)
{
    struct chain chain;
    (void)unused;
    chain_open(&chain, 15);
    chain_run(&chain, "set search_path = s; begin; create temp table t (a int); create table u (a int)");
    schema_reset_session(&chain.schema);
    assert_null(chain_relation(&chain, "pg_temp.t"));
    assert_null(chain_relation(&chain, "u"));
    assert_non_null(chain_relation(&chain, "s.u"));
    assert_false(chain.schema.in_transaction);
    chain_close(&chain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(locks_last_as_long_as_their_transaction),
        cmocka_unit_test(new_is_what_nobody_else_can_see),
        cmocka_unit_test(a_begin_within_the_run_opens_nothing),
        cmocka_unit_test(foreign_keys_to_different_old_tables_count),
        cmocka_unit_test(enum_values_are_new_until_commit),
        cmocka_unit_test(a_fresh_session_has_no_temporary_tables),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
