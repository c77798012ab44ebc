/* Consent of a person. */
#ifndef CLI_CONFIRM_H
#define CLI_CONFIRM_H

#include "cli/command.h"

/*
 * 0 for yes: by --yes, or answered on the terminal.  ERR_POLICY for no, and where nobody can be asked; `why` says
 * what asks for consent ("environment production is conservative").
 */
int confirm_ask(const struct run *run, const char *question, const char *why, struct err *err);

#endif
