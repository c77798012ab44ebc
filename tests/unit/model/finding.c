#include "model/finding.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;
static struct err err = {.arena = &arena};

static void warnings_are_no_errors(void **state)
{
    (void)state;
    struct findings findings = {0};
    assert_int_equal(findings_judge(&findings, &err), 0);
    finding_add(&arena, &findings, SEVERITY_WARNING, "unknown-key", ERR_INPUT, (struct place){"a", 1, 2}, NULL, NULL,
                "unknown %s", "key");
    finding_add(&arena, &findings, SEVERITY_NOTE, "x", ERR_INPUT, (struct place){0}, NULL, NULL, "y");
    assert_int_equal(findings_judge(&findings, &err), 0);
    assert_int_equal(findings.count, 2);
    assert_string_equal(findings.at[0].message, "unknown key");
    assert_string_equal(severity_names[findings.at[0].severity], "warning");
}

static void the_first_error_speaks_for_all(void **state)
{
    (void)state;
    struct findings findings = {0};
    finding_add(&arena, &findings, SEVERITY_WARNING, "w", ERR_INPUT, (struct place){0}, NULL, NULL, "warned");
    finding_add(&arena, &findings, SEVERITY_ERROR, "cycle", ERR_DEPENDENCY, (struct place){"d.json", 3, 4}, "auth",
                "break it", "100%% of %s", "it");
    assert_int_equal(findings_judge(&findings, &err), -1);
    assert_int_equal(err.kind, ERR_DEPENDENCY);
    assert_string_equal(err.message, "100% of it");
    assert_string_equal(err.hint, "break it");
    assert_string_equal(err.place.file, "d.json");
    assert_int_equal(err.place.line, 3);
    finding_add(&arena, &findings, SEVERITY_ERROR, "e", ERR_INPUT, (struct place){0}, NULL, NULL, "second");
    findings_judge(&findings, &err);
    assert_string_equal(err.message, "100% of it (and 1 more error)");
    finding_add(&arena, &findings, SEVERITY_ERROR, "e", ERR_INPUT, (struct place){0}, NULL, NULL, "third");
    findings_judge(&findings, &err);
    assert_string_equal(err.message, "100% of it (and 2 more errors)");
}

static void findings_are_sorted_by_place(void **state)
{
    (void)state;
    static const struct place places[] = {{"b", 2, 1}, {"a", 10, 1}, {"b", 2, 1}, {"a", 9, 4}, {NULL, 0, 0}, {"a", 9, 2}, {"b", 1, 9}};
    static const char *const expected[] = {"4", "5", "3", "1", "6", "0", "2"};
    struct findings findings = {0};
    for (int i = 0; i < 7; i++)
        finding_add(&arena, &findings, SEVERITY_NOTE, "r", ERR_INPUT, places[i], NULL, NULL, "%d", i);
    findings_sort(&arena, &findings);
    for (int i = 0; i < 7; i++)
        assert_string_equal(findings.at[i].message, expected[i]);
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
        cmocka_unit_test(warnings_are_no_errors),
        cmocka_unit_test(the_first_error_speaks_for_all),
        cmocka_unit_test(findings_are_sorted_by_place),
    };
    return cmocka_run_group_tests_name("finding", tests, NULL, release);
}
