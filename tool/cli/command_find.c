/* Finding a command, and what it may be given. */
#include "cli/command.h"
#include "base/str.h"
#include "text/nearest.h"

#include <string.h>

static bool is_named(const struct command *command, const char *name)
{
    if (strcmp(command->name, name) == 0)
        return true;
    for (const char *const *synonym = command->synonyms; synonym != NULL && *synonym != NULL; synonym++)
        if (strcmp(*synonym, name) == 0)
            return true;
    return false;
}

const struct command *command_find(const char *name)
{
    for (const struct command *row = commands; row->name != NULL; row++)
        if (is_named(row, name))
            return row;
    return NULL;
}

const struct command *command_get(struct arena *arena, const char *name, struct err *err)
{
    const struct command *found = name != NULL ? command_find(name) : NULL;
    if (found != NULL)
        return found;
    if (name == NULL) {
        err_set(err, ERR_USAGE, "no command is given");
        err_hint(err, "skein help lists the commands; skein up applies what is pending");
        return NULL;
    }
    struct strings known = {0};
    for (const struct command *row = commands; row->name != NULL; row++)
        *vec_add(arena, &known) = row->name;
    const char *nearest = nearest_find(name, &known);
    err_set(err, ERR_USAGE, "unknown command %s", name);
    if (nearest != NULL)
        err_hint(err, "did you mean %s?", nearest);
    else
        err_hint(err, "skein help lists the commands");
    return NULL;
}

bool command_takes(const struct command *command, enum option option)
{
    if (option_rows[option].group != OPTION_GROUP_COMMAND)
        return true;
    for (const enum option *taken = command->options; *taken != OPTIONS; taken++)
        if (*taken == option)
            return true;
    return false;
}

/* N, V and ID may come from a variable instead; the argument wins, so a variable beside it is not a fault. */
int command_check(struct arena *arena, const struct command *command, struct options *options, struct err *err)
{
    bool accepted[OPTIONS];
    for (size_t i = 0; i < OPTIONS; i++) {
        accepted[i] = command_takes(command, (enum option)i);
        if (!accepted[i] && options->text[i] != NULL) {
            err_set(err, ERR_USAGE, "%s means nothing to skein %s", options->spelled[i], command->name);
            return err_hint(err, "skein help %s lists its options", command->name);
        }
    }
    if (options->arguments.count > command->most) {
        err_set(err, ERR_USAGE, "skein %s takes %s, and got '%s'", command->name,
                command->most == 0 ? "no argument" : "one argument", options->arguments.at[command->most]);
        return err_hint(err, "skein help %s explains it", command->name);
    }
    return option_read_environment(arena, accepted, options, err);
}
