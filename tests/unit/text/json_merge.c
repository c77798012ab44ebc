#include "text/json_merge.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static void check(const char *ancestor, const char *mine, const char *theirs, const char *expected)
{
    struct err err = {.arena = &arena};
    const char *merged = NULL;
    if (json_merge(&arena, "x.json", ancestor, mine, theirs, &merged, &err) != 0)
        fail_msg("%s", err.message);
    assert_string_equal(merged, expected);
}

static void what_is_new_is_put_in(void **state)
{
    (void)state;
    check("{\"a\": 1}", "{\"a\": 1, \"b\": {\"c\": [1, 2]}}", "{\"a\": 1, \"z\": 0}", "{\"a\": 1, \"z\": 0, \"b\": {\"c\": [1, 2]}}");
    check("{\n  \"m\": {\n    \"1\": {}\n  }\n}\n", "{\n  \"m\": {\n    \"1\": {},\n    \"3\": {\n      \"x\": 1\n    }\n  }\n}\n",
          "{\n  \"m\": {\n    \"1\": {},\n    \"2\": {}\n  }\n}\n",
          "{\n  \"m\": {\n    \"1\": {},\n    \"2\": {},\n    \"3\": {\n      \"x\": 1\n    }\n  }\n}\n");
    check(NULL, "{\"a\": 1}", "{\"b\": 2}", "{\"b\": 2, \"a\": 1}");
}

static void what_one_changed_is_changed(void **state)
{
    (void)state;
    check("{\"a\": [1], \"b\": {\"c\": 1, \"d\": 1}}", "{\"a\": [1, 2], \"b\": {\"c\": 2, \"d\": 1}}", "{\"a\": [1], \"b\": {\"c\": 1, \"d\": 3}}",
          "{\"a\": [1, 2], \"b\": {\"c\": 2, \"d\": 3}}");
    check("{\"a\": 1}", "{\"a\": 2}", "{\"a\": 2}", "{\"a\": 2}");
    check("{\"a\": 1, \"b\": 1}", "{\"a\": 1}", "{\"a\": 1, \"b\": 1}", "{\"a\": 1, \"b\": 1}");
    check("{\"a\": \"1\"}", "{\"a\": 1}", "{\"a\": \"1\"}", "{\"a\": 1}");
    check("{\"a\": true}", "{\"a\": false}", "{\"a\": true}", "{\"a\": false}");
}

static void check_fails(const char *ancestor, const char *mine, const char *theirs, int line, const char *expected)
{
    struct err err = {.arena = &arena};
    const char *merged = NULL;
    assert_int_equal(json_merge(&arena, "x.json", ancestor, mine, theirs, &merged, &err), -1);
    assert_int_equal(err.kind, ERR_INPUT);
    assert_int_equal(err.place.line, line);
    if (strstr(err.message, expected) == NULL)
        fail_msg("%s", err.message);
}

static void what_both_changed_is_for_people(void **state)
{
    (void)state;
    check_fails("{\"a\": 1}", "{\"a\": 2}", "{\n\"a\": 3}", 2, "both branches changed \"a\"");
    check_fails("{\"a\": 1}", "{\"a\": 2}", "{}", 1, "both branches changed \"a\"");
    check_fails(NULL, "{\"a\": {\"b\": 1}}", "{\"a\": {\n\"b\": 2}}", 2, "both branches changed \"b\"");
    check_fails(NULL, "[]", "{}", 1, "expected an object");
    check_fails(NULL, "{}", "{\"a\": }", 1, "expected");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_is_new_is_put_in),
        cmocka_unit_test(what_one_changed_is_changed),
        cmocka_unit_test(what_both_changed_is_for_people),
    };
    int failed = cmocka_run_group_tests_name("json_merge", tests, NULL, NULL);
    arena_release(&arena);
    return failed;
}
