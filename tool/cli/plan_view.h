/* A plan as a table or as JSON. */
#ifndef CLI_PLAN_VIEW_H
#define CLI_PLAN_VIEW_H

#include "cli/command.h"
#include "model/plan.h"
#include "review/subject.h"

#include <stdio.h>

/*
 * Prints the plan with its warnings and its hash: each step with its reason, how it is going to run, for which its
 * script is read, and its risk, for which the catalog is replayed; `sizes` weigh it.  The hash knows nothing of it.
 * Errors: those of migration_read and script_read: a plan with a broken file in it is none.
 */
int plan_view(const struct run *run, const struct plan *plan, const struct table_sizes *sizes, const char *hash,
              struct err *err);

/* The steps alone, a line each, the first twenty; for a question. */
void plan_view_steps(struct arena *arena, const struct plan *plan, FILE *stream);

#endif
