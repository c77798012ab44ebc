/* Saying the values of sentences: what describe_*.c share. */
#ifndef WRITE_DESCRIBING_H
#define WRITE_DESCRIBING_H

#include "write/describe.h"

struct saying {
    const struct describing *describing;
    const struct situation *situation;
    const struct action *action;
    struct arena *arena;
    struct phrase_parts *parts;
};
typedef bool say(const struct saying *saying); /* false: there is nothing to say */

static inline bool say_code(const struct saying *saying, const char *text)
{
    if (text != NULL)
        phrase_code(saying->arena, saying->parts, text);
    return text != NULL && *text != '\0';
}

static inline bool say_words(const struct saying *saying, const char *text)
{
    phrase_say(saying->arena, saying->parts, text);
    return true;
}

say say_not_null, say_identity, say_generated, say_check, say_constraint_name, say_constraint_columns, say_referenced,
    say_cascade, say_not_valid, say_using_index, say_constraint, say_column_constraints, say_definition, say_fields,
    say_where, say_rows, say_on_conflict, say_returning, say_row_changes;

/* What goes with something that is dropped with CASCADE: a detail for each. */
void describe_cascade(struct arena *arena, struct phrase *phrase, const struct situation *situation);

/* What MERGE does with the rows that it finds, and with those that it does not find: a detail for each. */
void describe_merge(struct arena *arena, struct phrase *phrase, const struct action *action);

#endif
