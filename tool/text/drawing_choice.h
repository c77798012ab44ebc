/* What is drawn of a graph that is too large to be read: whole connected pieces, the largest first. */
#ifndef TEXT_DRAWING_CHOICE_H
#define TEXT_DRAWING_CHOICE_H

#include "base/arena.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>

struct drawing_link {
    size_t from, to;         /* numbers of boxes */
};
VEC(drawing_links, struct drawing_link);
VEC(drawing_numbers, size_t);

struct drawing_choice {
    bool *drawn;             /* by the number of the box */
    size_t boxes, pieces;    /* that are drawn */
    size_t all_pieces;       /* of two boxes and more */
    struct drawing_numbers hubs; /* boxes that so many links lead to that they join what has nothing in common: left out */
};

/* Chooses at most `most` of `count` boxes.  A box without a link is none of them. */
void drawing_choose(struct arena *arena, size_t count, const struct drawing_links *links, size_t most,
                    struct drawing_choice *choice);

#endif
