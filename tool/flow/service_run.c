#include "flow/service_run.h"

#include "text/json.h"

#include <string.h>

enum { LONGEST_APPLIED_BY = 100 };

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
    struct record_texts *texts = arena_new(arena, struct record_texts);
    texts->arena = arena;
    return (struct run_facts){
        .texts = texts,
        .environment = service->environment.name != NULL ? service->environment.name
                                                         : config_text(config, SETTING_ENVIRONMENT),
        .applied_by = applied_by(arena, config, &target->facts),
        .trace = trace_of(arena, config),
        .lock_timeout = config_number(config, SETTING_LOCK_TIMEOUT),
        .statement_timeout = statement_timeout != 0 ? statement_timeout : target->dsn.statement_timeout,
    };
}

struct service_run service_run_of(struct arena *arena, const struct service *service, struct target *target,
                                  struct service_record *record)
{
    const struct service_state *state = record->state;
    struct service_run run = {
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
            *vec_add(arena, &run.applied) = execution->version;
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

int64_t service_run_version_after(const struct service_run *run, const struct step *step)
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

struct entry service_run_entry(struct arena *arena, const struct service_run *run, const struct step *step,
                           const char *checksum, int64_t duration)
{
    return (struct entry){
        .migration = step->migration,
        .direction = step->direction,
        .checksum = checksum,
        .metadata = merge(arena, declaration_json(arena, step->migration), run->facts.trace),
        .duration = duration,
        .version_after = service_run_version_after(run, step),
    };
}
