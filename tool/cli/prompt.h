/* Questions on a terminal whose answers are texts. */
#ifndef CLI_PROMPT_H
#define CLI_PROMPT_H

#include "cli/command.h"

/* Is there somebody to ask: a terminal for input and for standard error? */
bool prompt_is_possible(void);

/*
 * Asks until `check` takes the answer; it may be NULL, and tells in its err what is wrong otherwise.  An empty answer is
 * `fallback`; where that is NULL, it is asked again.  "" as fallback: the answer may be empty, and is NULL then.
 * Errors: ERR_INTERRUPTED, and ERR_USAGE at the end of the input.
 */
int prompt_ask(struct run *run, const char *question, const char *fallback,
               int (*check)(void *context, const char *answer, struct err *err), void *context, const char **answer,
               struct err *err);

/* Says what was wrong with answers. */
void prompt_refuse(const struct err *wrong);

#endif
