/*
 * Effects where no server can referee: of relations that are not known, of servers that are not at hand.  What a
 * server says of known ones is held against them by tests/effects.t.
 */
#include "../model/chain.h"

#include "schema/effect.h"

#include <stdio.h>

static void add_fact(struct str *out, enum truth truth, const char *word)
{
    if (truth != TRUTH_NO)
        str_addf(out, " %s%s", word, truth == TRUTH_UNKNOWN ? "?" : "");
}

/* "t ACCESS EXCLUSIVE rewritten scanned?, o SHARE" of the text's last statement. */
static const char *effect_text(struct chain *chain, const char *sql)
{
    struct actions actions = {0};
    struct action_faults faults = {0};
    struct str out = str_new(&chain->arena);
    actions_read(&chain->arena, sql, strlen(sql), &actions, &faults);
    assert_int_equal(faults.count, 0);
    vec_each(action, &actions) {
        struct effect effect;
        effect_of(&chain->arena, &chain->schema, action, &effect);
        if (action->kind != ACTION_END)
            out = str_new(&chain->arena);
        vec_each(touch, &effect.touches) {
            str_addf(&out, "%s%s %s", out.length > 0 ? ", " : "", touch->name.name, lock_mode_names[touch->lock]);
            add_fact(&out, touch->rewritten, "rewritten");
            add_fact(&out, touch->scanned, "scanned");
            add_fact(&out, touch->index_built, "indexed");
        }
        schema_apply(&chain->schema, action);
    }
    return out.at == NULL ? "" : out.at;
}

struct effect_case {
    int server;
    const char *setup, *sql, *expected;
};

static void check(const struct effect_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct chain chain;
        chain_open(&chain, cases[i].server);
        chain_run(&chain, cases[i].setup);
        const char *text = effect_text(&chain, cases[i].sql);
        if (strcmp(text, cases[i].expected) != 0)
            fail_msg("%s on %d: %s\nexpected: %s", cases[i].sql, cases[i].server, text, cases[i].expected);
        chain_close(&chain);
    }
}

#define CHECK(cases) check(cases, sizeof(cases) / sizeof(*(cases)))

static void test_relations_that_are_not_known(void **state)
{
    (void)state;
    static const struct effect_case cases[] = {
        {15, "", "ALTER TABLE t ADD COLUMN a int", "t ACCESS EXCLUSIVE"},
        {15, "", "ALTER TABLE t ADD COLUMN a float8 DEFAULT random()", "t ACCESS EXCLUSIVE rewritten scanned indexed?"},
        {15, "", "ALTER TABLE t ADD COLUMN a int DEFAULT elsewhere()", "t ACCESS EXCLUSIVE rewritten? scanned? indexed?"},
        {15, "", "ALTER TABLE t ADD COLUMN a int CHECK (a > 0)", "t ACCESS EXCLUSIVE scanned"},
        {15, "", "ALTER TABLE t ALTER COLUMN a TYPE text", "t ACCESS EXCLUSIVE rewritten? scanned? indexed?"},
        {15, "", "ALTER TABLE t ALTER COLUMN a TYPE int USING length(a)", "t ACCESS EXCLUSIVE rewritten scanned indexed?"},
        {15, "", "ALTER TABLE t ALTER COLUMN a SET NOT NULL", "t ACCESS EXCLUSIVE scanned?"},
        {15, "", "ALTER TABLE t VALIDATE CONSTRAINT c", "t SHARE UPDATE EXCLUSIVE scanned?"},
        {15, "", "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u", "t SHARE ROW EXCLUSIVE scanned, u SHARE ROW EXCLUSIVE scanned"},
        {15, "", "ALTER TABLE t ADD FOREIGN KEY (a) REFERENCES u NOT VALID", "t SHARE ROW EXCLUSIVE, u SHARE ROW EXCLUSIVE"},
        {15, "", "ALTER TABLE t SET UNLOGGED", "t ACCESS EXCLUSIVE rewritten? scanned? indexed?"},
        {15, "", "ALTER TABLE p ATTACH PARTITION t FOR VALUES IN (1)", "p SHARE UPDATE EXCLUSIVE, t ACCESS EXCLUSIVE scanned?"},
        {15, "", "CREATE INDEX i ON t (a)", "t SHARE scanned indexed"},
        {15, "", "CREATE INDEX CONCURRENTLY i ON t (a)", "t SHARE UPDATE EXCLUSIVE scanned indexed"},
        {15, "", "DROP INDEX i", "i ACCESS EXCLUSIVE"},
        {15, "", "DROP TABLE IF EXISTS t", ""},
        {15, "", "TRUNCATE t", "t ACCESS EXCLUSIVE"},
        {15, "", "UPDATE t SET a = 1 WHERE b = 2", "t ROW EXCLUSIVE scanned?"},
    };
    CHECK(cases);
}

static void test_servers(void **state)
{
    (void)state;
    static const struct effect_case cases[] = {
        {10, "", "ALTER TABLE t ADD COLUMN a int DEFAULT 1", "t ACCESS EXCLUSIVE rewritten scanned indexed?"},
        {11, "", "ALTER TABLE t ADD COLUMN a int DEFAULT 1", "t ACCESS EXCLUSIVE"},
        {11, "", "ALTER INDEX i RENAME TO j", "i ACCESS EXCLUSIVE"},
        {12, "", "ALTER INDEX i RENAME TO j", "i SHARE UPDATE EXCLUSIVE"},
        {11, "CREATE TABLE t (a timestamp); SET timezone = 'UTC'", "ALTER TABLE t ALTER COLUMN a TYPE timestamptz",
         "t ACCESS EXCLUSIVE rewritten scanned"},
        {12, "CREATE TABLE t (a timestamp); SET timezone = 'UTC'", "ALTER TABLE t ALTER COLUMN a TYPE timestamptz",
         "t ACCESS EXCLUSIVE"},
        {12, "CREATE TABLE t (a timestamp)", "ALTER TABLE t ALTER COLUMN a TYPE timestamptz",
         "t ACCESS EXCLUSIVE rewritten? scanned?"},
        {11, "CREATE TABLE p (a int) PARTITION BY LIST (a); CREATE TABLE t (a int)",
         "ALTER TABLE p ATTACH PARTITION t FOR VALUES IN (1)", "p ACCESS EXCLUSIVE, t ACCESS EXCLUSIVE scanned"},
    };
    CHECK(cases);
}

static void test_types(void **state)
{
    (void)state;
    static const struct effect_case cases[] = {
        {15, "CREATE TABLE t (a varchar(10))", "ALTER TABLE t ALTER a TYPE varchar(20) USING a::varchar(5)::varchar(20)",
         "t ACCESS EXCLUSIVE rewritten scanned"},
        {15, "CREATE TABLE t (a citext)", "ALTER TABLE t ALTER a TYPE text", "t ACCESS EXCLUSIVE"},
        {15, "CREATE TABLE t (a geometry(Point, 4326))", "ALTER TABLE t ALTER a TYPE geometry(Point, 3857)",
         "t ACCESS EXCLUSIVE rewritten? scanned?"},
        {15, "CREATE TABLE t (a text); CREATE INDEX t_a ON t (a)", "ALTER TABLE t ALTER a TYPE text COLLATE \"C\"",
         "t ACCESS EXCLUSIVE scanned indexed, t_a ACCESS EXCLUSIVE"},
        {15, "CREATE DOMAIN d AS varchar(10); CREATE TABLE t (a d)", "ALTER TABLE t ALTER a TYPE varchar(20)",
         "t ACCESS EXCLUSIVE"},
        {15, "CREATE DOMAIN d AS text CHECK (VALUE <> ''); CREATE DOMAIN dd AS d; CREATE TABLE t (a text)",
         "ALTER TABLE t ADD COLUMN b dd", "t ACCESS EXCLUSIVE rewritten scanned"},
    };
    CHECK(cases);
}

/* A view upon views that are reached along 2^30 ways. */
static void test_many_ways(void **state)
{
    (void)state;
    struct chain chain;
    chain_open(&chain, 15);
    chain_run(&chain, "CREATE TABLE t (a int); CREATE VIEW v0 AS SELECT a FROM t; CREATE VIEW w0 AS SELECT a FROM t");
    for (int i = 1; i <= 30; i++) {
        char sql[200];
        snprintf(sql, sizeof sql, "CREATE VIEW v%d AS SELECT v.a FROM v%d v, w%d w; CREATE VIEW w%d AS SELECT v.a FROM v%d v, w%d w",
                 i, i - 1, i - 1, i, i - 1, i - 1);
        chain_run(&chain, sql);
    }
    assert_non_null(strstr(effect_text(&chain, "SELECT * FROM v30"), "t ACCESS SHARE"));
    chain_close(&chain);
}

/* Of what others see nobody knows whether they put rows into it. */
static void rows_are_certain_only_in_the_open_transaction(void **state)
{
    static const struct {
        const char *setup;
        enum truth fails;
    } cases[] = {
        {"BEGIN; CREATE TABLE a (x int);", TRUTH_NO},
        {"BEGIN; CREATE TABLE a (x int); INSERT INTO a VALUES (1);", TRUTH_YES},
        {"BEGIN; CREATE TABLE a (x int); COMMIT;", TRUTH_UNKNOWN},
        {"BEGIN; CREATE TABLE a (x int); COMMIT; BEGIN; TRUNCATE a;", TRUTH_UNKNOWN},
        {"BEGIN; CREATE TABLE a (x int); COMMIT; INSERT INTO a VALUES (1);", TRUTH_YES},
        {"CREATE TEMP TABLE a (x int);", TRUTH_NO},
        {"", TRUTH_UNKNOWN},
    };
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct chain chain;
        struct actions actions = {0};
        struct action_faults faults = {0};
        struct effect effect;
        static const char sql[] = "ALTER TABLE a ADD COLUMN y int NOT NULL";
        chain_open(&chain, 15);
        chain_run(&chain, cases[i].setup);
        actions_read(&chain.arena, sql, strlen(sql), &actions, &faults);
        effect_of(&chain.arena, &chain.schema, &actions.at[0], &effect);
        if (effect.fails != cases[i].fails)
            fail_msg("%s: %d", cases[i].setup, effect.fails);
        chain_close(&chain);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_are_certain_only_in_the_open_transaction),
        cmocka_unit_test(test_relations_that_are_not_known),
        cmocka_unit_test(test_servers),
        cmocka_unit_test(test_types),
        cmocka_unit_test(test_many_ways),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
