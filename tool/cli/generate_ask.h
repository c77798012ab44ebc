/* Asking for what generate was not told. */
#ifndef CLI_GENERATE_ASK_H
#define CLI_GENERATE_ASK_H

#include "cli/command.h"

/*
 * On a terminal: service, type, name and the type's parameters, as far as no option says them; they become options.
 * Elsewhere nothing happens.
 */
int generate_ask(struct run *run, struct err *err);

#endif
