/* Expressions as they are written, on one line: comments out, blanks collapsed. */
#ifndef SQL_WRITTEN_H
#define SQL_WRITTEN_H

#include "base/arena.h"
#include "base/vec.h"

enum written_part {
    WRITTEN_DEFAULT,   /* behind DEFAULT, up to what else is said about the column */
    WRITTEN_CHECK,     /* in the parentheses behind CHECK */
    WRITTEN_AS,        /* in those behind AS: of a generated column */
    WRITTEN_WHERE      /* behind WHERE, up to the next clause */
};

/* The first one of that kind in a piece of a statement; it looks no further than it must.  NULL: there is none. */
const char *written(struct arena *arena, enum written_part part, const char *text, size_t length);

/* What stands between the commas in the first parentheses behind a word: of an index's ON, with DESC and the like. */
void written_list(struct arena *arena, const char *word, const char *text, size_t length, struct strings *list);

/* The conditions of the clauses of a MERGE, between AND and THEN; NULL for one that has none. */
void written_whens(struct arena *arena, const char *text, size_t length, struct strings *list);

/* An expression in which a column has another name. */
const char *written_rename(struct arena *arena, const char *expression, const char *from, const char *to);

#endif
