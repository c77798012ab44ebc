/*
 * The closed list of conditions: what a rule may ask about a situation.
 *
 * Each is one row in the table of its subject (condition_statement.c, condition_table.c …): its name, what it takes,
 * the function that answers, and a sentence for the documentation.  Answers are yes, no or unknown; of what is not
 * there at all (the default of an action without one) the answer is no.
 */
#ifndef REVIEW_CONDITION_H
#define REVIEW_CONDITION_H

#include "review/situation.h"
#include "sql/truth.h"
#include "text/node.h"

struct condition_row;

/* A condition as a rule writes it: "table-is-new", "not concurrently", "maybe column-proven-not-null", "server >= 12". */
struct condition {
    const char *text;             /* as written */
    const struct condition_row *row;
    bool negated;                 /* "not": true when it is known not to hold */
    bool maybe;                   /* "maybe", "maybe not": true when nobody knows, too */
    char operator[3];             /* of conditions with a number or a lock: ">=", "<", "=" … */
    long long number;
    const char *word;             /* of conditions with a word: "constraint-is unique" */
    struct place place;
};
VEC(conditions, struct condition);

enum condition_argument {
    ARGUMENT_NONE,
    ARGUMENT_NUMBER,   /* server >= 12, table-bytes > 10MB */
    ARGUMENT_COUNT,    /* name-longer-than 63 */
    ARGUMENT_WORD,     /* constraint-is unique */
    ARGUMENT_LOCK      /* lock >= ACCESS-EXCLUSIVE: number is an enum lock_mode */
};

struct condition_row {
    const char *name;
    enum condition_argument argument;
    const char *const *words;     /* those that ARGUMENT_WORD takes, NULL-terminated; NULL: any */
    unsigned flag;                /* for rows that ask for a flag of the action */
    enum truth (*ask)(const struct situation *situation, const struct condition *condition);
    const char *meaning;          /* for the documentation: "… holds when", without a full stop */
    bool sizes;                   /* only a database that is asked can tell (struct subject) */
};

struct condition_subject {
    const char *title;
    const struct condition_row *rows; /* ends with a row without name */
};

/* Ends with a subject without title. */
extern const struct condition_subject condition_subjects[];

/* Errors: ERR_INPUT at `place`, with the nearest known condition or word. */
int condition_read(struct arena *arena, const char *text, struct place place, struct condition *condition,
                   struct err *err);

bool condition_holds(const struct condition *condition, const struct situation *situation);

#endif
