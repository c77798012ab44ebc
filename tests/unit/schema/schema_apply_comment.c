/* What a simulated schema keeps for its readers alone: comments, and expressions as they are written. */
#include "../model/chain.h"

static const char *text_or(const char *text)
{
    return text == NULL ? "nothing" : text;
}

static const char *about(struct chain *chain, const char *table)
{
    const struct relation *relation = chain_relation(chain, table);
    struct str out = str_new(&chain->arena);
    assert_non_null(relation);
    str_addf(&out, "%s", text_or(relation->comment));
    vec_each(column, &relation->columns)
        if (!column->dropped)
            str_addf(&out, " | %s: %s, %s, %s", column->name, text_or(column->comment), text_or(column->default_text),
                     text_or(column->generated_text));
    vec_each(constraint, &relation->constraints)
        if (!constraint->dropped && constraint->check != NULL)
            str_addf(&out, " | CHECK %s", text_or(constraint->check->text));
    vec_each(index, &relation->indexes)
        vec_each(key, &(*index)->keys)
            str_addf(&out, " | %s%s%s", key->text == NULL ? text_or(key->column) : key->text,
                     (*index)->predicate == NULL ? "" : " WHERE ",
                     (*index)->predicate == NULL ? "" : text_or((*index)->predicate->text));
    return out.at;
}

struct row {
    const char *sql, *known;
};

static const struct row rows[] = {
    {"create table t (a int default 1, b text generated always as (upper(c)) stored, c text)",
     "nothing | a: nothing, 1, nothing | b: nothing, nothing, upper(c) | c: nothing, nothing, nothing"},
    {"create table t (a int); comment on table t is 'it''s'; comment on column t.a is 'one'", "it's | a: one, nothing, nothing"},
    {"create table t (a int); comment on table public.t is 'x'; comment on table t is null", "nothing | a: nothing, nothing, nothing"},
    {"create table t (a int); comment on column t.a is 'one'; begin; comment on column t.a is 'two'; rollback",
     "nothing | a: one, nothing, nothing"},
    {"create table t (a int default 1); alter table t alter a set default 2", "nothing | a: nothing, 2, nothing"},
    {"create table t (a int default 1); alter table t alter a drop default", "nothing | a: nothing, nothing, nothing"},
    {"create table t (a int, check (a > 0)); alter table t rename a to b", "nothing | b: nothing, nothing, nothing | CHECK b > 0"},
    {"create table t (a int); alter table t add b int default 1 + 2 not null, add check (a < b)",
     "nothing | a: nothing, nothing, nothing | b: nothing, 1 + 2, nothing | CHECK a < b"},
    {"create table t (a int); create index on t (a desc, lower(a::text)) where a > 0; alter table t rename a to b",
     "nothing | b: nothing, nothing, nothing | b desc WHERE b > 0 | lower(b::text) WHERE b > 0"},
    {"create table t (a int); create index on t (a)", "nothing | a: nothing, nothing, nothing | a"},
};

static void test_texts(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct chain chain;
        chain_open(&chain, 15);
        chain_run(&chain, rows[i].sql);
        if (strcmp(about(&chain, "t"), rows[i].known) != 0)
            fail_msg("%s\n  is    %s\n  wants %s", rows[i].sql, about(&chain, "t"), rows[i].known);
        chain_close(&chain);
    }
}

static void test_schema(void **state)
{
    struct chain chain;
    (void)state;
    chain_open(&chain, 15);
    chain_run(&chain, "create schema s; comment on schema s is 'Shops'; comment on schema other is 'x'");
    const struct schema_namespace *namespace = map_find(&chain.schema.namespaces, "s");
    assert_string_equal(namespace->comment, "Shops");
    chain_close(&chain);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_texts), cmocka_unit_test(test_schema)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
