/* What the rules said about one text, before the comments that silence some of it. */
#ifndef REVIEW_JUDGED_H
#define REVIEW_JUDGED_H

#include "review/review.h"

VEC(statement_numbers, size_t);

struct judged {
    struct findings findings;
    struct statement_numbers statements; /* parallel: the statement of each finding */
};

/* The findings since the last mark are about this action's statement. */
void judged_mark(struct arena *arena, struct judged *judged, const struct subject *subject, const struct action *action);

/*
 * Moves the findings to those of the review, without those that a comment silences.  A comment of skein's form without
 * a reason silences nothing and is an error; one that names no rule, or silences nothing, is a warning, unless its rule
 * is off in this run, or this run cannot tell: without the whole chain, or without the database that the rule asks.
 */
void judged_settle(const struct review *review, const struct subject *subject, struct judged *judged);

#endif
