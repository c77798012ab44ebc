#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include "base/arena.h"

#include <string.h>

static void the_newest_piece_grows_where_it_is(void **state)
{
    (void)state;
    struct arena arena = {0};
    char *piece = arena_alloc(&arena, 5);
    memcpy(piece, "12345", 5);
    char *grown = arena_grow(&arena, piece, 5, 40);
    assert_ptr_equal(grown, piece);
    assert_memory_equal(grown, "12345\0\0", 7);
    char *other = arena_strdup(&arena, "other");
    char *moved = arena_grow(&arena, grown, 40, 80);
    assert_ptr_not_equal(moved, grown);
    assert_string_equal(moved, "12345");
    assert_string_equal(other, "other");
    arena_release(&arena);
}

/* Through every size, across the borders of blocks; what is behind the old bytes is zeroed, whatever stood there. */
static void pieces_keep_what_they_hold(void **state)
{
    (void)state;
    struct arena arena = {0};
    size_t size = 0;
    unsigned char *piece = NULL;
    for (size_t next = 1; next < 300000; next = next * 3 / 2 + 1) {
        piece = arena_grow(&arena, piece, size, next);
        for (size_t i = 0; i < next; i++)
            assert_int_equal(piece[i], i < size ? 0xA5 : 0);
        memset(piece, 0xA5, next);
        size = next;
        (void)arena_printf(&arena, "%0*d", (int)(next % 5000), 7);
    }
    arena_release(&arena);
}

/* Around the end of a block, where a text is written again. */
static void texts_of_all_lengths_are_whole(void **state)
{
    (void)state;
    struct arena arena = {0};
    for (int length = 1; length < 3000; length++) {
        const char *text = arena_printf(&arena, "%0*d", length, 7);
        assert_int_equal(strlen(text), length);
        assert_int_equal(text[length - 1], '7');
    }
    arena_release(&arena);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_newest_piece_grows_where_it_is),
        cmocka_unit_test(pieces_keep_what_they_hold),
        cmocka_unit_test(texts_of_all_lengths_are_whole),
    };
    return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
