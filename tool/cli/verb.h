/* Commands of commands: `skein dev start`, `skein database drop`. */
#ifndef CLI_VERB_H
#define CLI_VERB_H

#include "cli/command.h"

struct verb {
    const char *name;
    int (*run)(struct run *run, struct err *err);
};

/* Runs the one that the first argument names.  `verbs` ends with a row without name.  ERR_USAGE with the nearest. */
int verb_run(struct run *run, const struct verb verbs[], struct err *err);

#endif
