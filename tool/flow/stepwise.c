#include "flow/stepwise.h"

#include "base/clock.h"
#include "base/hash.h"
#include "flow/settle.h"
#include "flow/transaction.h"
#include "flow/yield.h"

#include <string.h>

/* Opens the journal, unless it is open: from here on golang-migrate's row is dirty. */
static int open_journal(struct stepwise *at, struct err *err)
{
    struct service_run *run = at->run;
    struct pipeline_items items = {0};
    size_t answered;
    at->journal = (struct journal){
        .version = at->loaded->step->migration->version,
        .migration_id = at->loaded->step->migration->id,
        .direction = at->loaded->step->direction,
        .row_before = run->expected.version,
        .steps = (int)at->steps.count,
        .done_checksum = steps_checksum(&at->arena, at, 0),
    };
    *vec_add(&at->arena, &items) = (struct pipeline_item){.sql = "BEGIN"};
    *vec_add(&at->arena, &items) = fence_item(&at->arena, &run->record->tables, &run->facts, &run->expected, NULL, true);
    *vec_add(&at->arena, &items) =
        journal_open_item(&at->arena, &run->record->tables, &at->journal, &run->expected, at->version_after);
    *vec_add(&at->arena, &items) = (struct pipeline_item){.sql = "COMMIT"};
    at->committing = true;
    if (conn_pipeline(&run->target->work, &at->arena, &items, NULL, NULL, &answered, err) != 0) {
        conn_rollback(&at->run->target->work);
        fence_explain(err);
        return -1;
    }
    at->committing = false;
    run->expected = journal_expected(&run->expected, at->version_after);
    return 0;
}

/* The record, the clean row and the end of the journal in one transaction. */
static int close_journal(struct stepwise *at, struct err *err)
{
    struct service_run *run = at->run;
    struct pipeline_items items = {0};
    size_t answered;
    struct entry entry = service_run_entry(&at->arena, run, at->loaded->step, at->loaded->checksum, clock_now() - at->started);
    *vec_add(&at->arena, &items) = (struct pipeline_item){.sql = "BEGIN"};
    *vec_add(&at->arena, &items) = fence_item(&at->arena, &run->record->tables, &run->facts, &run->expected, NULL, true);
    *vec_add(&at->arena, &items) = journal_close_item(&at->arena, &run->record->tables);
    *vec_add(&at->arena, &items) = record_item(&at->arena, &run->record->tables, &run->facts, &run->expected, &entry);
    *vec_add(&at->arena, &items) = (struct pipeline_item){.sql = "COMMIT"};
    at->committing = at->closing = true;
    if (conn_pipeline(&run->target->work, &at->arena, &items, NULL, NULL, &answered, err) != 0) {
        conn_rollback(&at->run->target->work);
        fence_explain(err);
        return -1;
    }
    struct expected after = expected_after(&run->expected, &entry);
    service_run_advance(at->session->arena, run, at->loaded->step, &after);
    return 0;
}

/* A step that may be wrapped: its statements and its outcome are one transaction. */
static int run_wrapped(struct stepwise *at, const struct script_step *step, struct mark *where, struct err *err)
{
    struct service_run *run = at->run;
    struct conn *conn = &run->target->work;
    struct pipeline_items items = {0};
    struct marks marks = {0};
    size_t answered;
    at->journal.step++;
    at->journal.done_checksum = steps_checksum(&at->arena, at, at->journal.step);
    *vec_add(&at->arena, &items) = (struct pipeline_item){.sql = "BEGIN"};
    *vec_add(&at->arena, &marks) = (struct mark){.phase = PHASE_BEGIN};
    transaction_add_statements(&at->arena, run, &at->loaded->script, step->first, step->count, 0, &items, &marks);
    if (step->rolled_back) {
        *vec_add(&at->arena, &items) = (struct pipeline_item){.sql = "ROLLBACK"};
        *vec_add(&at->arena, &items) = (struct pipeline_item){.sql = "BEGIN"};
    }
    journal_done_add(&at->arena, &run->record->tables, &at->journal, &items);
    *vec_add(&at->arena, &items) = (struct pipeline_item){.sql = "COMMIT"};
    conn->deadline = run->timeout == 0 ? 0 : clock_now() + run->timeout;
    int failed = conn_pipeline(conn, &at->arena, &items, NULL, NULL, &answered, err);
    conn->deadline = 0;
    if (failed) {
        at->journal.step--;
        if (answered < marks.count)
            *where = marks.at[answered];
        conn_rollback(&at->run->target->work);
        fence_explain(err);
    }
    return failed;
}

/* A statement that no transaction can hold: intent, the statement alone, outcome. */
static int run_bare(struct stepwise *at, const struct script_step *step, struct mark *where, struct err *err)
{
    struct service_run *run = at->run;
    struct conn *conn = &run->target->work;
    const struct statement *statement = stepwise_statement(at, step);
    char *sql = arena_strndup(&at->arena, at->loaded->script.text + statement->start, statement->length);
    at->journal.kind = statement_kind_names[statement->kind];
    at->journal.statement = sql;
    if (catalog_before(conn, &at->arena, statement, &at->journal.before, err) != 0 ||
        journal_intend(conn, &run->record->tables, &at->journal, err) != 0)
        return -1;
    at->journal.intent = true;
    *where = (struct mark){.phase = PHASE_STATEMENT, .statement = statement};
    yield_watch(at->session, run->target);
    int failed = conn_run(conn, sql, err);
    if (yield_end(at->session, run->target, failed ? NULL : err) != 0)
        failed = -1;
    if (failed) {
        conn_rollback(&at->run->target->work);
        return -1;
    }
    at->journal.step++;
    at->journal.done_checksum = steps_checksum(&at->arena, at, at->journal.step);
    at->journal.intent = false;
    return journal_done(conn, &run->record->tables, &at->journal, err);
}

static int run_step(struct stepwise *at, struct mark *where, struct err *err)
{
    const struct script_step *step = &at->steps.at[at->journal.step];
    size_t number = (size_t)at->journal.step + 1;
    int64_t started = clock_now();
    struct event event = {.number = number, .count = at->steps.count, .text = "transaction"};
    if (!step->transaction)
        event.text = statement_kind_names[stepwise_statement(at, step)->kind];
    event.kind = EVENT_STATEMENT_STARTED;
    session_tell(at->session, event);
    if ((step->transaction ? run_wrapped : run_bare)(at, step, where, err) != 0)
        return -1;
    event.kind = EVENT_STATEMENT_FINISHED;
    event.duration = clock_now() - started;
    session_tell(at->session, event);
    return 0;
}

/* The session's settings: these statements cannot have them SET LOCAL; DISCARD ALL takes them away afterwards. */
static int prepare_session(struct stepwise *at, struct err *err)
{
    struct service_run *run = at->run;
    const char *parameters[] = {run->search_path == NULL ? "" : run->search_path,
                                arena_printf(&at->arena, "%lld", (long long)run->facts.lock_timeout),
                                arena_printf(&at->arena, "%lld", (long long)run->facts.statement_timeout)};
    if (run->target->facts.pooled) {
        err_set(err, ERR_USAGE, "%s cannot run through a connection pooler: %s", at->loaded->step->migration->id,
                at->loaded->script.why);
        return err_hint(err, "give the server's own address beside the pooler's: direct_url, or SKEIN_DIRECT_URL");
    }
    if (conn_query(&run->target->work, &at->arena, sql_session_settings(), parameters, 3, NULL, err) != 0)
        return -1;
    return replay_settings(at, err);
}

static int run_all(struct stepwise *at, struct mark *where, struct err *err)
{
    bool found;
    struct conn *conn = &at->run->target->work;
    if (journal_read(conn, &at->arena, &at->run->record->tables, &at->journal, &found, err) != 0)
        return -1;
    if (!found && open_journal(at, err) != 0)
        return -1;
    if (found && (settle_check(at, err) != 0 || settle_wait(at, err) != 0))
        return -1;
    if (prepare_session(at, err) != 0 || (found && settle_open(at, err) != 0))
        return -1;
    while ((size_t)at->journal.step < at->steps.count)
        if (run_step(at, where, err) != 0)
            return -1;
    return session_reset(conn, err) != 0 || close_journal(at, err) != 0 ? -1 : 0;
}

static void tell_failure(struct stepwise *at, struct err *err)
{
    struct service_run *run = at->run;
    int64_t duration = clock_now() - at->started;
    if (!conn_is_broken(&run->target->work)) {
        struct entry entry = service_run_entry(&at->arena, run, at->loaded->step, at->loaded->checksum, duration);
        record_failure(&run->target->work, &run->record->tables, &run->facts, &entry, err);
    }
    session_tell(at->session, (struct event){.kind = EVENT_MIGRATION_FAILED, .duration = duration, .failure = err});
}

/* What has committed a part of its work is not begun anew by itself, unless the file allows it. */
static bool may_run_again(const struct statement *statement)
{
    return statement == NULL || !statement->commits || statement->repeatable;
}

/* One attempt; 1 for a passing fault after which the next attempt takes up the journal. */
static int attempt(struct stepwise *at, struct err *err)
{
    struct mark where = {0};
    struct conn *conn = &at->run->target->work;
    if (at->closed) {
        struct expected now = at->run->expected;
        service_run_advance(at->session->arena, at->run, at->loaded->step, &now);
        return 0;
    }
    conn->timed_out = at->committing = at->closing = false;
    if (run_all(at, &where, err) == 0)
        return 0;
    if (conn_is_broken(conn))
        return failure_passes(conn, err) ? 1 : -1;
    if (where.statement != NULL && err->place.file == NULL && err->kind != ERR_UNSETTLED)
        batch_locate(&at->loaded->script, where.statement, conn->error_position, err);
    bool passes = failure_passes(conn, err) && may_run_again(where.statement);
    settle_failure(at, err);
    return passes ? 1 : -1;
}

int stepwise_run(struct session *session, const struct loaded *loaded, struct err *err)
{
    struct service_run *run = session_run(session, loaded->step->migration->service);
    struct stepwise at = {.session = session, .run = run, .loaded = loaded, .started = clock_now()};
    stepwise_plan(&at);
    at.version_after = service_run_version_after(run, loaded->step);
    session->current = loaded->step;
    session_tell(session, (struct event){.kind = EVENT_MIGRATION_STARTED, .text = loaded->script.why});
    int result = attempt(&at, err);
    for (int tries = 1; result == 1 && tries < run->attempts; tries++) {
        session_pause(session, run, tries, err);
        struct err trouble = {.arena = err->arena};
        if (conn_is_broken(&run->target->work) && stepwise_reconnect(&at, &trouble) != 0) {
            if (trouble.kind == ERR_CONNECTION || trouble.kind == ERR_RETRY)
                continue;
            *err = trouble;
            break;
        }
        err_clear(err);
        result = attempt(&at, err);
    }
    if (result == 0)
        session_tell(session, (struct event){.kind = EVENT_MIGRATION_FINISHED, .duration = clock_now() - at.started});
    else
        tell_failure(&at, err);
    session->current = NULL;
    arena_release(&at.arena);
    return result == 0 ? 0 : -1;
}
