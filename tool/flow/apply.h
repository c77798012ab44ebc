/*
 * The engine: carries out a request on live databases, step by step, and tells what happens.
 *
 * It takes the lock, reads the state, settles what an interrupted run left, makes the plan, asks the gate,
 * and runs the steps: a transactional migration as one transaction with its record, in batches that stop
 * at the first error; any other one journalled.  docs/orchestrator.md describes a run, crash by crash.
 */
#ifndef FLOW_APPLY_H
#define FLOW_APPLY_H

#include "flow/event.h"
#include "flow/target.h"
#include "model/plan.h"

struct apply_result {
    struct plan plan;
    size_t done;              /* steps of the plan that are committed */
    char hash[65];
};

/*
 * `confirm` (may be NULL) is the gate's question: it sees the plan before anything is changed and returns 0,
 * or -1 with ERR_POLICY.
 * Errors: those of plan_make; ERR_LOCK, ERR_FAILED with the place in the file, ERR_UNSETTLED, ERR_CONNECTION,
 * ERR_INTERRUPTED.  Whatever it returns, every step is applied and recorded, or neither.
 */
int apply_run(struct arena *arena, struct targets *targets, const struct request *request,
              const struct events *events,
              int (*confirm)(void *context, const struct plan *plan, struct err *err), void *context,
              struct apply_result *result, struct err *err);

/* Creates schema and state tables of the services (all when NULL), taking over what golang-migrate recorded. */
int apply_init(struct arena *arena, struct targets *targets, const struct service *service,
               const struct events *events, struct err *err);

/* golang-migrate's force: the row says `version`, clean; executions follow.  NO_VERSION empties it. */
int apply_force(struct arena *arena, struct targets *targets, const struct service *service, int64_t version,
                const struct events *events, struct err *err);

/* Settles an open step by hand: it happened (done), or it is to be run again (redo). */
int apply_resolve(struct arena *arena, struct targets *targets, const struct migration *migration, bool done,
                  const struct events *events, struct err *err);

#endif
