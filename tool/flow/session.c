#include "flow/session.h"

#include "base/clock.h"
#include "flow/adopt.h"
#include "text/json.h"

#include <string.h>

enum { LONGEST_APPLIED_BY = 100 };

void session_tell(const struct session *session, struct event event)
{
    if (event.step == NULL)
        event.step = session->current;
    events_tell(session->events, &event);
}

static void hear_notice(void *context, const char *severity, const char *sqlstate, const char *message)
{
    (void)sqlstate;
    session_tell(context, (struct event){.kind = EVENT_NOTICE, .severity = severity, .text = message});
}

static void hear_wait(void *context)
{
    events_tick(((struct session *)context)->events);
}

void session_listen(struct session *session, struct conn *conn)
{
    conn->on_notice = hear_notice;
    conn->on_wait = hear_wait;
    conn->context = session;
}

void session_hear_waiting(void *session, const char *holder)
{
    session_tell(session, (struct event){.kind = EVENT_LOCK_WAITING, .text = holder});
}

bool session_concerns(const struct session *session, const struct service *service)
{
    return session->service == NULL || session->service == service;
}

static bool target_concerned(const struct session *session, const struct target *target)
{
    for (size_t i = 0; i < target->services.count; i++)
        if (session_concerns(session, target->services.at[i]))
            return true;
    return false;
}

static int take_lock(struct session *session, struct target *target, struct err *err)
{
    int64_t wait = 0;
    for (size_t i = 0; i < target->services.count; i++) {
        const struct service *service = target->services.at[i];
        const struct tables *tables = &target->records[i].tables;
        if (!session_concerns(session, service))
            continue;
        lock_add_keys(session->arena, &target->lock.keys, tables->version_schema, tables->version_name,
                      target->dsn.database_path, target->facts.database);
        int64_t one = config_number(&service->config, SETTING_WAIT);
        wait = one > wait ? one : wait;
    }
    return lock_take(session->arena, &target->dsn, &target->lock, wait, session_hear_waiting, session, err);
}

static int create_tables(struct session *session, struct target *target, struct err *err)
{
    for (size_t i = 0; i < target->services.count; i++)
        if (session_concerns(session, target->services.at[i]) && !target->records[i].state->initialised &&
            tables_create(&target->work, &target->records[i].tables, err) != 0)
            return err_context(err, "%s", target->services.at[i]->name);
    return 0;
}

static int read_target(struct session *session, struct target *target, struct err *err)
{
    session_listen(session, &target->work);
    if (target_read(session->arena, target, session->targets->catalog->plain, err) != 0)
        return -1;
    if (!target->facts.standby || !target_concerned(session, target))
        return 0;
    err_set(err, ERR_CONNECTION, "%s is a read-only standby", target->dsn.shown);
    return err_hint(err, "connect to the primary; with several hosts in the URL skein finds it by itself");
}

static int open_target(struct session *session, struct target *target, struct err *err)
{
    if (read_target(session, target, err) != 0)
        return -1;
    if (!target_concerned(session, target))
        return 0;
    return take_lock(session, target, err) != 0 || create_tables(session, target, err) != 0 ||
                   target_read(session->arena, target, session->targets->catalog->plain, err) != 0
               ? -1
               : 0;
}

static char *trace_of(struct arena *arena, const struct config *config)
{
    static const struct {
        enum setting setting;
        const char *key;
    } ids[] = {{SETTING_CORRELATION_ID, "correlation_id"}, {SETTING_TRACE_ID, "trace_id"}, {SETTING_USER_ID, "user_id"}};
    struct json *trace = json_object(arena);
    for (size_t i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
        if (config_text(config, ids[i].setting) != NULL)
            json_set_text(trace, ids[i].key, config_text(config, ids[i].setting));
    return json_print(arena, trace, false);
}

static const char *applied_by(struct arena *arena, const struct config *config, const struct server_facts *facts)
{
    const char *who = config_text(config, SETTING_USER_ID);
    if (who == NULL || *who == '\0')
        who = facts->session_user;
    return arena_strndup(arena, who, strnlen(who, LONGEST_APPLIED_BY));
}

static struct run_facts facts_of(struct arena *arena, const struct service *service, const struct target *target)
{
    const struct config *config = &service->config;
    int64_t statement_timeout = config_number(config, SETTING_STATEMENT_TIMEOUT);
    return (struct run_facts){
        .environment = service->environment.name != NULL ? service->environment.name
                                                         : config_text(config, SETTING_ENVIRONMENT),
        .applied_by = applied_by(arena, config, &target->facts),
        .trace = trace_of(arena, config),
        .lock_timeout = config_number(config, SETTING_LOCK_TIMEOUT),
        .statement_timeout = statement_timeout != 0 ? statement_timeout : target->dsn.statement_timeout,
    };
}

static void fill_run(struct session *session, struct service_run *run, const struct service *service)
{
    struct arena *arena = session->arena;
    struct target *target = targets_target(session->targets, service);
    struct service_record *record = targets_record(session->targets, service);
    const struct service_state *state = record->state;
    *run = (struct service_run){
        .service = service,
        .target = target,
        .record = record,
        .expected = {.generation = state->generation, .version = state->version, .dirty = state->dirty},
        .facts = facts_of(arena, service, target),
        .search_path = service->schema == NULL ? NULL : arena_printf(arena, "%s, public", quote_identifier(arena, service->schema)),
        .timeout = config_number(&service->config, SETTING_TIMEOUT) * 1000,
        .attempts = (int)config_number(&service->config, SETTING_MAX_RETRIES),
        .retry_delay = config_number(&service->config, SETTING_RETRY_DELAY),
    };
    vec_each(execution, &state->executions)
        if (strcmp(execution->status, "success") == 0)
            *vec_add(arena, &run->applied) = execution->version;
}

/* States, runs, and what golang-migrate did meanwhile; after every reading. */
static int settle_states(struct session *session, struct err *err)
{
    const struct services *services = &session->targets->catalog->services;
    struct executions *recorded = arena_alloc(session->arena, (services->count + 1) * sizeof(*recorded));
    for (size_t i = 0; i < services->count; i++)
        recorded[i] = adopt_copy(session->arena, targets_record(session->targets, services->at[i])->state);
    targets_states(session->arena, session->targets, &session->states);
    for (size_t i = 0; i < services->count; i++) {
        fill_run(session, &session->runs[i], services->at[i]);
        if (session_concerns(session, services->at[i]) && session->states.at[i]->taken_over && !session->states.at[i]->dirty &&
            adopt_write(session, &session->runs[i], &recorded[i], err) != 0)
            return -1;
    }
    return 0;
}

int session_open(struct arena *arena, struct targets *targets, const struct service *service,
                 const struct events *events, struct session *session, struct err *err)
{
    *session = (struct session){.arena = arena, .targets = targets, .service = service, .events = events};
    session->runs = arena_alloc(arena, (targets->catalog->services.count + 1) * sizeof(*session->runs));
    vec_each(target, &targets->list)
        if (open_target(session, target, err) != 0)
            return -1;
    return settle_states(session, err);
}

int session_reopen(struct session *session, struct target *target, struct err *err)
{
    conn_close(&target->work);
    lock_release(&target->lock);
    if (open_target(session, target, err) != 0)
        return -1;
    const struct services *services = &session->targets->catalog->services;
    for (size_t i = 0; i < services->count; i++)
        if (session->runs[i].target == target)
            session->runs[i].record = targets_record(session->targets, services->at[i]);
    return 0;
}

void session_close(struct session *session)
{
    vec_each(target, &session->targets->list) {
        lock_release(&target->lock);
        target->work.on_notice = NULL;
        target->work.on_wait = NULL;
    }
}

struct service_run *session_run(const struct session *session, const struct service *service)
{
    struct service_run *run = session->runs;
    while (run->service != service)
        run++;
    return run;
}

static size_t position(const struct versions *versions, uint64_t version)
{
    size_t at = versions->count;
    while (at > 0 && versions->at[at - 1] >= version)
        at--;
    return at;
}

static bool holds(const struct versions *versions, size_t at, uint64_t version)
{
    return at < versions->count && versions->at[at] == version;
}

int64_t version_after(const struct service_run *run, const struct step *step)
{
    const struct versions *applied = &run->applied;
    uint64_t version = step->migration->version;
    size_t count = applied->count;
    uint64_t top = count == 0 ? 0 : applied->at[count - 1];
    if (step->direction == DIRECTION_UP)
        return (int64_t)(count == 0 || version > top ? version : top);
    if (count > 0 && top == version)
        count--;
    return count == 0 ? NO_VERSION : (int64_t)applied->at[count - 1];
}

void service_run_advance(struct arena *arena, struct service_run *run, const struct step *step,
                         const struct expected *expected)
{
    struct versions *applied = &run->applied;
    uint64_t version = step->migration->version;
    size_t at = position(applied, version);
    run->expected = *expected;
    if (step->direction == DIRECTION_UP && !holds(applied, at, version)) {
        *vec_add(arena, applied) = version;
        memmove(applied->at + at + 1, applied->at + at, (applied->count - 1 - at) * sizeof(*applied->at));
        applied->at[at] = version;
    } else if (step->direction == DIRECTION_DOWN && holds(applied, at, version)) {
        memmove(applied->at + at, applied->at + at + 1, (applied->count - 1 - at) * sizeof(*applied->at));
        applied->count--;
    }
}

/* {"declared": …} and {"trace": …} made one object without a JSON tree: this runs once per migration. */
static const char *merge(struct arena *arena, const char *declared, const char *trace)
{
    if (strcmp(trace, "{}") == 0)
        return declared;
    if (strcmp(declared, "{}") == 0)
        return trace;
    return arena_printf(arena, "%.*s,%s", (int)strlen(declared) - 1, declared, trace + 1);
}

struct entry session_entry(struct arena *arena, const struct service_run *run, const struct step *step,
                           const char *checksum, int64_t duration)
{
    return (struct entry){
        .migration = step->migration,
        .direction = step->direction,
        .checksum = checksum,
        .metadata = merge(arena, declaration_json(arena, step->migration), run->facts.trace),
        .duration = duration,
        .version_after = version_after(run, step),
    };
}
