/* Seeds that are as they were, and whose rows went with a migration that went down. */
#ifndef FLOW_SEED_UNDONE_H
#define FLOW_SEED_UNDONE_H

#include "flow/seed.h"
#include "sql/script.h"

enum seed_undone {
    SEED_STANDS,     /* no migration went down since, or every table that the file fills has rows */
    SEED_UNDONE,     /* all of these are empty, and the file does nothing but fill them: nothing can come twice */
    SEED_IN_PARTS    /* some are empty, or the file does more: only people can say */
};

/* Tables that were empty, and that this run has filled again: other files of theirs are undone as well. */
struct seed_refilled {
    struct arena *arena;
    struct strings oids;
};

/* In a transaction, with search_path at the service's schema.  `table` is seed_executions, quoted. */
int seed_undone(struct arena *arena, struct conn *conn, const struct seed *seed, const char *table,
                const struct script *script, struct seed_refilled *filled, enum seed_undone *undone, struct err *err);

#endif
