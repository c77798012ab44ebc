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
    json_log_release(object, arena, migration);
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

/* The cells of a row in the order of the columns; the first one is left out where the service has no name. */
static void add_row(struct arena *arena, struct table *table, bool plain, const struct migration *migration)
{
    const char *const cells[] = {migration->service->name,
                                 migration->digits,
                                 migration->name,
                                 or_empty(release_label(arena, migration)),
                                 halves_of(migration),
                                 or_empty(migration->environment),
                                 or_empty(migration->declaration.risk_level),
                                 or_empty(file_of(migration))};
    int row = table_row(table, -1);
    for (size_t i = plain; i < sizeof(cells) / sizeof(cells[0]); i++)
        table_cell(table, row, i - plain, cells[i], TONE_NONE);
}

static void print_table(const struct run *run)
{
    static const struct table_column columns[] = {
        {"SERVICE", TABLE_LEFT, true},      {"VERSION", TABLE_RIGHT, false}, {"NAME", TABLE_LEFT, true},
        {"RELEASE", TABLE_LEFT, false},     {"HALVES", TABLE_LEFT, false},   {"ENVIRONMENT", TABLE_LEFT, true},
        {"RISK", TABLE_LEFT, false},        {"FILE", TABLE_LEFT, true}};
    enum { RELEASE = 3 };
    bool plain = run->catalog.plain;
    struct table *table = table_open(columns + plain, sizeof(columns) / sizeof(columns[0]) - plain);
    vec_each(service, &run->catalog.services)
        if (run->service == NULL || run->service == *service)
            vec_each(migration, &(*service)->migrations)
                add_row(run->arena, table, plain, *migration);
    table_drop_empty(table, RELEASE - plain);
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
