/* ${VAR} and ${VAR:-default} in the values of a configuration file. */
#ifndef MODEL_EXPAND_H
#define MODEL_EXPAND_H

#include "base/arena.h"
#include "base/err.h"

/*
 * The text with its references replaced by environment variables.  A default counts where the variable is unset
 * or empty, and may hold references itself.  "$${" stands for "${"; any other '$' is itself.
 * Errors: ERR_INPUT at `place` for a variable that is not set, and for what is no reference.  They show no values.
 */
int expand_text(struct arena *arena, const char *text, struct place place, char **expanded, struct err *err);

#endif
