#include "model/planner.h"

static void note_applied(struct planner *planner)
{
    size_t count = planner->catalog->order.count;
    planner->applied = arena_alloc(&planner->scratch, (count + 1) * sizeof(*planner->applied));
    planner->chosen = arena_alloc(&planner->scratch, (count + 1) * sizeof(*planner->chosen));
    vec_each(service, &planner->catalog->services) {
        const struct service_state *state = planner_state(planner, *service);
        if (state == NULL)
            continue;
        vec_each(migration, &(*service)->migrations)
            planner->applied[(*migration)->number] = state_applied(state, (*migration)->version);
    }
}

/* Down first, since what comes up may need what was in its way to be gone. */
static int plan_goto(struct planner *planner, struct err *err)
{
    if (plan_down_to(planner, err) != 0)
        return -1;
    plan_down_done(planner);
    return plan_up(planner, 0, err);
}

static int plan_by_kind(struct planner *planner, struct err *err)
{
    const struct request *request = planner->request;
    long count = request->count == 0 ? 1 : request->count;
    int result = 0;
    switch (request->kind) {
    case REQUEST_UP:
        return plan_up(planner, request->count, err);
    case REQUEST_DOWN:
        return plan_down_count(planner, count, err);
    case REQUEST_GOTO:
        return plan_goto(planner, err);
    case REQUEST_ROLLBACK:
        return request->migration != NULL ? plan_down_one(planner, err) : plan_down_to(planner, err);
    case REQUEST_REDO:
        result = request->migration != NULL ? plan_down_one(planner, err) : plan_down_count(planner, count, err);
        if (result == 0)
            plan_redo(planner);
        return result;
    }
    return err_set(err, ERR_BUG, "request of unknown kind %d", (int)request->kind);
}

static const struct service *requested_service(const struct catalog *catalog, const struct request *request)
{
    if (request->migration != NULL)
        return request->migration->service;
    if (request->service != NULL)
        return request->service;
    return catalog->services.count == 1 ? catalog->services.at[0] : NULL;
}

int plan_make(struct arena *arena, const struct catalog *catalog, const struct service_states *states,
              const struct request *request, struct plan *plan, struct err *err)
{
    struct planner planner = {.arena = arena, .catalog = catalog, .states = states, .request = request, .plan = plan};
    *plan = (struct plan){0};
    planner.service = requested_service(catalog, request);
    note_applied(&planner);
    int result = 0;
    if (plan_bound(&planner, err) != 0 || plan_check_states(&planner, err) != 0 || plan_by_kind(&planner, err) != 0 || plan_check_steps(&planner, err) != 0)
        result = -1;
    arena_release(&planner.scratch);
    return result;
}
