/*
 * Drawings of graphs: boxes in ranks, every arrow from a rank to a later one, few crossings.
 *
 * What is connected is drawn together; the pieces are then put beside and below one another, in the order of their
 * first boxes, and single boxes behind them.  All numbers are whole pixels, and the same graph gives the same picture on every machine.  Time grows
 * nearly as the graph does: an arrow that would pass very many ranks goes straight instead of around what is between.
 */
#ifndef TEXT_DRAWING_H
#define TEXT_DRAWING_H

#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>

struct drawing_box {
    long width, height;     /* given */
    long x, y;              /* of its upper left corner */
};
VEC(drawing_boxes, struct drawing_box);

struct drawing_point {
    long x, y;
};
VEC(drawing_points, struct drawing_point);

struct drawing_arrow {
    size_t from, to;        /* given: numbers of boxes; the same twice is a loop */
    long leaves, arrives;   /* given: where at the side of its box, from its upper (down: left) corner; -1: the middle */
    long weight;            /* given: how much it wants to be straight, 1 for most */
    /*
     * Where it goes: in pairs, each a straight piece in the direction of the ranks, with curves between the pairs.
     * Against the direction where the graph has a cycle.
     */
    struct drawing_points points;
};
VEC(drawing_arrows, struct drawing_arrow);

struct drawing {
    struct drawing_boxes boxes;
    struct drawing_arrows arrows;
    bool down;              /* given: ranks from top to bottom; otherwise from left to right */
    long rank_gap, box_gap; /* given: between ranks, and between boxes of a rank */
    long width, height;     /* of the whole */
};

size_t drawing_add_box(struct arena *arena, struct drawing *drawing, long width, long height);
struct drawing_arrow *drawing_add_arrow(struct arena *arena, struct drawing *drawing, size_t from, size_t to);

/* Sets all that is not given.  The results live in `arena`. */
void drawing_place(struct arena *arena, struct drawing *drawing);

/* The `d` of an SVG path. */
void drawing_path(const struct drawing *drawing, const struct drawing_arrow *arrow, struct str *out);

#endif
