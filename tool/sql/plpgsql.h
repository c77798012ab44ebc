/*
 * The SQL in a body of PL/pgSQL, read along its tokens.
 *
 * libpg_query has PL/pgSQL's own parser, but gives texts without places, as JSON that it writes by recursion.  Here
 * every part knows where it stands, and nothing recurses.
 */
#ifndef SQL_PLPGSQL_H
#define SQL_PLPGSQL_H

#include "base/arena.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>

enum plpgsql_kind {
    PLPGSQL_STATEMENT,   /* SQL as it stands, blanks in place of INTO and its variables */
    PLPGSQL_EXPRESSION,  /* of IF, an assignment, RETURN …, as a SELECT; PERFORM is a statement */
    PLPGSQL_EXECUTE      /* dynamic SQL: the text's expression, as a SELECT */
};

struct plpgsql_part {
    enum plpgsql_kind kind;
    const char *sql;
    size_t base;         /* where `sql` would begin in the body, so that its offsets are the body's; it may wrap below 0 */
    size_t start, end;   /* what acts, in the body */
    bool branch;         /* under IF, CASE, a loop or EXCEPTION, or behind a RETURN: it may happen or not */
};
VEC(plpgsql_parts, struct plpgsql_part);

/* False when the body cannot be followed to its end; `parts` holds what was found until then. */
bool plpgsql_read(struct arena *arena, const char *body, size_t length, struct plpgsql_parts *parts);

#endif
