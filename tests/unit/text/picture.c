#include "text/picture.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct arena arena;

static const char *render(struct picture *picture)
{
    struct str out = str_new(&arena);
    picture_render(picture, &out);
    return out.at;
}

static void boxes_are_links_and_arrows_join_them(void **state)
{
    (void)state;
    struct picture picture = picture_new(&arena, "shop", "What is in the shop", false);
    size_t users = picture_add_box(&picture, "users", "#users", NULL), orders = picture_add_box(&picture, "orders", NULL, "foreign");
    picture_add_line(&picture, users, "PK", "id", "bigint");
    picture_add_arrow(&picture, orders, -1, users, 0)->hint = "orders.user → users";
    const char *svg = render(&picture);
    assert_non_null(strstr(svg, "<svg class=\"picture\" id=\"shop\" "));
    assert_non_null(strstr(svg, "aria-label=\"What is in the shop\""));
    assert_non_null(strstr(svg, "<a href=\"#users\" class=\"box\"><title>users</title><rect "));
    assert_non_null(strstr(svg, "<g class=\"box foreign\"><title>orders</title>"));
    assert_non_null(strstr(svg, ">bigint</text>"));
    assert_non_null(strstr(svg, "marker-end=\"url(#shop-tip)\" d=\"M"));
    assert_non_null(strstr(svg, "<title>orders.user → users</title></path>"));
}

static void nothing_in_a_name_becomes_markup(void **state)
{
    (void)state;
    const char *bad = "\"><script>'&\n";
    struct picture picture = picture_new(&arena, "bad", bad, true);
    size_t box = picture_add_box(&picture, bad, bad, bad);
    picture_add_line(&picture, box, bad, bad, bad);
    picture_add_arrow(&picture, box, -1, box, -1)->hint = bad;
    const char *svg = render(&picture);
    assert_null(strstr(svg, "<script"));
    assert_null(strstr(svg, "\"\">"));
    assert_null(strstr(svg, "&\n"));
}

/* Cut between characters, and wide characters are given more room. */
static void long_names_are_cut(void **state)
{
    (void)state;
    struct picture picture = picture_new(&arena, "long", "", false);
    picture_add_box(&picture, "ääääääääääääääääääääääääääääääääääääääääääääääääääääääääääää", NULL, NULL);
    const char *svg = render(&picture), *title = strstr(svg, "<text class=\"title\"");
    assert_non_null(strstr(title, "ää…</text>"));
    long narrow = picture.drawing.width;
    picture = picture_new(&arena, "wide", "", false);
    picture_add_box(&picture, "日本語日本語日本語日本語日本語日本語日本語", NULL, NULL);
    render(&picture);
    assert_in_range(picture.drawing.width, narrow * 9 / 10, narrow);
}

/* Where a text of a class begins. */
static long left_of(const char *svg, const char *style, const char *text)
{
    const char *end = strstr(svg, text), *at = end;
    while (at > svg && strncmp(at, "<text ", 6) != 0)
        at--;
    long left = -1;
    assert_non_null(strstr(at, style));
    sscanf(strstr(at, "x=\""), "x=\"%ld", &left);
    return left;
}

/* Fifteen pixels for two characters, and some between them. */
static void marks_have_room_before_the_text(void **state)
{
    (void)state;
    static const char *const marks[] = {"PK", "PK FK"};
    for (size_t i = 0; i < 2; i++) {
        struct picture picture = picture_new(&arena, "marks", "", false);
        size_t box = picture_add_box(&picture, "t", NULL, NULL);
        picture_add_line(&picture, box, marks[i], "user_id", "bigint");
        picture_add_line(&picture, box, NULL, "other", NULL);
        const char *svg = render(&picture);
        long mark = left_of(svg, "mark", marks[i]), text = left_of(svg, "line", "user_id");
        assert_in_range(text - mark, (long)strlen(marks[i]) * 15 / 2 + 4, 60);
        assert_int_equal(left_of(svg, "line", "other"), text);
        assert_true(picture.drawing.width >= text + (7 + 6) * 15 / 2);
    }
}

static int forget(void **state)
{
    (void)state;
    arena_release(&arena);
    return 0;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(boxes_are_links_and_arrows_join_them),
        cmocka_unit_test(nothing_in_a_name_becomes_markup),
        cmocka_unit_test(long_names_are_cut),
        cmocka_unit_test(marks_have_room_before_the_text),
    };
    return cmocka_run_group_tests(tests, NULL, forget);
}
