#include "cli/commands.h"
#include "base/str.h"
#include "cli/help.h"
#include "cli/reference.h"

#include <stdio.h>

int cmd_help(struct run *run, struct err *err)
{
    const struct strings *arguments = &run->options.arguments;
    if (option_on(&run->options, OPTION_MARKDOWN)) {
        fputs(reference_markdown(run->arena), stdout);
        return 0;
    }
    if (arguments->count == 0) {
        fputs(help_overview(run->arena), stdout);
        return 0;
    }
    const struct help_topic *topic = help_find_topic(arguments->at[0]);
    if (topic != NULL) {
        struct str help = str_new(run->arena);
        topic->print(&help);
        fputs(help.at, stdout);
        return 0;
    }
    const struct command *command = command_get(run->arena, arguments->at[0], err);
    if (command == NULL)
        return -1;
    fputs(help_command(run->arena, command), stdout);
    return 0;
}
