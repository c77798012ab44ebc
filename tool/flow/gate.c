#include "flow/gate.h"
#include "base/str.h"

#include <string.h>

static const struct strategy {
    const char *name;
    bool asks[2]; /* by direction */
} strategies[] = {
    {"aggressive", {[DIRECTION_UP] = false, [DIRECTION_DOWN] = false}},
    {"careful", {[DIRECTION_UP] = false, [DIRECTION_DOWN] = true}},
    {"conservative", {[DIRECTION_UP] = false, [DIRECTION_DOWN] = true}},
};

/* What is not known asks about everything. */
static bool strategy_asks(const char *name, enum direction direction)
{
    for (size_t i = 0; i < sizeof(strategies) / sizeof(strategies[0]); i++)
        if (str_same(strategies[i].name, name))
            return strategies[i].asks[direction];
    return true;
}

const char *gate_asks(struct arena *arena, const struct service *service, enum direction direction)
{
    const struct config *config = &service->config;
    const char *environment = config_text(config, SETTING_ENVIRONMENT);
    const char *approach = config_text(config, SETTING_APPROACH);
    bool by_strategy = strategy_asks(approach, direction);
    const struct value *approval = &config->values[SETTING_MANUAL_APPROVAL];
    if (by_strategy || (approval->number != 0 && approval->origin == ORIGIN_STRATEGY))
        return arena_printf(arena, "environment %s is %s", environment, approach != NULL ? approach : "unknown");
    if (approval->number != 0)
        return arena_printf(arena, "approval is required (%s)", approval->source);
    if (service->environment.require_approval == 1)
        return arena_printf(arena, "environment %s of %s requires approval (%s:%d)", environment, service->name,
                            service->environment.place.file, service->environment.place.line);
    return NULL;
}

const char *gate_asks_about(struct arena *arena, const struct plan *plan)
{
    vec_each(step, &plan->steps) {
        const char *why = gate_asks(arena, step->migration->service, step->direction);
        if (why != NULL)
            return why;
    }
    return NULL;
}
