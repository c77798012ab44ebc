#include "text/drawing_choice.h"

#include "base/str.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static struct arena arena;

static const char *chosen(size_t count, const struct drawing_links *links, size_t most, struct drawing_choice *choice)
{
    struct str out = str_new(&arena);
    drawing_choose(&arena, count, links, most, choice);
    str_add(&out, "");
    for (size_t i = 0; i < count; i++)
        if (choice->drawn[i])
            str_addf(&out, " %zu", i);
    return out.at;
}

static void the_largest_pieces_that_have_room(void **state)
{
    (void)state;
    /* 0-1-2, 3-4, 5 alone, 6-7-8-9, 10 refers to itself */
    struct drawing_link at[] = {{1, 0}, {2, 1}, {4, 3}, {7, 6}, {8, 6}, {9, 8}, {10, 10}};
    struct drawing_links links = {at, 7, 7};
    struct drawing_choice choice;
    assert_string_equal(chosen(11, &links, 9, &choice), " 0 1 2 3 4 6 7 8 9");
    assert_true(choice.boxes == 9 && choice.pieces == 3 && choice.all_pieces == 3 && choice.hubs.count == 0);
    assert_string_equal(chosen(11, &links, 8, &choice), " 0 1 2 6 7 8 9");
    assert_string_equal(chosen(11, &links, 6, &choice), " 3 4 6 7 8 9");
    assert_string_equal(chosen(11, &links, 3, &choice), " 0 1 2");
    assert_string_equal(chosen(11, &links, 1, &choice), "");
    assert_string_equal(chosen(0, &(struct drawing_links){0}, 1, &choice), "");
}

/* What everything refers to would make one piece of all. */
static void hubs_join_nothing(void **state)
{
    (void)state;
    struct drawing_links links = {0};
    struct drawing_choice choice;
    for (size_t i = 1; i < 101; i++) {
        *vec_add(&arena, &links) = (struct drawing_link){i, 0};
        if (i % 2 == 0)
            *vec_add(&arena, &links) = (struct drawing_link){i, i - 1};
    }
    assert_string_equal(chosen(101, &links, 4, &choice), " 1 2 3 4");
    assert_true(choice.hubs.count == 1 && choice.hubs.at[0] == 0 && choice.all_pieces == 50);
}

static int forget(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(the_largest_pieces_that_have_room), cmocka_unit_test(hubs_join_nothing)};
    return cmocka_run_group_tests(tests, NULL, forget);
}
