#include "cli/consent.h"

#include "cli/confirm.h"

#include <string.h>

int consent_to_loss(const struct run *run, const struct target *target, const char *name, const char *what,
                    struct err *err)
{
    const char *given = run->options.text[OPTION_CONFIRM];
    const char *environment = config_text(&run->config, SETTING_ENVIRONMENT);
    if (given != NULL && *given != '\0') {
        if (strcmp(given, name) == 0)
            return 0;
        err_set(err, ERR_POLICY, "this %s %s, and the confirmation names %s; nothing was changed", what, name, given);
        return err_hint(err, "check which database DATABASE_URL and --environment lead to");
    }
    if (target->is_private)
        return 0;
    if (config_is_development(&run->config))
        return confirm_ask(run, "Go on?", arena_printf(run->arena, "this %s %s", what, name), err);
    err_set(err, ERR_POLICY, "this %s %s in the environment %s, and nobody confirmed it; nothing was changed", what,
            name, environment);
    return err_hint(err, "say its name: --confirm %s (with make: CONFIRM=%s)", name, name);
}
