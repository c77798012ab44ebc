/*
 * Graphs as SVG that stands in a page of HTML: boxes with a title and lines below it, each a link, and arrows.
 *
 * Nothing about colours is in it; a style sheet finds the classes picture, box, title, line, mark, kind and arrow, and
 * those that are given.  Texts are measured as a monospaced font has them.  All texts are escaped here.
 */
#ifndef TEXT_PICTURE_H
#define TEXT_PICTURE_H

#include "text/drawing.h"

struct picture_line {
    const char *mark;       /* before the text: "PK"; NULL: none on this line */
    const char *text;
    const char *kind;       /* at the right side; may be NULL */
};
VEC(picture_lines, struct picture_line);

struct picture_box {
    const char *title, *link, *style; /* link and style may be NULL */
    const char *hint;       /* what is shown on pointing at it; NULL: the title */
    struct picture_lines lines;
};
VEC(picture_boxes, struct picture_box);

struct picture_arrow {
    const char *hint, *style; /* may be NULL */
};
VEC(picture_arrows, struct picture_arrow);

struct picture {
    struct arena *arena;
    const char *name;       /* unique in its page: what is referred to begins with it */
    const char *label;      /* what it shows, for those who do not see it */
    struct picture_boxes boxes;
    struct picture_arrows arrows;
    struct drawing drawing;
};

/* A picture with ranks from left to right, or down. */
struct picture picture_new(struct arena *arena, const char *name, const char *label, bool down);

/* The number of the new box. */
size_t picture_add_box(struct picture *picture, const char *title, const char *link, const char *style);
void picture_add_line(struct picture *picture, size_t box, const char *mark, const char *text, const char *kind);

/* Lines are counted from 0; -1 for the middle of the box. */
struct picture_arrow *picture_add_arrow(struct picture *picture, size_t from, int from_line, size_t to, int to_line);

/* Places everything, and writes the element. */
void picture_render(struct picture *picture, struct str *out);

#endif
