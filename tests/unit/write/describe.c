/* What is said about statements: each text's last sentence, behind those before it. */
#include "../model/chain.h"

#include "write/describe.h"

static const char *sentences(struct chain *chain, const char *setup, const char *sql)
{
    struct actions actions = {0};
    struct action_faults faults = {0};
    struct phrases phrases = {0};
    struct str out = str_new(&chain->arena);
    chain_run(chain, setup);
    actions_read(&chain->arena, sql, strlen(sql), &actions, &faults);
    struct lines lines = lines_new(&chain->arena, sql, strlen(sql));
    struct subject subject = {.text = sql, .length = strlen(sql), .first_line = 1, .lines = &lines, .actions = &actions};
    for (size_t i = 0; i < actions.count; i++) {
        struct situation situation = {.subject = &subject, .schema = &chain->schema, .action = &actions.at[i], .number = i};
        if (actions.at[i].name.name != NULL)
            situation.relation = schema_relation(&chain->schema, &actions.at[i].name);
        describe_action(&chain->arena, &situation, &phrases);
        schema_apply(&chain->schema, &actions.at[i]);
    }
    vec_each(phrase, &phrases) {
        str_addf(&out, "%s%s", phrase == phrases.at ? "" : " / ", phrase_text(&chain->arena, &phrase->parts));
        for (size_t i = 0; i < phrase->detail_count; i++)
            str_addf(&out, " - %s", phrase_text(&chain->arena, &phrase->details[i].parts));
    }
    return out.at;
}

static const struct { const char *setup, *sql, *said; } rows[] = {
    {"", "create table t (a int primary key, b text default 'x' check (b <> ''), unique (a, b))",
     "Creates the table public.t. - a: integer, not null, primary key - b: text, default 'x', checked: b <> '' - the unique "
     "key: a, b"},
    {"", "create temp table if not exists t (a int)", "Creates the temporary table t, unless it is there already. - a: integer"},
    {"create table t (a int) partition by range (a)", "create table p partition of t for values from (1) to (9)",
     "Creates the table public.p as a partition of public.t for 1 … 9."},
    {"create table t (a int)", "alter table t add column b int not null default 1, drop column a",
     "Adds the column b (integer, not null, default 1) to public.t. / Drops the column a of public.t."},
    {"create table t (a int)", "alter table t alter a type bigint", "Changes the type of a in public.t from integer to bigint."},
    {"create table t (a int); create table u (id int primary key)",
     "alter table t add constraint f foreign key (a) references u (id) on delete cascade not valid; alter table t validate constraint f",
     "Adds to public.t the foreign key f: a references public.u (id), deleted with it, for new rows only. / "
     "Checks the rows of public.t against the constraint f."},
    {"create table t (a int)", "create unique index concurrently i on t (lower(a::text), a desc) where a > 0",
     "Creates the unique index i on public.t: lower(a::text), a desc, where a > 0, concurrently."},
    {"create table t (a int)", "drop table if exists t cascade", "Drops the table public.t and whatever depends on it, if it is there."},
    {"", "create type mood as enum ('sad', 'glad'); alter type mood add value if not exists 'ok'",
     "Creates the enum public.mood with sad, glad. / Adds the value ok to the enum public.mood, unless it is there already."},
    {"create table t (a int)", "comment on table t is 'What is sold.'", "Comments on the table public.t: What is sold."},
    {"create type mood as enum ('b')", "alter type mood add value 'a' before 'b'; alter type mood add value 'c' after 'a'",
     "Adds the value a to the enum public.mood, before b. / Adds the value c to the enum public.mood, after a."},
    {"create table t (a int primary key); create table u (b int references t); create view v as select * from t; "
     "create materialized view w as select * from v", "drop table t cascade",
     "Drops the table public.t and whatever depends on it. - takes the foreign key u_b_fkey of public.u - takes the view "
     "public.v - takes the materialized view public.w"},
    {"create type e as enum ('x'); create table t (a e, b int)", "drop type e cascade",
     "Drops the type public.e and whatever depends on it. - takes the column a of public.t"},
    {"create schema s; create table s.t (a int primary key); create table s.u (b int references s.t); create type s.e as enum (); "
     "create table t (b int references s.t)", "drop schema s cascade",
     "Drops the schema s and whatever depends on it. - takes the table s.t - takes the table s.u - takes the type s.e - "
     "takes the foreign key t_b_fkey of public.t"},
    {"create table t (a int)", "create view v as select * from t", "Creates the view public.v, which reads public.t."},
    {"create table t (a int)", "alter table t rename a to \"B\"; alter table t rename to u",
     "Renames the column a of public.t to B. / Renames the table public.t to u."},
    {"create table t (a int)", "do $$ begin if true then drop table t; end if; end $$",
     "Drops the table public.t, under a condition."},
    {"", "begin; set lock_timeout = '1s'; commit", ""},
    {"create table t (a int)", "update t set a = 1; delete from t where a = 2; truncate t",
     "Changes a in every row of public.t. / Deletes rows of public.t, where a = 2. / Empties public.t."},
    {"create table t (a int, b int); create table u (a int)",
     "update t set a = 1, b = default where b is  null /* none */ returning a; delete from t using u where t.a = u.a",
     "Changes a, b in rows of public.t, where b is null, and returns them. / "
     "Deletes rows of public.t, looked up in public.u, where t.a = u.a."},
    {"create table t (a int, b int); create table u (a int)", "update t set a = u.a from u",
     "Changes a in every row of public.t, looked up in public.u."},
    {"create table t (a int primary key)",
     "insert into t values (1); insert into t values (1), (2), (3) on conflict do nothing; insert into t default values; "
     "insert into t values (1) on conflict (a) do update set a = 2 returning a; insert into t select generate_series(1, 9)",
     "Inserts a row into public.t. / Inserts 3 rows into public.t, but those that are there already. / "
     "Inserts a row into public.t. / "
     "Inserts a row into public.t, and changes it where it is there already by a, and returns it. / Inserts rows into public.t."},
    {"create table t (a int); create table u (a int)",
     "insert into t select a from u where a > 2 on conflict do nothing; insert into t select a from u where a union select 1",
     "Inserts into public.t what a query on public.u gives, where a > 2, but those that are there already. / "
     "Inserts into public.t what a query on public.u gives."},
    {"create table t (a int); create table u (a int)",
     "with gone as (delete from t where a < 0 returning a) insert into u select a from gone where a > -9",
     "Inserts into public.u what a query on public.t gives, where a > -9. / Deletes rows of public.t, where a < 0, and returns them."},
    {"create table t (a text)",
     "delete from t where a = 'a word' or a = 'a word' or a = 'a word' or a = 'a word' or a = 'a word' or a = 'a word' or "
     "a = 'a word' or a = 'a word'",
     "Deletes rows of public.t, where a = 'a word' or a = 'a word' or a = 'a word' or a = 'a word' or a = 'a word' or "
     "a = 'a word' or a = 'a word' or …."},
    {"create table t (a int)", "copy t from '/x'; copy t to '/x'", "Copies rows into public.t. / Copies rows of public.t out."},
    {"", "create temp table x (a int); drop table x", "Creates the temporary table x. - a: integer / Drops the table x."},
    {"", "create role r login password 'secret'; alter role r valid until 'x' password 'secret'",
     "Creates r (create role r login password '****'). / Alters (alter role r valid until 'x' password '****')."},
    {"create table t (a int, b int); create table u (a int)",
     "merge into t using u on t.a = u.a when matched and (case when u.a > 1 then true end) and t.b = 1 then delete "
     "when matched then update set b = 1, a = 2 when not matched then insert values (1, 2)",
     "Merges public.u into public.t: deletes, changes, inserts rows. - deletes rows that are found there, where "
     "(case when u.a > 1 then true end) and t.b = 1 - changes b, a of rows that are found there - inserts rows that are "
     "not found there"},
    {"create table t (a int)", "merge into t using (values (1)) v (a) on t.a = v.a when not matched then do nothing",
     "Merges into public.t. - does nothing about rows that are not found there"},
    {"create table t (a int)", "do 'begin delete from t where a = 1; end'", "Deletes rows of public.t, where a = 1."},
    {"create table t (a int)", "do 'begin delete from t where true or \"a\"::text = ''x''; end'", "Deletes rows of public.t."},
    {"create table t (a int)", "comment on column t.a is 'x'; grant select on t to public",
     "Comments on the column a of public.t: x. / Changes privileges on t (grant select on t to public)."},
};

static void test_sentences(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct chain chain;
        chain_open(&chain, 15);
        const char *said = sentences(&chain, rows[i].setup, rows[i].sql);
        if (strcmp(said, rows[i].said) != 0)
            fail_msg("%s\n  says  %s\n  wants %s", rows[i].sql, said, rows[i].said);
        chain_close(&chain);
    }
}

/* Each kind is told in some way, or there is a row that says that it is not. */
static void test_every_kind(void **state)
{
    static const bool silent[ACTION_KINDS] = {
        [ACTION_SET] = true, [ACTION_BEGIN] = true, [ACTION_COMMIT] = true, [ACTION_ROLLBACK] = true,
        [ACTION_SAVEPOINT] = true, [ACTION_ROLLBACK_TO] = true, [ACTION_RELEASE] = true, [ACTION_END] = true};
    (void)state;
    for (enum action_kind kind = 0; kind < ACTION_KINDS; kind++) {
        bool told = silent[kind];
        for (const struct describe_row *row = describe_rows; row->kind != ACTION_END; row++)
            told |= row->kind == kind;
        if (!told)
            fail_msg("%s has no row", action_kind_names[kind]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_sentences), cmocka_unit_test(test_every_kind)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
