/*
 * Making way for a golang-migrate that waits for our lock.
 *
 * It waits inside the server (pg_advisory_lock) and holds a snapshot meanwhile, for which our CREATE INDEX CONCURRENTLY
 * waits in turn: neither would ever end.  When that is seen, the lock is let go for a moment.  golang-migrate then
 * finds its row dirty and stops; the journal and the fence keep every other skein out.
 */
#ifndef FLOW_YIELD_H
#define FLOW_YIELD_H

#include "flow/session.h"

/* From here on, while the work connection waits, the lock connection looks for such a waiter. */
void yield_watch(struct session *session, struct target *target);

/* Ends the watch and takes the lock again if it was let go.  err may be NULL when a failure is known already. */
int yield_end(struct session *session, struct target *target, struct err *err);

#endif
