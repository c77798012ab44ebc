/* What is generated, tried on the simulated schema before it is written: what is in its way, and what it lacks. */
#ifndef WRITE_GENERATE_PROVE_H
#define WRITE_GENERATE_PROVE_H

#include "review/situation.h"
#include "write/generating.h"

/*
 * generate_clash.c: what is there already under a name that an action would give to something new; generate_lack.c: what an
 * action names and nothing makes.  On the schema as it is before the action.  Errors: ERR_USAGE.
 */
int generate_find_clash(const struct generation *generation, const struct situation *situation, struct err *err);
int generate_find_lack(const struct generation *generation, const struct situation *situation, struct err *err);

#endif
