/* The pieces of a drawing on the page: in rows, like words of a text. */
#include "text/drawing_work.h"

struct frame {
    long left, top, right, bottom;
};

static void reach(struct frame *frame, long x, long y)
{
    frame->left = x < frame->left ? x : frame->left;
    frame->top = y < frame->top ? y : frame->top;
    frame->right = x > frame->right ? x : frame->right;
    frame->bottom = y > frame->bottom ? y : frame->bottom;
}

static struct frame measure(const struct drawing *drawing, const struct parts *parts)
{
    const struct drawing_box *first = &drawing->boxes.at[parts->boxes.at[0]];
    struct frame frame = {first->x, first->y, first->x, first->y};
    vec_each(index, &parts->boxes) {
        const struct drawing_box *box = &drawing->boxes.at[*index];
        reach(&frame, box->x, box->y);
        reach(&frame, box->x + box->width, box->y + box->height);
    }
    vec_each(index, &parts->arrows) {
        const struct drawing_arrow *arrow = &drawing->arrows.at[*index];
        vec_each(point, &arrow->points)
            reach(&frame, point->x, point->y);
        if (arrow->from == arrow->to)
            reach(&frame, drawing->boxes.at[arrow->from].x + drawing->boxes.at[arrow->from].width + LOOP, frame.top);
    }
    return frame;
}

static void move(struct drawing *drawing, const struct parts *parts, long x, long y)
{
    vec_each(index, &parts->boxes) {
        drawing->boxes.at[*index].x += x;
        drawing->boxes.at[*index].y += y;
    }
    vec_each(index, &parts->arrows)
        vec_each(point, &drawing->arrows.at[*index].points) {
            point->x += x;
            point->y += y;
        }
}

/* Wide enough for the widest piece, and for rows that make the whole a little wider than high. */
static long wanted_width(const struct drawing *drawing, const struct parts *parts, const struct frame *frames)
{
    long widest = 0;
    long long area = 0;
    for (size_t i = 0; i < drawing->boxes.count; i++)
        if (parts[i].boxes.count > 0) {
            long width = frames[i].right - frames[i].left, height = frames[i].bottom - frames[i].top;
            widest = width > widest ? width : widest;
            area += (long long)(width + drawing->box_gap) * (height + drawing->box_gap);
        }
    long side = widest;
    while ((long long)side * side < area * 3 / 2)
        side += 40;
    return side;
}

struct rows {
    long width, x, y, height; /* height: of the row at hand */
};

static void put(struct drawing *drawing, const struct parts *parts, const struct frame *frame, struct rows *rows)
{
    long wide = frame->right - frame->left, high = frame->bottom - frame->top, gap = drawing->box_gap * 3 / 2;
    if (rows->x > 0 && rows->x + wide > rows->width) {
        rows->y += rows->height + gap;
        rows->x = rows->height = 0;
    }
    move(drawing, parts, rows->x - frame->left, rows->y - frame->top);
    rows->height = high > rows->height ? high : rows->height;
    drawing->width = rows->x + wide > drawing->width ? rows->x + wide : drawing->width;
    drawing->height = rows->y + rows->height;
    rows->x += wide + gap;
}

/* Single boxes come behind all that is joined. */
void drawing_pack(struct arena *arena, struct drawing *drawing, const struct parts *parts)
{
    struct frame *frames = arena_alloc(arena, (drawing->boxes.count + 1) * sizeof *frames);
    for (size_t i = 0; i < drawing->boxes.count; i++)
        if (parts[i].boxes.count > 0)
            frames[i] = measure(drawing, &parts[i]);
    struct rows rows = {wanted_width(drawing, parts, frames), 0, 0, 0};
    for (int single = 0; single < 2; single++)
        for (size_t i = 0; i < drawing->boxes.count; i++)
            if (parts[i].boxes.count > 0 && (parts[i].boxes.count == 1) == single)
                put(drawing, &parts[i], &frames[i], &rows);
}
