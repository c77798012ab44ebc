#include "../model/chain.h"

#include <stdint.h>
#include <stdio.h>

/* Everything that is known, as text: two schemas with one text are one. */
static const char *dump(struct chain *chain)
{
    const struct schema *schema = &chain->schema;
    struct str out = str_new(&chain->arena);
    str_addf(&out, "%d %d %zu %zu %zu %d", schema->in_transaction, schema->begun, schema->transaction,
             schema->statements, schema->foreign_keys_added, schema->unknown_happened);
    add_list(&out, " path(", &schema->search_path);
    vec_each(setting, &schema->settings)
        str_addf(&out, " %s=%s%s", setting->name, setting->value == NULL ? "-" : setting->value,
                 setting->local ? "!" : "");
    vec_each(relation, &schema->all) {
        const struct object_name name = {(*relation)->schema, (*relation)->name};
        str_addf(&out, "\n%p%s%s.%s %s rows %s valid %s tx %zu", (void *)*relation, (*relation)->exists ? " " : " gone ",
                 (*relation)->schema, describe(&chain->arena, *relation),
                 schema_relation(schema, &name) == *relation ? "" : "(not found)", truth_word((*relation)->has_rows),
                 truth_word((*relation)->valid), (*relation)->transaction);
    }
    static const char *const types[] = {"e", "f"};
    for (size_t i = 0; i < 2; i++) {
        const struct object_name name = {"public", types[i]};
        const struct type *type = schema_type(schema, &name);
        if (type != NULL)
            add_list(&out, arena_printf(&chain->arena, "\ntype %s(", type->name), &type->labels);
    }
    return out.at;
}

static const char *const statements[] = {
    "create table t (a int primary key, b text unique, c serial)",
    "create table u (id int primary key, a int references t on delete cascade, check (a > 0))",
    "create table if not exists v (like t including all)",
    "create table p (a int, b int) partition by range (a)",
    "create table q partition of p for values from (1) to (5)",
    "create table w (d int) inherits (t)",
    "create temp table t (x int) on commit drop",
    "create table s.t (a e, b f)",
    "alter table t add column d int default 1 not null, drop column b cascade",
    "alter table t rename column a to z",
    "alter table t rename to x",
    "alter table x rename to t",
    "alter table t alter a set not null, alter a type bigint",
    "alter table t add constraint k check (a is not null) not valid",
    "alter table t validate constraint k",
    "alter table t drop constraint k",
    "alter table t add unique (a, c)",
    "alter table u drop column a",
    "alter table p attach partition u for values from (7) to (9)",
    "alter table p detach partition u",
    "alter table p add column c int, add primary key (a)",
    "alter table t set schema s",
    "alter table s.t set schema public",
    "alter schema s rename to r",
    "create schema s",
    "create index on t (a)",
    "create unique index i on t (c)",
    "alter table t add constraint j unique using index i",
    "drop index i",
    "drop table t cascade",
    "drop table u, p cascade",
    "drop schema s cascade",
    "create view v1 as select * from t",
    "create or replace view v1 as select * from u",
    "create type e as enum ('x', 'y')",
    "alter type e add value 'z'",
    "alter type e rename to f",
    "drop type e cascade",
    "create function g() returns void language sql as 'drop table t'",
    "select g()",
    "select unknown()",
    "insert into t values (1)",
    "truncate t",
    "set search_path = s, public",
    "set local lock_timeout = '1s'",
    "set statement_timeout = 7",
    "reset all",
    "begin",
    "begin",
    "commit",
    "rollback",
    "commit and chain",
    "rollback and chain",
    "savepoint a",
    "savepoint b",
    "rollback to a",
    "rollback to b",
    "release a",
};

static uint64_t next(uint64_t *state)
{
    *state ^= *state << 13;
    *state ^= *state >> 7;
    *state ^= *state << 17;
    return *state;
}

static void run_some(struct chain *chain, uint64_t *random, size_t most)
{
    for (size_t i = next(random) % most; i > 0; i--) {
        const char *sql = statements[next(random) % (sizeof(statements) / sizeof(*statements))];
        if (next(random) % 4 == 0)
            chain_doubt(chain, sql);
        else
            chain_run(chain, sql);
    }
}

static void what_a_mark_saw_comes_back(void **unused)
{
    (void)unused;
    for (uint64_t seed = 1; seed <= 400; seed++) {
        uint64_t random = seed * 0x9E3779B97F4A7C15U;
        struct chain chain;
        chain_open(&chain, 15);
        run_some(&chain, &random, 40);
        const char *before = dump(&chain);
        size_t mark = schema_mark(&chain.schema);
        run_some(&chain, &random, 40);
        const char *between = dump(&chain);
        size_t inner = schema_mark(&chain.schema);
        run_some(&chain, &random, 20);
        schema_undo(&chain.schema, inner);
        assert_string_equal(dump(&chain), between);
        run_some(&chain, &random, 20);
        schema_undo(&chain.schema, mark);
        assert_string_equal(dump(&chain), before);
        chain_close(&chain);
    }
}

/* Numbers of statements and transactions go on: what was run was run. */
static const char *without_numbers(struct chain *chain)
{
    chain->schema.statements = chain->schema.transaction = 0;
    return dump(chain);
}

static void what_a_transaction_did_is_taken_back(void **unused)
{
    (void)unused;
    for (uint64_t seed = 1; seed <= 200; seed++) {
        uint64_t random = seed * 0x9E3779B97F4A7C15U;
        struct chain chain;
        chain_open(&chain, 15);
        for (size_t i = 0; i < 20; i++)
            chain_run(&chain, statements[next(&random) % 47]);
        const char *before = without_numbers(&chain);
        chain_run(&chain, "begin");
        for (size_t i = 0; i < 20; i++)
            chain_run(&chain, statements[next(&random) % 47]);
        chain_run(&chain, "rollback");
        assert_string_equal(without_numbers(&chain), before);
        chain_close(&chain);
    }
}

static void what_is_kept_stays(void **unused)
{
    struct chain chain;
    (void)unused;
    chain_open(&chain, 15);
    size_t outer = schema_mark(&chain.schema), mark = schema_mark(&chain.schema);
    chain_run(&chain, "create table t (a int)");
    schema_keep(&chain.schema, mark);
    assert_non_null(chain_relation(&chain, "t"));
    schema_undo(&chain.schema, outer);
    assert_null(chain_relation(&chain, "t"));
    chain_close(&chain);
}

static void relations_come_in_the_order_of_their_making(void **unused)
{
    struct chain chain;
    static const char *const expected[] = {"b", "a", "b_x_seq", "b_pkey"};
    (void)unused;
    chain_open(&chain, 15);
    chain_run(&chain, "create table b (x serial primary key); create table c (a int); create table a (a int); drop table c");
    size_t found = 0;
    vec_each(relation, &chain.schema.all)
        for (size_t i = 0; (*relation)->exists && i < 4; i++)
            found += strcmp((*relation)->name, expected[i]) == 0;
    assert_int_equal(found, 4);
    assert_string_equal(chain.schema.all.at[0]->name, "b");
    assert_string_equal(chain.schema.all.at[chain.schema.all.count - 1]->name, "a");
    chain_close(&chain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_a_mark_saw_comes_back),
        cmocka_unit_test(what_a_transaction_did_is_taken_back),
        cmocka_unit_test(what_is_kept_stays),
        cmocka_unit_test(relations_come_in_the_order_of_their_making),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
