/* Help, printed from the tables at 80 columns. */
#ifndef CLI_HELP_H
#define CLI_HELP_H

#include "base/str.h"
#include "cli/command.h"

struct help_topic {
    const char *name, *summary;
    void (*print)(struct str *help);
};

extern const struct help_topic help_topics[]; /* ends with a row without name */

/* What skein is, the commands, and where to read on. */
char *help_overview(struct arena *arena);

/* One command: usage, what it does, its options. */
char *help_command(struct arena *arena, const struct command *command);

/* A topic that is not a command; NULL when unknown. */
const struct help_topic *help_find_topic(const char *name);

/* "up [N]": a command as its usage line has it. */
char *help_usage(struct arena *arena, const struct command *command);

#endif
