/*
 * Progress for people, on standard error: a line per finished migration, and on a terminal one live line for what
 * runs now, with the time it has taken.  Elsewhere plain lines, without carriage returns.
 */
#ifndef CLI_PROGRESS_H
#define CLI_PROGRESS_H

#include "flow/event.h"

#include <stdbool.h>

struct progress {
    struct listener listener;     /* first: hear() and tick() get this one */
    bool live;                    /* a terminal: draw */
    bool verbose;
    bool drawn;                   /* the cursor stands in a live line */
    size_t total, finished;
    const struct step *step;      /* what runs now; NULL: nothing */
    int64_t since;                /* clock_now() when it began */
    char statement[80];           /* "2/3 CREATE INDEX CONCURRENTLY"; empty: none */
};

void progress_init(struct progress *progress, bool verbose);

/* Takes the live line away, so that something else can be printed. */
void progress_end(struct progress *progress);

/* "user-service 000001_create_users"; the id alone for the nameless service of --migrations. */
char *progress_name(struct arena *arena, const struct migration *migration);

#endif
