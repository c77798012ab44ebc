/* Where the lines of a text begin, so that many places in it are found without reading it again. */
#ifndef TEXT_LINES_H
#define TEXT_LINES_H

#include "base/arena.h"
#include "base/vec.h"

VEC(line_starts, size_t);

struct lines {
    struct arena *arena;        /* of starts */
    const char *text;
    size_t length;
    struct line_starts starts;  /* empty until the first question */
};

/* The text must outlive it.  Nothing is read yet. */
struct lines lines_new(struct arena *arena, const char *text, size_t length);

/* Line and column (in characters) of a byte offset, from 1; an offset behind the end is that of the end. */
void lines_find(struct lines *lines, size_t offset, int *line, int *column);

/* The text of a line, by its number from 1, without its end. */
char *lines_text(struct arena *arena, struct lines *lines, int line);

#endif
