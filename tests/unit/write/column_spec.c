#include "write/column_spec.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static struct column_specs read_good(const char *text)
{
    struct err err = {.arena = &arena};
    struct column_specs specs = {0};
    if (column_specs_read(&arena, "COLUMNS", text, &specs, &err) != 0)
        fail_msg("%s: %s", text, err.message);
    return specs;
}

static void check_bad(const char *text, const char *message)
{
    struct err err = {.arena = &arena};
    struct column_specs specs = {0};
    assert_int_equal(column_specs_read(&arena, "COLUMNS", text, &specs, &err), -1);
    assert_int_equal(err.kind, ERR_USAGE);
    assert_string_equal(err.message, message);
}

static void commas_and_colons_divide(void **state)
{
    struct column_specs specs =
        read_good("email:text:not-null:unique, total:numeric(12,2):default=round(1.5, 0)::numeric ,a:int[]:index,\"Odd,\":uuid");
    (void)state;
    assert_int_equal(specs.count, 4);
    assert_string_equal(specs.at[0].name, "email");
    assert_string_equal(specs.at[0].type, "text");
    assert_true(specs.at[0].not_null && specs.at[0].unique && !specs.at[0].index);
    assert_string_equal(specs.at[1].type, "numeric(12,2)");
    assert_string_equal(specs.at[1].default_value, "round(1.5, 0)::numeric");
    assert_true(specs.at[2].index);
    assert_string_equal(specs.at[3].name, "Odd,");
}

static void names_are_folded(void **state)
{
    (void)state;
    assert_string_equal(read_good("Email:TEXT").at[0].name, "email");
    assert_string_equal(read_good("\"Email\":text").at[0].name, "Email");
    assert_string_equal(read_good("order:text").at[0].name, "order");
}

static void references_are_read(void **state)
{
    struct column_spec spec = read_good("user_id:bigint:references=shop.users(id):on_delete=set-null").at[0];
    (void)state;
    assert_string_equal(spec.references.schema, "shop");
    assert_string_equal(spec.references.name, "users");
    assert_string_equal(spec.references_column, "id");
    assert_string_equal(spec.on_delete, "SET NULL");
    spec = read_good("user_id:references=users").at[0];
    assert_null(spec.type);
    assert_null(spec.references.schema);
    assert_null(spec.references_column);
    assert_null(read_good("note").at[0].type);
}

static void what_is_wrong_is_named(void **state)
{
    (void)state;
    check_bad("a:int,", "COLUMNS: a column is empty");
    check_bad("a:", "COLUMNS: column \"a\": \"\" is empty; expected a type, as in email:text");
    check_bad("a b:int", "COLUMNS: \"a b\" is no name: letters, digits and '_' make one, a digit not at the beginning; any other stands in double quotes");
    check_bad("a:int:nul", "COLUMNS: column \"a\": \"nul\" is unknown");
    check_bad("a:int:unique=1", "COLUMNS: column \"a\": \"unique=1\" has a value; expected unique alone");
    check_bad("a:int:references=b:on-delete=never",
              "COLUMNS: column \"a\": \"never\" is nothing to do on delete; expected cascade, restrict, set-null, set-default "
              "or no-action");
    check_bad("a:int:references=b(c)d", "COLUMNS: column \"a\": \"b(c)d\" is no reference: expected table, or table(column)");
    check_bad("a:int,a:text", "COLUMNS: column \"a\" is there twice");
}

static void check_sql(const char *text, const char *hint)
{
    struct err err = {.arena = &arena};
    struct column_specs specs = {0};
    assert_int_equal(column_specs_read(&arena, "COLUMNS", text, &specs, &err), -1);
    assert_string_equal(err.hint, hint);
}

static void sql_is_told_in_the_words_of_columns(void **state)
{
    (void)state;
    check_bad("name varchar(20) NOT NULL", "COLUMNS: \"name varchar(20) NOT NULL\" is written as in SQL");
    check_sql("name varchar(20) NOT NULL", "expected name:varchar(20):not-null");
    check_sql("ok:int, \"Odd\" text unique", "expected \"Odd\":text:unique");
    check_sql("id bigint PRIMARY KEY", "expected id:bigint:primary-key");
    check_sql("at timestamptz NOT NULL DEFAULT now()", "expected at:timestamptz:not-null:default=now()");
    check_sql("a bigint REFERENCES b (c)", "expected a:bigint:references=b(c)");
    check_sql("a bigint REFERENCES b", "expected a:bigint:references=b");
    check_sql("name text:not-null", "expected name:text");
    check_sql("a:int not null", "expected a:integer:not-null");
    check_sql("a int check (a > 0)", "expected a:integer; there is no word for the rest of it: write that by hand");
}

/* Nothing gets into a file by way of a type or a default that is not one. */
static void more_than_one_piece_is_refused(void **state)
{
    static const char *const texts[] = {
        "a:int NOT NULL", "a:int, b:int); DROP TABLE t; --", "a:int /*", "a:int)--", "a:int CHECK (true)", "a:int DEFAULT 1",
        "a:int:default=1) NOT NULL, b int DEFAULT (2", "a:int:default=1; DROP TABLE t", "a:int:default=b", "a:int:default=(",
        "a:int:default='", "a:int COLLATE", "a:int GENERATED ALWAYS AS IDENTITY", "a:int) PARTITION BY RANGE (c"};
    (void)state;
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct err err = {.arena = &arena};
        struct column_specs specs = {0};
        if (column_specs_read(&arena, "COLUMNS", texts[i], &specs, &err) == 0)
            fail_msg("taken: %s", texts[i]);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(commas_and_colons_divide), cmocka_unit_test(names_are_folded),
        cmocka_unit_test(references_are_read),      cmocka_unit_test(what_is_wrong_is_named),
        cmocka_unit_test(sql_is_told_in_the_words_of_columns),
        cmocka_unit_test(more_than_one_piece_is_refused),
    };
    int failed = cmocka_run_group_tests_name("column_spec", tests, NULL, NULL);
    arena_release(&arena);
    return failed;
}
