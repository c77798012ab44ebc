#include "../model/probe.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* The only finding's "message" or "message | hint". */
static const char *told(struct probe *probe, const char *yaml, const char *setup, const char *sql)
{
    const char *fault = probe_rules(probe, yaml);
    if (fault != NULL)
        return fault;
    struct findings findings = probe_findings(probe, setup, sql);
    if (findings.count != 1)
        return arena_printf(&probe->world.tree.arena, "%zu findings", findings.count);
    const struct finding *finding = findings.at;
    return finding->hint == NULL ? finding->message
                                 : arena_printf(&probe->world.tree.arena, "%s | %s", finding->message, finding->hint);
}

static void variables_are_filled_in(void **state)
{
    (void)state;
    static const struct { const char *on, *message, *fix, *sql, *told; } cases[] = {
        {"create-index", "{{index}} on {{table}}, {{count}} of {{columns}}",
         "CREATE {{unique}}INDEX CONCURRENTLY {{index}} {{definition}};",
         "CREATE UNIQUE INDEX \"A i\" ON s.t\n  USING btree (lower(b) DESC, /* c */ \"C\") WHERE d = 'x';",
         "\"A i\" on s.t, 2 of lower(b) DESC, \"C\" | "
         "CREATE UNIQUE INDEX CONCURRENTLY \"A i\" ON s.t USING btree (lower(b) DESC, \"C\") WHERE d = 'x';"},
        {"create-index", "{{index}}", "{{index}}", "CREATE INDEX ON t (a, lower(b))", "t_a_expr_idx | t_a_expr_idx"},
        {"add-constraint", "{{constraint}}: {{referenced}} ({{referenced_columns}})",
         "ALTER TABLE {{table}} ADD CONSTRAINT {{constraint}} {{definition}} NOT VALID;",
         "ALTER TABLE \"order\" ADD FOREIGN KEY (a, b) REFERENCES c (x, y) ON DELETE CASCADE, ADD z int;",
         "order_a_b_fkey: c (x, y) | ALTER TABLE \"order\" ADD CONSTRAINT order_a_b_fkey FOREIGN KEY (a, b) REFERENCES "
         "c (x, y) ON DELETE CASCADE NOT VALID;"},
        {"add-column", "{{column}} {{type}} {{default}}", "{{definition}}",
         "ALTER TABLE t ADD a numeric(10,2)[] DEFAULT array[1 + f(2, 3)]::numeric[] CHECK (a > '{}');",
         "a numeric(10, 2)[] array[1 + f(2, 3)]::numeric[] | CHECK (a > '{}')"},
        {"add-column", "{{type}}", "{{definition}}", "ALTER TABLE t ADD a int REFERENCES b",
         "integer | FOREIGN KEY (a) REFERENCES b"},
        {"alter-column-type", "{{old_type}} to {{type}}", "{{lock}}", "ALTER TABLE k ALTER v TYPE text;",
         "varchar(10) to text | ACCESS EXCLUSIVE"},
        {"rename", "{{object}} {{name}} is {{new_name}}", "{{new_name}}", "ALTER TABLE k RENAME TO \"Q\"",
         "TABLE k is \"Q\" | \"Q\""},
        {"drop-constraint", "{{constraint}} of {{table}}", "{{constraint}}", "ALTER TABLE k DROP CONSTRAINT \"c 1\"",
         "\"c 1\" of k | \"c 1\""},
        {"attach-partition", "{{partition}} to {{parent}}", "{{partition}}",
         "ALTER TABLE p ATTACH PARTITION c FOR VALUES IN (1)", "c to p | c"},
        {"set", "{{setting}} = {{value}}", "x", "SET lock_timeout = '3s'", "lock_timeout = 3s | x"},
        {"drop", "{{object}} {{name}} in {{schema}}", "{{statement}}", "DROP VIEW /* no */ v\n CASCADE;",
         "VIEW v in public | DROP VIEW v CASCADE"},
        {"truncate", "{{index}} {{column}} {{locked}}", "{{index}} {{column}} {{locked}}", "TRUNCATE t",
         "the index the column another table | index_name column_name table_name"},
        {"vacuum", "{{server}}", "{{server}}", "VACUUM", "15 | 15"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct probe probe;
        probe_open(&probe);
        const char *yaml = arena_printf(&probe.world.tree.arena,
                                        "- id: probe\n  title: t\n  on: %s\n  message: '%s'\n  fix: '%s'\n", cases[i].on,
                                        cases[i].message, cases[i].fix);
        assert_string_equal(told(&probe, yaml, "CREATE TABLE k (v varchar(10));", cases[i].sql), cases[i].told);
        probe_close(&probe);
    }
}

#define PROBE "- id: probe\n  title: t\n  message: '{{column}}'\n"

static void each_part_is_looked_at(void **state)
{
    (void)state;
    struct probe probe;
    probe_open(&probe);
    static const char table[] = "CREATE TABLE t (\na int,\nb text CHECK (b > ''),\nc int,\nCHECK (a > 0),\nUNIQUE (c))";
    assert_null(probe_rules(&probe, PROBE "  on: create-table\n  each: column\n  when: type-is int4\n"));
    assert_string_equal(probe_lines(&probe, NULL, table), "2 4");
    assert_null(probe_rules(&probe, PROBE "  on: create-table\n  each: constraint\n  when: constraint-is check\n"));
    assert_string_equal(probe_lines(&probe, NULL, table), "3 5");
    assert_null(probe_rules(&probe, PROBE "  on: update\n  each: assignment\n"));
    assert_string_equal(probe_lines(&probe, NULL, "UPDATE t SET x = 1,\ny = 3,\nx = 2"), "1 3");
    probe_close(&probe);
}

static void once_is_once(void **state)
{
    (void)state;
    struct probe probe;
    probe_open(&probe);
    static const char text[] = "ALTER TABLE t ADD a int, ADD b int;\nALTER TABLE t ADD c int;\nALTER TABLE u ADD a int;";
    assert_null(probe_rules(&probe, PROBE "  on: add-column\n"));
    assert_string_equal(probe_lines(&probe, NULL, text), "1 1 2 3");
    assert_null(probe_rules(&probe, PROBE "  on: add-column\n  once: statement\n"));
    assert_string_equal(probe_lines(&probe, NULL, text), "1 2 3");
    assert_null(probe_rules(&probe, PROBE "  on: add-column\n  once: object\n"));
    assert_string_equal(probe_lines(&probe, NULL, text), "1 3");
    assert_null(probe_rules(&probe, PROBE "  on: add-column\n  once: true\n"));
    assert_string_equal(probe_lines(&probe, NULL, text), "1");
    assert_string_equal(probe_lines(&probe, NULL, text), "1");
    probe_close(&probe);
}

static void a_body_runs_later(void **state)
{
    (void)state;
    struct probe probe;
    probe_open(&probe);
    static const char text[] = "CREATE FUNCTION f() RETURNS void LANGUAGE plpgsql AS $$ BEGIN\nDROP TABLE t;\nEND $$;\n"
                               "DO $$ BEGIN\nIF true THEN\nDROP TABLE u;\nEND IF; END $$;\nDROP TABLE v;";
    assert_null(probe_rules(&probe, PROBE "  on: drop table\n"));
    assert_string_equal(probe_lines(&probe, NULL, text), "6 8");
    assert_null(probe_rules(&probe, PROBE "  on: drop\n  bodies: true\n"));
    assert_string_equal(probe_lines(&probe, NULL, text), "2 6 8");
    assert_null(probe_rules(&probe, PROBE "  on: drop view\n  bodies: true\n"));
    assert_string_equal(probe_lines(&probe, NULL, text), "");
    probe_close(&probe);
}

static void patterns_see_the_masked_statement(void **state)
{
    (void)state;
    struct probe probe;
    probe_open(&probe);
    static const char rule[] = "- id: probe\n  title: t\n  on: all\n  pattern: '(?i)\\bfrom (?<what>\\w+)'\n"
                               "  message: 'from {{what}}'\n";
    assert_string_equal(told(&probe, rule, NULL, "SELECT 'from a' /* from b */ FROM\n  c"), "from c");
    assert_string_equal(told(&probe, rule, NULL, "SELECT 'from a'"), "0 findings");
    probe_close(&probe);
}

static void a_hostile_pattern_gives_up(void **state)
{
    (void)state;
    struct probe probe;
    probe_open(&probe);
    struct str sql = str_new(&probe.world.tree.arena);
    for (int i = 0; i < 100; i++)
        str_addf(&sql, "SELECT %0500d;\n", 0);
    assert_null(probe_rules(&probe, "- id: probe\n  title: t\n  on: select\n  pattern: '(0+)+$x'\n  message: m\n"));
    struct findings findings = probe_findings(&probe, NULL, sql.at);
    assert_int_equal(findings.count, 0);
    assert_null(probe_rules(&probe, "- id: probe\n  title: t\n  on: select\n  pattern: '(0+)+[ab]$'\n  message: m\n"));
    findings = probe_findings(&probe, NULL, sql.at);
    assert_int_equal(findings.count, 1);
    assert_string_equal(findings.at[0].rule, "rule-limit");
    assert_int_equal(findings.at[0].place.line, 1);
    probe_close(&probe);
}

static void a_set_has_its_own_severity(void **state)
{
    (void)state;
    struct probe probe;
    probe_open(&probe);
    assert_null(probe_rules(&probe, PROBE "  on: drop\n  severity: note\n  why: because {{name}}\n"));
    struct findings findings = probe_findings(&probe, NULL, "SELECT 1;\n  DROP TABLE t;");
    assert_int_equal(findings.count, 1);
    assert_int_equal(findings.at[0].severity, SEVERITY_NOTE);
    assert_string_equal(findings.at[0].why, "because t");
    assert_int_equal(findings.at[0].place.column, 3);
    assert_string_equal(findings.at[0].source_line, "  DROP TABLE t;");
    probe_close(&probe);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(variables_are_filled_in),
        cmocka_unit_test(each_part_is_looked_at),
        cmocka_unit_test(once_is_once),
        cmocka_unit_test(a_body_runs_later),
        cmocka_unit_test(patterns_see_the_masked_statement),
        cmocka_unit_test(a_hostile_pattern_gives_up),
        cmocka_unit_test(a_set_has_its_own_severity),
    };
    return cmocka_run_group_tests_name("rule_judge", tests, NULL, NULL);
}
