#include "write/phrase.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* {yes} says its name as code, {words} as words, anything else has nothing to say. */
static bool value(void *context, const char *name, struct arena *arena, struct phrase_parts *parts)
{
    (void)context;
    if (strcmp(name, "yes") == 0)
        phrase_code(arena, parts, name);
    else if (strcmp(name, "words") == 0)
        phrase_say(arena, parts, name);
    return strcmp(name, "no") != 0;
}

static const struct { const char *pattern, *text; size_t parts; } rows[] = {
    {"Nothing.", "Nothing.", 1},       {"A {yes} b.", "A yes b.", 3},          {"A[ {yes}].", "A yes.", 4},
    {"A[ {no}].", "A.", 2},            {"A[ {yes}[ {no}] c].", "A yes c.", 5}, {"A[ {no}[ {yes}] c].", "A.", 2},
    {"A[, x{silent}].", "A, x.", 3},   {"{words}", "words", 1},                {"", "", 0},
};

static void test_patterns(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct arena arena = {0};
        struct phrase_parts parts = {0};
        phrase_format(&arena, &parts, rows[i].pattern, value, NULL);
        assert_string_equal(phrase_text(&arena, &parts), rows[i].text);
        assert_int_equal(parts.count, rows[i].parts);
        vec_each(part, &parts)
            assert_int_equal(part->code, strcmp(part->text, "yes") == 0);
        arena_release(&arena);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(test_patterns)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
