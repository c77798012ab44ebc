#include "model/planner.h"

#include "base/str.h"

#include <inttypes.h>

enum { LISTED_AT_MOST = 10 };

const struct service_state *planner_state(const struct planner *planner, const struct service *service)
{
    return service->number < planner->states->count ? planner->states->at[service->number] : NULL;
}

bool planner_concerns(const struct planner *planner, const struct service *service)
{
    if (planner->bounds != NULL)
        return planner->bounds[service->number].given;
    return planner->service == NULL || planner->service == service;
}

void planner_warn(struct planner *planner, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    *vec_add(planner->arena, &planner->plan->warnings) = arena_vprintf(planner->arena, format, arguments);
    va_end(arguments);
}

const char *planner_list(struct planner *planner, const struct migration_refs *migrations)
{
    struct str text = str_new(planner->arena);
    size_t shown = migrations->count > LISTED_AT_MOST ? LISTED_AT_MOST - 1 : migrations->count;
    for (size_t i = 0; i < shown; i++) {
        str_add(&text, i == 0 ? "" : i + 1 == migrations->count ? " and " : ", ");
        str_add(&text, migration_label(&planner->scratch, migrations->at[i]));
    }
    if (shown < migrations->count)
        str_addf(&text, " and %zu more", migrations->count - shown);
    return text.at;
}

void planner_add(struct planner *planner, struct migration *migration, enum direction direction, const char *reason)
{
    *vec_add(planner->arena, &planner->plan->steps) =
        (struct step){.migration = migration, .direction = direction, .reason = reason};
}

struct migration *planner_open(const struct planner *planner, const struct service *service, enum direction direction)
{
    const struct service_state *state = planner_state(planner, service);
    if (state == NULL || state->open == NULL || state->open->direction != direction ||
        !planner_concerns(planner, service))
        return NULL;
    return service_find(service, state->open->version);
}

void planner_add_open(struct planner *planner, enum direction direction)
{
    vec_each(service, &planner->catalog->services) {
        struct migration *open = planner_open(planner, *service, direction);
        if (open == NULL || planner->chosen[open->number] == NULL)
            continue;
        planner_add(planner, open, direction, "begun and not finished");
        planner->chosen[open->number] = NULL;
    }
}

const struct service *planner_one_service(const struct planner *planner, struct err *err)
{
    if (planner->service != NULL)
        return planner->service;
    err_set(err, ERR_USAGE, "a version alone does not say which service is meant");
    err_hint(err, "name it with --service");
    return NULL;
}

int planner_check_target(const struct service *service, int64_t target, struct err *err)
{
    const struct migrations *all = &service->migrations;
    if (target >= 0 && service_find(service, (uint64_t)target) != NULL)
        return 0;
    err_set(err, ERR_USAGE, "%s has no migration of version %" PRId64, service_shown(service), target);
    if (all->count == 0)
        return err_hint(err, "it has none at all");
    return err_hint(err, "it has %s to %s", all->at[0]->digits, all->at[all->count - 1]->digits);
}
