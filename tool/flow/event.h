/*
 * What happens, told once to everybody who listens.
 *
 * The progress line, the JSON log and later the audit trail and the metrics are listeners; a new one is a new
 * file.  Listeners must not fail and must not change what they hear.
 */
#ifndef FLOW_EVENT_H
#define FLOW_EVENT_H

#include "model/plan.h"

#include <stdint.h>

enum event_kind {
    EVENT_SERVER_STARTED,     /* text: one line about the private server */
    EVENT_RUN_STARTED,        /* count: steps planned */
    EVENT_LOCK_WAITING,       /* text: who holds it */
    EVENT_ADOPTED,            /* text: what golang-migrate did meanwhile and is now on record */
    EVENT_RESUMED,            /* text: what an interrupted run had left, and what became of it */
    EVENT_MIGRATION_STARTED,
    EVENT_STATEMENT_STARTED,  /* of a journalled migration; number of count; text: its kind */
    EVENT_STATEMENT_FINISHED, /* of a journalled migration; number of count; duration */
    EVENT_MIGRATION_FINISHED, /* duration */
    EVENT_MIGRATION_FAILED,   /* failure */
    EVENT_NOTICE,             /* text: what the server said; severity */
    EVENT_RETRYING,           /* text: why; number: which attempt; duration: pause before it */
    EVENT_WARNING,            /* text */
    EVENT_RUN_FINISHED,       /* count: steps done; duration; failure when it did not go well */
    EVENT_KINDS
};

extern const char *const event_names[EVENT_KINDS]; /* "migration_started", … as in JSON */

struct event {
    enum event_kind kind;
    const struct step *step;   /* NULL when it is not about one */
    int64_t duration;          /* microseconds */
    size_t number, count;
    const char *severity;      /* of a notice: "NOTICE", "WARNING" */
    const char *text;
    const struct err *failure;
};

struct listener {
    void (*hear)(struct listener *self, const struct event *event);
    /* Called every 100 ms or so while something runs; may be NULL.  For the live line. */
    void (*tick)(struct listener *self);
    struct listener *next;
};

/* All listeners of a run, in order of registration. */
struct events {
    struct listener *first;
};

void events_add(struct events *events, struct listener *listener);
void events_tell(const struct events *events, const struct event *event);
void events_tick(const struct events *events);

#endif
