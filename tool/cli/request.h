/* What up, down, goto, rollback, redo and plan have in common. */
#ifndef CLI_REQUEST_H
#define CLI_REQUEST_H

#include "cli/command.h"
#include "model/plan.h"

/*
 * Carries out a request, or shows its plan with --dry-run, where nothing is locked and nothing is written.
 * `why` (may be NULL) asks for consent whatever the policy says.
 * Errors: those of apply_run; ERR_POLICY without consent; ERR_FAILED when there was less to do than the count asked
 * for.
 */
int request_run(struct run *run, const struct request *request, const char *why, struct err *err);

/* Shows the plan of a request. */
int request_show(struct run *run, const struct request *request, struct err *err);

/* A request for --service, with --cascade and --out-of-order. */
struct request request_new(const struct run *run, enum request_kind kind);

/* The request of `up [N]`, `up --to V` or `up --to-release NAME`, for up and plan.  *nothing: N is 0. */
int request_up(const struct run *run, struct request *request, bool *nothing, struct err *err);

/* Is --to or --to-release given? */
bool request_has_goal(const struct run *run);

/* Fills in what `version` (NULL: nothing) or --to-release says.  Errors: ERR_USAGE when it is both, or is not known. */
int request_goal(const struct run *run, const char *version, struct request *request, struct err *err);

/* Says "no change", as a run of no steps. */
int request_nothing(const struct run *run);

#endif
