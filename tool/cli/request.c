#include "cli/request.h"
#include "cli/argument.h"
#include "cli/confirm.h"
#include "cli/plan_view.h"
#include "flow/apply.h"
#include "flow/gate.h"
#include "flow/sizes.h"
#include "model/release_find.h"

#include <stdio.h>
#include <string.h>

struct consent {
    const struct run *run;
    const struct request *request;
    const char *why;
};

int request_nothing(const struct run *run)
{
    events_tell(&run->events, &(struct event){.kind = EVENT_RUN_STARTED});
    events_tell(&run->events, &(struct event){.kind = EVENT_RUN_FINISHED});
    if (!option_on(&run->options, OPTION_QUIET) && !option_on(&run->options, OPTION_JSON))
        fputs("no change\n", stderr);
    return 0;
}

struct request request_new(const struct run *run, enum request_kind kind)
{
    return (struct request){.kind = kind,
                            .service = run->service,
                            .cascade = option_on(&run->options, OPTION_CASCADE),
                            .out_of_order = option_on(&run->options, OPTION_OUT_OF_ORDER)};
}

bool request_has_goal(const struct run *run)
{
    return run->options.text[OPTION_TO] != NULL || run->options.text[OPTION_TO_RELEASE] != NULL;
}

static int read_newer(const struct options *options, struct request *request, struct err *err)
{
    const char *text = options->text[OPTION_NEWER_SERVICES];
    if (text == NULL)
        return 0;
    request->newer = strcmp(text, "leave") == 0 ? NEWER_LEAVE : NEWER_ROLLBACK;
    if (request->newer == NEWER_LEAVE || strcmp(text, "rollback") == 0)
        return 0;
    err_set(err, ERR_USAGE, "%s is leave or rollback, and not '%s'", options->spelled[OPTION_NEWER_SERVICES], text);
    return err_hint(err, "leave: they stay as they are; rollback: all of them is rolled back");
}

/* The label of a migration says which service is meant, too. */
static int read_release(const struct run *run, const char *text, struct request *request, struct err *err)
{
    struct release_found found;
    if (release_find(run->arena, &run->catalog, run->service, text, &found, err) != 0)
        return -1;
    if (found.migration == NULL) {
        request->release = found.name;
        return read_newer(&run->options, request, err);
    }
    request->service = found.migration->service;
    request->has_target = true;
    request->target = (int64_t)found.migration->version;
    return 0;
}

int request_goal(const struct run *run, const char *version, struct request *request, struct err *err)
{
    const struct options *options = &run->options;
    const char *release = options->text[OPTION_TO_RELEASE];
    if (version != NULL && release != NULL) {
        err_set(err, ERR_USAGE, "both a version and %s are given", options->spelled[OPTION_TO_RELEASE]);
        return err_hint(err, "give one of them");
    }
    if (release != NULL)
        return read_release(run, release, request, err);
    request->has_target = true;
    return argument_version(run, version, &request->target, err);
}

int request_up(const struct run *run, struct request *request, bool *nothing, struct err *err)
{
    const char *to = run->options.text[OPTION_TO];
    enum option given = to != NULL ? OPTION_TO : OPTION_TO_RELEASE;
    long count;
    *request = request_new(run, REQUEST_UP);
    if (argument_count(run, &count, err) != 0)
        return -1;
    *nothing = count == 0;
    request->count = count > 0 ? count : 0;
    if (request_has_goal(run) && count >= 0) {
        err_set(err, ERR_USAGE, "both a number of migrations and %s are given", run->options.spelled[given]);
        return err_hint(err, "give one of them");
    }
    return request_has_goal(run) ? request_goal(run, to, request, err) : 0;
}

static size_t count_direction(const struct plan *plan, enum direction direction)
{
    size_t count = 0;
    vec_each(step, &plan->steps)
        count += step->direction == direction;
    return count;
}

/* "Roll back 2 and apply 3 migrations?" */
static char *question_about(struct arena *arena, const struct plan *plan)
{
    size_t up = count_direction(plan, DIRECTION_UP), down = count_direction(plan, DIRECTION_DOWN);
    if (up == 0 || down == 0)
        return arena_printf(arena, "%s %zu migration%s?", up > 0 ? "Apply" : "Roll back", up + down,
                            up + down == 1 ? "" : "s");
    return arena_printf(arena, "Roll back %zu and apply %zu migrations?", down, up);
}

static int ask(void *context, const struct plan *plan, struct err *err)
{
    const struct consent *consent = context;
    struct arena *arena = consent->run->arena;
    const char *why = consent->why != NULL ? consent->why : gate_asks_about(arena, plan);
    if (plan->steps.count == 0 || why == NULL)
        return 0;
    if (!option_on(&consent->run->options, OPTION_YES) && !option_on(&consent->run->options, OPTION_JSON))
        plan_view_steps(arena, plan, stderr);
    return confirm_ask(consent->run, question_about(arena, plan), why, err);
}

/* golang-migrate: nothing to do is "no change" and success, but not for somebody who asked for N. */
static int judge(const struct run *run, const struct request *request, const struct apply_result *result,
                 struct err *err)
{
    size_t planned = result->plan.steps.count;
    const char *word = request->kind == REQUEST_UP ? "pending" : "applied";
    if (result->plan.short_by > 0 && planned == 0) {
        err_set(err, ERR_FAILED, "asked for %zu, and no migration is %s", result->plan.short_by, word);
        return err_hint(err, "skein status shows where each service is");
    }
    if (result->plan.short_by > 0) {
        err_set(err, ERR_FAILED, "%zu short: asked for %zu, and %zu %s %s; they are done", result->plan.short_by,
                planned + result->plan.short_by, planned, planned == 1 ? "was" : "were", word);
        return err_hint(err, "skein status shows where each service is");
    }
    return planned == 0 ? request_nothing(run) : 0;
}

int request_run(struct run *run, const struct request *request, const char *why, struct err *err)
{
    struct targets targets;
    struct apply_result result = {0};
    struct consent consent = {run, request, why};
    if (option_on(&run->options, OPTION_DRY_RUN))
        return request_show(run, request, err);
    if (targets_find(run->arena, &run->catalog, &run->events, &targets, err) != 0)
        return -1;
    int status = apply_run(run->arena, &targets, request, &run->events, ask, &consent, &result, err);
    targets_close(&targets);
    return status != 0 ? -1 : judge(run, request, &result, err);
}

int request_show(struct run *run, const struct request *request, struct err *err)
{
    struct targets targets;
    struct service_states states = {0};
    struct plan plan = {0};
    char hash[65];
    if (targets_find(run->arena, &run->catalog, &run->events, &targets, err) != 0)
        return -1;
    struct table_sizes sizes = {0};
    int status = targets_read(run->arena, &targets, &states, err);
    if (status == 0)
        sizes_read(run->arena, &targets, &sizes);
    targets_close(&targets);
    if (status != 0 || plan_make(run->arena, &run->catalog, &states, request, &plan, err) != 0 ||
        plan_hash(&plan, &states, targets_identity(run->arena, &targets), hash, err) != 0)
        return -1;
    return plan_view(run, &plan, &sizes, hash, err);
}
