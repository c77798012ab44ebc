/*
 * Scripts as plain data: tests/cases/script/<topic>.txt holds cases, each a line "=== title", SQL text, a line
 * "---", and what script_read makes of it, as describe() below writes it.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/file.h"
#include "base/str.h"
#include "sql/script.h"

#include <stdio.h>
#include <string.h>

static const char *const modes[] = {"empty", "transaction", "steps", "whole"};

static void add_name(struct str *out, const char *label, const char *schema, const char *object)
{
    if (object != NULL)
        str_addf(out, "  %s %s%s%s\n", label, schema ? schema : "", schema ? "." : "", object);
}

static void add_statement(struct str *out, const struct script *script, const struct statement *statement)
{
    str_add(out, statement_kind_names[statement->kind]);
    str_add(out, ": ");
    for (size_t i = 0; i < statement->length; i++) {
        char c = script->text[statement->start + i];
        str_add_char(out, c == '\n' || c == '\r' ? ' ' : c);
    }
    str_add_char(out, '\n');
    add_name(out, statement->what_object ? statement->what_object : "object", statement->schema,
             statement->object);
    add_name(out, "table", statement->table_schema, statement->table);
    if (statement->value != NULL)
        str_addf(out, "  value %s\n", statement->value);
    if (statement->if_exists)
        str_add(out, "  if exists\n");
    if (statement->repeatable)
        str_add(out, "  repeatable\n");
}

static char *describe(struct arena *arena, const char *text, size_t length)
{
    struct str out = str_new(arena);
    struct script script;
    struct err err = {.arena = arena};
    if (script_read(arena, "file.sql", 1, text, length, &script, &err) != 0) {
        str_addf(&out, "error %d:%d: %s\nhint: %s\n", err.place.line, err.place.column, err.message,
                 err.hint ? err.hint : "none");
        return out.at;
    }
    str_addf(&out, "%s%s%s\n", modes[script.mode], script.touches_session ? ", session" : "",
             script.destructive ? ", destructive" : "");
    if (script.why != NULL)
        str_addf(&out, "why: %s\n", script.why);
    vec_each(statement, &script.statements)
        add_statement(&out, &script, statement);
    for (const struct script_step *step = script.steps.at;
         script.mode == SCRIPT_STEPS && step < script.steps.at + script.steps.count; step++)
        str_addf(&out, "step %zu+%zu%s%s\n", step->first + 1, step->count, step->transaction ? " transaction" : "",
                 step->rolled_back ? " rolled back" : "");
    return out.at;
}

/* Cuts the next line off, without its end. */
static char *next_line(char **rest)
{
    char *line = *rest, *end = strchr(line, '\n');
    if (*line == '\0')
        return NULL;
    *rest = end != NULL ? end + 1 : line + strlen(line);
    if (end != NULL)
        *end = '\0';
    return line;
}

static size_t run_cases(struct arena *arena, const char *path)
{
    char *rest;
    size_t length, cases = 0;
    struct err err = {.arena = arena};
    assert_int_equal(file_read(arena, path, 0, &rest, &length, &err), 0);
    char *line = next_line(&rest);
    while (line != NULL && !str_starts(line, "=== "))
        line = next_line(&rest);
    while (line != NULL) {
        const char *title = line + 4;
        struct str sql = str_new(arena), expected = str_new(arena);
        while ((line = next_line(&rest)) != NULL && strcmp(line, "---") != 0)
            str_addf(&sql, "%s\n", line);
        while ((line = next_line(&rest)) != NULL && !str_starts(line, "=== "))
            if (*line != '\0')
                str_addf(&expected, "%s\n", line);
        const char *found = describe(arena, sql.at ? sql.at : "", sql.length);
        if (strcmp(found, expected.at ? expected.at : "") != 0)
            fail_msg("%s: %s\n--- found\n%s--- expected\n%s", path, title, found, expected.at ? expected.at : "");
        cases++;
    }
    return cases;
}

static void test_cases(void **state)
{
    (void)state;
    static const char directory[] = "tests/cases/script";
    struct arena arena = {0};
    struct err err = {.arena = &arena};
    struct file_entries entries = {0};
    size_t cases = 0;
    assert_int_equal(file_list(&arena, directory, &entries, &err), 0);
    vec_each(entry, &entries)
        cases += run_cases(&arena, path_join(&arena, directory, entry->name));
    assert_true(cases > 0);
    arena_release(&arena);
}

/* What cannot stand in a text file of cases. */
static void check(const char *text, size_t length, const char *expected)
{
    struct arena arena = {0};
    assert_string_equal(describe(&arena, text, length), expected);
    arena_release(&arena);
}
#define CHECK(text, expected) check(text, sizeof(text) - 1, expected)

static void test_bytes(void **state)
{
    (void)state;
    CHECK("\xEF\xBB\xBFSELECT 1;", "error 1:1: the file begins with a byte order mark (BOM)\n"
                                   "hint: save it as UTF-8 without BOM\n");
    CHECK("SELECT 1;\n  \0", "error 2:3: a NUL byte, which SQL text cannot hold\n"
                             "hint: take it out; if the file is UTF-16, save it as UTF-8\n");
    CHECK("SELECT '\xC3\xA4', '\xE4';", "error 1:14: byte 0xE4 is not valid UTF-8\nhint: save the file as UTF-8\n");
    CHECK("\xFF\xFES\0E\0", "error 1:1: byte 0xFF is not valid UTF-8\n"
                            "hint: the file looks like UTF-16; save it as UTF-8\n");
    CHECK("", "empty\n");
    CHECK("SELECT 1", "transaction\nstatement: SELECT 1\n");
    CHECK("-- no end of line", "empty\n");
}

static void test_line_ends(void **state)
{
    (void)state;
    CHECK("-- skein: no-transaction\r\nCREATE TABLE a\r\n(b int);\r\nCREATE TABLE c();\r\n",
          "steps\nwhy: line 1 says no-transaction\nstatement: CREATE TABLE a  (b int)\n"
          "statement: CREATE TABLE c()\nstep 1+1 transaction\nstep 2+1 transaction\n");
}

static void test_places(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct err err = {.arena = &arena};
    struct script script;
    const char text[] = "SELECT 1;\r\n  -- \xC3\xA4\n\t\xC3\xA4 'x";
    assert_int_equal(script_read(&arena, "a/b.sql", 40, text, sizeof(text) - 1, &script, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_string_equal(err.place.file, "a/b.sql");
    assert_int_equal(err.place.line, 42);
    assert_int_equal(err.place.column, 4);
    assert_string_equal(err.source_line, "\t\xC3\xA4 'x");
    assert_string_equal(script_line(&arena, &script, 0), "SELECT 1;");
    assert_int_equal(script_place(&script, 0).line, 40);
    assert_int_equal(script_place(&script, sizeof(text) + 10).line, 42);
    arena_release(&arena);
}

/* Texts that end recursive readers, and texts longer than a window of the lexer. */
static void test_depth(void **state)
{
    (void)state;
    static const struct {
        const char *begin, *middle, *end;
    } texts[] = {
        {"SELECT 1", "+1", ""},       {"SELECT ", "(", ""},          {"SELECT 1", ")", ""},
        {"", "/* ", ""},              {"SELECT '", "x;''", "'"},     {"SELECT a", "[", ""},
        {"SELECT ", "NOT ", " true"}, {"SELECT ", "CASE WHEN ", ""}, {"/* ", "x ; ' ", "*/"},
        {"SELECT $$", ";\n", "$$"},   {"SELECT E'", "\\\n", "x'"},   {"SELECT 'a'", "\n'b;'", ""},
    };
    for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
        struct arena arena = {0};
        struct str sql = str_new(&arena);
        struct script script;
        struct err err = {.arena = &arena};
        str_add(&sql, texts[i].begin);
        for (int n = 0; n < 100 * 1000; n++)
            str_add(&sql, texts[i].middle);
        str_add(&sql, texts[i].end);
        int result = script_read(&arena, "f", 1, sql.at, sql.length, &script, &err);
        if (result != 0)
            assert_non_null(strstr(err.message, "unterminated"));
        else
            assert_true(script.statements.count <= 1);
        arena_release(&arena);
    }
}

static void test_long(void **state)
{
    (void)state;
    struct arena arena = {0};
    struct str sql = str_new(&arena);
    struct script script;
    struct err err = {.arena = &arena};
    enum { COUNT = 20000 };
    for (int i = 0; i < COUNT; i++)
        str_addf(&sql, "INSERT INTO t VALUES (%d, 'a;%*s', E'\\'\n;', \"b;\"); -- '%d\n", i, i % 37, "", i);
    assert_int_equal(script_read(&arena, "f", 1, sql.at, sql.length, &script, &err), 0);
    assert_int_equal(script.mode, SCRIPT_TRANSACTION);
    assert_int_equal(script.statements.count, COUNT);
    vec_each(statement, &script.statements) {
        assert_memory_equal(sql.at + statement->start, "INSERT INTO t", 13);
        assert_memory_equal(sql.at + statement->start + statement->length - 7, ", \"b;\")", 7);
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_cases), cmocka_unit_test(test_bytes), cmocka_unit_test(test_line_ends),
        cmocka_unit_test(test_places), cmocka_unit_test(test_depth), cmocka_unit_test(test_long),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
