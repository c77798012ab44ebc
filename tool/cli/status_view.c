#include "cli/status_view.h"
#include "base/clock.h"
#include "base/str.h"
#include "cli/json_log.h"
#include "text/screen.h"
#include "text/table.h"

#include <stdio.h>
#include <unistd.h>

/* "2026-01-31 09:30" of the server's timestamp; --json has all of it. */
enum { TO_THE_MINUTE = 16 };

static const enum tone tones[STANDINGS] = {
    [STANDING_APPLIED] = TONE_GOOD,     [STANDING_CHANGED] = TONE_BAD, [STANDING_MISSING] = TONE_BAD,
    [STANDING_PENDING] = TONE_WARN,     [STANDING_OUT_OF_ORDER] = TONE_BAD,
    [STANDING_FAILED] = TONE_BAD,       [STANDING_OPEN] = TONE_BAD};

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static const char *digits_of(struct arena *arena, const struct status_row *row)
{
    return row->migration != NULL ? row->migration->digits
                                  : arena_printf(arena, "%llu", (unsigned long long)row->version);
}

static bool is_applied(enum standing standing)
{
    return standing == STANDING_APPLIED || standing == STANDING_CHANGED || standing == STANDING_MISSING;
}

/* What was recorded, where it is still so: not of what was rolled back since. */
static const struct execution *told(const struct status_row *row)
{
    return is_applied(row->standing) || row->standing == STANDING_FAILED ? row->execution : NULL;
}

/* The cells of a row in the order of the columns; the first one is left out where the service has no name. */
static void add_row(struct arena *arena, struct table *table, bool plain, const struct status *status,
                    const struct status_row *row)
{
    const struct execution *execution = told(row);
    const char *at = execution != NULL ? or_empty(execution->applied_at) : "";
    const struct {
        const char *text;
        enum tone tone;
    } cells[] = {
        {status->service->name, TONE_NONE},
        {digits_of(arena, row), TONE_NONE},
        {row->migration != NULL ? row->migration->name : row->id, TONE_NONE},
        {row->migration != NULL ? or_empty(release_label(arena, row->migration)) : "", TONE_NONE},
        {standing_names[row->standing], tones[row->standing]},
        {arena_printf(arena, "%.*s", TO_THE_MINUTE, at), TONE_FAINT},
        {execution != NULL ? or_empty(execution->applied_by) : "", TONE_FAINT},
        {*at != '\0' && execution->duration > 0 ? duration_text(arena, execution->duration) : "", TONE_FAINT},
    };
    int line = table_row(table, -1);
    for (size_t i = plain; i < sizeof(cells) / sizeof(cells[0]); i++)
        table_cell(table, line, i - plain, cells[i].text, cells[i].tone);
}

static void print_table(struct arena *arena, const struct statuses *statuses, bool plain)
{
    static const struct table_column columns[] = {
        {"SERVICE", TABLE_LEFT, true},    {"VERSION", TABLE_RIGHT, false}, {"NAME", TABLE_LEFT, true},
        {"RELEASE", TABLE_LEFT, false},   {"STATE", TABLE_LEFT, false},    {"WHEN", TABLE_LEFT, false},
        {"BY", TABLE_LEFT, true},         {"TOOK", TABLE_RIGHT, false}};
    enum { RELEASE = 3 };
    size_t rows = 0;
    struct table *table = table_open(columns + plain, sizeof(columns) / sizeof(columns[0]) - plain);
    vec_each(status, statuses)
        vec_each(row, &status->rows) {
            add_row(arena, table, plain, status, row);
            rows++;
        }
    table_drop_empty(table, RELEASE - plain);
    table_close(table);
    if (rows > 0)
        putchar('\n');
}

/* "user-service: 4 applied, 1 pending; at 4" */
static void print_summary(struct arena *arena, const struct status *status, bool plain)
{
    struct str line = str_new(arena);
    if (!plain)
        str_addf(&line, "%s: ", screen_safe(arena, status->service->name, true));
    const char *separator = "";
    for (size_t i = 0; i < STANDINGS; i++) {
        if (status->counts[i] == 0)
            continue;
        str_addf(&line, "%s%zu %s", separator, status->counts[i], standing_names[i]);
        separator = ", ";
    }
    if (status->rows.count == 0)
        str_add(&line, "no migrations");
    int64_t top = state_top(status->state);
    if (top != NO_VERSION)
        str_addf(&line, "; at version %lld", (long long)top);
    puts(line.at);
}

/* What a person has to look at. */
static void print_trouble(struct arena *arena, const struct status *status)
{
    const struct open_step *open = status->state->open;
    const char *on = tone_on(TONE_BAD, STDOUT_FILENO), *off = tone_off(STDOUT_FILENO);
    if (open != NULL && open->alive)
        printf("  %srunning:%s %s, statement %d since %s, in server process %d\n", on, off,
               screen_safe(arena, open->migration_id, true), open->step + 1, or_empty(open->since), open->backend);
    else if (open != NULL && open->intent)
        printf("  %sopen:%s %s, statement %d (%s), begun %s\n", on, off, screen_safe(arena, open->migration_id, true),
               open->step + 1, or_empty(open->kind), or_empty(open->since));
    else if (open != NULL)
        printf("  %sopen:%s %s stopped after %d statement%s\n", on, off, screen_safe(arena, open->migration_id, true),
               open->steps_done, open->steps_done == 1 ? "" : "s");
    else if (status->state->dirty)
        printf("  %sdirty:%s golang-migrate left version %lld half-way; when that is settled: skein force V\n", on, off,
               (long long)status->state->version);
    vec_each(row, &status->rows)
        if (row->standing == STANDING_FAILED && row->execution->error_message != NULL)
            printf("  %sfailed:%s %s: %s\n", on, off, screen_safe(arena, row->id, true),
                   screen_safe(arena, row->execution->error_message, true));
}

void status_view_text(struct arena *arena, const struct statuses *statuses, bool plain, bool brief)
{
    print_table(arena, statuses, plain);
    vec_each(status, statuses) {
        if (!brief)
            print_summary(arena, status, plain);
        print_trouble(arena, status);
    }
}

static struct json *row_json(struct arena *arena, const struct status_row *row)
{
    struct json *object = json_object(arena);
    const struct execution *execution = told(row);
    json_set_integer(object, "version", (long long)row->version);
    json_set_text(object, "id", row->id);
    json_set_text(object, "name", row->migration != NULL ? row->migration->name : NULL);
    json_log_release(object, arena, row->migration);
    json_set_text(object, "state", standing_names[row->standing]);
    json_set_text(object, "applied_at", execution != NULL ? execution->applied_at : NULL);
    json_set_text(object, "applied_by", execution != NULL ? execution->applied_by : NULL);
    bool timed = execution != NULL && execution->applied_at != NULL;
    json_set(object, "duration_us", timed ? json_integer(arena, execution->duration) : json_text(arena, NULL));
    json_set_text(object, "error", execution != NULL ? execution->error_message : NULL);
    return object;
}

static struct json *open_json(struct arena *arena, const struct open_step *open)
{
    if (open == NULL)
        return json_text(arena, NULL);
    struct json *object = json_object(arena);
    json_set_text(object, "id", open->migration_id);
    json_set_text(object, "direction", open->direction == DIRECTION_UP ? "up" : "down");
    json_set_integer(object, "statement", open->step + 1);
    json_set_text(object, "kind", open->kind);
    json_set_text(object, "since", open->since);
    json_set_bool(object, "begun", open->intent);
    json_set_bool(object, "running", open->alive);
    return object;
}

void status_view_json(struct arena *arena, const struct statuses *statuses)
{
    struct json *document = json_log_document(arena), *services = json_list(arena);
    vec_each(status, statuses) {
        struct json *object = json_object(arena), *rows = json_list(arena), *counts = json_object(arena);
        int64_t top = state_top(status->state);
        json_set_text(object, "service", status->service->name);
        json_set_text(object, "environment", config_text(&status->service->config, SETTING_ENVIRONMENT));
        json_set(object, "version", top != NO_VERSION ? json_integer(arena, top) : json_text(arena, NULL));
        json_set_bool(object, "dirty", status->state->dirty);
        json_set_bool(object, "current", status_is_current(status));
        for (size_t i = 0; i < STANDINGS; i++)
            json_set_integer(counts, standing_names[i], (long long)status->counts[i]);
        json_set(object, "counts", counts);
        json_set(object, "open", open_json(arena, status->state->open));
        vec_each(row, &status->rows)
            json_add(rows, row_json(arena, row));
        json_set(object, "migrations", rows);
        json_add(services, object);
    }
    json_set(document, "services", services);
    json_log_print(arena, document);
}
