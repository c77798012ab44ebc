#include "base/clock.h"
#include "cli/argument.h"
#include "cli/commands.h"
#include "cli/json_log.h"
#include "flow/target.h"
#include "model/filename.h"
#include "text/table.h"

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

/* NULL where its file is gone, or was never named. */
static const struct migration *migration_of(const struct service *service, const struct attempt *attempt)
{
    uint64_t version;
    const char *name;
    bool named = attempt->migration_id != NULL && filename_reference(attempt->migration_id, &version, &name);
    return named ? service_find(service, version) : NULL;
}

static struct json *attempt_json(struct arena *arena, const struct service *service, const struct attempt *attempt)
{
    struct json *object = json_object(arena);
    json_set_text(object, "service", service->name);
    json_set_text(object, "id", attempt->migration_id);
    json_log_release(object, arena, migration_of(service, attempt));
    json_set_text(object, "direction", attempt->direction);
    json_set_text(object, "outcome", attempt->outcome);
    json_set_text(object, "environment", attempt->environment);
    json_set_text(object, "finished_at", attempt->finished_at);
    json_set_text(object, "applied_by", attempt->applied_by);
    json_set(object, "duration_us",
             attempt->duration >= 0 ? json_integer(arena, attempt->duration) : json_text(arena, NULL));
    json_set_text(object, "error", attempt->error_message);
    return object;
}

/* The cells of a row in the order of the columns; the first one is left out where the service has no name. */
static void add_row(const struct run *run, struct table *table, const struct service *service,
                    const struct attempt *attempt)
{
    enum tone tone = attempt->error_message == NULL ? TONE_GOOD : TONE_BAD;
    const struct migration *migration = migration_of(service, attempt);
    const struct {
        const char *text;
        enum tone tone;
    } cells[] = {
        {service->name, TONE_NONE},
        {or_empty(attempt->finished_at), TONE_NONE},
        {or_empty(attempt->direction), TONE_NONE},
        {or_empty(attempt->migration_id), TONE_NONE},
        {migration == NULL ? "" : or_empty(release_label(run->arena, migration)), TONE_NONE},
        {or_empty(attempt->outcome), tone},
        {attempt->duration >= 0 ? duration_text(run->arena, attempt->duration) : "", TONE_NONE},
        {or_empty(attempt->applied_by), TONE_FAINT},
        {or_empty(attempt->error_message), TONE_BAD},
    };
    int row = table_row(table, -1);
    for (size_t i = run->catalog.plain; i < sizeof(cells) / sizeof(cells[0]); i++)
        table_cell(table, row, i - run->catalog.plain, cells[i].text, cells[i].tone);
}

/* The attempts of one service. */
static int read_service(struct run *run, const struct targets *targets, const struct service *service, long limit,
                        struct attempts *attempts, struct err *err)
{
    struct target *target = targets_target(targets, service);
    const struct tables *tables = &targets_record(targets, service)->tables;
    return state_history(&target->work, run->arena, tables, limit, attempts, err);
}

static int print(struct run *run, struct targets *targets, long limit, struct err *err)
{
    static const struct table_column columns[] = {
        {"SERVICE", TABLE_LEFT, true}, {"WHEN", TABLE_LEFT, false}, {"", TABLE_LEFT, false},
        {"MIGRATION", TABLE_LEFT, true}, {"RELEASE", TABLE_LEFT, false}, {"OUTCOME", TABLE_LEFT, false},
        {"TOOK", TABLE_RIGHT, false}, {"BY", TABLE_LEFT, true}, {"ERROR", TABLE_LEFT, true}};
    enum { RELEASE = 4 };
    bool as_json = option_on(&run->options, OPTION_JSON), plain = run->catalog.plain;
    struct json *document = json_log_document(run->arena), *list = json_list(run->arena);
    struct table *table = as_json ? NULL : table_open(columns + plain, sizeof(columns) / sizeof(columns[0]) - plain);
    int status = 0;
    vec_each(service, &run->catalog.services) {
        struct attempts attempts = {0};
        if (run->service != NULL && run->service != *service)
            continue;
        status = read_service(run, targets, *service, limit, &attempts, err);
        if (status != 0)
            break;
        vec_each(attempt, &attempts) {
            if (as_json)
                json_add(list, attempt_json(run->arena, *service, attempt));
            else
                add_row(run, table, *service, attempt);
        }
    }
    json_set(document, "attempts", list);
    if (as_json && status == 0)
        json_log_print(run->arena, document);
    if (!as_json) {
        table_drop_empty(table, RELEASE - plain);
        table_close(table);
    }
    return status;
}

int cmd_history(struct run *run, struct err *err)
{
    struct targets targets;
    struct service_states states = {0};
    long limit;
    if (argument_count(run, &limit, err) != 0 ||
        targets_find(run->arena, &run->catalog, &run->events, &targets, err) != 0)
        return -1;
    int status = targets_read(run->arena, &targets, &states, err);
    if (status == 0)
        status = print(run, &targets, limit > 0 ? limit : 0, err);
    targets_close(&targets);
    return status;
}
