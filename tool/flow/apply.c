#include "flow/apply.h"

#include "base/clock.h"
#include "base/proc.h"
#include "flow/batch.h"
#include "flow/session.h"
#include "flow/stepwise.h"

#include <string.h>

/* Enough that a far server is not waited for per migration; little enough that a batch stays in memory. */
enum { BATCH_STEPS = 64, BATCH_BYTES = 1 << 20 };

/* A text that the lexer here does not know may still be one that no transaction can hold. */
static bool wants_no_transaction(const struct script *script)
{
    static const char *const words[] = {"commit", "rollback", "concurrently", "vacuum"};
    if (script->mode == SCRIPT_STEPS)
        return true;
    for (size_t i = 0; script->mode == SCRIPT_WHOLE && i < sizeof(words) / sizeof(words[0]); i++)
        if (strcasestr(script->text, words[i]) != NULL)
            return true;
    return false;
}

/* Is a journal open for this step?  Then it is journalled to the end, whatever the file says now. */
static bool is_open(const struct session *session, const struct step *step)
{
    const struct open_step *open = session_run(session, step->migration->service)->record->state->open;
    return open != NULL && open->version == step->migration->version;
}

/*
 * Loads steps from `from` on until one is not transactional, lives elsewhere, or the batch is full.  *alone is set
 * when the first of them must run by itself, journalled.  A file that became unreadable since check_files ends the
 * batch before it, and what comes before is run.
 */
static int load(struct session *session, struct arena *arena, const struct plan *plan, size_t from,
                struct loaded_steps *steps, bool *alone, struct err *err)
{
    const struct target *target = session_run(session, plan->steps.at[from].migration->service)->target;
    size_t bytes = 0;
    *alone = false;
    for (size_t i = from; i < plan->steps.count && i - from < BATCH_STEPS && bytes < BATCH_BYTES; i++) {
        const struct step *step = &plan->steps.at[i];
        struct loaded loaded;
        if (session_run(session, step->migration->service)->target != target)
            break;
        if (load_step(arena, step, &loaded, err) != 0) {
            if (i == from)
                return -1;
            err_clear(err);
            break;
        }
        if (wants_no_transaction(&loaded.script) || is_open(session, step)) {
            *alone = i == from;
            if (i != from)
                break;
        }
        *vec_add(arena, steps) = loaded;
        bytes += loaded.script.length;
        if (*alone)
            break;
    }
    return 0;
}

/* The lock may be lost without a word (a killed backend, a fail-over), and a session that could not be cleaned is given
 * up; then all is opened again, and the state must still be the one that is expected. */
static int check_lock(struct session *session, struct target *target, struct err *err)
{
    if (lock_is_held(&target->lock) && !conn_is_broken(&target->work))
        return 0;
    if (session_reopen(session, target, err) != 0)
        return -1;
    for (size_t i = 0; i < session->targets->catalog->services.count; i++) {
        const struct service_run *run = &session->runs[i];
        if (run->target == target && session_concerns(session, run->service) &&
            run->record->state->generation != run->expected.generation) {
            err_set(err, ERR_DRIFT, "the connection was lost, and somebody else has migrated %s meanwhile", run->service->name);
            return err_hint(err, "look with `skein status` and run again");
        }
    }
    return 0;
}

static int run_some(struct session *session, const struct plan *plan, size_t *done, struct err *err)
{
    struct arena arena = {0};
    struct loaded_steps steps = {0};
    bool alone;
    size_t committed = 0;
    struct target *target = session_run(session, plan->steps.at[*done].migration->service)->target;
    int failed = check_lock(session, target, err);
    if (!failed)
        failed = load(session, &arena, plan, *done, &steps, &alone, err);
    if (!failed && alone) {
        failed = stepwise_run(session, &steps.at[0], err);
        committed = failed ? 0 : 1;
    } else if (!failed) {
        failed = batch_run(session, &steps, &committed, err);
    }
    *done += committed;
    arena_release(&arena);
    return failed;
}

static int run_steps(struct session *session, const struct plan *plan, size_t *done, struct err *err)
{
    while (*done < plan->steps.count) {
        if (proc_interrupted() > 0) {
            err_set(err, ERR_INTERRUPTED, "interrupted after %zu of %zu migrations", *done, plan->steps.count);
            return err_hint(err, "the state in the database is exact; the same command goes on from here");
        }
        if (run_some(session, plan, done, err) != 0)
            return -1;
    }
    return 0;
}

static void warn(const struct session *session, const struct plan *plan)
{
    vec_each(warning, &plan->warnings)
        session_tell(session, (struct event){.kind = EVENT_WARNING, .text = *warning});
}

/* Every file of the plan is read before the first is run: one that is wrong is to leave the database as it was. */
static int check_files(const struct plan *plan, struct err *err)
{
    int failed = 0;
    for (size_t i = 0; i < plan->steps.count && !failed && proc_interrupted() == 0; i++) {
        struct arena arena = {0};
        struct loaded loaded;
        failed = load_step(&arena, &plan->steps.at[i], &loaded, err);
        arena_release(&arena);
    }
    return failed;
}

/* Everything that can be refused, before anything is written. */
static int make_plan(struct session *session, const struct request *request,
                     int (*confirm)(void *context, const struct plan *plan, struct err *err), void *context,
                     struct apply_result *result, struct err *err)
{
    struct plan *plan = &result->plan;
    if (plan_make(session->arena, session->targets->catalog, &session->states, request, plan, err) != 0)
        return -1;
    warn(session, plan);
    if (plan->steps.count == 0)
        return 0;
    return plan_hash(plan, &session->states, targets_identity(session->arena, session->targets), result->hash, err) != 0 ||
                   check_files(plan, err) != 0 || (confirm != NULL && confirm(context, plan, err) != 0)
               ? -1
               : 0;
}

static bool same_steps(const struct plan *a, const struct plan *b)
{
    if (a->steps.count != b->steps.count)
        return false;
    for (size_t i = 0; i < a->steps.count; i++)
        if (a->steps.at[i].migration != b->steps.at[i].migration || a->steps.at[i].direction != b->steps.at[i].direction)
            return false;
    return true;
}

/* Records that only the new tables make readable may change the plan; then it is asked about again. */
static int prepare(struct session *session, const struct request *request,
                   int (*confirm)(void *context, const struct plan *plan, struct err *err), void *context,
                   struct apply_result *result, struct err *err)
{
    struct plan now;
    if (session_prepare(session, err) != 0)
        return -1;
    if (!session->created)
        return 0;
    if (plan_make(session->arena, session->targets->catalog, &session->states, request, &now, err) != 0)
        return -1;
    return same_steps(&now, &result->plan) ? 0 : make_plan(session, request, confirm, context, result, err);
}

static int run_plan(struct session *session, struct apply_result *result, struct err *err)
{
    const struct plan *plan = &result->plan;
    int64_t started = clock_now(); /* what a person takes to answer is not the run's */
    if (plan->steps.count == 0)
        return 0;
    session_tell(session, (struct event){.kind = EVENT_RUN_STARTED, .count = plan->steps.count});
    int failed = run_steps(session, plan, &result->done, err);
    session_tell(session, (struct event){.kind = EVENT_RUN_FINISHED, .count = result->done, .duration = clock_now() - started,
                                         .failure = failed ? err : NULL});
    return failed;
}

int apply_run(struct arena *arena, struct targets *targets, const struct request *request,
              const struct events *events,
              int (*confirm)(void *context, const struct plan *plan, struct err *err), void *context,
              struct apply_result *result, struct err *err)
{
    struct session session;
    *result = (struct apply_result){0};
    /* A cascade reaches into services that were not named: their state is held, too. */
    int failed = session_open(arena, targets, request->cascade ? NULL : request->service, events, &session, err);
    if (!failed)
        failed = make_plan(&session, request, confirm, context, result, err);
    if (!failed)
        failed = prepare(&session, request, confirm, context, result, err);
    if (!failed)
        failed = run_plan(&session, result, err);
    session_close(&session);
    return failed;
}

int apply_init(struct arena *arena, struct targets *targets, const struct service *service,
               const struct events *events, struct err *err)
{
    struct session session;
    int failed = session_open(arena, targets, service, events, &session, err);
    if (!failed)
        failed = session_prepare(&session, err);
    session_close(&session);
    return failed;
}

int apply_resolve(struct arena *arena, struct targets *targets, const struct migration *migration, bool done,
                  const struct events *events, struct err *err)
{
    struct session session;
    int failed = session_open(arena, targets, migration->service, events, &session, err);
    if (!failed)
        failed = session_prepare(&session, err);
    if (!failed)
        failed = stepwise_resolve(&session, session_run(&session, migration->service), migration, done, err);
    session_close(&session);
    return failed;
}
