#include "cli/commands.h"

/* golang-migrate's drop [-f]. */
int cmd_drop(struct run *run, struct err *err)
{
    struct options *options = &run->options;
    *vec_add(run->arena, &options->arguments) = "clean";
    if (option_on(options, OPTION_FORCE))
        options->text[OPTION_YES] = "true";
    return cmd_database(run, err);
}
