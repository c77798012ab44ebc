#include "sql/parse.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <cmocka.h>

static struct arena arena;

/* A statement, and where the grammar stops: byte offset and what its sentence holds; NULL: accepted. */
static const struct {
    const char *text;
    size_t offset;
    const char *message;
} cases[] = {
    {"select 1", 0, NULL},
    {"create table s.t (id int primary key)", 0, NULL},
    {"create function f() returns int language sql begin atomic select 1; end", 0, NULL},
    {"", 0, NULL},
    {"selec 1", 0, "at or near \"selec\""},
    {"create tabel t ()", 7, "at or near \"tabel\""},
    {"select 'ä' from 1", 17, "at or near \"1\""},
    {"select", 6, NULL},
    {"select (", 8, "end of input"},
};

static void grammar_is_postgresqls(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
        struct parse_fault fault = {0};
        bool accepted = parse_accepts(&arena, cases[i].text, strlen(cases[i].text), &fault);
        if (accepted != (cases[i].message == NULL))
            fail_msg("%s: %s", cases[i].text, accepted ? "accepted" : fault.message);
        if (accepted)
            continue;
        assert_non_null(strstr(fault.message, cases[i].message));
        assert_int_equal(fault.offset, cases[i].offset);
    }
}

static void only_the_given_length_is_read(void **state)
{
    (void)state;
    struct parse_fault fault;
    assert_true(parse_accepts(&arena, "select 1 garbage garbage", strlen("select 1"), &fault));
}

/* A million terms, and nesting beyond what the grammar's stack holds: an answer, never a crash. */
static void depth_does_no_harm(void **state)
{
    (void)state;
    static const char *const pieces[] = {"1+", "(", "not ", "case when ", "a and ", "array[", "(select "};
    enum { TIMES = 200000 };
    for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
        size_t length = strlen(pieces[i]);
        char *text = arena_alloc(&arena, 7 + TIMES * length + 2);
        memcpy(text, "select ", 7);
        for (size_t at = 0; at < TIMES; at++)
            memcpy(text + 7 + at * length, pieces[i], length);
        text[7 + TIMES * length] = '1';
        struct parse_fault fault = {0};
        if (!parse_accepts(&arena, text, strlen(text), &fault))
            assert_non_null(fault.message);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(grammar_is_postgresqls),
        cmocka_unit_test(only_the_given_length_is_read),
        cmocka_unit_test(depth_does_no_harm),
    };
    int failed = cmocka_run_group_tests(tests, NULL, NULL);
    arena_release(&arena);
    return failed;
}
