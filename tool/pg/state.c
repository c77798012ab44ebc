#include "pg/state.h"

#include "base/str.h"
#include "pg/place.h"
#include "sql.h"

#include <stdlib.h>
#include <string.h>

/* The queries of the second round trip, and which service and what each is about. */
enum about { ABOUT_VERSION, ABOUT_STATE, ABOUT_EXECUTIONS, ABOUT_JOURNAL };

struct question {
    enum about about;
    size_t service;
    size_t candidate;
};
VEC(questions, struct question);

struct reading {
    struct arena *arena;
    const struct services *services;
    struct places places;            /* parallel to services */
    struct service_record *records;
    struct questions questions;
    struct pipeline_items items;
};

static int64_t number(const char *text)
{
    return text == NULL ? 0 : strtoll(text, NULL, 10);
}

static void ask(struct reading *reading, enum about about, size_t service, size_t candidate, const char *sql)
{
    const char **parameters = arena_new(reading->arena, const char *);
    parameters[0] = reading->records[service].tables.service;
    *vec_add(reading->arena, &reading->questions) = (struct question){about, service, candidate};
    *vec_add(reading->arena, &reading->items) = (struct pipeline_item){
        .sql = sql, .parameters = parameters, .count = about == ABOUT_VERSION ? 0 : 1, .wants_rows = true};
}

static void ask_about_service(struct reading *reading, size_t service)
{
    struct arena *arena = reading->arena;
    const struct place_of *place = &reading->places.at[service];
    struct tables *tables = &reading->records[service].tables;
    for (size_t i = 0; i < place->candidates.count; i++) {
        const struct candidate *candidate = &place->candidates.at[i];
        if (candidate->columns != NULL)
            ask(reading, ABOUT_VERSION, service, i,
                arena_printf(arena, "SELECT version, dirty FROM %s LIMIT 2",
                             quote_qualified(arena, candidate->schema, candidate->name)));
    }
    if (place->state)
        ask(reading, ABOUT_STATE, service, 0, tables_fill(arena, tables, sql_state_generation));
    if (place->executions)
        ask(reading, ABOUT_EXECUTIONS, service, 0,
            tables_fill(arena, tables, place->has_version ? sql_state_executions : sql_state_executions_old));
    if (place->older_executions)
        ask(reading, ABOUT_EXECUTIONS, service, 0, tables_fill(arena, tables, sql_state_executions_older));
    if (place->journal)
        ask(reading, ABOUT_JOURNAL, service, 0, tables_fill(arena, tables, sql_state_journal));
}

static void take_version(struct reading *reading, const struct question *question, const struct rows *rows)
{
    struct candidate *candidate = &reading->places.at[question->service].candidates.at[question->candidate];
    candidate->rows = rows->count;
    candidate->version = NO_VERSION;
    if (rows->count > 0) {
        candidate->version = number(rows_get(rows, 0, 0));
        candidate->dirty = strcmp(rows_get(rows, 0, 1), "t") == 0;
    }
}

static void take_executions(struct reading *reading, struct service_state *state, const struct rows *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        *vec_add(reading->arena, &state->executions) = (struct execution){
            .version = (uint64_t)number(rows_get(rows, i, 0)),
            .migration_id = rows_get(rows, i, 1),
            .environment = rows_get(rows, i, 2),
            .status = rows_get(rows, i, 3),
            .checksum = rows_get(rows, i, 4),
            .applied_at = rows_get(rows, i, 5),
            .applied_by = rows_get(rows, i, 6),
            .error_message = rows_get(rows, i, 7),
            .duration = number(rows_get(rows, i, 8)),
            .rolled_back_at = rows_get(rows, i, 9),
        };
}

static void take_journal(struct reading *reading, struct service_state *state, const struct rows *rows)
{
    if (rows->count == 0)
        return;
    struct open_step *open = arena_new(reading->arena, struct open_step);
    *open = (struct open_step){
        .version = (uint64_t)number(rows_get(rows, 0, 0)),
        .migration_id = rows_get(rows, 0, 1),
        .direction = strcmp(rows_get(rows, 0, 2), "up") == 0 ? DIRECTION_UP : DIRECTION_DOWN,
        .step = (int)number(rows_get(rows, 0, 3)),
        .steps_done = (int)number(rows_get(rows, 0, 3)),
        .intent = strcmp(rows_get(rows, 0, 4), "t") == 0,
        .kind = rows_get(rows, 0, 5),
        .statement = rows_get(rows, 0, 6),
        .since = rows_get(rows, 0, 7),
        .backend = (int)number(rows_get(rows, 0, 8)),
        .alive = strcmp(rows_get(rows, 0, 9), "t") == 0,
    };
    state->open = open;
}

static void take_answer(void *context, size_t item, const struct rows *rows)
{
    struct reading *reading = context;
    const struct question *question = &reading->questions.at[item];
    struct service_state *state = reading->records[question->service].state;
    switch (question->about) {
    case ABOUT_VERSION:
        take_version(reading, question, rows);
        break;
    case ABOUT_STATE:
        state->initialised = rows->count > 0;
        state->generation = rows->count == 0 ? 0 : number(rows_get(rows, 0, 0));
        break;
    case ABOUT_EXECUTIONS:
        take_executions(reading, state, rows);
        break;
    case ABOUT_JOURNAL:
        take_journal(reading, state, rows);
        break;
    }
}

static int read_contents(struct conn *conn, struct reading *reading, struct err *err)
{
    size_t answered;
    for (size_t i = 0; i < reading->services->count; i++)
        ask_about_service(reading, i);
    if (reading->items.count == 0)
        return 0;
    if (conn_pipeline(conn, reading->arena, &reading->items, take_answer, reading, &answered, err) == 0)
        return 0;
    if (answered >= reading->questions.count)
        return -1;
    const struct question *question = &reading->questions.at[answered];
    return err_context(err, "reading the state of %s", reading->services->at[question->service]->name);
}

/* Skein's tables count only when all of them are there; a partial set is completed at the next run. */
static void finish_state(struct reading *reading, size_t service)
{
    struct service_record *record = &reading->records[service];
    const struct place_of *place = &reading->places.at[service];
    struct service_state *state = record->state;
    const struct candidate *chosen = &place->candidates.at[place->chosen];
    state->service = reading->services->at[service];
    state->schema = place->schema;
    state->initialised = state->initialised && place->executions && place->history && place->journal && place->has_version &&
                         chosen->columns != NULL;
    state->version_table = chosen->columns == NULL ? NULL : quote_qualified(reading->arena, chosen->schema, chosen->name);
    state->version = chosen->columns == NULL ? NO_VERSION : chosen->version;
    state->dirty = chosen->dirty;
    record->tables.version_schema = chosen->schema;
    record->tables.version_name = chosen->name;
    record->tables.version_exists = chosen->columns != NULL;
}

int state_read(struct conn *conn, struct arena *arena, const struct services *services, bool plain,
               struct service_record *records, struct server_facts *facts, struct err *err)
{
    struct reading reading = {.arena = arena, .services = services, .records = records};
    if (places_find(conn, arena, services, plain, &reading.places, facts, err) != 0)
        return -1;
    for (size_t i = 0; i < services->count; i++) {
        const struct place_of *place = &reading.places.at[i];
        records[i].state = arena_new(arena, struct service_state);
        records[i].tables = (struct tables){.service = place->service_name, .schema = place->schema};
    }
    if (read_contents(conn, &reading, err) != 0)
        return -1;
    for (size_t i = 0; i < services->count; i++) {
        if (place_choose(&reading.places.at[i], services->at[i], err) != 0)
            return -1;
        finish_state(&reading, i);
    }
    return 0;
}

int state_history(struct conn *conn, struct arena *arena, const struct tables *tables, long limit,
                  struct attempts *attempts, struct err *err)
{
    struct rows rows;
    const char *parameters[] = {tables->service, limit > 0 ? arena_printf(arena, "%ld", limit) : NULL};
    if (conn_query(conn, arena, tables_fill(arena, tables, sql_state_history), parameters, 2, &rows, err) != 0) {
        if (strcmp(err->sqlstate, "42P01") != 0 && strcmp(err->sqlstate, "3F000") != 0)
            return -1;
        err_clear(err);
        return 0;
    }
    for (size_t i = 0; i < rows.count; i++)
        *vec_add(arena, attempts) = (struct attempt){
            .id = rows_get(&rows, i, 0),
            .migration_id = rows_get(&rows, i, 1),
            .direction = rows_get(&rows, i, 2),
            .outcome = rows_get(&rows, i, 3),
            .environment = rows_get(&rows, i, 4),
            .finished_at = rows_get(&rows, i, 5),
            .applied_by = rows_get(&rows, i, 6),
            .error_message = rows_get(&rows, i, 7),
            .duration = rows_get(&rows, i, 8) == NULL ? -1 : number(rows_get(&rows, i, 8)),
        };
    return 0;
}
