#include "text/nearest.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static struct strings words(const char *first, ...)
{
    struct strings list = {0};
    va_list more;
    va_start(more, first);
    for (const char *word = first; word != NULL; word = va_arg(more, const char *))
        *vec_add(&arena, &list) = word;
    va_end(more);
    return list;
}

static void finds_what_was_meant(void **state)
{
    (void)state;
    struct strings known = words("staging", "production", "development", "up", "port", "lock_timeout", NULL);
    static const struct { const char *word, *nearest; } cases[] = {
        {"stagign", "staging"}, {"STAGING", "staging"}, {"prod", NULL}, {"productoin", "production"},
        {"locktimeout", "lock_timeout"}, {"lock-timeout", "lock_timeout"}, {"pu", "up"}, {"u", "up"},
        {"prot", "port"}, {"x", NULL}, {"", NULL}, {"zzzzzzzz", NULL}, {"develoment", "development"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        const char *found = nearest_find(cases[i].word, &known);
        if ((found == NULL) != (cases[i].nearest == NULL) ||
            (found != NULL && strcmp(found, cases[i].nearest) != 0))
            fail_msg("%s gave %s", cases[i].word, found == NULL ? "nothing" : found);
    }
}

static void takes_the_nearest_of_several(void **state)
{
    (void)state;
    struct strings known = words("table", "tables", "tabled", NULL);
    assert_string_equal(nearest_find("tabless", &known), "tables");
    struct strings none = {0};
    assert_null(nearest_find("a", &none));
}

static void long_words_mean_nothing(void **state)
{
    (void)state;
    char word[4096];
    memset(word, 'a', sizeof word - 1);
    word[sizeof word - 1] = '\0';
    struct strings known = words(word, "a", NULL);
    assert_null(nearest_find(word, &known));
    assert_string_equal(nearest_find("b", &known), "a");
}

static void joins_words(void **state)
{
    (void)state;
    struct strings none = {0}, one = words("a", NULL), two = words("a", "b", NULL), three = words("a", "b", "c", NULL);
    assert_string_equal(words_join(&arena, &none), "none");
    assert_string_equal(words_join(&arena, &one), "a");
    assert_string_equal(words_join(&arena, &two), "a and b");
    assert_string_equal(words_join(&arena, &three), "a, b and c");
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
        cmocka_unit_test(finds_what_was_meant),
        cmocka_unit_test(takes_the_nearest_of_several),
        cmocka_unit_test(long_words_mean_nothing),
        cmocka_unit_test(joins_words),
    };
    return cmocka_run_group_tests_name("nearest", tests, NULL, release);
}
