#include "flow/batch.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/proc.h"
#include "flow/transaction.h"

#include <stdlib.h>
#include <string.h>

enum { LONGEST_PAUSE = 60000 };

int load_step(struct arena *arena, const struct step *step, struct loaded *loaded, struct err *err)
{
    char *text;
    size_t length;
    const struct half *half = migration_half(step->migration, step->direction);
    *loaded = (struct loaded){.step = step};
    if (migration_read(arena, step->migration, step->direction, &text, &length, err) != 0)
        return -1;
    sha256_hex(text, length, loaded->checksum);
    return script_read(arena, half->path, half->first_line, text, length, &loaded->script, err);
}

/* A batch on its way: which item belongs to which step. */
struct batch {
    struct session *session;
    struct arena arena;
    const struct loaded_steps *steps;
    size_t first;                 /* the first step of this attempt */
    struct service_run *runs;     /* copies that run ahead while items are made, parallel to session->runs */
    struct pipeline_items items;
    struct marks marks;           /* parallel to items */
    size_t done;                  /* steps committed, from steps->at[0] */
    int64_t started;              /* of the step that runs now */
    int64_t took;                 /* by the server's clock; answers come in bursts, so ours would not do */
};

static struct service_run *ahead(struct batch *batch, const struct service *service)
{
    return &batch->runs[session_run(batch->session, service) - batch->session->runs];
}

static void copy_runs(struct batch *batch)
{
    size_t count = batch->session->targets->catalog->services.count;
    batch->runs = arena_alloc(&batch->arena, (count + 1) * sizeof(*batch->runs));
    memcpy(batch->runs, batch->session->runs, count * sizeof(*batch->runs));
    for (size_t i = 0; i < count; i++) {
        struct versions applied = {0};
        vec_each(version, &batch->session->runs[i].applied)
            *vec_add(&batch->arena, &applied) = *version;
        batch->runs[i].applied = applied;
    }
}

static void build(struct batch *batch)
{
    batch->items = (struct pipeline_items){0};
    batch->marks = (struct marks){0};
    copy_runs(batch);
    batch->took = 0;
    for (size_t i = batch->first; i < batch->steps->count; i++) {
        const struct loaded *loaded = &batch->steps->at[i];
        struct service_run *run = ahead(batch, loaded->step->migration->service);
        struct entry entry = service_run_entry(&batch->arena, run, loaded->step, loaded->checksum, -1);
        bool durable = i + 1 == batch->steps->count; /* the last commit of a batch takes the others to disk with it */
        transaction_add(&batch->arena, run, loaded, i, &entry, durable, &batch->items, &batch->marks);
        struct expected after = expected_after(&run->expected, &entry);
        service_run_advance(&batch->arena, run, loaded->step, &after);
    }
}

static void start_step(struct batch *batch, size_t index)
{
    struct session *session = batch->session;
    const struct service_run *run;
    if (index >= batch->steps->count)
        return;
    session->current = batch->steps->at[index].step;
    run = session_run(session, session->current->migration->service);
    batch->started = clock_now();
    run->target->work.deadline = run->timeout == 0 ? 0 : batch->started + run->timeout;
    session_tell(session, (struct event){.kind = EVENT_MIGRATION_STARTED});
}

/* The record that was committed becomes what the next transaction expects. */
static void finish_step(struct batch *batch, size_t index)
{
    struct session *session = batch->session;
    const struct step *step = batch->steps->at[index].step;
    struct service_run *run = session_run(session, step->migration->service);
    struct expected after = {.generation = run->expected.generation + 1, .version = service_run_version_after(run, step)};
    service_run_advance(session->arena, run, step, &after);
    batch->done = index + 1;
    session_tell(session, (struct event){.kind = EVENT_MIGRATION_FINISHED, .duration = batch->took});
}

static void hear_answer(void *context, size_t item, const struct rows *rows)
{
    struct batch *batch = context;
    const struct mark *mark = &batch->marks.at[item];
    if (mark->phase == PHASE_RECORD && rows->count > 0)
        batch->took = strtoll(rows_get(rows, 0, 0), NULL, 10);
    if (mark->phase != PHASE_COMMIT)
        return;
    finish_step(batch, mark->step);
    start_step(batch, mark->step + 1);
}

void batch_locate(const struct script *script, const struct statement *statement, int position, struct err *err)
{
    size_t offset = statement->start;
    const char *at = script->text + offset, *end = at + statement->length;
    for (int i = 1; i < position && at < end; i++)
        do
            at++;
        while (at < end && ((unsigned char)*at & 0xC0) == 0x80);
    offset = (size_t)(at - script->text);
    struct place place = script_place(script, offset);
    err_at(err, place.file, place.line, place.column);
    err->source_line = script_line(err->arena, script, offset);
}

bool failure_passes(const struct conn *conn, const struct err *err)
{
    if (err->kind == ERR_INTERRUPTED || proc_interrupted() > 0 || conn->timed_out)
        return false;
    return conn_is_broken(conn) || err->kind == ERR_LOCK || err->kind == ERR_RETRY;
}

void session_pause(struct session *session, const struct service_run *run, int attempt, const struct err *err)
{
    int64_t delay = run->retry_delay < 1 ? 1 : run->retry_delay;
    for (int i = 1; i < attempt && delay < LONGEST_PAUSE; i++)
        delay *= 2;
    if (delay > LONGEST_PAUSE)
        delay = LONGEST_PAUSE;
    session_tell(session, (struct event){.kind = EVENT_RETRYING, .number = (size_t)attempt, .count = (size_t)run->attempts,
                                         .duration = delay * 1000, .text = err->message, .failure = err});
    clock_pause((int)delay);
}

/* The answer to the last COMMIT may be lost with the connection: the state tells how far the batch came. */
static int find_done(struct batch *batch, struct target *target, struct err *err)
{
    struct session *session = batch->session;
    for (;;) {
        bool all = true;
        for (size_t i = 0; i < session->targets->catalog->services.count; i++) {
            const struct service_run *run = &session->runs[i];
            if (run->target == target && session_concerns(session, run->service))
                all = all && run->record->state->generation == run->expected.generation;
        }
        if (all)
            return 0;
        if (batch->done == batch->steps->count)
            break;
        finish_step(batch, batch->done);
        session->current = batch->done < batch->steps->count ? batch->steps->at[batch->done].step : NULL;
    }
    err_set(err, ERR_DRIFT, "somebody else changed the migration state while the connection was broken");
    return err_hint(err, "look with `skein status` and run again");
}

static int recover(struct batch *batch, struct target *target, struct err *err)
{
    conn_rollback(&target->work);
    if (!conn_is_broken(&target->work))
        return 0;
    return session_reopen(batch->session, target, err) != 0 || find_done(batch, target, err) != 0 ? -1 : 0;
}

static void locate(const struct script *script, const struct mark *where, int position, struct err *err)
{
    struct statement whole = {.length = script->length};
    if (where->phase == PHASE_STATEMENT)
        batch_locate(script, where->statement, position, err);
    else if (where->phase == PHASE_WHOLE)
        batch_locate(script, &whole, position, err);
    else if (where->phase == PHASE_COMMIT)
        err_at(err, script->path, script->first_line, 0);
}

/* The state tables of a service are in its schema, which files may make or drop themselves. */
static void explain_schema(const struct service_run *run, const struct mark *where, struct err *err)
{
    const char *schema = run->record->tables.schema;
    if (where->phase == PHASE_STATEMENT && run->search_path != NULL && strcmp(err->sqlstate, "42P06") == 0)
        err_hint(err, "skein made the schema %s of this service for its state tables: write CREATE SCHEMA IF NOT EXISTS", schema);
    if (where->phase != PHASE_RECORD || (strcmp(err->sqlstate, "42P01") != 0 && strcmp(err->sqlstate, "3F000") != 0))
        return;
    err_context(err, "the file dropped the tables in which skein would record it");
    err_hint(err, "they are in schema %s: drop what the migration made and not the schema; to begin anew, `skein database clean`",
             schema);
}

/* One attempt at what is left.  1: a passing fault, nothing is open any more. */
static int attempt(struct batch *batch, struct target *target, struct err *err)
{
    struct mark where = {0};
    batch->first = batch->done;
    build(batch);
    target->work.timed_out = false;
    start_step(batch, batch->first);
    int failed = transaction_send(target, &batch->items, &batch->marks, hear_answer, batch,
                                  &where, err);
    target->work.deadline = 0;
    if (failed == 0)
        return 0;
    if (fence_explain(err))
        return -1;
    if (!conn_is_broken(&target->work))
        locate(&batch->steps->at[where.step].script, &where, target->work.error_position, err);
    explain_schema(session_run(batch->session, batch->steps->at[where.step].step->migration->service), &where, err);
    return failure_passes(&target->work, err) ? 1 : -1;
}

static int fail(struct batch *batch, struct target *target, struct err *err)
{
    struct session *session = batch->session;
    const struct loaded *loaded = &batch->steps->at[batch->done];
    const struct service_run *run = session_run(session, loaded->step->migration->service);
    int64_t duration = clock_now() - batch->started;
    if (!conn_is_broken(&target->work)) {
        struct entry entry = service_run_entry(&batch->arena, run, loaded->step, loaded->checksum, duration);
        conn_rollback(&target->work);
        record_failure(&target->work, &run->record->tables, &run->facts, &entry, err);
    }
    session_tell(session, (struct event){.kind = EVENT_MIGRATION_FAILED, .duration = duration, .failure = err});
    return -1;
}

/* All is committed, and only the session could not be cleaned: it is given up, with whatever a file left in it. */
static bool is_over(const struct batch *batch, struct target *target, struct err *err)
{
    if (batch->done < batch->steps->count)
        return false;
    conn_close(&target->work);
    err_clear(err);
    return true;
}

int batch_run(struct session *session, const struct loaded_steps *steps, size_t *done, struct err *err)
{
    struct batch batch = {.session = session, .steps = steps};
    struct target *target = session_run(session, steps->at[0].step->migration->service)->target;
    int result = 1;
    for (int tries = 1; result == 1; tries++) {
        result = attempt(&batch, target, err);
        if (result != 0 && is_over(&batch, target, err))
            result = 0;
        if (result <= 0)
            break;
        const struct service_run *run = session_run(session, session->current->migration->service);
        if (tries >= run->attempts)
            break;
        session_pause(session, run, tries, err);
        struct err trouble = {.arena = err->arena};
        int recovered = recover(&batch, target, &trouble);
        if (recovered != 0 && trouble.kind != ERR_CONNECTION && trouble.kind != ERR_RETRY) {
            *err = trouble;
            break;
        }
        if (recovered == 0)
            err_clear(err);
        result = batch.done == steps->count ? 0 : 1;
    }
    if (result != 0)
        fail(&batch, target, err);
    *done = batch.done;
    session->current = NULL;
    arena_release(&batch.arena);
    return result == 0 ? 0 : -1;
}
