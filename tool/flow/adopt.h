/*
 * Taking over from golang-migrate: what it did since skein last wrote is put on record.
 *
 * golang-migrate's row says how far the database is; migration_executions then gets the rows that are missing,
 * and those above the row are marked as rolled back.  The history says that they were adopted, not run.
 */
#ifndef FLOW_ADOPT_H
#define FLOW_ADOPT_H

#include "flow/service_run.h"

/* The executions as they were read, before state_reconcile. */
struct executions adopt_copy(struct arena *arena, const struct service_state *state);

/*
 * Writes the difference between `recorded` and the reconciled state, in one transaction behind the fence; *sentence says
 * what was written, and stays as it is when there is no difference.
 */
int adopt_write(struct arena *arena, struct service_run *run, const struct executions *recorded, const char **sentence,
                struct err *err);

#endif
