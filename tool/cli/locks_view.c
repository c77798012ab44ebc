#include "cli/locks_view.h"
#include "cli/json_log.h"
#include "text/screen.h"
#include "text/table.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>

static int line_of(const struct locks_file *file, size_t offset)
{
    int line = 1;
    for (size_t i = 0; i < offset && i < file->length; i++)
        line += file->text[i] == '\n';
    return line;
}

/* On one line, blanks as one. */
static const char *statement_of(struct arena *arena, const struct locks_file *file, const struct forecast *forecast)
{
    struct str line = str_new(arena);
    for (size_t i = 0; i < forecast->length; i++) {
        char c = file->text[forecast->start + i];
        if (!isspace((unsigned char)c))
            str_add_char(&line, c);
        else if (line.length > 0 && line.at[line.length - 1] != ' ')
            str_add_char(&line, ' ');
    }
    return line.at == NULL ? "" : line.at;
}

static const char *name_of(struct arena *arena, const struct touch *touch)
{
    const char *name = touch->name.schema == NULL
                           ? touch->name.name : arena_printf(arena, "%s.%s", touch->name.schema, touch->name.name);
    return screen_safe(arena, name, true);
}

static void add_word(struct str *words, enum truth truth, const char *word)
{
    if (truth != TRUTH_NO)
        str_addf(words, "%s%s%s", words->length > 0 ? ", " : "", truth == TRUTH_UNKNOWN ? "perhaps " : "", word);
}

static const char *rows_of(struct arena *arena, const struct touch *touch)
{
    struct str words = str_new(arena);
    add_word(&words, touch->rewritten, "rewritten");
    if (touch->scanned != touch->rewritten)
        add_word(&words, touch->scanned, "read");
    add_word(&words, touch->index_built, "indexed");
    return words.length == 0 ? "" : words.at;
}

/* What others cannot do meanwhile. */
static const char *blocks_of(const struct forecast_touch *touch)
{
    if (touch->is_new)
        return "";
    if (lock_mode_conflicts(touch->touch.lock, LOCK_ACCESS_SHARE))
        return "reads, writes";
    return lock_mode_conflicts(touch->touch.lock, LOCK_ROW_EXCLUSIVE) ? "writes" : "";
}

static enum tone tone_of(const char *blocks)
{
    if (*blocks == '\0')
        return TONE_NONE;
    return *blocks == 'r' ? TONE_BAD : TONE_WARN;
}

static void add_touch(const struct run *run, struct table *table, int row, const struct forecast_touch *one)
{
    const char *blocks = blocks_of(one);
    table_cell(table, row, 0, name_of(run->arena, &one->touch), one->is_new ? TONE_FAINT : TONE_NONE);
    table_cell(table, row, 1, lock_mode_names[one->touch.lock], tone_of(blocks));
    table_cell(table, row, 2, blocks, tone_of(blocks));
    table_cell(table, row, 3, rows_of(run->arena, &one->touch),
               one->touch.rewritten == TRUTH_YES ? TONE_BAD : TONE_NONE);
    table_cell(table, row, 4, one->touch.why == NULL ? "" : one->touch.why, TONE_FAINT);
}

static void add_forecast(const struct run *run, struct table *table, const struct locks_file *file,
                         const struct forecast *forecast)
{
    int row = table_row(table, -1);
    const char *statement = screen_safe(run->arena, statement_of(run->arena, file, forecast), true);
    table_cell(table, row, 0, arena_printf(run->arena, "%s:%d: %s", file->path, line_of(file, forecast->start), statement),
               TONE_STRONG);
    vec_each(touch, &forecast->touches)
        add_touch(run, table, table_row(table, row), touch);
}

void locks_view_table(const struct run *run, const struct locks_files *files)
{
    static const struct table_column columns[] = {
        {"STATEMENT, RELATION", TABLE_LEFT, true}, {"LOCK", TABLE_LEFT, false}, {"BLOCKS", TABLE_LEFT, false},
        {"ROWS", TABLE_LEFT, false},               {"WHY", TABLE_LEFT, true},
    };
    struct table *table = table_open(columns, sizeof(columns) / sizeof(*columns));
    vec_each(file, files)
        vec_each(forecast, &file->forecasts)
            add_forecast(run, table, file, forecast);
    table_close(table);
}

static struct json *touch_json(const struct run *run, const struct forecast_touch *one)
{
    static const char *const truths[] = {[TRUTH_UNKNOWN] = "unknown", [TRUTH_NO] = "no", [TRUTH_YES] = "yes"};
    const struct touch *touch = &one->touch;
    struct json *object = json_object(run->arena);
    json_set_text(object, "schema", touch->name.schema);
    json_set_text(object, "relation", touch->name.name);
    json_set_bool(object, "known", touch->relation != NULL);
    json_set_bool(object, "new", one->is_new);
    json_set_text(object, "lock", touch->lock == LOCK_NONE ? NULL : lock_mode_names[touch->lock]);
    json_set_bool(object, "blocks_reads", !one->is_new && lock_mode_conflicts(touch->lock, LOCK_ACCESS_SHARE));
    json_set_bool(object, "blocks_writes", !one->is_new && lock_mode_conflicts(touch->lock, LOCK_ROW_EXCLUSIVE));
    json_set_text(object, "rewritten", truths[touch->rewritten]);
    json_set_text(object, "scanned", truths[touch->scanned]);
    json_set_text(object, "index_built", truths[touch->index_built]);
    json_set_text(object, "why", touch->why);
    return object;
}

void locks_view_json(const struct run *run, const struct locks_files *files)
{
    struct json *document = json_log_document(run->arena), *statements = json_list(run->arena);
    json_set(document, "statements", statements);
    vec_each(file, files)
        vec_each(forecast, &file->forecasts) {
            struct json *object = json_object(run->arena), *touches = json_list(run->arena);
            json_set_text(object, "file", file->path);
            json_set_integer(object, "line", line_of(file, forecast->start));
            json_set_text(object, "kind", action_kind_names[forecast->kind]);
            json_set_text(object, "statement", statement_of(run->arena, file, forecast));
            json_set(object, "relations", touches);
            vec_each(touch, &forecast->touches)
                json_add(touches, touch_json(run, touch));
            json_add(statements, object);
        }
    puts(json_print(run->arena, document, true));
}
