#include "sql/action.h"

#include "action_text.h"

/* SQL, and its actions as action_text writes them: a line each, without the END. */
static const struct action_case cases[] = {
    {"create table s.t (id int primary key, name varchar(10) not null default 'x')",
     "create-table TABLE s.t (id pg_catalog.int4 not null {PRIMARY KEY (id)}, name pg_catalog.varchar(10) not null default constant)"},
    {"create table if not exists t (a serial, b int[], check (b is not null), foreign key (a) references s.o (id) not valid)",
     "create-table TABLE t if-not-exists (a serial, b pg_catalog.int4[]) {CHECK only b IS NOT NULL} "
     "{FOREIGN KEY (a) references s.o (id) not valid}"},
    {"create temp table t (like s.u including all) on commit drop", "create-table TABLE t of s.u temporary on-commit-drop like-all names defaults constraints indexes identity generated"},
    {"create table p partition of t for values from (1, minvalue) to (2, 'x')",
     "create-table TABLE p of t bound r from 1 NULL to 2 x"},
    {"create table p partition of t default", "create-table TABLE p of t default-partition"},
    {"create table t (a int) partition by hash (a)", "create-table TABLE t key a by h (a pg_catalog.int4)"},
    {"create table t () inherits (a, s.b)", "create-table TABLE t parent a parent s.b"},
    {"select 1 as a into t from u", "create-table-as TABLE t use u ACCESS SHARE"},
    {"create materialized view v as select * from a with no data",
     "create-materialized-view MATERIALIZED VIEW v no-data use a ACCESS SHARE"},
    {"create unique index concurrently i on only s.t using gin (a, lower(b)) include (c) where d = 1",
     "create-index INDEX s.i of s.t concurrently only unique partial \"gin\" {only d = 1} key a key {columns b calls lower} include c"},
    {"alter table t add a int, drop column if exists b cascade, alter c type text using c::text",
     "add-column TABLE t column a (a pg_catalog.int4)\n"
     "drop-column TABLE t if-exists cascade column b\n"
     "alter-column-type TABLE t column c text {cast to text}"},
    {"alter table if exists t drop constraint c", "drop-constraint TABLE t table-if-exists 'c'"},
    {"alter table t alter a set not null, alter a drop not null, alter a set default -1, alter a drop default",
     "set-not-null TABLE t column a\ndrop-not-null TABLE t column a\n"
     "set-default TABLE t column a {constant}\ndrop-default TABLE t column a"},
    {"alter table t add constraint c unique using index i, validate constraint d",
     "add-constraint TABLE t 'c' {UNIQUE using i}\nvalidate-constraint TABLE t 'd'"},
    {"alter table t attach partition p for values in (1, null)",
     "attach-partition TABLE t of p bound l values 1 NULL"},
    {"alter index i attach partition j", "attach-partition INDEX i of j"},
    {"alter table t detach partition p concurrently", "detach-partition TABLE t of p concurrently"},
    {"alter table t set (fillfactor = 70, autovacuum_enabled)",
     "set-options TABLE t names fillfactor autovacuum_enabled 'fillfactor, autovacuum_enabled'"},
    {"alter table t replica identity using index i", "replica-identity TABLE t 'i'"},
    {"alter table t rename to u", "rename TABLE t 'u'"},
    {"alter table s.t rename a to b", "rename COLUMN s.t column a 'b'"},
    {"alter table t rename constraint a to b", "rename CONSTRAINT t of t 'a' \"b\""},
    {"alter trigger a on t rename to b", "rename TRIGGER a of t 'b'"},
    {"alter type e add value if not exists 'x' before 'y'", "add-enum-value TYPE e if-not-exists placed 'x' \"y\""},
    {"alter type e rename value 'x' to 'y'", "rename-enum-value TYPE e 'x' \"y\""},
    {"drop table if exists a.b, c cascade", "drop TABLE a.b if-exists cascade\ndrop TABLE c if-exists cascade"},
    {"drop trigger tr on s.t", "drop TRIGGER tr of s.t"},
    {"with x as (delete from old returning *) insert into t (a, b) select x.a, nextval('s') from x join u on true",
     "insert TABLE t reads-rows names a b ROW EXCLUSIVE use old ROW EXCLUSIVE use u ACCESS SHARE calls nextval\n"
     "delete TABLE old ROW EXCLUSIVE"},
    {"with a as (select 1 as id), b as (update t set x = 1 from a where a.id = t.id returning *) select * from b",
     "select use t ROW EXCLUSIVE\nupdate TABLE t where reads-rows names x {columns id} ROW EXCLUSIVE"},
    {"create table c as with d as (delete from s.old returning *) select * from d",
     "create-table-as TABLE c use s.old ROW EXCLUSIVE\ndelete TABLE s.old ROW EXCLUSIVE"},
    {"copy (delete from old returning *) to stdout", "copy TABLE reads-rows ACCESS SHARE use old ROW EXCLUSIVE\ndelete TABLE old ROW EXCLUSIVE"},
    {"prepare p as delete from t; execute p", "other use t ROW EXCLUSIVE\ndelete TABLE t ROW EXCLUSIVE"},
    {"prepare p as delete from t; deallocate p; execute p", "other use t ROW EXCLUSIVE\nother object\nexecute p"},
    {"execute p", "execute p"},
    {"update t set a = 1 from u where t.id = u.id",
     "update TABLE t where reads-rows names a {columns id} ROW EXCLUSIVE use u ACCESS SHARE"},
    {"delete from t", "delete TABLE t ROW EXCLUSIVE"},
    {"select * from t for update", "select ROW SHARE use t ROW SHARE"},
    {"select set_config('lock_timeout', '5s', true)",
     "select calls set_config\nset lock_timeout local names 5s '5s'"},
    {"set search_path to a, \"B\"", "set search_path names a B 'a, B'"},
    {"set local lock_timeout = 100", "set lock_timeout local names 100 '100'"},
    {"reset statement_timeout", "set statement_timeout reset"},
    {"begin; savepoint a; rollback to a; commit and chain", "begin\nsavepoint a\nrollback-to a\ncommit chain"},
    {"truncate a, s.b", "truncate TABLE a\ntruncate TABLE s.b"},
    {"lock table a in share mode nowait", "lock TABLE a nowait SHARE"},
    {"vacuum full", "vacuum TABLE full all"},
    {"reindex (concurrently) index i", "reindex INDEX i concurrently"},
    {"comment on column s.t.c is 'x'", "comment COLUMN s.t column c 'x'"},
};

static const struct action_case bodies[] = {
    {"do $$ begin alter table t add a int; end $$", "do 'plpgsql'\ndo: add-column TABLE t column a (a pg_catalog.int4)"},
    {"do $$ begin if exists (select from u) then drop table t; end if; end $$",
     "do 'plpgsql'\ndo: select use u ACCESS SHARE\nbranch: drop TABLE t"},
    {"do $$ begin create index i on t (a); exception when others then null; end $$",
     "do 'plpgsql'\nbranch: create-index INDEX i of t \"btree\" key a"},
    {"do $$ begin for r in select * from t loop delete from u where a = r.a; end loop; truncate v; end $$",
     "do 'plpgsql'\ndo: select use t ACCESS SHARE\nbranch: delete TABLE u where {columns a} ROW EXCLUSIVE\ndo: truncate TABLE v"},
    {"do $$ declare x int; begin insert into t values (1) returning id into strict x; select a into x from t; end $$",
     "do 'plpgsql'\ndo: insert TABLE t ROW EXCLUSIVE\ndo: select use t ACCESS SHARE"},
    {"do $$ begin if a then return; end if; drop table t; end $$", "do 'plpgsql'\nbranch: drop TABLE t"},
    {"do $$ begin execute 'drop table t'; end $$", "do 'plpgsql'\ndo: drop TABLE t"},
    {"do $$ begin execute format('drop table %I.%I', 's', 'T') || ' cascade'; end $$",
     "do 'plpgsql'\ndo: drop TABLE s.T cascade"},
    {"do $$ begin execute 'drop table ' || quote_ident(name); end $$", "do 'plpgsql'\ndo: execute"},
    {"do $$ begin execute format('drop table %1$I', 't'); end $$", "do 'plpgsql'\ndo: execute"},
    {"do $$ begin execute 'drop tabel t'; end $$", "do 'plpgsql'\ndo: execute"},
    {"do $$ begin if a then execute $x$ do $y$ begin drop table t; end $y$ $x$; end if; end $$",
     "do 'plpgsql'\nbranch: do 'plpgsql'\nbranch: drop TABLE t"},
    {"do 'begin drop table \"a''b\"; end'", "do 'plpgsql'\ndo: drop TABLE a'b"},
    {"do language plpython3u $$ x $$", "do 'plpython3u'\ndo: execute"},
    {"do $$ nothing of the kind $$", "do 'plpgsql'\ndo: execute\ndo: execute"},
    {"create function f(a int, out b int) language plpgsql stable as $$ begin update t set a = 1; end $$",
     "create-function FUNCTION f names int4 'plpgsql' use t ROW EXCLUSIVE\n"
     "body: update TABLE t names a ROW EXCLUSIVE"},
    {"create or replace function s.f() returns setof t language sql as 'select * from t; delete from u'",
     "create-function FUNCTION s.f or-replace volatile 'sql' t use t ACCESS SHARE use u ROW EXCLUSIVE\n"
     "body: select use t ACCESS SHARE\nbody: delete TABLE u ROW EXCLUSIVE"},
    {"create function f() returns int begin atomic select * from t; insert into u values (1); end",
     "create-function FUNCTION f volatile 'sql' pg_catalog.int4 use t ACCESS SHARE use u ROW EXCLUSIVE\n"
     "body: select use t ACCESS SHARE\nbody: insert TABLE u ROW EXCLUSIVE"},
    {"create function f() returns int return (select 1 from t)",
     "create-function FUNCTION f volatile 'sql' pg_catalog.int4 use t ACCESS SHARE\nbody: select use t ACCESS SHARE"},
    {"create function f() returns int language c as 'file', 'symbol'",
     "create-function FUNCTION f volatile 'c' pg_catalog.int4"},
};

static void bodies_are_opened(void **state)
{
    (void)state;
    assert_cases(bodies, sizeof(bodies) / sizeof(*bodies));
}

static void parts_of_bodies_have_places(void **state)
{
    (void)state;
    struct actions actions = {0};
    struct action_faults faults = {0};
    const char *text = "select 'ä'; do $$ begin drop table \"ö\"; perform f(1); execute 'truncate t'; end $$;"
                       "do 'begin drop table \"a''b\"; end'";
    actions_read(&arena, text, strlen(text), &actions, &faults);
    assert_int_equal(faults.count, 0);
    assert_int_equal(actions.count, 8);
    assert_int_equal(actions.at[2].at, strstr(text, "drop") - text);
    assert_int_equal(actions.at[2].start, strstr(text, "do $$") - text);
    assert_int_equal(actions.at[2].statement, 1);
    assert_int_equal(actions.at[3].calls.at[0].at, strstr(text, "f(1)") - text);
    assert_int_equal(actions.at[4].at, strstr(text, "truncate") - text);
    assert_int_equal(actions.at[4].name_at, strstr(text, "t';") - text);
    assert_int_equal(actions.at[6].at, strstr(text, "do '") - text); /* it is not written as it is read */
}

static void each_kind_tells_its_facts(void **state)
{
    (void)state;
    assert_cases(cases, sizeof(cases) / sizeof(*cases));
}

static void a_fault_takes_only_its_statement(void **state)
{
    (void)state;
    struct actions actions = {0};
    struct action_faults faults = {0};
    const char *text = "-- ä\nselect 1; alter tabel t; drop table \"ö\"; selec";
    actions_read(&arena, text, strlen(text), &actions, &faults);
    assert_int_equal(faults.count, 2);
    assert_int_equal(faults.at[0].offset, strstr(text, "tabel") - text);
    assert_string_equal(faults.at[0].message, "syntax error at or near \"tabel\"");
    assert_int_equal(faults.at[1].offset, strlen(text) - strlen("selec"));
    assert_int_equal(actions.count, 3);
    assert_int_equal(actions.at[0].start, strlen("-- ä\n"));
    assert_int_equal(actions.at[0].length, strlen("select 1"));
    assert_int_equal(actions.at[1].statement, 2);
    assert_int_equal(actions.at[1].start, strstr(text, "drop") - text);
    assert_int_equal(actions.at[2].kind, ACTION_END);
    assert_int_equal(actions.at[2].statement, 4);
}

static void what_is_psqls_is_passed_over(void **state)
{
    (void)state;
    struct actions actions = {0};
    struct action_faults faults = {0};
    const char *text = "\\set a 'b\n\\echo\ncopy t from stdin;\nit's\n\\.\nselect 1\n\\gx\ndrop table \"ö\";";
    actions_read(&arena, text, strlen(text), &actions, &faults);
    assert_int_equal(faults.count, 4);
    assert_int_equal(faults.at[1].offset, strstr(text, "\\echo") - text);
    assert_string_equal(faults.at[2].message, "COPY with STDIN or STDOUT needs psql at the other end");
    assert_int_equal(faults.at[2].offset, strstr(text, "copy") - text);
    assert_int_equal(faults.at[3].offset, strstr(text, "\\gx") - text);
    assert_non_null(faults.at[3].hint);
    const struct action *drop = &actions.at[actions.count - 2];
    assert_int_equal(drop->kind, ACTION_DROP);
    assert_int_equal(drop->statement, 2);
    assert_int_equal(drop->start, strstr(text, "drop") - text);
}

/* Bytes of the text, whatever stands before: comments, blanks, letters of more than a byte. */
static void places_are_bytes_of_the_text(void **state)
{
    (void)state;
    struct actions actions = {0};
    struct action_faults faults = {0};
    const char *text = "/* ä /* ö */ */ ;; alter table \"ä\" add b int, add constraint c check (b > 0) ;\n-- end";
    actions_read(&arena, text, strlen(text), &actions, &faults);
    assert_int_equal(faults.count, 0);
    assert_int_equal(actions.count, 3);
    assert_int_equal(actions.at[0].start, strstr(text, "alter") - text);
    assert_int_equal(actions.at[0].start + actions.at[0].length, strstr(text, " ;\n") - text);
    assert_int_equal(actions.at[0].name_at, strstr(text, "\"ä\"") - text);
    assert_int_equal(actions.at[0].at, strstr(text, "add b") - text);
    assert_int_equal(actions.at[1].at, strstr(text, "add constraint") - text);
    assert_int_equal(actions.at[0].columns.at[0].at, strstr(text, "b int") - text);
    assert_int_equal(actions.at[1].constraints.at[0].check->at, strstr(text, "b > 0") - text);
    assert_int_equal(actions.at[1].statement, 0);
    assert_int_equal(actions.at[2].at, strlen(text));
}

/* Commas of strings, comments, names, parentheses and arrays divide nothing. */
static void subcommands_begin_behind_their_commas(void **state)
{
    (void)state;
    static const char *const texts[] = {
        ("alter table only (\"s\" . \"t\"\"x,\") /* , */ ADD a numeric(1,2) default E'\\',' , -- , )\n"
         "ADD check (x in (1,2) and y = ',' and $$,$$ = $a$,$a$), ALTER z type int[] using array[1,2], SET (a=1,b=2)"),
        "alter table t * ADD a int, ADD b int",
        "do $x$ begin alter table t ADD a int, ADD b text default ','; end $x$",
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct actions actions = {0};
        struct action_faults faults = {0};
        actions_read(&arena, texts[i], strlen(texts[i]), &actions, &faults);
        assert_int_equal(faults.count, 0);
        const char *from = texts[i];
        vec_each(action, &actions) {
            if (action->kind == ACTION_DO || action->kind == ACTION_END)
                continue;
            assert_non_null(memchr("AS", texts[i][action->at], 2));
            assert_true(texts[i] + action->at > from);
            from = texts[i] + action->at;
        }
    }
}

static void columns_named_twice_are_told(void **state)
{
    (void)state;
    static const struct {
        const char *sql;
        size_t count;
    } texts[] = {
        {"update k set a = 1, A = 2", 2},
        {"update k set (a, b) = (1, 2), a = 3", 2},
        {"update k set a[1] = 1, a[2] = 2", 0},
        {"insert into k (a, b, a) values (1, 2, 3)", 2},
        {"merge into k using j on k.id = j.id when matched then update set a = 1, a = 2 "
         "when not matched then insert (b, b) values (1, 2)", 4},
        {"create table k (a int, b int, a int)", 2},
        {"create view v (a, b, a) as select 1, 2, 3", 2},
        {"update k set aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaax = 1, "
         "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaay = 2", 2},
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct actions actions = {0};
        struct action_faults faults = {0};
        actions_read(&arena, texts[i].sql, strlen(texts[i].sql), &actions, &faults);
        assert_int_equal(faults.count, 0);
        const struct action *action = &actions.at[0];
        assert_int_equal(action->assigned_twice.count, texts[i].count);
        for (size_t at = 0; at < action->assigned_at.count; at++)
            assert_memory_equal(texts[i].sql + action->assigned_at.at[at], at == 1 && i == 0 ? "A" : action->assigned_twice.at[at].name, 1);
    }
}

/* A long text is parsed in pieces; nothing else changes. */
static void a_long_text_is_read_alike(void **state)
{
    (void)state;
    enum { TIMES = 30000 };
    struct arena own = {0};
    struct actions actions = {0};
    struct action_faults faults = {0};
    struct str text = str_new(&own);
    for (int i = 0; i < TIMES; i++)
        str_add(&text, "/* ; */ delete from t where a = 'ä';\n;");
    actions_read(&own, text.at, text.length, &actions, &faults);
    assert_true(text.length > 1 << 20);
    assert_int_equal(faults.count, 0);
    assert_int_equal(actions.count, TIMES + 1);
    for (size_t i = 0; i < TIMES; i++) {
        assert_int_equal(actions.at[i].statement, i);
        assert_int_equal(actions.at[i].start, i * (text.length / TIMES) + strlen("/* ; */ "));
        assert_int_equal(actions.at[i].name_at, actions.at[i].start + strlen("delete from "));
        assert_int_equal(actions.at[i].length, strlen("delete from t where a = 'ä'"));
    }
    arena_release(&own);
}

/* Far deeper than anybody writes: an answer, and no crash. */
static void depth_does_no_harm(void **state)
{
    (void)state;
    static const char *const pieces[] = {"1+", "(", "not ", "case when ", "a and ", "array[", "(select ", "f(", "1 union select "};
    static const char *const heads[] = {"select ", "alter table t alter a set default ", "create index i on t ((", "create table t (a int check ("};
    enum { TIMES = 100000 };
    for (size_t head = 0; head < sizeof(heads) / sizeof(*heads); head++)
        for (size_t i = 0; i < sizeof(pieces) / sizeof(*pieces); i++)
            for (int times = 2000; times <= TIMES; times *= 50) {
                struct arena own = {0};
                struct actions actions = {0};
                struct action_faults faults = {0};
                struct str text = str_new(&own);
                str_add(&text, heads[head]);
                for (int at = 0; at < times; at++)
                    str_add(&text, pieces[i]);
                str_add(&text, "1");
                for (int at = 0; at < times && strchr(pieces[i], '(') != NULL; at++)
                    str_add(&text, ")");
                str_add(&text, head == 2 ? "))" : head == 3 ? "))" : "");
                actions_read(&own, text.at, text.length, &actions, &faults);
                assert_int_equal(actions.count + faults.count, 2);
                arena_release(&own);
            }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_kind_tells_its_facts),
        cmocka_unit_test(a_fault_takes_only_its_statement),
        cmocka_unit_test(what_is_psqls_is_passed_over),
        cmocka_unit_test(places_are_bytes_of_the_text),
        cmocka_unit_test(subcommands_begin_behind_their_commas),
        cmocka_unit_test(bodies_are_opened),
        cmocka_unit_test(parts_of_bodies_have_places),
        cmocka_unit_test(columns_named_twice_are_told),
        cmocka_unit_test(a_long_text_is_read_alike),
        cmocka_unit_test(depth_does_no_harm),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(&arena);
    return failed;
}
