/* A migration as the statements of one transaction, and sending them. */
#ifndef FLOW_TRANSACTION_H
#define FLOW_TRANSACTION_H

#include "flow/batch.h"

enum phase { PHASE_BEGIN, PHASE_FENCE, PHASE_STATEMENT, PHASE_WHOLE, PHASE_RECORD, PHASE_COMMIT, PHASE_RESET };

/* What an item of the pipeline is: of which step, and which statement of its file. */
struct mark {
    size_t step;
    enum phase phase;
    const struct statement *statement; /* PHASE_STATEMENT only */
};
VEC(marks, struct mark);

/*
 * Adds BEGIN, fence, statements, record, COMMIT, and the reset of the session where the file may have touched it.
 * `durable` as in pg/record.h.
 */
void transaction_add(struct arena *arena, const struct service_run *run, const struct loaded *loaded, size_t index,
                     const struct entry *entry, bool durable, struct pipeline_items *items, struct marks *marks);

/* Adds the statements of one file, or some of them.  CREATE SCHEMA of the service's own schema tolerates that it is there. */
void transaction_add_statements(struct arena *arena, const struct service_run *run, const struct script *script,
                                size_t first, size_t count, size_t index, struct pipeline_items *items, struct marks *marks);

/*
 * Sends all items: in one pipeline, broken only around a text that must go whole (PHASE_WHOLE).
 * On failure *where says what failed.
 */
int transaction_send(struct target *target, const struct pipeline_items *items,
                     const struct marks *marks,
                     void (*on_answer)(void *context, size_t item, const struct rows *rows), void *context,
                     struct mark *where, struct err *err);

/* Forgets what a file left in the session: settings, role, temporary tables, session locks and the like. */
int session_reset(struct conn *conn, struct err *err);

#endif
