/* How far a plan goes in each service: to a version of one of them, or to where a release leaves each. */
#include "model/planner.h"

#include "text/nearest.h"

#include <inttypes.h>

/* goto goes down where more is applied than is wanted, and up elsewhere. */
static enum direction way(const struct planner *planner, const struct service *service, int64_t version)
{
    const struct service_state *state = planner_state(planner, service);
    switch (planner->request->kind) {
    case REQUEST_UP:
        return DIRECTION_UP;
    case REQUEST_GOTO:
        return version == NO_VERSION || (state != NULL && state_top(state) > version) ? DIRECTION_DOWN : DIRECTION_UP;
    default:
        return DIRECTION_DOWN;
    }
}

static void bind(struct planner *planner, const struct service *service, int64_t version, const char *above)
{
    planner->bounds[service->number] = (struct bound){true, version, way(planner, service, version), above};
}

static int bind_version(struct planner *planner, struct err *err)
{
    const struct request *request = planner->request;
    const struct service *service = planner_one_service(planner, err);
    bool nothing = request->target == NO_VERSION && request->kind != REQUEST_UP;
    if (service == NULL || (!nothing && planner_check_target(service, request->target, err) != 0))
        return -1;
    bind(planner, service, request->target,
         nothing ? "all are to go" : arena_printf(planner->arena, "above %" PRId64, request->target));
    return 0;
}

/* Who deploys a release is told where the database is beyond it. */
static void bind_at(struct planner *planner, const struct service *service, const struct release *release)
{
    const struct service_state *state = planner_state(planner, service);
    int64_t end = (int64_t)release->version;
    bind(planner, service, end, arena_printf(planner->arena, "after release %s", release->name));
    if (planner->request->kind == REQUEST_UP && state != NULL && state_top(state) > end)
        planner_warn(planner, "%s is at version %" PRId64 ", beyond the end of release %s, and stays there", service->name,
                     state_top(state), release->name);
}

/*
 * All releases of the service are newer.  It may not have existed then, or nobody wrote its releases down: what to do
 * with what it holds is not for us to guess.
 */
static void bind_newer(struct planner *planner, const struct service *service, struct strings *undecided)
{
    const struct request *request = planner->request;
    const struct service_state *state = planner_state(planner, service);
    bool applied = state != NULL && state_top(state) != NO_VERSION;
    const char *first = service->releases.at[0].name;
    if (applied && request->newer == NEWER_ROLLBACK && request->kind != REQUEST_UP) {
        bind(planner, service, NO_VERSION, arena_printf(planner->arena, "first released with %s", first));
    } else if (applied && request->newer == NEWER_UNDECIDED && request->kind != REQUEST_UP) {
        *vec_add(&planner->scratch, undecided) = arena_printf(&planner->scratch, "%s (with %s)", service->name, first);
    } else if (service->migrations.count > 0) {
        planner_warn(planner, "%s was first released with %s: %s", service->name, first,
                     applied ? "it is left as it is" : "nothing of it is applied");
    }
}

static int refuse_undecided(struct planner *planner, const struct strings *undecided, struct err *err)
{
    bool one = undecided->count == 1;
    err_set(err, ERR_POLICY, "release %s says nothing of what was first released later and is applied: %s",
            planner->request->release, words_join(&planner->scratch, undecided));
    return err_hint(err, "say what becomes of %s: --newer-services leave, or --newer-services rollback, which rolls back all "
                         "of %s with its data", one ? "it" : "them", one ? "it" : "them");
}

static int none_bound(const struct planner *planner, struct err *err)
{
    err_set(err, ERR_USAGE, "%s declares no releases", service_shown(planner->service));
    return err_hint(err, "give --to a version instead; skein list shows them");
}

static int bind_release(struct planner *planner, struct err *err)
{
    const char *name = planner->request->release;
    struct strings undecided = {0};
    vec_each(service, &planner->catalog->services) {
        const struct releases *releases = &(*service)->releases;
        const struct release *release = release_at(releases, name);
        if (planner->service != NULL && *service != planner->service)
            continue;
        if (release != NULL)
            bind_at(planner, *service, release);
        else if (releases->count > 0)
            bind_newer(planner, *service, &undecided);
        else if (planner->service != NULL)
            return none_bound(planner, err);
        else if ((*service)->migrations.count > 0)
            planner_warn(planner, "%s declares no releases: it is left as it is", (*service)->name);
    }
    return undecided.count == 0 ? 0 : refuse_undecided(planner, &undecided, err);
}

int plan_bound(struct planner *planner, struct err *err)
{
    const struct request *request = planner->request;
    if (request->release == NULL && !request->has_target)
        return 0;
    planner->bounds = arena_alloc(&planner->scratch, (planner->catalog->services.count + 1) * sizeof(*planner->bounds));
    return request->release != NULL ? bind_release(planner, err) : bind_version(planner, err);
}
