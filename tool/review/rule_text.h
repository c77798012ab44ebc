/* The texts of a rule with {{variables}} in them, filled in from a situation. */
#ifndef REVIEW_RULE_TEXT_H
#define REVIEW_RULE_TEXT_H

#include "base/str.h"
#include "review/situation.h"

struct regex;

struct rule_text {
    struct arena *arena;
    const struct situation *situation;
    const struct regex *regex;    /* that has just matched; NULL: none */
    bool sql;                     /* the text is SQL: names are quoted where they need it */
};

struct rule_variable {
    const char *name;
    /* Adds the value; false when the situation has none. */
    bool (*add)(const struct rule_text *text, struct str *str);
    const char *words;            /* what stands in a sentence when there is none */
    const char *sql;              /* and in SQL: something to fill in */
    const char *meaning;          /* for the documentation */
};

extern const struct rule_variable rule_variables[]; /* ends with a row without name */

/* Every variable is one of the table, or a group of the pattern.  Errors: ERR_INPUT at `place`, with the nearest. */
int rule_text_check(struct arena *arena, const char *text, const struct strings *groups, struct place place,
                    struct err *err);

/* NULL for NULL, and the template itself where it has no variable.  A value with line ends stays on one line. */
const char *rule_text_render(const struct rule_text *text, const char *template);

#endif
