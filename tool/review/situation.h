/* Everything that a rule's conditions may ask about: an action where it stands, on the schema as it is before it. */
#ifndef REVIEW_SITUATION_H
#define REVIEW_SITUATION_H

#include "schema/effect.h"
#include "schema/schema.h"
#include "review/subject.h"

struct situation {
    const struct subject *subject;
    const struct schema *schema;            /* before the action */
    const struct action *action;
    size_t number;                          /* of the action in subject->actions */
    const struct effect *effect;
    const struct column_def *column;        /* the part at hand, for rules with `each` */
    const struct constraint_def *constraint;
    const char *identifier;                 /* one that the server would cut; NULL: none at hand */
    size_t assignment;                      /* number in action->assigned_twice */
    struct relation *relation;              /* the table that it is about (of an index: its table); NULL: not known */
};

#endif
