#include "cli/plan_view.h"
#include "cli/json_log.h"
#include "cli/progress.h"
#include "cli/risk_view.h"
#include "sql/script.h"
#include "text/screen.h"
#include "text/table.h"

#include <unistd.h>

enum { LINES_OF_QUESTION = 20 };

static const char *const direction_names[] = {[DIRECTION_UP] = "up", [DIRECTION_DOWN] = "down"};

static const char *const mode_names[] = {
    [SCRIPT_EMPTY] = "empty", [SCRIPT_TRANSACTION] = "transaction", [SCRIPT_STEPS] = "steps", [SCRIPT_WHOLE] = "whole"};

/* How a step is going to run. */
struct manner {
    enum script_mode mode;
    const char *why; /* NULL: nothing special */
    size_t steps;
    bool destructive;
    const struct risk *risk; /* NULL: not known */
};
VEC(manners, struct manner);

static int read_manner(struct arena *arena, const struct step *step, struct manner *manner, struct err *err)
{
    struct arena scratch = {0};
    struct script script = {0};
    char *text;
    size_t length;
    const struct half *half = migration_half(step->migration, step->direction);
    int status = migration_read(&scratch, step->migration, step->direction, &text, &length, err);
    if (status == 0)
        status = script_read(&scratch, half->path, half->first_line, text, length, &script, err);
    if (status == 0)
        *manner = (struct manner){.mode = script.mode, .why = script.why != NULL ? arena_strdup(arena, script.why) : NULL,
                                  .steps = script.mode == SCRIPT_STEPS ? script.steps.count : 0,
                                  .destructive = script.destructive};
    arena_release(&scratch);
    return status;
}

static const char *manner_text(struct arena *arena, const struct manner *manner)
{
    const char *warning = manner->destructive ? ", destructive" : "";
    if (manner->mode == SCRIPT_STEPS)
        return arena_printf(arena, "%zu step%s%s", manner->steps, manner->steps == 1 ? "" : "s", warning);
    return arena_printf(arena, "%s%s", mode_names[manner->mode], warning);
}

static struct json *step_json(struct arena *arena, const struct step *step, const struct manner *manner)
{
    struct json *object = json_object(arena);
    json_log_migration(object, step->migration);
    json_log_release(object, arena, step->migration);
    json_set_text(object, "direction", direction_names[step->direction]);
    json_set_text(object, "reason", step->reason);
    json_set_bool(object, "out_of_order", step->out_of_order);
    json_set_text(object, "file", migration_half(step->migration, step->direction)->path);
    json_set_text(object, "mode", mode_names[manner->mode]);
    json_set_text(object, "why", manner->why);
    json_set_bool(object, "destructive", manner->destructive);
    risk_view_json(object, arena, manner->risk);
    return object;
}

static void print_json(struct arena *arena, const struct plan *plan, const struct manners *manners, const char *hash)
{
    struct json *document = json_log_document(arena);
    struct json *steps = json_list(arena), *warnings = json_list(arena);
    for (size_t i = 0; i < plan->steps.count; i++)
        json_add(steps, step_json(arena, &plan->steps.at[i], &manners->at[i]));
    vec_each(warning, &plan->warnings)
        json_add(warnings, json_text(arena, *warning));
    json_set(document, "steps", steps);
    json_set(document, "warnings", warnings);
    json_set_integer(document, "short_by", (long long)plan->short_by);
    json_set_text(document, "hash", hash);
    json_log_print(arena, document);
}

static void print_table(struct arena *arena, const struct plan *plan, const struct manners *manners)
{
    static const struct table_column columns[] = {{"#", TABLE_RIGHT, false},       {"", TABLE_LEFT, false},
                                                  {"MIGRATION", TABLE_LEFT, true}, {"RELEASE", TABLE_LEFT, false},
                                                  {"RUNS AS", TABLE_LEFT, false},  {"RISK", TABLE_LEFT, false},
                                                  {"REASON", TABLE_LEFT, true}};
    enum { NUMBER, DIRECTION, MIGRATION, RELEASE, MANNER, RISK, REASON };
    struct table *table = table_open(columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i < plan->steps.count; i++) {
        const struct step *step = &plan->steps.at[i];
        const struct manner *manner = &manners->at[i];
        int row = table_row(table, -1);
        table_cell(table, row, NUMBER, arena_printf(arena, "%zu", i + 1), TONE_NONE);
        table_cell(table, row, DIRECTION, direction_names[step->direction],
                   step->direction == DIRECTION_DOWN ? TONE_WARN : TONE_NONE);
        table_cell(table, row, MIGRATION, progress_name(arena, step->migration), TONE_NONE);
        table_cell(table, row, RELEASE, release_label(arena, step->migration), TONE_NONE);
        table_cell(table, row, MANNER, manner_text(arena, manner), manner->destructive ? TONE_WARN : TONE_NONE);
        table_cell(table, row, RISK, manner->risk == NULL ? "" : risk_level_names[manner->risk->level],
                   risk_view_tone(manner->risk));
        table_cell(table, row, REASON, step->reason, TONE_FAINT);
    }
    table_drop_empty(table, RELEASE);
    table_close(table);
}

/* Sentences stand below the table: why a script does not run as one transaction, why a risk is high. */
static void print_remarks(struct arena *arena, const struct plan *plan, const struct manners *manners, bool verbose)
{
    for (size_t i = 0; i < plan->steps.count; i++) {
        const struct migration *migration = plan->steps.at[i].migration;
        if (manners->at[i].why != NULL)
            printf("%s: %s\n", progress_name(arena, migration), screen_safe(arena, manners->at[i].why, true));
        risk_view_reasons(arena, migration, manners->at[i].risk, verbose ? RISK_MEDIUM : RISK_HIGH);
    }
    vec_each(warning, &plan->warnings)
        printf("%swarning:%s %s\n", tone_on(TONE_WARN, STDOUT_FILENO), tone_off(STDOUT_FILENO),
               screen_safe(arena, *warning, true));
}

int plan_view(const struct run *run, const struct plan *plan, const struct table_sizes *sizes, const char *hash,
              struct err *err)
{
    struct arena *arena = run->arena;
    struct manners manners = {0};
    struct derived *derived = plan->steps.count == 0 ? NULL : risk_view_replay(run, sizes);
    vec_each(step, &plan->steps) {
        struct manner *manner = vec_add(arena, &manners);
        if (read_manner(arena, step, manner, err) != 0)
            return -1;
        manner->risk = derived_risk(derived, step->migration, step->direction);
    }
    if (option_on(&run->options, OPTION_JSON)) {
        print_json(arena, plan, &manners, hash);
        return 0;
    }
    if (plan->steps.count == 0)
        puts("nothing to do");
    else
        print_table(arena, plan, &manners);
    print_remarks(arena, plan, &manners, option_on(&run->options, OPTION_VERBOSE));
    if (plan->steps.count > 0)
        printf("hash: %s\n", hash);
    return 0;
}

void plan_view_steps(struct arena *arena, const struct plan *plan, FILE *stream)
{
    for (size_t i = 0; i < plan->steps.count && i < LINES_OF_QUESTION; i++)
        fprintf(stream, "  %-4s %s\n", direction_names[plan->steps.at[i].direction],
                progress_name(arena, plan->steps.at[i].migration));
    if (plan->steps.count > LINES_OF_QUESTION)
        fprintf(stream, "  and %zu more\n", plan->steps.count - LINES_OF_QUESTION);
}
