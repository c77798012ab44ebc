#include "cli/progress.h"
#include "base/clock.h"
#include "base/str.h"
#include "text/screen.h"
#include "text/table.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

static const char clear_line[] = "\r\033[K";

void progress_end(struct progress *progress)
{
    if (progress->drawn)
        fputs(clear_line, stderr);
    progress->drawn = false;
    fflush(stderr);
}

char *progress_name(struct arena *arena, const struct migration *migration)
{
    const char *id = screen_safe(arena, migration->id, true);
    if (migration->service->directory == NULL)
        return arena_strdup(arena, id);
    return arena_printf(arena, "%s %s", screen_safe(arena, migration->service->name, true), id);
}

/* A line that stays.  The text of an event may have several lines; each keeps the label. */
static void say(struct progress *progress, enum tone tone, const char *label, const char *text)
{
    progress_end(progress);
    struct arena scratch = {0};
    char *safe = screen_safe(&scratch, text != NULL ? text : "", false);
    for (char *line = safe; line != NULL;) {
        char *end = strchr(line, '\n');
        if (end != NULL)
            *end++ = '\0';
        fprintf(stderr, "%s%s%s%s%s\n", tone_on(tone, STDERR_FILENO), label, *label != '\0' ? ": " : "",
                tone_off(STDERR_FILENO), line);
        line = end != NULL && *end != '\0' ? end : NULL;
    }
    arena_release(&scratch);
}

static const char *direction_word(const struct step *step)
{
    return step->direction == DIRECTION_UP ? "up  " : "down";
}

/* "[ 3/12] up   user-service 000001_create_users" */
static char *step_text(const struct progress *progress, struct arena *arena, const struct step *step, size_t number)
{
    const char *name = progress_name(arena, step->migration);
    if (progress->total < 2)
        return arena_printf(arena, "%s %s", direction_word(step), name);
    int digits = snprintf(NULL, 0, "%zu", progress->total);
    return arena_printf(arena, "[%*zu/%zu] %s %s", digits, number, progress->total, direction_word(step), name);
}

/* Where both do not fit, the name gives way to what moves, but keeps half of the line. */
static size_t name_columns(const char *name, const char *rest, size_t columns)
{
    size_t wanted = screen_width(name), other = screen_width(rest);
    if (wanted + other <= columns)
        return wanted;
    size_t left = other < columns ? columns - other : 0;
    return left > columns / 2 ? left : columns / 2;
}

static void draw(struct listener *self)
{
    struct progress *progress = (struct progress *)self;
    if (!progress->live || progress->step == NULL)
        return;
    struct arena scratch = {0};
    size_t columns = screen_columns(STDERR_FILENO) - 1;
    const char *name = step_text(progress, &scratch, progress->step, progress->finished + 1);
    const char *time = duration_text(&scratch, clock_now() - progress->since);
    bool journalled = progress->statement[0] != '\0';
    char *rest = arena_printf(&scratch, "  %s%s%s%s", time, journalled ? "  (" : "", progress->statement,
                              journalled ? ")" : "");
    char *cut = screen_cut(&scratch, name, name_columns(name, rest, columns));
    fprintf(stderr, "%s%s", clear_line, screen_cut(&scratch, arena_printf(&scratch, "%s%s", cut, rest), columns));
    fflush(stderr);
    progress->drawn = true;
    arena_release(&scratch);
}

static void started(struct progress *progress, const struct event *event)
{
    progress->step = event->step;
    progress->since = clock_now();
    progress->statement[0] = '\0';
}

static void finished(struct progress *progress, const struct event *event)
{
    struct arena scratch = {0};
    progress->finished++;
    char *text = step_text(progress, &scratch, event->step, progress->finished);
    bool failed = event->kind == EVENT_MIGRATION_FAILED;
    const char *time = event->duration > 0 || !failed ? duration_text(&scratch, event->duration) : "";
    say(progress, failed ? TONE_BAD : TONE_NONE, failed ? "failed" : "",
        arena_printf(&scratch, "%s%s%s%s", text, *time != '\0' ? " (" : "", time, *time != '\0' ? ")" : ""));
    progress->step = NULL;
    arena_release(&scratch);
}

static void statement_started(struct progress *progress, const struct event *event)
{
    snprintf(progress->statement, sizeof(progress->statement), "%zu/%zu %s", event->number, event->count,
             event->text != NULL ? event->text : "statement");
}

static void statement_finished(struct progress *progress, const struct event *event)
{
    struct arena scratch = {0};
    if (progress->verbose && progress->statement[0] != '\0')
        say(progress, TONE_FAINT, "statement",
            arena_printf(&scratch, "%s (%s)", progress->statement, duration_text(&scratch, event->duration)));
    progress->statement[0] = '\0';
    arena_release(&scratch);
}

static void run_started(struct progress *progress, const struct event *event)
{
    progress->total = event->count;
    progress->finished = 0;
}

static void run_finished(struct progress *progress, const struct event *event)
{
    struct arena scratch = {0};
    progress->step = NULL;
    if (event->count > 0 || progress->total > 0)
        say(progress, TONE_NONE, "",
            arena_printf(&scratch, "%zu of %zu %s done in %s", event->count, progress->total,
                         progress->total == 1 ? "migration" : "migrations", duration_text(&scratch, event->duration)));
    progress_end(progress);
    arena_release(&scratch);
}

static void notice(struct progress *progress, const struct event *event)
{
    bool bad = event->severity != NULL && strcmp(event->severity, "WARNING") == 0;
    say(progress, bad ? TONE_WARN : TONE_FAINT, event->severity != NULL ? event->severity : "NOTICE", event->text);
}

static void retrying(struct progress *progress, const struct event *event)
{
    struct arena scratch = {0};
    say(progress, TONE_WARN, "retry",
        arena_printf(&scratch, "%s; attempt %zu in %s", event->text != NULL ? event->text : "", event->number,
                     duration_text(&scratch, event->duration)));
    arena_release(&scratch);
}

/* Events that are told by their text alone. */
static const struct {
    enum tone tone;
    const char *label;
} plain[EVENT_KINDS] = {
    [EVENT_SERVER_STARTED] = {TONE_FAINT, "server"},
    [EVENT_LOCK_WAITING] = {TONE_WARN, "waiting"},
    [EVENT_ADOPTED] = {TONE_WARN, "taken over"},
    [EVENT_RESUMED] = {TONE_WARN, "resumed"},
    [EVENT_WARNING] = {TONE_WARN, "warning"},
};

static void (*const handlers[EVENT_KINDS])(struct progress *progress, const struct event *event) = {
    [EVENT_RUN_STARTED] = run_started,
    [EVENT_MIGRATION_STARTED] = started,
    [EVENT_STATEMENT_STARTED] = statement_started,
    [EVENT_STATEMENT_FINISHED] = statement_finished,
    [EVENT_MIGRATION_FINISHED] = finished,
    [EVENT_MIGRATION_FAILED] = finished,
    [EVENT_NOTICE] = notice,
    [EVENT_RETRYING] = retrying,
    [EVENT_RUN_FINISHED] = run_finished,
};

static void hear(struct listener *self, const struct event *event)
{
    struct progress *progress = (struct progress *)self;
    if (handlers[event->kind] != NULL)
        handlers[event->kind](progress, event);
    else if (plain[event->kind].label != NULL)
        say(progress, plain[event->kind].tone, plain[event->kind].label, event->text);
}

void progress_init(struct progress *progress, bool verbose)
{
    *progress = (struct progress){.listener = {.hear = hear, .tick = draw}, .verbose = verbose};
    progress->live = screen_is_terminal(STDERR_FILENO);
}
