#include "cli/verb.h"

#include "text/nearest.h"

#include <string.h>

int verb_run(struct run *run, const struct verb verbs[], struct err *err)
{
    const struct strings *arguments = &run->options.arguments;
    const char *name = arguments->count != 0 ? arguments->at[0] : NULL, *command = run->options.command;
    struct strings known = {0};
    for (; verbs->name != NULL; verbs++) {
        if (name != NULL && strcmp(verbs->name, name) == 0)
            return verbs->run(run, err);
        *vec_add(run->arena, &known) = verbs->name;
    }
    if (name == NULL)
        err_set(err, ERR_USAGE, "%s what?", command);
    else
        err_set(err, ERR_USAGE, "%s has no %s", command, name);
    const char *nearest = name != NULL ? nearest_find(name, &known) : NULL;
    if (nearest != NULL)
        return err_hint(err, "did you mean `skein %s %s`?", command, nearest);
    return err_hint(err, "there are %s", words_join(run->arena, &known));
}
