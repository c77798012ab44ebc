/* The part of planning that rolls back: the newest, down to a version, one migration, and redo. */
#include "model/planner.h"

#include <inttypes.h>

/* Chosen migrations take along what is applied and needs them; *extra are those that nobody asked for. */
static void add_dependents(struct planner *planner, struct migration_refs *extra)
{
    vec_each(at, &planner->catalog->order) {
        const struct migration *migration = *at;
        if (planner->chosen[migration->number] == NULL)
            continue;
        vec_each(dependent, &migration->needed_by) {
            size_t number = (*dependent)->number;
            if (!planner->applied[number] || planner->chosen[number] != NULL)
                continue;
            planner->chosen[number] =
                arena_printf(planner->arena, "needs %s", migration_label(&planner->scratch, migration));
            *vec_add(&planner->scratch, extra) = *dependent;
        }
    }
}

static int in_the_way(struct planner *planner, const struct migration_refs *extra, struct err *err)
{
    const struct migration *first = extra->at[0], *need = NULL;
    vec_each(at, &first->needs)
        if (planner->chosen[(*at)->number] != NULL)
            need = *at;
    bool one = extra->count == 1;
    err_set(err, ERR_DEPENDENCY, "%s %s applied and %s what would be rolled back (%s needs %s)",
            planner_list(planner, extra), one ? "is" : "are", one ? "needs" : "need",
            migration_label(err->arena, first), need == NULL ? "it" : migration_label(err->arena, need));
    return err_hint(err, "roll %s back first, or take %s along with --cascade", one ? "it" : "them",
                    one ? "it" : "them");
}

static int add_steps(struct planner *planner, struct err *err)
{
    struct migration_refs extra = {0};
    add_dependents(planner, &extra);
    if (extra.count != 0 && !planner->request->cascade)
        return in_the_way(planner, &extra, err);
    planner_add_open(planner, DIRECTION_DOWN);
    const struct migrations *order = &planner->catalog->order;
    for (size_t i = order->count; i != 0; i--)
        if (planner->chosen[i - 1] != NULL)
            planner_add(planner, order->at[i - 1], DIRECTION_DOWN, planner->chosen[i - 1]);
    return 0;
}

/* A version without a file cannot be rolled back, and nothing below it before it. */
static int check_chosen(struct planner *planner, struct err *err)
{
    vec_each(service, &planner->catalog->services) {
        int64_t lowest = INT64_MAX;
        vec_each(migration, &(*service)->migrations)
            if (planner->chosen[(*migration)->number] != NULL && (int64_t)(*migration)->version < lowest)
                lowest = (int64_t)(*migration)->version;
        if (lowest != INT64_MAX && plan_check_fileless(planner, *service, lowest, err) != 0)
            return -1;
    }
    return 0;
}

/* The newest applied ones, what was begun first; count < 0: all. */
static size_t choose(struct planner *planner, long count)
{
    const struct migrations *order = &planner->catalog->order;
    const char *reason = count < 0 ? "all are to go" : "among the newest";
    size_t found = 0, most = count < 0 ? SIZE_MAX : (size_t)count;
    vec_each(service, &planner->catalog->services) {
        const struct migration *open = planner_open(planner, *service, DIRECTION_DOWN);
        if (open != NULL && found < most && planner->applied[open->number]) {
            planner->chosen[open->number] = reason;
            found++;
        }
    }
    for (size_t i = order->count; i != 0 && found < most; i--)
        if (planner->applied[i - 1] && planner->chosen[i - 1] == NULL &&
            planner_concerns(planner, order->at[i - 1]->service)) {
            planner->chosen[i - 1] = reason;
            found++;
        }
    return found;
}

int plan_down_count(struct planner *planner, long count, struct err *err)
{
    size_t found = choose(planner, count);
    if (count > 0)
        planner->plan->short_by = (size_t)count - found;
    vec_each(service, &planner->catalog->services)
        if (count < 0 && planner_concerns(planner, *service) &&
            plan_check_fileless(planner, *service, NO_VERSION, err) != 0)
            return -1;
    return check_chosen(planner, err) != 0 ? -1 : add_steps(planner, err);
}

static int choose_above(struct planner *planner, const struct service *service, struct err *err)
{
    const struct bound *bound = &planner->bounds[service->number];
    if (plan_check_fileless(planner, service, bound->version, err) != 0)
        return -1;
    vec_each(migration, &service->migrations)
        if ((int64_t)(*migration)->version > bound->version && planner->applied[(*migration)->number])
            planner->chosen[(*migration)->number] = bound->above;
    return 0;
}

int plan_down_to(struct planner *planner, struct err *err)
{
    vec_each(service, &planner->catalog->services)
        if (planner_concerns(planner, *service) && planner->bounds[(*service)->number].direction == DIRECTION_DOWN &&
            choose_above(planner, *service, err) != 0)
            return -1;
    return add_steps(planner, err);
}

void plan_down_done(struct planner *planner)
{
    vec_each(step, &planner->plan->steps) {
        planner->applied[step->migration->number] = false;
        planner->chosen[step->migration->number] = NULL;
    }
}

int plan_down_one(struct planner *planner, struct err *err)
{
    const struct migration *migration = planner->request->migration;
    if (!planner->applied[migration->number]) {
        planner_warn(planner, "%s is not applied", migration_label(&planner->scratch, migration));
        return 0;
    }
    planner->chosen[migration->number] = "asked for";
    return check_chosen(planner, err) != 0 ? -1 : add_steps(planner, err);
}

void plan_redo(struct planner *planner)
{
    for (size_t i = planner->plan->steps.count; i != 0; i--)
        planner_add(planner, planner->plan->steps.at[i - 1].migration, DIRECTION_UP, "up again");
}
