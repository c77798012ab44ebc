/* The part of planning that applies. */
#include "model/planner.h"

#include <stdint.h>

/* The catalog number of the last applied migration by service number, plus one; 0 for none. */
static size_t *last_applied(struct planner *planner)
{
    size_t *last = arena_alloc(&planner->scratch, (planner->catalog->services.count + 1) * sizeof(*last));
    vec_each(migration, &planner->catalog->order)
        if (planner->applied[(*migration)->number])
            last[(*migration)->service->number] = (*migration)->number + 1;
    return last;
}

static bool is_wanted(const struct planner *planner, const struct migration *migration)
{
    const struct bound *bound = planner->bounds == NULL ? NULL : &planner->bounds[migration->service->number];
    return planner_concerns(planner, migration->service) && planner->chosen[migration->number] == NULL &&
           !planner->applied[migration->number] &&
           (bound == NULL || (bound->direction == DIRECTION_UP && (int64_t)migration->version <= bound->version));
}

/* Chooses what is asked for, what was begun first, and counts it. */
static size_t choose(struct planner *planner, long count)
{
    size_t found = 0, most = count > 0 ? (size_t)count : SIZE_MAX;
    vec_each(service, &planner->catalog->services) {
        const struct migration *open = planner_open(planner, *service, DIRECTION_UP);
        if (open != NULL && found < most && is_wanted(planner, open)) {
            planner->chosen[open->number] = "begun and not finished";
            found++;
        }
    }
    for (size_t i = 0; i < planner->catalog->order.count && found < most; i++)
        if (is_wanted(planner, planner->catalog->order.at[i])) {
            planner->chosen[i] = "pending";
            found++;
        }
    return found;
}

static int not_applied(const struct migration *migration, const struct migration *need, struct err *err)
{
    const char *name = need->service->name;
    err_set(err, ERR_DEPENDENCY, "%s needs %s, which is not applied", migration_label(err->arena, migration),
            migration_label(err->arena, need));
    return err_hint(err, "run skein up --service %s --to %s first, or skein up for all services", name, need->digits);
}

static int not_released(const struct planner *planner, const struct migration *migration, const struct migration *need,
                        struct err *err)
{
    err_set(err, ERR_DEPENDENCY, "release %s is not complete: %s needs %s, which comes after it", planner->request->release,
            migration_label(err->arena, migration), migration_label(err->arena, need));
    return err_hint(err, "let the release of %s end with %s or later, in its dependencies.json", need->service->name, need->digits);
}

/*
 * What the chosen ones need and is not applied comes along within the service, since its own order asks for it;
 * of other services it is refused, since nobody asked for them.
 */
static int add_needs(struct planner *planner, struct err *err)
{
    const struct migrations *order = &planner->catalog->order;
    for (size_t i = order->count; i != 0; i--) {
        const struct migration *migration = order->at[i - 1];
        if (planner->chosen[migration->number] == NULL)
            continue;
        vec_each(at, &migration->needs) {
            struct migration *need = *at;
            if (planner->applied[need->number] || planner->chosen[need->number] != NULL)
                continue;
            if (planner->request->release != NULL && release_is_before(planner->request->release, need))
                return not_released(planner, migration, need, err);
            if (!planner_concerns(planner, need->service))
                return not_applied(migration, need, err);
            planner->chosen[need->number] =
                arena_printf(planner->arena, "needed by %s", migration_label(&planner->scratch, migration));
        }
    }
    return 0;
}

static bool is_welcome(const struct planner *planner, const struct migration *migration)
{
    return planner->request->out_of_order ||
           config_number(&migration->service->config, SETTING_OUT_OF_ORDER) != 0;
}

/* What is late: welcome where request or configuration say so, or refused. */
struct late {
    struct migration_refs welcome, refused;
};

static void add_steps(struct planner *planner, const size_t *last, struct late *late)
{
    planner_add_open(planner, DIRECTION_UP);
    vec_each(migration, &planner->catalog->order) {
        const char *reason = planner->chosen[(*migration)->number];
        if (reason == NULL)
            continue;
        planner_add(planner, *migration, DIRECTION_UP, reason);
        if ((*migration)->number < last[(*migration)->service->number]) {
            planner->plan->steps.at[planner->plan->steps.count - 1].out_of_order = true;
            *vec_add(&planner->scratch, is_welcome(planner, *migration) ? &late->welcome : &late->refused) = *migration;
        }
    }
}

static const char *newest_label(struct planner *planner, const struct migration_refs *late, const size_t *last)
{
    size_t newest = last[late->at[0]->service->number] - 1;
    return migration_label(planner->arena, planner->catalog->order.at[newest]);
}

static int judge_late(struct planner *planner, const struct late *late, const size_t *last, struct err *err)
{
    const struct migration_refs *refused = &late->refused, *welcome = &late->welcome;
    if (welcome->count != 0)
        planner_warn(planner, "%s %s out of order: %s, which comes later, is applied", planner_list(planner, welcome),
                     welcome->count == 1 ? "is" : "are", newest_label(planner, welcome, last));
    if (refused->count == 0)
        return 0;
    err_set(err, ERR_DRIFT, "%s %s pending, but %s, which comes later, is applied", planner_list(planner, refused),
            refused->count == 1 ? "is" : "are", newest_label(planner, refused, last));
    return err_hint(err, "give %s a newer version, or allow it with --out-of-order",
                    refused->count == 1 ? "it" : "them");
}

int plan_up(struct planner *planner, long count, struct err *err)
{
    struct late late = {0};
    size_t found = choose(planner, count);
    if (count > 0 && found < (size_t)count)
        planner->plan->short_by = (size_t)count - found;
    if (add_needs(planner, err) != 0)
        return -1;
    const size_t *last = last_applied(planner);
    add_steps(planner, last, &late);
    return judge_late(planner, &late, last, err);
}
