#include "flow/session.h"

#include "flow/adopt.h"

#include <string.h>

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

static int create_tables(struct session *session, struct target *target, bool *created, struct err *err)
{
    for (size_t i = 0; i < target->services.count; i++) {
        if (!session_concerns(session, target->services.at[i]) || target->records[i].state->initialised)
            continue;
        *created = true;
        if (tables_create(&target->work, &target->records[i].tables, err) != 0)
            return err_context(err, "%s", target->services.at[i]->name);
    }
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
    return take_lock(session, target, err) != 0 ? -1
                                                : target_read(session->arena, target, session->targets->catalog->plain, err);
}

static int adopt(struct session *session, struct service_run *run, const struct executions *recorded, struct err *err)
{
    const char *sentence = NULL;
    if (adopt_write(session->arena, run, recorded, &sentence, err) != 0)
        return -1;
    if (sentence != NULL)
        session_tell(session, (struct event){.kind = EVENT_ADOPTED, .text = sentence});
    return 0;
}

/* States and runs, from what was read of a target just now; of all targets when it is NULL. */
static void look(struct session *session, const struct target *target)
{
    const struct services *services = &session->targets->catalog->services;
    for (size_t i = 0; i < services->count; i++)
        if (target == NULL || target == targets_target(session->targets, services->at[i]))
            session->recorded[i] = adopt_copy(session->arena, targets_record(session->targets, services->at[i])->state);
    targets_states(session->arena, session->targets, &session->states);
    for (size_t i = 0; i < services->count; i++)
        session->runs[i] = service_run_of(session->arena, services->at[i], targets_target(session->targets, services->at[i]),
                                          targets_record(session->targets, services->at[i]));
}

static size_t characters(const char *text)
{
    size_t count = 0;
    for (; text != NULL && *text != '\0'; text++)
        count += ((unsigned char)*text & 0xC0) != 0x80;
    return count;
}

/* What the columns of the state tables cannot hold is better said before a migration has run than after. */
static int check_names(const struct session *session, struct err *err)
{
    enum { LONGEST_SERVICE = 100, LONGEST_ENVIRONMENT = 50 };
    vec_each(at, &session->targets->catalog->services) {
        const struct service *service = *at;
        const char *environment = service->environment.name != NULL ? service->environment.name
                                                                    : config_text(&service->config, SETTING_ENVIRONMENT);
        bool is_service = characters(service->name) > LONGEST_SERVICE;
        if (!session_concerns(session, service) || (!is_service && characters(environment) <= LONGEST_ENVIRONMENT))
            continue;
        err_set(err, ERR_INPUT, "the name of the %s %s is longer than %d characters", is_service ? "service" : "environment",
                is_service ? service->name : environment, is_service ? LONGEST_SERVICE : LONGEST_ENVIRONMENT);
        return err_hint(err, "the state tables have no room for it: choose a shorter one");
    }
    return 0;
}

int session_open(struct arena *arena, struct targets *targets, const struct service *service,
                 const struct events *events, struct session *session, struct err *err)
{
    size_t count = targets->catalog->services.count;
    *session = (struct session){.arena = arena, .targets = targets, .service = service, .events = events};
    session->runs = arena_alloc(arena, (count + 1) * sizeof(*session->runs));
    session->recorded = arena_alloc(arena, (count + 1) * sizeof(*session->recorded));
    if (check_names(session, err) != 0)
        return -1;
    vec_each(target, &targets->list)
        if (open_target(session, target, err) != 0)
            return -1;
    look(session, NULL);
    return 0;
}

static int prepare_target(struct session *session, struct target *target, struct err *err)
{
    bool created = false;
    if (create_tables(session, target, &created, err) != 0)
        return -1;
    if (!created)
        return 0;
    session->created = true;
    if (target_read(session->arena, target, session->targets->catalog->plain, err) != 0)
        return -1;
    look(session, target);
    return 0;
}

int session_prepare(struct session *session, struct err *err)
{
    const struct services *services = &session->targets->catalog->services;
    vec_each(target, &session->targets->list)
        if (prepare_target(session, target, err) != 0)
            return -1;
    for (size_t i = 0; i < services->count; i++)
        if (session_concerns(session, services->at[i]) && session->states.at[i]->taken_over && !session->states.at[i]->dirty &&
            adopt(session, &session->runs[i], &session->recorded[i], err) != 0)
            return -1;
    return 0;
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
