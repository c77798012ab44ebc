#include "cli/database_view.h"

#include "base/clock.h"
#include "cli/json_log.h"
#include "text/screen.h"
#include "text/table.h"

#include <stdio.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static bool as_json(const struct run *run)
{
    return option_on(&run->options, OPTION_JSON);
}

static char *size_text(struct arena *arena, int64_t bytes)
{
    static const char *const units[] = {"B", "kB", "MB", "GB", "TB"};
    double size = (double)bytes;
    size_t unit = 0;
    for (; size >= 1000 && unit + 1 < COUNT(units); unit++)
        size /= 1024;
    return arena_printf(arena, unit == 0 || size >= 100 ? "%.0f %s" : "%.1f %s", size, units[unit]);
}

/* ---- health ---- */

static const char *standing_of(const struct service_state *state)
{
    return state->open != NULL ? "open" : state->dirty ? "dirty" : state->initialised ? "initialised"
        : state->version_table != NULL ? "golang-migrate's" : "not initialised";
}

static const char *writable(const struct database_facts *facts)
{
    return facts->standby ? "no: a standby" : facts->read_only ? "no: default_transaction_read_only" : "yes";
}

static struct json *version_json(struct arena *arena, const struct service_state *state)
{
    int64_t top = state_top(state);
    return top == NO_VERSION ? json_text(arena, NULL) : json_integer(arena, top);
}

static void health_json(const struct run *run, const struct database_facts *facts,
                        const struct service_state *const states[], size_t count)
{
    struct json *document = json_log_document(run->arena), *list = json_list(run->arena);
    json_set_text(document, "database", facts->name);
    json_set_text(document, "user", facts->user);
    json_set_text(document, "server_version", facts->server_version);
    json_set_integer(document, "size", facts->bytes);
    json_set_integer(document, "connect_us", facts->connect_time);
    json_set_integer(document, "round_trip_us", facts->round_trip);
    json_set_bool(document, "writable", !facts->standby && !facts->read_only);
    json_set_bool(document, "standby", facts->standby);
    json_set_bool(document, "may_create_schemas", facts->may_create);
    for (size_t i = 0; i < count; i++) {
        struct json *object = json_object(run->arena);
        json_set_text(object, "service", states[i]->service->name);
        json_set_text(object, "state", standing_of(states[i]));
        json_set(object, "version", version_json(run->arena, states[i]));
        json_add(list, object);
    }
    json_set(document, "services", list);
    json_log_print(run->arena, document);
}

static void service_table(const struct run *run, const struct service_state *const states[], size_t count)
{
    static const struct table_column columns[] = {
        {"SERVICE", TABLE_LEFT, true}, {"STATE", TABLE_LEFT, false}, {"VERSION", TABLE_RIGHT, false}};
    struct table *table = table_open(columns, COUNT(columns));
    for (size_t i = 0; i < count; i++) {
        int row = table_row(table, -1);
        int64_t top = state_top(states[i]);
        bool bad = states[i]->open != NULL || states[i]->dirty;
        table_cell(table, row, 0, states[i]->service->name, TONE_NONE);
        table_cell(table, row, 1, standing_of(states[i]), bad ? TONE_BAD : states[i]->initialised ? TONE_GOOD : TONE_WARN);
        table_cell(table, row, 2, top == NO_VERSION ? "" : arena_printf(run->arena, "%lld", (long long)top), TONE_NONE);
    }
    table_close(table);
}

void database_view_health(const struct run *run, const struct database_facts *facts,
                          const struct service_state *const states[], size_t count)
{
    if (as_json(run)) {
        health_json(run, facts, states, count);
        return;
    }
    printf("database:   %s, %s\n", facts->name, size_text(run->arena, facts->bytes));
    printf("user:       %s\n", facts->user);
    printf("server:     PostgreSQL %s\n", facts->server_version);
    printf("connecting: %s, then %s a round trip\n", duration_text(run->arena, facts->connect_time),
           duration_text(run->arena, facts->round_trip));
    printf("writable:   %s\n", writable(facts));
    if (count == 0)
        return;
    printf("\n");
    service_table(run, states, count);
}

/* ---- schemas and tables ---- */

void database_view_schemas(const struct run *run, const struct database_schemas *schemas)
{
    static const struct table_column columns[] = {{"SCHEMA", TABLE_LEFT, true}, {"OWNER", TABLE_LEFT, true},
                                                  {"TABLES", TABLE_RIGHT, false}, {"SIZE", TABLE_RIGHT, false}};
    struct json *document = json_log_document(run->arena), *list = json_list(run->arena);
    struct table *table = as_json(run) ? NULL : table_open(columns, COUNT(columns));
    vec_each(schema, schemas) {
        if (table != NULL) {
            int row = table_row(table, -1);
            table_cell(table, row, 0, screen_safe(run->arena, schema->name, true), TONE_NONE);
            table_cell(table, row, 1, screen_safe(run->arena, schema->owner, true), TONE_NONE);
            table_cell(table, row, 2, arena_printf(run->arena, "%lld", (long long)schema->tables), TONE_NONE);
            table_cell(table, row, 3, size_text(run->arena, schema->bytes), TONE_NONE);
            continue;
        }
        struct json *object = json_object(run->arena);
        json_set_text(object, "schema", schema->name);
        json_set_text(object, "owner", schema->owner);
        json_set_integer(object, "tables", schema->tables);
        json_set_integer(object, "size", schema->bytes);
        json_add(list, object);
    }
    if (table != NULL) {
        table_close(table);
        return;
    }
    json_set(document, "schemas", list);
    json_log_print(run->arena, document);
}

static const char *rows_text(struct arena *arena, const struct database_table *one, bool counted)
{
    if (one->rows < 0)
        return counted || !one->readable ? "no privilege" : "unknown";
    return arena_printf(arena, "%s%lld", counted ? "" : "~", (long long)one->rows);
}

static struct json *table_json(struct arena *arena, const struct database_table *one, bool counted)
{
    struct json *object = json_object(arena);
    json_set_text(object, "schema", one->schema);
    json_set_text(object, "table", one->name);
    json_set(object, counted ? "rows" : "rows_estimate",
             one->rows < 0 ? json_text(arena, NULL) : json_integer(arena, one->rows));
    json_set_integer(object, "size", one->bytes);
    json_set_bool(object, "partitioned", one->partitioned);
    return object;
}

static void tables_json(const struct run *run, const struct database_tables *tables, bool counted)
{
    struct json *document = json_log_document(run->arena), *list = json_list(run->arena);
    vec_each(one, tables)
        json_add(list, table_json(run->arena, one, counted));
    json_set(document, "tables", list);
    json_log_print(run->arena, document);
}

void database_view_tables(const struct run *run, const struct database_tables *tables, bool counted)
{
    static const struct table_column columns[] = {{"SCHEMA", TABLE_LEFT, true}, {"TABLE", TABLE_LEFT, true},
                                                  {"ROWS", TABLE_RIGHT, false}, {"SIZE", TABLE_RIGHT, false}};
    if (as_json(run)) {
        tables_json(run, tables, counted);
        return;
    }
    struct table *table = table_open(columns, COUNT(columns));
    vec_each(one, tables) {
        int row = table_row(table, -1);
        table_cell(table, row, 0, screen_safe(run->arena, one->schema, true), TONE_NONE);
        table_cell(table, row, 1, screen_safe(run->arena, one->name, true), TONE_NONE);
        table_cell(table, row, 2, rows_text(run->arena, one, counted), TONE_NONE);
        table_cell(table, row, 3, size_text(run->arena, one->bytes), TONE_NONE);
    }
    table_close(table);
    if (option_on(&run->options, OPTION_QUIET))
        return;
    printf("\n%s\n", counted ? "counted at one instant"
                             : "rows are the server's estimate; `skein database counts` counts them");
}

/* ---- results ---- */

void database_view_done(const struct run *run, const char *name, const char *key, bool truth, const char *sentence)
{
    if (as_json(run)) {
        struct json *document = json_log_document(run->arena);
        json_set_text(document, "database", name);
        json_set_bool(document, key, truth);
        json_log_print(run->arena, document);
    } else if (!option_on(&run->options, OPTION_QUIET)) {
        printf("%s\n", screen_safe(run->arena, sentence, true));
    }
}

void database_view_dropped(const struct run *run, const char *name, const struct strings *dropped)
{
    struct json *document = json_log_document(run->arena), *list = json_list(run->arena);
    vec_each(what, dropped) {
        json_add(list, json_text(run->arena, *what));
        if (!as_json(run) && !option_on(&run->options, OPTION_QUIET))
            printf("dropped %s\n", screen_safe(run->arena, *what, true));
    }
    json_set_text(document, "database", name);
    json_set(document, "dropped", list);
    if (as_json(run))
        json_log_print(run->arena, document);
    else if (dropped->count == 0 && !option_on(&run->options, OPTION_QUIET))
        printf("nothing to drop in %s\n", screen_safe(run->arena, name, true));
}
