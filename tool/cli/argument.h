/* What a command was asked for: its argument, or the option or variable that stands for it. */
#ifndef CLI_ARGUMENT_H
#define CLI_ARGUMENT_H

#include "cli/command.h"

#include <stdint.h>

/* The first argument, else the option's text, else NULL. */
const char *argument_text(const struct run *run, enum option option);

/* N of --count: a whole number from 0; -1 in *count when it is not given. */
int argument_count(const struct run *run, long *count, struct err *err);

/*
 * A version: digits, "none" or -1 (NO_VERSION), or whatever service_get understands where one service is meant.
 * Version 0 where no migration has it is what is before the first one, too.
 */
int argument_version(const struct run *run, const char *text, int64_t *version, struct err *err);

/* A migration by reference: in --service, or in the one service that has it.  NULL is an error. */
const struct migration *argument_migration(const struct run *run, const char *text, struct err *err);

#endif
