#include "flow/settle.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/proc.h"
#include "base/str.h"
#include "flow/transaction.h"
#include "sql.h"

#include <string.h>
#include <strings.h>

enum { LOOK_AGAIN = 250 };

void stepwise_plan(struct stepwise *at)
{
    const struct script *script = &at->loaded->script;
    at->steps = script->steps;
    if (script->mode != SCRIPT_WHOLE)
        return;
    at->whole = (struct statement){.length = script->length, .kind = STATEMENT_OTHER_NOT_TRANSACTIONAL};
    at->steps = (struct script_steps){0};
    *vec_add(&at->arena, &at->steps) = (struct script_step){.count = 1};
}

const struct statement *stepwise_statement(const struct stepwise *at, const struct script_step *step)
{
    return at->loaded->script.mode == SCRIPT_WHOLE ? &at->whole : &at->loaded->script.statements.at[step->first];
}

int stepwise_reconnect(struct stepwise *at, struct err *err)
{
    struct service_run *run = at->run;
    if (session_reopen(at->session, run->target, err) != 0)
        return -1;
    const struct service_state *state = run->record->state;
    int64_t moved = state->generation - run->expected.generation;
    if (moved != 0 && !(moved == 1 && at->committing)) {
        err_set(err, ERR_DRIFT, "somebody else changed the migration state while the connection was broken");
        return err_hint(err, "look with `skein status` and run again");
    }
    at->closed = moved == 1 && at->closing;
    at->committing = at->closing = false;
    run->expected = (struct expected){.generation = state->generation, .version = state->version, .dirty = state->dirty};
    return 0;
}

const char *steps_checksum(struct arena *arena, const struct stepwise *at, int count)
{
    char *hex = arena_alloc(arena, SHA256_HEX_SIZE);
    struct sha256 *sha = sha256_open();
    for (int i = 0; i < count; i++) {
        const struct script_step *step = &at->steps.at[i];
        for (size_t s = 0; s < step->count; s++) {
            const struct statement *statement = stepwise_statement(at, step) + s;
            sha256_add(sha, at->loaded->script.text + statement->start, statement->length);
            sha256_add(sha, ";", 1);
        }
    }
    sha256_close(sha, hex);
    return hex;
}

const char *sql_session_settings(void)
{
    return sql_session_set;
}

static bool is_setting(const char *sql, size_t length)
{
    return (length > 4 && strncasecmp(sql, "SET ", 4) == 0 && strncasecmp(sql, "SET LOCAL ", 10) != 0) ||
           (length > 6 && strncasecmp(sql, "RESET ", 6) == 0);
}

int replay_settings(struct stepwise *at, struct err *err)
{
    const struct script *script = &at->loaded->script;
    for (int i = 0; i < at->journal.step && script->mode != SCRIPT_WHOLE; i++) {
        const struct statement *statement = &script->statements.at[at->steps.at[i].first];
        const char *sql = script->text + statement->start;
        if (at->steps.at[i].count == 1 && is_setting(sql, statement->length) &&
            conn_run(&at->run->target->work, arena_strndup(&at->arena, sql, statement->length), err) != 0)
            return -1;
    }
    return 0;
}

int settle_check(struct stepwise *at, struct err *err)
{
    const struct journal *journal = &at->journal;
    const struct step *step = at->loaded->step;
    if (journal->version != step->migration->version || journal->direction != step->direction) {
        err_set(err, ERR_UNSETTLED, "%s is half-way %s: %d of %d steps are done", journal->migration_id,
                journal->direction == DIRECTION_UP ? "up" : "down", journal->step, journal->steps);
        return err_hint(err, "finish it first, in the same direction");
    }
    if ((size_t)journal->step <= at->steps.count &&
        strcmp(journal->done_checksum, steps_checksum(&at->arena, at, journal->step)) == 0)
        return 0;
    err_set(err, ERR_DRIFT, "%d step%s of %s %s done, but the file now says something else there", journal->step,
            journal->step == 1 ? "" : "s", journal->migration_id, journal->step == 1 ? "is" : "are");
    return err_hint(err, "restore these statements in %s; only what comes after them may be changed",
                    migration_half(step->migration, step->direction)->path);
}

int settle_wait(struct stepwise *at, struct err *err)
{
    bool found = true, told = false;
    int signals = proc_interrupted(), step = at->journal.step;
    while (at->journal.alive) {
        if (!told)
            session_tell(at->session, (struct event){
                .kind = EVENT_LOCK_WAITING,
                .text = arena_printf(&at->arena, "pid %d, which still runs %s since %s", at->journal.backend,
                                     at->journal.kind, at->journal.since)});
        told = true;
        clock_pause(LOOK_AGAIN);
        if (proc_interrupted() > signals)
            return err_set(err, ERR_INTERRUPTED, "interrupted while waiting for pid %d", at->journal.backend);
        if (journal_read(&at->run->target->work, &at->arena, &at->run->record->tables, &at->journal, &found, err) != 0)
            return -1;
        if (!found || at->journal.step != step || !at->journal.intent) {
            err_set(err, ERR_DRIFT, "the run that had begun %s is alive and has gone on", at->loaded->step->migration->id);
            return err_hint(err, "let it finish, look with `skein status` and run again");
        }
    }
    return 0;
}

/* Has the file at this step the statement that the journal names? */
static bool file_has_begun(const struct stepwise *at)
{
    if ((size_t)at->journal.step >= at->steps.count)
        return false;
    const struct statement *statement = stepwise_statement(at, &at->steps.at[at->journal.step]);
    const char *begun = at->journal.statement;
    return strlen(begun) == statement->length && memcmp(begun, at->loaded->script.text + statement->start, statement->length) == 0;
}

/* The statement that the journal names. */
static struct statement begun_statement(struct stepwise *at)
{
    struct script script;
    struct err ignored = {.arena = &at->arena};
    const char *text = at->journal.statement;
    if (file_has_begun(at))
        return *stepwise_statement(at, &at->steps.at[at->journal.step]);
    if (script_read(&at->arena, "the journal", 1, text, strlen(text), &script, &ignored) == 0 && script.statements.count == 1)
        return script.statements.at[0];
    return (struct statement){.length = strlen(text), .kind = STATEMENT_OTHER_NOT_TRANSACTIONAL};
}

static int done_and_edited(const struct stepwise *at, struct err *err)
{
    const struct migration *migration = at->loaded->step->migration;
    err_set(err, ERR_DRIFT, "step %d of %s was begun and is done, but the file says something else there now; it was: %s",
            at->journal.step + 1, migration->id, at->journal.statement);
    return err_hint(err, "restore that statement in %s; only what comes after it may be changed",
                    migration_half(migration, at->loaded->step->direction)->path);
}

static int nobody_knows(const struct stepwise *at, const struct statement *statement, struct err *err)
{
    const struct migration *migration = at->loaded->step->migration;
    const char *service = migration->service->schema == NULL ? "" : arena_printf(err->arena, " --service %s", migration->service->name);
    err_set(err, ERR_UNSETTLED, "nobody can know whether this statement of %s ran to its end before the crash", migration->id);
    if (file_has_begun(at))
        batch_locate(&at->loaded->script, statement, 0, err);
    return err_hint(err, "look at the database, then say which: `skein resolve %s --done%s` or `skein resolve %s --redo%s`",
                    migration->digits, service, migration->digits, service);
}

static int write_outcome(struct stepwise *at, bool done, struct err *err)
{
    at->journal.step += done;
    at->journal.done_checksum = steps_checksum(&at->arena, at, at->journal.step);
    at->journal.intent = false;
    return journal_done(&at->run->target->work, &at->run->record->tables, &at->journal, err);
}

static void tell_resumed(struct stepwise *at, const struct statement *statement, bool done, const char *cleaned)
{
    const char *what = done ? "had been done" : "is run again";
    session_tell(at->session, (struct event){
        .kind = EVENT_RESUMED,
        .text = arena_printf(&at->arena, "%s, step %d of %d was interrupted: %s %s%s%s", at->journal.migration_id,
                             at->journal.step + 1, at->journal.steps, statement_kind_names[statement->kind], what,
                             cleaned == NULL ? "" : "; cleaned up: ", cleaned == NULL ? "" : cleaned)});
}

int settle_open(struct stepwise *at, struct err *err)
{
    enum outcome outcome;
    const char *cleaned;
    if (!at->journal.intent) {
        session_tell(at->session, (struct event){
            .kind = EVENT_RESUMED,
            .text = arena_printf(&at->arena, "%s: going on after step %d of %d", at->journal.migration_id,
                                 at->journal.step, at->journal.steps)});
        return 0;
    }
    const struct statement statement = begun_statement(at);
    if (catalog_settle(&at->run->target->work, &at->arena, &statement, at->journal.before, &outcome, &cleaned, err) != 0)
        return -1;
    if (outcome == OUTCOME_UNKNOWN)
        return nobody_knows(at, &statement, err);
    if (outcome == OUTCOME_DONE && !file_has_begun(at))
        return done_and_edited(at, err);
    tell_resumed(at, &statement, outcome == OUTCOME_DONE, cleaned);
    return write_outcome(at, outcome == OUTCOME_DONE, err);
}

int settle_by_hand(struct stepwise *at, bool done, struct err *err)
{
    struct service_run *run = at->run;
    const char *word = done ? "done" : "redo";
    if (at->journal.alive)
        return err_set(err, ERR_LOCK, "pid %d still runs the statement", at->journal.backend);
    if (done && !file_has_begun(at))
        return done_and_edited(at, err);
    if (write_outcome(at, done, err) != 0)
        return -1;
    const char *parameters[] = {run->record->tables.service, at->journal.migration_id,
                                arena_printf(&at->arena, "%lld", (long long)at->journal.version), run->facts.environment,
                                run->facts.applied_by, word,
                                arena_printf(&at->arena, "%d", at->journal.step)};
    return conn_query(&run->target->work, &at->arena, tables_fill(&at->arena, &run->record->tables, sql_history_resolved),
                      parameters, 7, NULL, err);
}

/* Nothing of it happened: the journal goes, the row is as before. */
static int abandon(struct stepwise *at, struct err *err)
{
    struct service_run *run = at->run;
    struct pipeline_items items = {0};
    size_t answered;
    bool had_row = at->journal.row_before != NO_VERSION;
    const char *parameters[] = {run->record->tables.service,
                                had_row ? arena_printf(&at->arena, "%lld", (long long)at->journal.row_before) : NULL};
    *vec_add(&at->arena, &items) = (struct pipeline_item){.sql = "BEGIN"};
    *vec_add(&at->arena, &items) = fence_item(&at->arena, &run->record->tables, &run->facts, &run->expected, NULL, true);
    *vec_add(&at->arena, &items) = (struct pipeline_item){
        .sql = tables_fill(&at->arena, &run->record->tables, had_row ? sql_journal_abandon : sql_journal_abandon_first),
        .parameters = parameters, .count = had_row ? 2 : 1};
    *vec_add(&at->arena, &items) = (struct pipeline_item){.sql = "COMMIT"};
    at->committing = true;
    if (conn_pipeline(&run->target->work, &at->arena, &items, NULL, NULL, &answered, err) != 0) {
        conn_rollback(&at->run->target->work);
        return -1;
    }
    at->committing = false;
    run->expected = (struct expected){.generation = run->expected.generation + 1, .version = at->journal.row_before};
    return 0;
}

static void say_how_to_go_on(const struct stepwise *at, struct err *err)
{
    const char *hint = err->hint == NULL ? "" : err->hint;
    if (err->kind == ERR_UNSETTLED || err->kind == ERR_DRIFT)
        return;
    err_hint(err, "%s%s%d of %d steps of %s %s; mend the rest of the file and run again, it goes on from here", hint,
             *hint == '\0' ? "" : "; ", at->journal.step, at->journal.steps, at->journal.migration_id,
             at->journal.step == 1 ? "is done and stays" : "are done and stay");
}

void settle_failure(struct stepwise *at, struct err *err)
{
    struct err trouble = {.arena = err->arena};
    struct conn *conn = &at->run->target->work;
    enum outcome outcome = OUTCOME_NOT_DONE;
    const char *cleaned;
    if (at->journal.steps == 0 || at->journal.alive || err->kind == ERR_UNSETTLED || err->kind == ERR_DRIFT)
        return;
    if (at->journal.intent) {
        const struct statement statement = begun_statement(at);
        if (catalog_settle(conn, &at->arena, &statement, at->journal.before, &outcome, &cleaned, &trouble) != 0 ||
            write_outcome(at, outcome == OUTCOME_DONE, &trouble) != 0) {
            err->detail = trouble.message;
            return;
        }
    }
    session_reset(conn, &trouble);
    if (at->journal.step == 0 && abandon(at, &trouble) == 0)
        return;
    say_how_to_go_on(at, err);
}
