#include "model/single.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;
static struct err err = {.arena = &arena};

static int read(const char *content, struct single *single)
{
    err_clear(&err);
    return single_read("3_x.sql", content, strlen(content), single, &err);
}

static void parts_are_found(void **state)
{
    (void)state;
    static const struct {
        const char *content, *up, *down;
        int up_line, down_line;
    } cases[] = {
        {"-- +++++ UP\nup;\n-- +++++ DOWN\ndown;\n", "up;\n", "down;\n", 2, 4},
        {"-- Migration: x\n\n-- +++++ UP\nup;\n-- +++++ DOWN\ndown", "up;\n", "down", 4, 6},
        {"-- +++++ up  \r\nup;\r\n--+++++Down\t\r\ndown;\r\n", "up;\r\n", "down;\r\n", 2, 4},
        {"-- +++++ DOWN\ndown;\n-- +++++ UP\nup;", "up;", "down;\n", 4, 2},
        {"-- +++++ UP\n-- +++++ DOWN", "", "", 2, 3},
        {"/* a /* nested\n comment */ still */ -- and more\n-- +++++ UP\nu\n-- +++++ DOWN\nd", "u\n", "d", 4, 6},
        {"-- +++++++++++++ ruler\n-- +++++ UP\nu\n-- +++++ DOWN\n", "u\n", "", 3, 5},
        {"-- +++++ UP\nselect '\n  -- +++++ DOWN';\n-- +++++ DOWN\n", "select '\n  -- +++++ DOWN';\n", "", 2, 5},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct single single;
        assert_int_equal(read(cases[i].content, &single), 0);
        assert_true(single.marked);
        const struct single_part *up = &single.parts[DIRECTION_UP], *down = &single.parts[DIRECTION_DOWN];
        assert_true(span_equals((struct span){cases[i].content + up->offset, up->length}, cases[i].up));
        assert_true(span_equals((struct span){cases[i].content + down->offset, down->length}, cases[i].down));
        assert_int_equal(up->first_line, cases[i].up_line);
        assert_int_equal(down->first_line, cases[i].down_line);
    }
}

static void without_markers_it_is_none_of_ours(void **state)
{
    (void)state;
    static const char *const cases[] = {"", "\n", "select 1;", "-- +++++++ UP\n", "- +++++ UP\n", "--- +++++ UP"};
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct single single;
        assert_int_equal(read(cases[i], &single), 0);
        assert_false(single.marked);
    }
}

static void faults_have_their_line(void **state)
{
    (void)state;
    static const struct {
        const char *content, *message, *hint;
        int line;
    } cases[] = {
        {"\n-- +++++ UP\nup;\n", "marker for DOWN is missing", "add the line -- +++++ DOWN", 2},
        {"-- +++++ DOWN\nd;\n", "marker for UP is missing", "add the line -- +++++ UP", 1},
        {"-- +++++ UP\n-- +++++ DOWN\n-- +++++ UP\n", "UP is there twice", "keep one", 3},
        {"-- +++++ UP\n-- +++++ DONW\n", "unknown marker \"-- +++++ DONW\"", "-- +++++ DOWN", 2},
        {"-- hello\n  select 1;\n-- +++++ UP\n-- +++++ DOWN\n", "before the first marker", "-- +++++ UP", 2},
        {"/* c */ x\n-- +++++ UP\n-- +++++ DOWN\n", "before the first marker", "-- +++++ UP", 1},
        {"\xEF\xBB\xBF-- c\n-- +++++ UP\n-- +++++ DOWN\n", "byte order mark", "without", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct single single;
        assert_int_equal(read(cases[i].content, &single), -1);
        assert_int_equal(err.kind, ERR_INPUT);
        assert_non_null(strstr(err.message, cases[i].message));
        assert_non_null(strstr(err.hint, cases[i].hint));
        assert_int_equal(err.place.line, cases[i].line);
        assert_string_equal(err.place.file, "3_x.sql");
    }
}

static void bytes_of_any_kind_are_borne(void **state)
{
    (void)state;
    static const char content[] = "-- +++++ UP\n\0\xff\n-- +++++ DOWN\n\0";
    struct single single;
    assert_int_equal(single_read("x", content, sizeof content - 1, &single, &err), 0);
    assert_int_equal(single.parts[DIRECTION_UP].length, 3);
    assert_int_equal(single.parts[DIRECTION_DOWN].length, 1);
}

static void the_header_describes(void **state)
{
    (void)state;
    struct single single;
    read("-- Migration: x\n-- Description:  Adds users \r\n-- +++++ UP\n-- Description: no\n-- +++++ DOWN\n", &single);
    assert_true(span_equals(single.description, "Adds users"));
    read("-- Description:\n-- +++++ UP\n-- +++++ DOWN\n", &single);
    assert_int_equal(single.description.length, 0);
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
        cmocka_unit_test(parts_are_found),
        cmocka_unit_test(without_markers_it_is_none_of_ours),
        cmocka_unit_test(faults_have_their_line),
        cmocka_unit_test(bytes_of_any_kind_are_borne),
        cmocka_unit_test(the_header_describes),
    };
    return cmocka_run_group_tests(tests, NULL, release);
}
