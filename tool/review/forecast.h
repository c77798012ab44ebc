/* What each statement of a text would do to the relations that it reaches, one statement after the other. */
#ifndef REVIEW_FORECAST_H
#define REVIEW_FORECAST_H

#include "schema/effect.h"

/* A relation that a statement touches, all its actions taken together. */
struct forecast_touch {
    struct touch touch;
    bool is_new;                  /* made by the open transaction: nobody else can wait for it */
};
VEC(forecast_touches, struct forecast_touch);

struct forecast {
    size_t start, length;         /* of the statement in its text */
    enum action_kind kind;        /* of its first action */
    struct forecast_touches touches; /* in the order of touching */
};
VEC(forecasts, struct forecast);

/*
 * Takes the text's statements through the schema and adds a forecast for each; `forecasts` may be NULL.  What the text
 * makes stays in the schema.  `faults` gets what is not SQL by the grammar here.
 */
void forecast_text(struct arena *arena, struct schema *schema, const char *text, size_t length,
                   struct forecasts *forecasts, struct action_faults *faults);

#endif
