/* What drawing.c and drawing_*.c share: one connected piece of a graph, on its way to positions. */
#ifndef TEXT_DRAWING_WORK_H
#define TEXT_DRAWING_WORK_H

#include "text/drawing.h"

enum {
    FINE = 16, /* positions across are kept in parts of a pixel */
    LOOP = 14  /* pixels that an arrow from a box to itself goes out of it */
};

VEC(indexes, size_t);

/* The boxes and arrows of a piece, by the number of its first box. */
struct parts {
    struct indexes boxes, arrows;
};

/*
 * A box, or the place where an arrow passes a rank.  `along` is the direction in which ranks follow one another,
 * `across` the other one.
 */
struct item {
    long length, breadth;   /* along and across, in pixels */
    long across;            /* of its middle, in FINE parts */
    size_t rank, position;  /* position: in its rank */
    bool passage;
    size_t first_before, before, first_after, after; /* its links to the neighbouring ranks */
};
VEC(items, struct item);

/* From an item to one of the next rank; ports from the middles, in FINE parts. */
struct link {
    size_t from, to;
    long leaves, arrives, weight;
};
VEC(links, struct link);

struct piece {
    struct arena *arena;
    long rank_gap, box_gap;
    struct items items;
    struct links arrows;    /* between boxes, turned so that none closes a cycle */
    struct links links;     /* between neighbouring ranks, sorted by `from` */
    size_t *by_target;      /* the links, sorted by `to` */
    struct indexes *chains; /* for each arrow the passages on its way, in order */
    struct indexes *ranks;  /* the items of each rank, in order */
    size_t rank_count;
    long *starts;           /* of each rank, along; and the end of the last */
    long *lengths;          /* of each rank */
};

/* Turns arrows that close cycles, gives ranks, and makes items for passages and links. */
void drawing_rank(struct piece *piece);

/* The order in each rank, with few crossings. */
void drawing_order(struct piece *piece);

/* The places along and across. */
void drawing_settle(struct piece *piece);

/* Puts the pieces beside and below one another; `parts` has a row for each box. */
void drawing_pack(struct arena *arena, struct drawing *drawing, const struct parts *parts);

#endif
