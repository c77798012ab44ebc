/*
 * A migration that cannot be one transaction, step by step with a journal (pg/journal.h), and the taking up
 * of one that was interrupted.
 */
#ifndef FLOW_STEPWISE_H
#define FLOW_STEPWISE_H

#include "flow/batch.h"

/*
 * Runs a loaded step of mode SCRIPT_STEPS (or a text that must go whole and cannot be in a transaction), from where its
 * journal says it is.  A failure in the first step leaves nothing behind; a later one leaves the steps that
 * are done, and the next run goes on from there.
 * Errors: ERR_UNSETTLED when nobody can know what became of a statement, ERR_DRIFT when statements that are
 * done were edited, otherwise as batch_run.
 */
int stepwise_run(struct session *session, const struct loaded *loaded, struct err *err);

/* A person's word on the open statement: it happened, or it is to be run again. */
int stepwise_resolve(struct session *session, struct service_run *run, const struct migration *migration, bool done,
                     struct err *err);

#endif
