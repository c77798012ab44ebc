/* One text under review: what it says, what it does to the simulated schema, what the rules say about it. */
#ifndef REVIEW_READING_H
#define REVIEW_READING_H

#include "review/review.h"
#include "sql/script.h"

struct reading {
    const struct review *review;
    struct arena *scratch;     /* goes with it */
    struct schema *schema;
    struct subject subject;
    struct script script;
    struct err refusal;        /* of script_read; kind ERR_NONE: none */
    struct actions actions;
    struct action_faults faults;
};

/*
 * Reads the text of `subject` (path, first_line, text, length, config, service, migration and direction are given) and
 * replays it on the schema.  When `is_judged`, its findings go to those of the review.
 */
void reading_look(struct reading *reading, bool is_judged);

#endif
