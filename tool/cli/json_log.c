#include "cli/json_log.h"
#include "cli/report.h"

#include <stdio.h>
#include <time.h>

struct json *json_log_document(struct arena *arena)
{
    struct json *object = json_object(arena);
    json_set_integer(object, "format", JSON_FORMAT);
    return object;
}

void json_log_print(struct arena *arena, const struct json *value)
{
    puts(json_print(arena, value, false));
    fflush(stdout);
}

void json_log_migration(struct json *object, const struct migration *migration)
{
    json_set_text(object, "service", migration->service->name);
    json_set_integer(object, "version", (long long)migration->version);
    json_set_text(object, "id", migration->id);
    json_set_text(object, "name", migration->name);
}

void json_log_release(struct json *object, struct arena *arena, const struct migration *migration)
{
    json_set_text(object, "release", migration == NULL ? NULL : release_of(migration));
    json_set_text(object, "release_label", migration == NULL ? NULL : release_label(arena, migration));
}

/* RFC 3339 in UTC, with milliseconds. */
static char *time_text(struct arena *arena)
{
    struct timespec now;
    struct tm parts;
    char seconds[32];
    clock_gettime(CLOCK_REALTIME, &now);
    gmtime_r(&now.tv_sec, &parts);
    strftime(seconds, sizeof(seconds), "%Y-%m-%dT%H:%M:%S", &parts);
    return arena_printf(arena, "%s.%03ldZ", seconds, now.tv_nsec / 1000000);
}

/* Which fields an event has besides format, event and time. */
enum field { STEP = 1, TEXT = 2, COUNT = 4, NUMBER = 8, DURATION = 16, SEVERITY = 32, FAILURE = 64 };

static const struct {
    unsigned fields;
    const char *meaning; /* for the reference page */
} rows[EVENT_KINDS] = {
    [EVENT_SERVER_STARTED] = {TEXT, "The private server was started; `text` says where."},
    [EVENT_RUN_STARTED] = {COUNT, "The plan is made; `count`: its migrations."},
    [EVENT_LOCK_WAITING] = {TEXT, "Somebody else holds the migration lock; `text` says who."},
    [EVENT_ADOPTED] = {TEXT, "golang-migrate, or `skein force`, moved the version; `text` says what is on record now."},
    [EVENT_RESUMED] = {STEP | TEXT, "What an interrupted run had left, and what became of it."},
    [EVENT_MIGRATION_STARTED] = {STEP | TEXT, "`text`: why it is not one transaction, or null."},
    [EVENT_STATEMENT_STARTED] = {STEP | NUMBER | COUNT | TEXT,
                                 "Statement `number` of `count` of a migration that is not one transaction; `text`: "
                                 "its kind."},
    [EVENT_STATEMENT_FINISHED] = {STEP | NUMBER | COUNT | DURATION, "It is done."},
    [EVENT_MIGRATION_FINISHED] = {STEP | DURATION, "The migration and its record are committed."},
    [EVENT_MIGRATION_FAILED] = {STEP | DURATION | FAILURE, "It is rolled back, or stopped between two statements."},
    [EVENT_NOTICE] = {STEP | SEVERITY | TEXT, "What the server said while it ran."},
    [EVENT_RETRYING] = {TEXT | NUMBER | DURATION,
                        "A passing fault, said in `text`; `number`: which attempt; `duration_us`: the pause before it."},
    [EVENT_WARNING] = {TEXT, "A remark that stops nothing."},
    [EVENT_RUN_FINISHED] = {COUNT | DURATION | FAILURE,
                            "`count`: migrations that are done; `error`: null when all went well."},
};

static const struct {
    unsigned field;
    const char *names;
} field_names[] = {
    {STEP, "`service` `version` `id` `name` `direction`"}, {NUMBER, "`number`"},     {COUNT, "`count`"},
    {DURATION, "`duration_us`"},                           {SEVERITY, "`severity`"}, {TEXT, "`text`"},
    {FAILURE, "`error`"},
};

void json_log_reference(struct str *page)
{
    str_add(page, "| event | fields | meaning |\n|---|---|---|\n");
    for (size_t i = 0; i < EVENT_KINDS; i++) {
        str_addf(page, "| `%s` |", event_names[i]);
        for (size_t f = 0; f < sizeof(field_names) / sizeof(field_names[0]); f++)
            if (rows[i].fields & field_names[f].field)
                str_addf(page, " %s", field_names[f].names);
        str_addf(page, " | %s |\n", rows[i].meaning);
    }
}

static void hear(struct listener *self, const struct event *event)
{
    (void)self;
    struct arena arena = {0};
    unsigned has = rows[event->kind].fields;
    struct json *line = json_log_document(&arena);
    json_set_text(line, "event", event_names[event->kind]);
    json_set_text(line, "time", time_text(&arena));
    if ((has & STEP) && event->step != NULL) {
        json_log_migration(line, event->step->migration);
        json_set_text(line, "direction", event->step->direction == DIRECTION_UP ? "up" : "down");
    }
    if (has & NUMBER)
        json_set_integer(line, "number", (long long)event->number);
    if (has & COUNT)
        json_set_integer(line, "count", (long long)event->count);
    if (has & DURATION)
        json_set_integer(line, "duration_us", event->duration);
    if (has & SEVERITY)
        json_set_text(line, "severity", event->severity);
    if (has & TEXT)
        json_set_text(line, "text", event->text);
    if (has & FAILURE)
        json_set(line, "error", event->failure != NULL ? report_json(&arena, event->failure) : json_text(&arena, NULL));
    json_log_print(&arena, line);
    arena_release(&arena);
}

void json_log_init(struct listener *listener)
{
    *listener = (struct listener){.hear = hear};
}
