/* What keeps a plan from being carried out: states that nobody may build on, and steps in a forbidden order. */
#include "model/planner.h"

#include "base/str.h"

#include <inttypes.h>
#include <string.h>

/* What golang-migrate left in the middle of a file; nobody knows how much of it happened. */
static int check_dirty(const struct service_state *state, const struct service *service, struct err *err)
{
    if (!state->dirty || state->open != NULL)
        return 0;
    bool plain = service->directory == NULL;
    err_set(err, ERR_UNSETTLED, "golang-migrate left version %" PRId64 "%s%s dirty: nobody knows how much of it ran",
            state->version, plain ? "" : " of ", plain ? "" : service->name);
    return err_hint(err, "look at the database, then say which version it has: skein force V%s%s",
                    plain ? "" : " --service ", plain ? "" : service->name);
}

/*
 * No row means "nothing is applied" to golang-migrate.  It may have taken everything back; or the row was lost, and running
 * everything again would be the worst answer.  Only in development is it taken at its word.
 */
static int check_emptied(const struct service_state *state, const struct service *service, struct err *err)
{
    bool plain = service->directory == NULL;
    if (!state->taken_over || state->dirty || state->version != NO_VERSION ||
        str_same(config_text(&service->config, SETTING_APPROACH), "aggressive"))
        return 0;
    err_set(err, ERR_DRIFT, "golang-migrate's row%s%s is gone, but migrations are on record as applied: were they taken back, "
                            "or was the row lost?", plain ? "" : " of ", plain ? "" : service->name);
    return err_hint(err, "look at the database, then say which: skein force -1%s%s (nothing is applied), or skein force V",
                    plain ? "" : " --service ", plain ? "" : service->name);
}

static int other_environment(const struct execution *row, const struct migration *migration, struct err *err)
{
    err_set(err, ERR_DRIFT, "%s is applied as %s of environment %s, but in environment %s it is %s",
            migration_label(err->arena, migration), row->migration_id, row->environment,
            migration->service->environment.name, migration->id);
    return err_hint(err, "this database belongs to environment %s: choose it with --environment, or another database",
                    row->environment);
}

/* Older tables knew versions without names. */
static bool is_bare_version(const char *id)
{
    return id[strspn(id, "0123456789")] == '\0';
}

/* A row whose migration has another name now: renamed, or another environment's. */
static int check_identity(struct planner *planner, const struct execution *row, const struct migration *migration,
                          struct err *err)
{
    if (row->migration_id == NULL || is_bare_version(row->migration_id) || str_same(row->migration_id, migration->id))
        return 0;
    if (row->environment != NULL && !str_same(row->environment, migration->service->environment.name))
        return other_environment(row, migration, err);
    planner_warn(planner, "%s was applied as %s and is named %s now", migration_label(&planner->scratch, migration),
                 row->migration_id, migration->id);
    return 0;
}

static int no_file(const struct service *service, uint64_t version, struct err *err)
{
    const struct migrations *all = &service->migrations;
    err_set(err, ERR_DRIFT, "the database is at version %" PRIu64 "%s%s, and no migration found for version %" PRIu64,
            version, service->directory == NULL ? "" : " of ",
            service->directory == NULL ? "" : service->name, version);
    return err_hint(err, "these files are older than the database, or of another environment%s%s; get the newer ones",
                    all->count == 0 ? "" : ": the newest here is ",
                    all->count == 0 ? "" : all->at[all->count - 1]->id);
}

static int check_rows(struct planner *planner, const struct service *service, const struct service_state *state,
                      struct err *err)
{
    int64_t top = state_top(state);
    vec_each(row, &state->executions) {
        if (strcmp(row->status, "success") != 0)
            continue;
        const struct migration *migration = service_find(service, row->version);
        if (migration != NULL) {
            if (check_identity(planner, row, migration, err) != 0)
                return -1;
        } else if ((int64_t)row->version == top) {
            return no_file(service, row->version, err);
        } else {
            planner_warn(planner, "version %" PRIu64 " of %s is applied but has no file", row->version, service_shown(service));
        }
    }
    return 0;
}

static int check_state(struct planner *planner, const struct service *service, struct err *err)
{
    const struct service_state *state = planner_state(planner, service);
    if (state == NULL)
        return 0;
    if (check_dirty(state, service, err) != 0 || check_emptied(state, service, err) != 0)
        return -1;
    return check_rows(planner, service, state, err);
}

int plan_check_states(struct planner *planner, struct err *err)
{
    vec_each(service, &planner->catalog->services)
        if (planner_concerns(planner, *service) && check_state(planner, *service, err) != 0)
            return -1;
    return 0;
}

int plan_check_fileless(struct planner *planner, const struct service *service, int64_t above, struct err *err)
{
    const struct service_state *state = planner_state(planner, service);
    if (state == NULL)
        return 0;
    vec_each(row, &state->executions)
        if ((int64_t)row->version > above && strcmp(row->status, "success") == 0 &&
            service_find(service, row->version) == NULL) {
            err_set(err, ERR_DRIFT, "version %" PRIu64 " of %s is applied and would have to be rolled back first, but "
                    "no migration found for version %" PRIu64, row->version, service_shown(service), row->version);
            return err_hint(err, "get its files back, or skein force the version that the database has");
        }
    return 0;
}

static int check_half(struct planner *planner, const struct step *step, struct err *err)
{
    if (migration_is_empty(step->migration, step->direction)) {
        planner_warn(planner, "%s has a down half only: there is nothing to apply",
                     migration_label(&planner->scratch, step->migration));
        return 0;
    }
    if (migration_half(step->migration, step->direction)->path != NULL)
        return 0;
    return migration_missing_half(step->migration, step->direction, err);
}

static const struct step *first_step(const struct planner *planner, const struct service *service)
{
    vec_each(step, &planner->plan->steps)
        if (step->migration->service == service)
            return step;
    return NULL;
}

/* What was begun must be what the plan does first in that service; the engine takes it up where it stopped. */
static int check_open(const struct planner *planner, const struct service *service, struct err *err)
{
    static const char *const words[] = {[DIRECTION_UP] = "up", [DIRECTION_DOWN] = "down"};
    const struct service_state *state = planner_state(planner, service);
    if (state == NULL || state->open == NULL)
        return 0;
    const struct open_step *open = state->open;
    const struct step *first = first_step(planner, service);
    if (first != NULL && first->migration->version == open->version && first->direction == open->direction)
        return 0;
    bool plain = service->directory == NULL;
    err_set(err, ERR_UNSETTLED, "%s%s%s was begun (%s) and not finished", plain ? "" : service->name,
            plain ? "" : " ", open->migration_id, words[open->direction]);
    const char *named = plain ? "" : arena_printf(err->arena, " --service %s", service->name);
    if (service_find(service, open->version) == NULL)
        return err_hint(err, "put its file back and finish it, or give it up with skein force V%s", named);
    return err_hint(err, "finish it with skein %s%s%s%s%s", words[open->direction], named,
                    open->intent ? ", or settle it with skein resolve " : "", open->intent ? open->migration_id : "",
                    open->intent ? " --done|--redo" : "");
}

int plan_check_steps(struct planner *planner, struct err *err)
{
    vec_each(service, &planner->catalog->services) {
        bool concerned = planner_concerns(planner, *service);
        /* A cascade reaches services that were not looked at before. */
        if (!concerned && first_step(planner, *service) == NULL)
            continue;
        if ((!concerned && check_state(planner, *service, err) != 0) || check_open(planner, *service, err) != 0)
            return -1;
    }
    vec_each(step, &planner->plan->steps)
        if (check_half(planner, step, err) != 0)
            return -1;
    return 0;
}
