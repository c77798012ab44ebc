#include "pg/place.h"

#include "base/str.h"
#include "sql.h"

#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

static const char *const own_tables[] = {"migration_executions", "migration_history", "migration_journal",
                                         "migration_state"};
enum { LONGEST_NAME = 63 }; /* bytes; NAMEDATALEN - 1 */
enum { EXECUTIONS, HISTORY, JOURNAL, STATE, OWN_TABLES };
enum { FOUND_NUMBER, FOUND_SCHEMA, FOUND_NAME, FOUND_COLUMNS, FOUND_DATABASE, FOUND_BACKEND, FOUND_STANDBY, FOUND_IDENTITY };

/* The server cuts a name that is too long, between characters. */
static const char *cut(struct arena *arena, const char *name)
{
    size_t length = strnlen(name, LONGEST_NAME + 1);
    if (length > LONGEST_NAME)
        for (length = LONGEST_NAME; length > 0 && ((unsigned char)name[length] & 0xC0) == 0x80;)
            length--;
    return arena_strndup(arena, name, length);
}

/* A table counts once: in a schema `public`, two of the places are one. */
static void add_candidate(struct arena *arena, struct place_of *place, const char *schema, const char *name)
{
    name = cut(arena, name);
    vec_each(candidate, &place->candidates)
        if (strcmp(candidate->schema, schema) == 0 && strcmp(candidate->name, name) == 0)
            return;
    *vec_add(arena, &place->candidates) = (struct candidate){.schema = schema, .name = name, .version = NO_VERSION};
}

/* x-migrations-table-quoted: "schema"."table" or "table", each in double quotes. */
static int add_quoted(struct arena *arena, struct place_of *place, const char *text, struct err *err)
{
    const char *parts[2];
    size_t count = 0;
    for (const char *at = text; *at == '"' && count < 2;) {
        const char *end = strchr(at + 1, '"');
        if (end == NULL)
            break;
        parts[count++] = arena_strndup(arena, at + 1, (size_t)(end - at - 1));
        at = end + 1;
        if (*at == '.' && count < 2)
            at++;
        else if (*at == '\0')
            return add_candidate(arena, place, count == 2 ? parts[0] : place->schema, parts[count - 1]), 0;
    }
    err_set(err, ERR_USAGE, "x-migrations-table is %s, which is not a quoted name", text);
    return err_hint(err, "write \"schema\".\"table\" or \"table\", with the quotes percent-encoded as %%22");
}

/* The setting may name a schema: "public.my_migrations". */
static void add_configured(struct arena *arena, struct place_of *place, const char *text)
{
    const char *dot = strchr(text, '.');
    if (dot == NULL)
        add_candidate(arena, place, place->schema, text);
    else
        add_candidate(arena, place, arena_strndup(arena, text, (size_t)(dot - text)), dot + 1);
}

static int plan_place(struct arena *arena, const struct service *service, const struct dsn *dsn, bool plain,
                      struct place_of *place, struct err *err)
{
    const char *configured = config_text(&service->config, SETTING_VERSION_TABLE);
    place->service_name = service->name;
    place->schema = service->schema == NULL ? "" : service->schema;
    if (dsn->version_table != NULL && dsn->version_table_quoted)
        return add_quoted(arena, place, dsn->version_table, err);
    if (dsn->version_table != NULL) {
        add_candidate(arena, place, place->schema, dsn->version_table);
    } else if (configured != NULL) {
        add_configured(arena, place, configured);
    } else if (plain) {
        add_candidate(arena, place, place->schema, "schema_migrations");
    } else {
        const char *long_name = arena_printf(arena, "%s_schema_migrations", place->schema);
        add_candidate(arena, place, place->schema, long_name);
        add_candidate(arena, place, "public", long_name);
        add_candidate(arena, place, place->schema, "schema_migrations");
    }
    if (plain)
        place->service_name = place->candidates.at[0].name;
    return 0;
}

/* PostgreSQL's array form of texts. */
static char *array_of(struct arena *arena, const struct strings *texts)
{
    struct str array = str_new(arena);
    for (size_t i = 0; i < texts->count; i++) {
        str_add(&array, i == 0 ? "{\"" : ",\"");
        for (const char *at = texts->at[i]; *at != '\0'; at++) {
            if (*at == '"' || *at == '\\')
                str_add_char(&array, '\\');
            str_add_char(&array, *at);
        }
        str_add_char(&array, '"');
    }
    str_add(&array, texts->count == 0 ? "{}" : "}");
    return array.at;
}

static int discover(struct conn *conn, struct arena *arena, const struct places *places, struct rows *rows, struct err *err)
{
    struct strings schemas = {0}, names = {0};
    vec_each(place, places) {
        for (size_t i = 0; i < OWN_TABLES; i++) {
            *vec_add(arena, &schemas) = place->schema;
            *vec_add(arena, &names) = own_tables[i];
        }
        vec_each(candidate, &place->candidates) {
            *vec_add(arena, &schemas) = candidate->schema;
            *vec_add(arena, &names) = candidate->name;
        }
    }
    const char *parameters[] = {array_of(arena, &schemas), array_of(arena, &names)};
    return conn_query(conn, arena, sql_state_discover, parameters, 2, rows, err);
}

static int take_facts(struct conn *conn, const struct rows *rows, struct server_facts *facts)
{
    facts->current_schema = rows_get(rows, 0, FOUND_SCHEMA);
    facts->session_user = rows_get(rows, 0, FOUND_NAME);
    facts->database = rows_get(rows, 0, FOUND_DATABASE);
    facts->standby = strcmp(rows_get(rows, 0, FOUND_STANDBY), "true") == 0;
    facts->identity = rows_get(rows, 0, FOUND_IDENTITY);
    conn->backend = (int)strtol(rows_get(rows, 0, FOUND_BACKEND), NULL, 10);
    facts->pooled = conn->backend != PQbackendPID((PGconn *)(void *)conn->pg);
    conn->may_prepare = !facts->pooled;
    return 0;
}

static bool has_column(const char *columns, const char *column)
{
    size_t length = strlen(column);
    for (const char *at = columns; at != NULL; at = strchr(at, ',') == NULL ? NULL : strchr(at, ',') + 1)
        if (strncmp(at, column, length) == 0)
            return true;
    return false;
}

static int refuse_shape(const char *schema, const char *name, const char *columns, const char *hint, struct err *err)
{
    if (strchr(columns, ':') == NULL)
        err_set(err, ERR_DRIFT, "%s.%s is %s; a table was expected", schema, name, columns);
    else
        err_set(err, ERR_DRIFT, "%s.%s is another tool's table: it has the columns %s", schema, name, columns);
    return err_hint(err, "%s", hint);
}

static int take_own(struct place_of *place, size_t table, const char *columns, struct err *err)
{
    static const char *const needed[OWN_TABLES] = {"execution_status:", "outcome:", "step:", "generation:"};
    bool older = table == EXECUTIONS && has_column(columns, "migration_version:") && !has_column(columns, "migration_id:");
    if (!older && !has_column(columns, needed[table]))
        return refuse_shape(place->schema, own_tables[table], columns,
                            "rename that table, or give the service another schema", err);
    place->older_executions = place->older_executions || older;
    if (older)
        return 0;
    place->executions = place->executions || table == EXECUTIONS;
    place->has_version = place->has_version || (table == EXECUTIONS && has_column(columns, "version:"));
    place->history = place->history || table == HISTORY;
    place->journal = place->journal || table == JOURNAL;
    place->state = place->state || table == STATE;
    return 0;
}

static int take_candidate(struct candidate *candidate, const char *columns, struct err *err)
{
    if (!has_column(columns, "version:bigint") || !has_column(columns, "dirty:boolean"))
        return refuse_shape(candidate->schema, candidate->name, columns,
                            "golang-migrate's has version bigint and dirty boolean; dbmate and Rails use the same name with "
                            "version varchar; choose another table with --version-table (x-migrations-table in the URL)",
                            err);
    candidate->columns = columns;
    return 0;
}

static int take_found(struct places *places, const struct rows *rows, struct err *err)
{
    size_t first = 1, row = 1;
    vec_each(place, places) {
        size_t count = OWN_TABLES + place->candidates.count;
        for (; row < rows->count; row++) {
            size_t number = (size_t)strtoul(rows_get(rows, row, FOUND_NUMBER), NULL, 10) - first;
            const char *columns = rows_get(rows, row, FOUND_COLUMNS);
            if (number >= count)
                break;
            if ((number < OWN_TABLES ? take_own(place, number, columns, err)
                                     : take_candidate(&place->candidates.at[number - OWN_TABLES], columns, err)) != 0)
                return -1;
        }
        first += count;
    }
    return 0;
}

static void fill_schema(struct place_of *place, const char *schema)
{
    if (*place->schema == '\0')
        place->schema = schema;
    vec_each(candidate, &place->candidates)
        if (*candidate->schema == '\0')
            candidate->schema = schema;
}

int places_find(struct conn *conn, struct arena *arena, const struct services *services, bool plain,
                struct places *places, struct server_facts *facts, struct err *err)
{
    struct rows rows;
    for (size_t i = 0; i < services->count; i++)
        if (plan_place(arena, services->at[i], conn->dsn, plain, vec_add(arena, places), err) != 0)
            return -1;
    if (discover(conn, arena, places, &rows, err) != 0)
        return err_context(err, "looking for the state tables");
    take_facts(conn, &rows, facts);
    if (plain && facts->current_schema == NULL) {
        err_set(err, ERR_INPUT, "the connection has no schema: nothing in its search_path exists");
        return err_hint(err, "create the schema, or set search_path in the database URL: ?search_path=public");
    }
    vec_each(place, places)
        fill_schema(place, facts->current_schema);
    return take_found(places, &rows, err);
}

static int refuse_several(const struct place_of *place, const struct service *service, struct err *err)
{
    struct str list = str_new(err->arena);
    vec_each(candidate, &place->candidates)
        if (candidate->rows > 0)
            str_addf(&list, "%s%s.%s (version %lld)", list.length == 0 ? "" : ", ", candidate->schema, candidate->name,
                     (long long)candidate->version);
    err_set(err, ERR_DRIFT, "%s has several version tables with rows: %s", service->name, list.at);
    return err_hint(err, "say which one counts: `migration: {table_name: schema.table}` in the service's config.yaml");
}

int place_choose(struct place_of *place, const struct service *service, struct err *err)
{
    size_t with_rows = 0;
    bool any = false;
    for (size_t i = 0; i < place->candidates.count; i++) {
        const struct candidate *candidate = &place->candidates.at[i];
        if (candidate->columns == NULL)
            continue;
        if (candidate->rows > 1) {
            err_set(err, ERR_DRIFT, "%s.%s holds more than one row", candidate->schema, candidate->name);
            return err_hint(err, "golang-migrate keeps one row there; leave the one that is right");
        }
        with_rows += candidate->rows;
        if (candidate->rows > 0 || !any)
            place->chosen = i;
        any = true;
    }
    return with_rows > 1 ? refuse_several(place, service, err) : 0;
}
