/* What generate has written: the files, one a line, or as JSON. */
#ifndef CLI_GENERATE_VIEW_H
#define CLI_GENERATE_VIEW_H

#include "cli/command.h"
#include "write/generate.h"

/* `paths` are absolute, in the order of writing. */
void generate_print(struct run *run, const struct generation *generation, const struct strings *paths);

#endif
