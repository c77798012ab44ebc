/* SQL through the parser, statement by statement: the way to the parse tree for those who do not see its headers. */
#ifndef SQL_TREE_READ_H
#define SQL_TREE_READ_H

#include "sql/action.h"

/* What PREPARE named, as actions. */
struct prepared_query {
    const char *name;   /* NULL: DEALLOCATE took it away */
    struct actions actions;
};
VEC(prepared_queries, struct prepared_query);

/* A text that is read piece by piece. */
struct tree_reading {
    struct arena *arena;
    struct actions *actions;
    const char *text;
    size_t length;
    size_t statement;   /* number of the next one */
    struct prepared_queries prepared;
};

/*
 * Reads the SQL of a piece, which begins at `base` of the text.  False when the grammar refuses it: nothing is added,
 * and *fault says why and where in the text.
 */
bool tree_read_piece(struct tree_reading *reading, size_t base, const char *sql, struct action_fault *fault);

#endif
