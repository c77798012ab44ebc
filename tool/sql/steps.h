/* How a script is sent: all of it in one transaction, or step by step. */
#ifndef SQL_STEPS_H
#define SQL_STEPS_H

#include "base/arena.h"
#include "base/err.h"
#include "sql/directive.h"
#include "sql/script.h"

VEC(indexes, size_t);

/*
 * Takes a script whose statements are all there, BEGIN and COMMIT included, and fills in mode, why and
 * steps; BEGIN and COMMIT are dropped.  `own` are the statements, in order, that ask for a transaction
 * other than ours (classify_sets_transaction): such a transaction becomes one statement with its BEGIN and
 * COMMIT in it, to be sent as one message.
 */
int steps_decide(struct arena *arena, struct script *script, const struct directives *directives,
                 const struct indexes *own, struct err *err);

#endif
