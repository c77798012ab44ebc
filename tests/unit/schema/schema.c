#include "../model/chain.h"

/* After the SQL, this is what is known of `name`. */
struct row {
    const char *sql, *name, *known;
};

static const struct row tables[] = {
    {"create table t (a int, b text not null default 'x')", "t", "t: a:int4 b:text!="},
    {"create table t (a serial, b bigserial primary key)", "t",
     "t: a:int4!= b:int8!= | t_pkey(b) | indexes t_pkey | sequences t_a_seq,t_b_seq"},
    {"create table t (a int generated always as identity)", "t", "t: a:int4!# | sequences t_a_seq"},
    {"create table t (a int, b int generated always as (a * 2) stored)", "t", "t: a:int4 b:int4~"},
    {"create table t (a int default null)", "t", "t: a:int4"},
    {"create table t (a int check (a > 0), b int, check (a < b), check (b > 0))", "t",
     "t: a:int4 b:int4 | t_a_check(a) t_check(a,b) t_b_check(b)"},
    {"create table t (a int check (a > 0) check (a < 9))", "t", "t: a:int4 | t_a_check(a) t_a_check1(a)"},
    {"create table t (a int unique, b int, unique (a, b), primary key (b))", "t",
     "t: a:int4 b:int4! | t_pkey(b) t_a_key(a) t_a_b_key(a,b) | indexes t_pkey,t_a_key,t_a_b_key"},
    {"create table u (id int primary key); create table t (a int references u, b int references u (id))", "t",
     "t: a:int4 b:int4 | t_a_fkey(a)>u t_b_fkey(b)>u"},
    {"create table u (id int primary key); create table t (a int references u, b int references u (id))", "u",
     "u: id:int4! | u_pkey(id) | indexes u_pkey | referencing t"},
    {"create table t (a int references unknown)", "unknown", "unknown?: | referencing t"},
    {"create table t (a int); create table if not exists t (b int)", "t", "t: a:int4"},
    {"create table t (a int not null default 1, b int check (b > 0) unique); create table v (like t, c int)", "v",
     "v: a:int4! b:int4 c:int4"},
    {"create table t (a int not null default 1, b int check (b > 0) unique); create table v (like t including all)",
     "v", "v: a:int4!= b:int4 | t_b_check(b) v_b_key(b) | indexes v_b_key"},
    {"create table t (a int not null default 1, b int check (b > 0) unique); create table v (like t including defaults)",
     "v", "v: a:int4!= b:int4"},
    {"create table t (a int generated always as identity); create table v (like t including identity)", "v",
     "v: a:int4!# | sequences v_a_seq"},
    {"create table p (a int not null check (a > 0)); create table t (b int) inherits (p)", "t",
     "t: a:int4! b:int4 | p_a_check(a)"},
    {"create table p (a int not null check (a > 0)); create table t (b int) inherits (p)", "p",
     "p: a:int4! | p_a_check(a) | children t"},
    {"create table t as select 1 as a", "t", "t?:"},
    {"create table t (x) as select 1 as a", "t", "t?: x:??"},
    {"create table t (a int primary key unique, b int unique, unique (b), unique (a, b))", "t",
     "t: a:int4! b:int4 | t_pkey(a) t_b_key(b) t_a_b_key(a,b) | indexes t_pkey,t_b_key,t_a_b_key"},
    {"create table t (a int references u); create table u (id int primary key)", "u",
     "u: id:int4! | u_pkey(id) | indexes u_pkey | referencing t"},
    {"create table t (a int references u); create table u (id int primary key); drop table u cascade", "t", "t: a:int4"},
    {"create table t (a int unique); create table t (a int unique)", "t",
     "t: a:int4 | t_a_key(a) | indexes t_a_key"},
    {"create table t (a int); create view v as select * from t", "t", "t: a:int4 | views v"},
    {"create table t (a int); create sequence s owned by t.a", "t", "t: a:int4 | sequences s"},
    {"create type mood as enum ('sad'); create table t (a mood)", "t", "t: a:mood"},
    {"create table s.t (a int)", "t", "none"},
    {"create table s.t (a int)", "s.t", "t: a:int4"},
    {"create table t (a int, exclude using gist (a with =))", "t", "t: a:int4 | t_a_excl(a) | indexes t_a_excl"},
};

static const struct row names[] = {
    {"create table abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdef (x_234567890_234567890_234567890_234567890 int unique)",
     "abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdef",
     "abcdefghijklmnopqrstuvwxyz_abcdefghijklmnopqrstuvwxyz_abcdef: x_234567890_234567890_234567890_234567890:int4 | "
     "abcdefghijklmnopqrstuvwxyz_ab_x_234567890_234567890_2345678_key(x_234567890_234567890_234567890_234567890) | "
     "indexes abcdefghijklmnopqrstuvwxyz_ab_x_234567890_234567890_2345678_key"},
    {"create table t (a int); create index on t (a); create index on t (a)", "t",
     "t: a:int4 | indexes t_a_idx,t_a_idx1"},
    {"create table t (a int, b int, c int); create index on t (a, b) include (c)", "t",
     "t: a:int4 b:int4 c:int4 | indexes t_a_b_c_idx"},
    {"create table t (a text); create index on t (lower(a)); create index on t ((a || 'x'))", "t",
     "t: a:text | indexes t_lower_idx,t_expr_idx"},
    {"create table t_a (b int unique); create table t (a_b int unique)", "t",
     "t: a_b:int4 | t_a_b_key1(a_b) | indexes t_a_b_key1"},
    {"create table t (a int, a_1 int); create index on t (a, a)", "t", "t: a:int4 a_1:int4 | indexes t_a_a1_idx"},
};

static const struct row alterations[] = {
    {"alter table t add column a int", "t", "t?: a:int4"},
    {"alter table t alter column a set not null", "t", "t?: a:?!"},
    {"create table t (a int); alter table t add b int not null default 0, add c text unique", "t",
     "t: a:int4 b:int4!= c:text | t_c_key(c) | indexes t_c_key"},
    {"create table t (a int); alter table t add column if not exists a text", "t", "t: a:int4"},
    {"create table t (a int, b int); create index i on t (a, b); alter table t drop column a", "t", "t: b:int4"},
    {"create table t (a int primary key, b int check (b > a), c serial); alter table t drop a, drop c", "t", "t: b:int4"},
    {"create table t (a int, b int); create index i on t (b) where a > 0; alter table t drop a", "t", "t: b:int4"},
    {"create table u (id int primary key); create table t (a int references u); alter table u drop id cascade", "t",
     "t: a:int4"},
    {"create table u (id int primary key); create table t (a int references u); alter table u drop id cascade", "u",
     "u:"},
    {"create table t (a int); alter table t alter a type bigint, alter a set default 1, alter a set not null", "t",
     "t: a:int8!="},
    {"create table t (a int not null default 1); alter table t alter a drop not null, alter a drop default", "t",
     "t: a:int4"},
    {"create table t (a int not null); alter table t alter a add generated by default as identity", "t",
     "t: a:int4!# | sequences t_a_seq"},
    {"create table t (a int generated always as identity); alter table t alter a drop identity", "t", "t: a:int4!"},
    {"create table t (a int, b int generated always as (a) stored); alter table t alter b drop expression", "t",
     "t: a:int4 b:int4"},
    {"create table t (a int); alter table t add constraint c check (a > 0) not valid", "t", "t: a:int4 | c(a)[no]"},
    {"create table t (a int); alter table t add constraint c check (a > 0) not valid; alter table t validate constraint c",
     "t", "t: a:int4 | c(a)"},
    {"create table t (a int); alter table t add primary key (a)", "t", "t: a:int4! | t_pkey(a) | indexes t_pkey"},
    {"create table t (a int primary key); alter table t drop constraint t_pkey", "t", "t: a:int4!"},
    {"create table t (a int); create unique index i on t (a); alter table t add constraint k primary key using index i",
     "t", "t: a:int4! | k(a) | indexes k"},
    {"create table t (a int); create unique index i on t (a); alter table t add unique using index i", "t",
     "t: a:int4 | i(a) | indexes i"},
    {"alter table t validate constraint c", "t", "t?: | c"},
    {"create table t (a int check (a > 0) references u); alter table t rename column a to b", "t",
     "t: b:int4 | t_a_check(b) t_a_fkey(b)>u"},
    {"create table u (id int primary key); create table t (a int references u (id)); alter table u rename id to key; "
     "alter table u drop key cascade", "t", "t: a:int4"},
    {"create table t (a int unique); alter table t rename constraint t_a_key to k", "t", "t: a:int4 | k(a) | indexes k"},
    {"create table t (a int unique); alter index t_a_key rename to k", "t", "t: a:int4 | k(a) | indexes k"},
    {"create table t (a int); alter table t rename to u", "u", "u: a:int4"},
    {"create table t (a int); alter table t rename to u", "t", "none"},
    {"create table t (a serial); alter table t set schema s", "s.t_a_seq", "t_a_seq:"},
    {"create table t (a int primary key); alter table t set schema s", "s.t_pkey", "t_pkey:"},
    {"create schema s; create table s.t (a int); alter schema s rename to r", "r.t", "t: a:int4"},
    {"create type mood as enum ('x'); create table t (a mood); alter type mood rename to m", "t", "t: a:m"},
};

static const struct row drops[] = {
    {"create table t (a serial primary key); drop table t", "t", "none"},
    {"create table t (a serial primary key); drop table t", "t_pkey", "none"},
    {"create table t (a serial primary key); drop table t", "t_a_seq", "none"},
    {"create table u (id int primary key); create table t (a int references u); drop table u cascade", "t", "t: a:int4"},
    {"create table u (id int primary key); create table t (a int references u); drop table t", "u",
     "u: id:int4! | u_pkey(id) | indexes u_pkey"},
    {"create table t (a int); create view v as select * from t; create view w as select * from v; drop table t cascade",
     "w", "none"},
    {"create table t (a int); create view v as select * from t; drop view v", "t", "t: a:int4"},
    {"create schema s; create table s.t (a int); drop schema s cascade", "s.t", "none"},
    {"create type mood as enum ('x'); create table t (a mood, b int); drop type mood cascade", "t", "t: b:int4"},
    {"create table t (a int); create index i on t (a); drop index i", "t", "t: a:int4"},
    {"create table p (a int, b int, c int); create table t (b int) inherits (p); alter table p drop a, drop b", "t",
     "t: b:int4 c:int4"},
    {"create table p (a int); alter table p add constraint c check (a > 0) not valid; create table t (like p including "
     "constraints)", "t", "t: a:int4 | c(a)"},
    {"drop table if exists t", "t", "none"},
    {"create table t (a serial); drop sequence t_a_seq cascade", "t", "t: a:int4!"},
    {"create table t (a int); drop table t; create table t (b int)", "t", "t: b:int4"},
    {"create table t (a int unique); alter table t drop constraint t_a_key; alter table t add unique (a)", "t",
     "t: a:int4 | t_a_key(a) | indexes t_a_key"},
    {"create table p (a int) partition by list (a); create table t partition of p default; drop table p", "t", "none"},
};

static const struct row partitions[] = {
    {"create table p (a int primary key check (a > 0)) partition by range (a); "
     "create table t partition of p for values from (1) to (9)", "t",
     "t: a:int4! | p_a_check(a) t_pkey(a) | indexes t_pkey"},
    {"create table p (a int) partition by range (a); create table t partition of p for values from (1) to (9)", "p",
     "p: a:int4 | partitions t"},
    {"create table p (a int) partition by range (a); create table t partition of p for values from (1) to (9); "
     "create index on p (a); alter table p add column b text, add check (b > ''), alter a set not null", "t",
     "t: a:int4! b:text | p_b_check(b) | indexes t_a_idx"},
    {"create table p (a int) partition by range (a); create index on p (a); create table t (a int); "
     "alter table p attach partition t for values from (1) to (9)", "t", "t: a:int4 | indexes t_a_idx"},
    {"create table p (a int) partition by range (a); create index on p (a); create table t (a int); "
     "create index mine on t (a); alter table p attach partition t for values from (1) to (9)", "t",
     "t: a:int4 | indexes mine"},
    {"create table p (a int) partition by range (a); create table t partition of p default; "
     "alter table p detach partition t", "p", "p: a:int4"},
    {"create table p (a int primary key) partition by list (a); create table t partition of p default; "
     "alter table p drop constraint p_pkey", "t", "t: a:int4!"},
    {"create table p (a int) partition by list (a); create table t partition of p default; create index i on p (a); "
     "alter table p detach partition t; drop index i", "t", "t: a:int4 | indexes t_a_idx"},
    {"create table p (a int) partition by list (a); create table t partition of p default; create index i on p (a); "
     "drop index i", "t", "t: a:int4"},
    {"create table p (a int) partition by list (a); create table t (a int) partition by list (a); "
     "alter table p attach partition t default; alter table t attach partition p default; insert into p values (1); "
     "alter table p add column b int", "t", "t: a:int4 b:int4"},
    {"create table t (a int); create table p (a int) inherits (t); alter table t inherit p; alter table p add b int", "t",
     "t: a:int4 b:int4 | children p"},
    {"create table u (id int primary key); create table p (a int references u) partition by range (a); "
     "create table t partition of p default", "t", "t: a:int4 | p_a_fkey(a)>u"},
};

/* What stands behind "??" may happen or not, as in a branch of a DO block. */
static const struct row doubts[] = {
    {"?? create table t (a int not null)", "t", "t?: a:int4?"},
    {"create table t (a int not null primary key); ?? drop table t", "t",
     "t?: a:int4? | t_pkey(a)[unknown] | indexes t_pkey"},
    {"create table t (a int); ?? create table t (b int)", "t", "t: a:int4"},
    {"create table t (a int); ?? alter table t add constraint c check (a > 0)", "t", "t?: a:int4 | c(a)[unknown]"},
    {"create table t (a int constraint c check (a > 0)); ?? alter table t add constraint c check (a > 0)", "t",
     "t: a:int4 | c(a)"},
    {"create table t (a int constraint c check (a > 0)); ?? alter table t drop constraint c", "t",
     "t?: a:int4 | c(a)[unknown]"},
    {"create table t (a int); ?? alter table t add b int not null", "t", "t?: a:int4 b:int4?"},
    {"create table t (a int); ?? alter table t alter a set not null", "t", "t?: a:int4?"},
    {"create table t (a int not null); ?? alter table t alter a set not null", "t", "t?: a:int4!"},
    {"create table t (a int not null); ?? alter table t alter a drop not null", "t", "t?: a:int4?"},
    {"create table t (a int); ?? alter table t drop column a", "t", "t?: a:??"},
    {"create table t (a int); ?? alter table t alter a type text", "t", "t?: a:?"},
    {"create table t (a int); ?? alter table t rename to u", "t", "t?: a:int4?"},
    {"create table t (a int); ?? alter table t rename to u", "u", "u?:"},
    {"create table t (a int); ?? create index i on t (a)", "i", "i?:"},
    {"create table t (a int); ?? create schema s; drop schema public cascade", "t", "t?: a:int4?"},
    {"create table t (a int); ?? commit", "t", "t: a:int4"},
    {"create table p (a int) partition by list (a); create table t partition of p default; ?? alter table p detach "
     "partition t", "p", "p?: a:int4 | partitions t"},
};

/* What DO blocks and bodies of functions hold. */
static const struct row bodies[] = {
    {"do $$ begin create table t (a int not null); end $$", "t", "t: a:int4!"},
    {"do $$ begin if now() > '2020-01-01' then create table t (a int not null); end if; end $$", "t", "t?: a:int4?"},
    {"create table t (a int); do $$ begin alter table t add constraint c check (a > 0); "
     "exception when duplicate_object then null; end $$", "t", "t?: a:int4 | c(a)[unknown]"},
    {"create table t (a int); create function f() returns void language plpgsql as $$ begin alter table t add b int; "
     "end $$", "t", "t: a:int4"},
    {"create table t (a int); create function f() returns void language plpgsql as $$ begin alter table t add b int; "
     "end $$; select f()", "t", "t?: a:int4 b:int4?"},
    {"create table t (a int); create function f() returns void language plpgsql as $$ begin alter table t add b int; "
     "end $$; do $$ begin perform f(); end $$", "t", "t?: a:int4 b:int4?"},
    {"create table t (a int); create procedure f() language sql as $$ drop table t $$; call f()", "t", "t?: a:int4?"},
    {"create table t (a int); create function f() returns void language sql as $$ drop table t $$; "
     "create or replace function f() returns void language sql as $$ select 1 $$; select f()", "t", "t: a:int4"},
};

static const struct row transactions[] = {
    {"begin; create table t (a int); rollback", "t", "none"},
    {"begin; create table t (a int); commit; rollback", "t", "t: a:int4"},
    {"create table t (a int); begin; drop table t; rollback", "t", "t: a:int4"},
    {"create table t (a int unique); begin; drop table t cascade; create table t (b text); rollback", "t",
     "t: a:int4 | t_a_key(a) | indexes t_a_key"},
    {"create table t (a int); begin; alter table t add b int; savepoint s; alter table t add c int; rollback to s; "
     "alter table t add d int; commit", "t", "t: a:int4 b:int4 d:int4"},
    {"create table t (a int); begin; savepoint s; alter table t add c int; release s; commit", "t", "t: a:int4 c:int4"},
    {"create table t (a int); begin; savepoint s; savepoint r; alter table t add c int; release r; rollback to s; "
     "alter table t add d int; rollback to s; commit", "t", "t: a:int4"},
    {"begin; create table t (a int); commit and chain; alter table t add b int; rollback", "t", "t: a:int4"},
    {"begin; create table t (a int); rollback and chain; create table t (b int); commit", "t", "t: b:int4"},
    {"begin; create temp table t (a int) on commit drop; commit", "t", "none"},
    {"begin; create temp table t (a int) on commit drop; create table u (a int); commit", "u", "u: a:int4"},
    {"create table t (a int); create temp table t (b int)", "t", "t: b:int4"},
    {"create table t (a int); create temp table t (b int); drop table t", "t", "t: a:int4"},
    {"set search_path = s, public; create table t (a int)", "s.t", "t: a:int4"},
    {"begin; set local search_path = s; commit; create table t (a int)", "public.t", "t: a:int4"},
    {"begin; set search_path = s; rollback; create table t (a int)", "public.t", "t: a:int4"},
    {"set search_path = s; reset search_path; create table t (a int)", "public.t", "t: a:int4"},
    {"create table r.t (a int); set search_path = s, r; alter table t add b int", "r.t", "t: a:int4 b:int4"},
    {"select set_config('search_path', 's, public', false); create table t (a int)", "s.t", "t: a:int4"},
};

static void check_rows(const struct row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct chain chain;
        chain_open(&chain, 15);
        const char *doubt = strstr(rows[i].sql, "??");
        chain_run(&chain, doubt == NULL ? rows[i].sql : arena_strndup(&chain.arena, rows[i].sql, (size_t)(doubt - rows[i].sql)));
        if (doubt != NULL)
            chain_doubt(&chain, doubt + 2);
        const char *seen = describe(&chain.arena, chain_relation(&chain, rows[i].name));
        if (strcmp(seen, rows[i].known) != 0)
            fail_msg("%s\n  gives %s\n  not   %s", rows[i].sql, seen, rows[i].known);
        chain_close(&chain);
    }
}

#define TEST_ROWS(name, rows)                                   \
    static void name(void **unused)                             \
    {                                                           \
        (void)unused;                                           \
        check_rows(rows, sizeof(rows) / sizeof(*(rows)));       \
    }
/* ON ONLY makes an index without parts, which is valid when it has them all. */
static void an_index_is_valid_when_its_last_part_has_come(void **unused)
{
    struct chain chain;
    (void)unused;
    chain_open(&chain, 15);
    chain_run(&chain, "create table p (a int) partition by list (a); create table q partition of p for values in (1); "
                      "create table r partition of p default; create index i on only p (a)");
    assert_int_equal(chain_relation(&chain, "i")->valid, TRUTH_NO);
    chain_run(&chain, "create index j on q (a); alter index i attach partition j");
    assert_int_equal(chain_relation(&chain, "i")->valid, TRUTH_NO);
    chain_run(&chain, "create index k on r (a); alter index i attach partition k");
    assert_int_equal(chain_relation(&chain, "i")->valid, TRUTH_YES);
    chain_close(&chain);
}

TEST_ROWS(tables_are_what_their_statements_say, tables)
TEST_ROWS(names_are_those_that_the_server_chooses, names)
TEST_ROWS(alterations_change_what_is_there, alterations)
TEST_ROWS(dropping_takes_along_what_hangs_on_it, drops)
TEST_ROWS(partitions_take_from_their_parent, partitions)
TEST_ROWS(what_may_happen_makes_facts_unknown, doubts)
TEST_ROWS(bodies_are_opened, bodies)
TEST_ROWS(transactions_take_back_what_they_did, transactions)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(tables_are_what_their_statements_say),
        cmocka_unit_test(names_are_those_that_the_server_chooses),
        cmocka_unit_test(alterations_change_what_is_there),
        cmocka_unit_test(dropping_takes_along_what_hangs_on_it),
        cmocka_unit_test(partitions_take_from_their_parent),
        cmocka_unit_test(an_index_is_valid_when_its_last_part_has_come),
        cmocka_unit_test(what_may_happen_makes_facts_unknown),
        cmocka_unit_test(bodies_are_opened),
        cmocka_unit_test(transactions_take_back_what_they_did),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
