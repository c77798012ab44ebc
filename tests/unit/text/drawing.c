#include "text/drawing.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

static struct arena arena;

static struct drawing start(size_t boxes)
{
    struct drawing drawing = {.rank_gap = 40, .box_gap = 10};
    for (size_t i = 0; i < boxes; i++)
        drawing_add_box(&arena, &drawing, 100, 30);
    return drawing;
}

static void join(struct drawing *drawing, size_t from, size_t to)
{
    drawing_add_arrow(&arena, drawing, from, to);
}

/* No two boxes touch, all lie on the page, and every arrow begins and ends at the sides of its boxes. */
static void check(const struct drawing *drawing)
{
    const struct drawing_boxes *boxes = &drawing->boxes;
    for (size_t i = 0; i < boxes->count; i++) {
        const struct drawing_box *a = &boxes->at[i];
        assert_true(a->x >= 0 && a->y >= 0);
        assert_true(a->x + a->width <= drawing->width && a->y + a->height <= drawing->height);
        for (size_t j = boxes->count < 500 ? i + 1 : boxes->count; j < boxes->count; j++) {
            const struct drawing_box *b = &boxes->at[j];
            assert_true(a->x + a->width <= b->x || b->x + b->width <= a->x || a->y + a->height <= b->y ||
                        b->y + b->height <= a->y);
        }
    }
    vec_each(arrow, &drawing->arrows) {
        const struct drawing_point *first = arrow->points.at, *last = first + arrow->points.count - 1;
        const struct drawing_box *from = &boxes->at[arrow->from], *to = &boxes->at[arrow->to];
        assert_true(arrow->points.count >= 4 && arrow->points.count % 2 == 0);
        assert_in_range(first->x, from->x, from->x + from->width);
        assert_in_range(first->y, from->y, from->y + from->height);
        assert_in_range(last->x, to->x, to->x + to->width);
        assert_in_range(last->y, to->y, to->y + to->height);
    }
}

static void arrows_lead_on(void **state)
{
    (void)state;
    struct drawing drawing = start(4);
    join(&drawing, 0, 1), join(&drawing, 0, 2), join(&drawing, 1, 3), join(&drawing, 2, 3), join(&drawing, 0, 3);
    drawing_place(&arena, &drawing);
    check(&drawing);
    vec_each(arrow, &drawing.arrows)
        assert_true(drawing.boxes.at[arrow->from].x + 140 <= drawing.boxes.at[arrow->to].x);
    assert_int_equal(drawing.arrows.at[4].points.count, 6);

    drawing.down = true;
    drawing_place(&arena, &drawing);
    check(&drawing);
    assert_int_equal(drawing.boxes.at[3].y, 140);
}

static void what_is_not_crossed_is_drawn_so(void **state)
{
    (void)state;
    struct drawing drawing = start(6);
    join(&drawing, 0, 5), join(&drawing, 1, 4), join(&drawing, 2, 3), join(&drawing, 0, 4), join(&drawing, 1, 3);
    drawing_place(&arena, &drawing);
    check(&drawing);
    const struct drawing_box *box = drawing.boxes.at;
    bool falling = box[0].y < box[1].y;
    assert_true(falling == (box[1].y < box[2].y) && falling == (box[5].y < box[4].y) && falling == (box[4].y < box[3].y));
}

static void cycles_and_loops_are_drawn(void **state)
{
    (void)state;
    struct drawing drawing = start(3);
    join(&drawing, 0, 1), join(&drawing, 1, 2), join(&drawing, 2, 0), join(&drawing, 1, 1), join(&drawing, 0, 1);
    drawing.arrows.at[2].leaves = 5;
    drawing.arrows.at[2].arrives = 25;
    drawing_place(&arena, &drawing);
    check(&drawing);
    const struct drawing_arrow *back = &drawing.arrows.at[2];
    assert_int_equal(back->points.at[0].y, drawing.boxes.at[2].y + 5);
    assert_int_equal(back->points.at[back->points.count - 1].y, drawing.boxes.at[0].y + 25);
    struct str path = str_new(&arena);
    drawing_path(&drawing, back, &path);
    assert_true(str_starts(path.at, "M"));
}

static void nothing_is_drawn_as_nothing(void **state)
{
    (void)state;
    struct drawing drawing = start(0);
    drawing_place(&arena, &drawing);
    assert_int_equal(drawing.width, 0);
}

/* Boxes alone fill the page in rows. */
static void loose_boxes_are_packed(void **state)
{
    (void)state;
    struct drawing drawing = start(100);
    drawing_place(&arena, &drawing);
    check(&drawing);
    assert_in_range(drawing.width, drawing.height, drawing.height * 2);
}

/* A chain with an arrow from each box to one far behind: passages would be quadratic. */
static double time_of(size_t boxes, struct drawing *drawing)
{
    *drawing = start(boxes);
    for (size_t i = 1; i < boxes; i++) {
        join(drawing, i - 1, i);
        join(drawing, i / 2, i);
    }
    struct timespec before, after;
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
    drawing_place(&arena, drawing);
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
    return (double)(after.tv_sec - before.tv_sec) + (double)(after.tv_nsec - before.tv_nsec) / 1e9;
}

static void many_boxes_take_no_longer_than_they_must(void **state)
{
    (void)state;
    struct drawing small, large, again;
    double few = time_of(2000, &small), many = time_of(20000, &large);
    check(&large);
    print_message("2,000 boxes: %.3f s, 20,000: %.3f s\n", few, many);
    assert_true(many < 40 * few + 0.5);
    time_of(2000, &again);
    assert_memory_equal(small.boxes.at, again.boxes.at, small.boxes.count * sizeof *small.boxes.at);
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
        cmocka_unit_test(arrows_lead_on),
        cmocka_unit_test(what_is_not_crossed_is_drawn_so),
        cmocka_unit_test(cycles_and_loops_are_drawn),
        cmocka_unit_test(nothing_is_drawn_as_nothing),
        cmocka_unit_test(loose_boxes_are_packed),
        cmocka_unit_test(many_boxes_take_no_longer_than_they_must),
    };
    return cmocka_run_group_tests(tests, NULL, forget);
}
