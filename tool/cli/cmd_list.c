#include "cli/commands.h"
#include "cli/json_log.h"
#include "text/table.h"

static const char *const halves[] = {"none", "up", "down", "up, down"};

static const char *halves_of(const struct migration *migration)
{
    return halves[(migration->up.path != NULL) + 2 * (migration->down.path != NULL)];
}

static const char *file_of(const struct migration *migration)
{
    return migration->up.path != NULL ? migration->up.path : migration->down.path;
}

static const char *or_empty(const char *text)
{
    return text != NULL ? text : "";
}

static struct json *migration_json(struct arena *arena, const struct migration *migration)
{
    struct json *object = json_object(arena), *needs = json_list(arena);
    json_log_migration(object, migration);
    json_set_text(object, "environment", migration->environment);
    json_set_text(object, "up", migration->up.path);
    json_set_text(object, "down", migration->down.path);
    json_set_text(object, "description", migration->declaration.description);
    json_set_text(object, "risk_level", migration->declaration.risk_level);
    vec_each(need, &migration->needs) {
        struct json *item = json_object(arena);
        json_log_migration(item, *need);
        json_add(needs, item);
    }
    json_set(object, "needs", needs);
    return object;
}

static void add_row(struct table *table, const struct migration *migration)
{
    int row = table_row(table, -1);
    table_cell(table, row, 0, migration->service->name, TONE_NONE);
    table_cell(table, row, 1, migration->digits, TONE_NONE);
    table_cell(table, row, 2, migration->name, TONE_NONE);
    table_cell(table, row, 3, halves_of(migration), TONE_NONE);
    table_cell(table, row, 4, or_empty(migration->environment), TONE_FAINT);
    table_cell(table, row, 5, or_empty(migration->declaration.risk_level), TONE_NONE);
    table_cell(table, row, 6, or_empty(file_of(migration)), TONE_FAINT);
}

static void print_table(const struct run *run)
{
    static const struct table_column columns[] = {
        {"SERVICE", TABLE_LEFT, true},      {"VERSION", TABLE_RIGHT, false}, {"NAME", TABLE_LEFT, true},
        {"HALVES", TABLE_LEFT, false},      {"ENVIRONMENT", TABLE_LEFT, true}, {"RISK", TABLE_LEFT, false},
        {"FILE", TABLE_LEFT, true}};
    struct table *table = table_open(columns, sizeof(columns) / sizeof(columns[0]));
    vec_each(service, &run->catalog.services)
        if (run->service == NULL || run->service == *service)
            vec_each(migration, &(*service)->migrations)
                add_row(table, *migration);
    table_close(table);
}

int cmd_list(struct run *run, struct err *err)
{
    (void)err;
    if (!option_on(&run->options, OPTION_JSON)) {
        print_table(run);
        return 0;
    }
    struct json *document = json_log_document(run->arena), *list = json_list(run->arena);
    vec_each(service, &run->catalog.services)
        if (run->service == NULL || run->service == *service)
            vec_each(migration, &(*service)->migrations)
                json_add(list, migration_json(run->arena, *migration));
    json_set(document, "migrations", list);
    json_log_print(run->arena, document);
    return 0;
}
