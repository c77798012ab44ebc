/* Looking on while called functions do what they do to a simulated schema. */
#ifndef SCHEMA_CALLED_H
#define SCHEMA_CALLED_H

#include "sql/action.h"

/*
 * An action in the body of a function that is called, before it is applied: of PLACE_BRANCH, with `body_of`, and with
 * the place of the call.  Offsets of its parts are those of the text that made the function.  ACTION_EXECUTE stands for
 * bodies that nobody follows any more.
 */
struct called_watch {
    void (*see)(struct called_watch *watch, const struct action *action);
};

#endif
