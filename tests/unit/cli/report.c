#include "cli/report.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <locale.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

/* Standard output of a test is no terminal: no colours. */
static const char *text_of(const struct err *err)
{
    return report_text(&arena, err, 1);
}

static void a_sentence_alone(void **state)
{
    (void)state;
    struct err err = {.arena = &arena};
    err_set(&err, ERR_USAGE, "unknown command upp");
    err_hint(&err, "did you mean up?");
    assert_string_equal(text_of(&err), "error: unknown command upp\nhint: did you mean up?\n");
}

static void points_at_the_place(void **state)
{
    (void)state;
    struct err err = {.arena = &arena};
    err_set(&err, ERR_FAILED, "relation \"nope\" does not exist");
    err_at(&err, "m/1_a.up.sql", 3, 15);
    err.source_line = arena_strdup(&arena, "\tinsert\tinto ü.nope;");
    memcpy(err.sqlstate, "42P01", 6);
    err.detail = arena_strdup(&arena, "first\nsecond");
    assert_string_equal(text_of(&err), "error: m/1_a.up.sql:3:15: relation \"nope\" does not exist (SQLSTATE 42P01)\n"
                                       "     3 |  insert into ü.nope;\n"
                                       "       |               ^\n"
                                       "detail: first\n        second\n");
}

static void shows_a_part_of_a_long_line(void **state)
{
    (void)state;
    struct err err = {.arena = &arena};
    char line[5001];
    memset(line, 'x', 5000);
    line[5000] = '\0';
    line[2499] = 'Y';
    err_set(&err, ERR_FAILED, "here");
    err_at(&err, "f", 1, 2500);
    err.source_line = line;
    char *text = report_text(&arena, &err, 1);
    assert_true(strlen(text) < 400);
    const char *shown = strstr(text, "1 | ") + 4;
    const char *caret_line = strstr(text, "\n       | ") + 10;
    assert_int_equal(strchr(shown, 'Y') - shown, strchr(caret_line, '^') - caret_line);
}

static void a_column_behind_the_line_is_no_crash(void **state)
{
    (void)state;
    struct err err = {.arena = &arena};
    err_set(&err, ERR_FAILED, "here");
    err_at(&err, "f", 1, 999);
    err.source_line = arena_strdup(&arena, "ü");
    assert_non_null(strstr(text_of(&err), "^"));
    err.source_line = arena_strdup(&arena, "");
    err_at(&err, "f", 1, 1);
    assert_string_equal(text_of(&err), "error: f:1:1: here\n     1 | \n       | ^\n");
}

static void other_peoples_text_is_harmless(void **state)
{
    (void)state;
    struct err err = {.arena = &arena};
    err_set(&err, ERR_FAILED, "bad \033[31mred");
    err_at(&err, "dir\n/\033]0;title\a.sql", 0, 0);
    err.hint = arena_strdup(&arena, "\033[2J");
    const char *text = text_of(&err);
    assert_null(strchr(text, '\033'));
    assert_null(strchr(text, '\a'));
}

static void json_has_every_field(void **state)
{
    (void)state;
    struct err err = {.arena = &arena};
    err_set(&err, ERR_LOCK, "somebody \"else\"");
    assert_string_equal(json_print(&arena, report_json(&arena, &err), false),
                        "{\"kind\":\"lock\",\"exit_code\":7,\"message\":\"somebody \\\"else\\\"\",\"file\":null,"
                        "\"line\":null,\"column\":null,\"sqlstate\":null,\"detail\":null,\"hint\":null}");
}

static int release(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_sentence_alone),
        cmocka_unit_test(points_at_the_place),
        cmocka_unit_test(shows_a_part_of_a_long_line),
        cmocka_unit_test(a_column_behind_the_line_is_no_crash),
        cmocka_unit_test(other_peoples_text_is_harmless),
        cmocka_unit_test(json_has_every_field),
    };
    setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests_name("report", tests, NULL, release);
}
