#include "model/expand.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct err err = {.arena = &arena};
static const struct place place = {"skein.yaml", 4, 9};

static void replaces_references(void **state)
{
    (void)state;
    setenv("SET", "value", 1);
    setenv("EMPTY", "", 1);
    unsetenv("UNSET");
    static const struct { const char *text, *expanded; } cases[] = {
        {"", ""}, {"plain", "plain"}, {"${SET}", "value"}, {"a${SET}b${SET}", "avaluebvalue"}, {"${EMPTY}", ""},
        {"${EMPTY:-d}", "d"}, {"${UNSET:-d}", "d"}, {"${UNSET:-}", ""}, {"${SET:-d}", "value"},
        {"${UNSET:-${SET}}", "value"}, {"${UNSET:-a${UNSET:-b}c}d", "abcd"}, {"$SET $ $$ {SET}", "$SET $ $$ {SET}"},
        {"$${SET}", "${SET}"}, {"${UNSET:-a b:c}", "a b:c"}, {"${SET}}", "value}"}, {"5$", "5$"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *expanded = NULL;
        if (expand_text(&arena, cases[i].text, place, &expanded, &err) != 0)
            fail_msg("%s: %s", cases[i].text, err.message);
        assert_string_equal(expanded, cases[i].expanded);
    }
}

/* A value that looks like a reference is not looked at again. */
static void values_are_not_expanded_again(void **state)
{
    (void)state;
    char *expanded = NULL;
    setenv("TRICK", "${UNSET}", 1);
    assert_int_equal(expand_text(&arena, "${TRICK}", place, &expanded, &err), 0);
    assert_string_equal(expanded, "${UNSET}");
}

static void says_what_is_missing_and_where(void **state)
{
    (void)state;
    unsetenv("UNSET");
    static const struct { const char *text, *says; } cases[] = {
        {"${UNSET}", "the variable UNSET is not set"}, {"${UNSET:-${UNSET}}", "UNSET is not set"},
        {"${SET", "never closed"}, {"${", "never closed"}, {"${}", "expected ${NAME}"}, {"${1A}", "expected ${NAME}"},
        {"${A B}", "expected ${NAME}"}, {"${A-b}", "expected ${NAME}"}, {"${A:?b}", "expected ${NAME}"},
        {"${A:-${B}", "never closed"}, {"${${A}}", "expected ${NAME}"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char *expanded = NULL;
        assert_int_equal(expand_text(&arena, cases[i].text, place, &expanded, &err), -1);
        if (strstr(err.message, cases[i].says) == NULL)
            fail_msg("%s: %s", cases[i].text, err.message);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_int_equal(err.place.line, 4);
        assert_int_equal(err.place.column, 9);
        assert_non_null(err.hint);
    }
}

static void bounds_the_nesting(void **state)
{
    (void)state;
    enum { DEEP = 20000 };
    char *text = arena_alloc(&arena, DEEP * 8), *at = text, *expanded = NULL;
    unsetenv("A");
    for (int i = 0; i < DEEP; i++, at += 5)
        memcpy(at, "${A:-", 5);
    memset(at, '}', DEEP);
    assert_int_equal(expand_text(&arena, text, place, &expanded, &err), -1);
    assert_non_null(strstr(err.message, "nested too deep"));
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
        cmocka_unit_test(replaces_references),
        cmocka_unit_test(values_are_not_expanded_again),
        cmocka_unit_test(says_what_is_missing_and_where),
        cmocka_unit_test(bounds_the_nesting),
    };
    return cmocka_run_group_tests_name("expand", tests, NULL, release);
}
