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

static const unsigned fields[EVENT_KINDS] = {
    [EVENT_SERVER_STARTED] = TEXT,
    [EVENT_RUN_STARTED] = COUNT,
    [EVENT_LOCK_WAITING] = TEXT,
    [EVENT_ADOPTED] = TEXT,
    [EVENT_RESUMED] = STEP | TEXT,
    [EVENT_MIGRATION_STARTED] = STEP | TEXT,
    [EVENT_STATEMENT_STARTED] = STEP | NUMBER | COUNT | TEXT,
    [EVENT_STATEMENT_FINISHED] = STEP | NUMBER | COUNT | DURATION,
    [EVENT_MIGRATION_FINISHED] = STEP | DURATION,
    [EVENT_MIGRATION_FAILED] = STEP | DURATION | FAILURE,
    [EVENT_NOTICE] = STEP | SEVERITY | TEXT,
    [EVENT_RETRYING] = TEXT | NUMBER | DURATION,
    [EVENT_WARNING] = TEXT,
    [EVENT_RUN_FINISHED] = COUNT | DURATION | FAILURE,
};

static void hear(struct listener *self, const struct event *event)
{
    (void)self;
    struct arena arena = {0};
    unsigned has = fields[event->kind];
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
