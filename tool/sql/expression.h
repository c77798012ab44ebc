/* What an expression says that rules and the simulated schema ask about; the tree itself stays in the parser's door. */
#ifndef SQL_EXPRESSION_H
#define SQL_EXPRESSION_H

#include "base/arena.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>

struct type_name;
VEC(offsets, size_t);

/* A function that is called. */
struct call {
    const char *schema, *name;  /* schema NULL: not written.  CURRENT_TIMESTAMP and its like are calls without arguments
                                   of pg_catalog ("now", "current_user" …, by what they do) */
    int arguments;
    size_t at;
    bool constant_arguments;    /* all of them are constants */
    const char *first;          /* the first argument when it is a string constant: nextval('s'), set_config('x', …) */
};
VEC(calls, struct call);

/* column OP constant, or column IN (constants), in a conjunction. */
struct comparison {
    const char *column;
    const char *operator;       /* "=", "<>", "<", "<=", ">", ">=", "IN" (also = ANY (ARRAY[…])), "NOT IN" (also <> ALL),
                                   "IS NULL", "IS NOT NULL" */
    struct strings values;      /* constants as text; none for IS NULL */
};
VEC(comparisons, struct comparison);

struct expression {
    size_t at;                  /* byte offset in the text */
    const char *text;           /* as it is written, on one line: of DEFAULT, CHECK, GENERATED, WHERE; else NULL */
    bool constant;              /* a literal, signed or cast or not; no function is called */
    bool null;                  /* the constant NULL */
    bool cast_only;             /* one column and casts of it: column::type */
    const struct type_name *casts; /* of cast_only: the types, innermost first (sql/definition.h) */
    size_t cast_count;
    const char *cast_to;        /* of cast_only and of a constant with a cast: the outermost type's name; else NULL */
    bool opaque;                /* holds a subquery, or more than is looked into: nothing below is complete */
    struct strings columns;     /* names of the columns that it mentions, each once */
    struct calls calls;         /* every function that it calls */
    struct comparisons all_of;  /* the comparisons that all hold when it is true (AND at the top) */
    bool only_comparisons;      /* and it says nothing else */
    struct comparisons any_of;  /* it is these comparisons with OR between them, and nothing else; empty: it is not */
};

#endif
