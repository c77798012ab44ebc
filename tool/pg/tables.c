#include "pg/tables.h"

#include "base/str.h"
#include "sql.h"

#include <string.h>

enum { LONGEST_IDENTIFIER = 63 };

/* idx_user_service_migration_executions_status, as source tools name it, cut where PostgreSQL would cut it. */
static char *index_name(struct arena *arena, const struct tables *tables, const char *ending)
{
    char *name = arena_printf(arena, "idx_%s_migration_executions_%s", tables->schema, ending);
    if (strlen(name) > LONGEST_IDENTIFIER)
        name = arena_printf(arena, "idx_migration_executions_%s", ending);
    return quote_identifier(arena, name);
}

static char *value_of(struct arena *arena, const struct tables *tables, const char *name, size_t length)
{
    static const char *const own[] = {"state", "executions", "history", "journal"};
    for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
        if (strlen(own[i]) == length && memcmp(own[i], name, length) == 0)
            return quote_qualified(arena, tables->schema, arena_printf(arena, "migration_%s", own[i]));
    struct span span = {name, length};
    if (span_equals(span, "version_table"))
        return quote_qualified(arena, tables->version_schema, tables->version_name);
    if (span_equals(span, "schema"))
        return quote_identifier(arena, tables->schema);
    if (span_equals(span, "schema_literal"))
        return quote_literal(arena, tables->schema);
    if (span_equals(span, "service"))
        return quote_literal(arena, tables->service);
    if (span_equals(span, "service_env_index"))
        return index_name(arena, tables, "service_env");
    if (span_equals(span, "status_index"))
        return index_name(arena, tables, "status");
    if (span_equals(span, "applied_at_index"))
        return index_name(arena, tables, "applied_at");
    return NULL;
}

char *tables_fill(struct arena *arena, const struct tables *tables, const char *sql)
{
    struct str filled = str_new(arena);
    while (*sql != '\0') {
        size_t plain = strcspn(sql, "{");
        str_add_bytes(&filled, sql, plain);
        sql += plain;
        size_t length = *sql == '\0' ? 0 : strspn(sql + 1, "abcdefghijklmnopqrstuvwxyz_");
        char *value = length != 0 && sql[length + 1] == '}' ? value_of(arena, tables, sql + 1, length) : NULL;
        if (value != NULL) {
            str_add(&filled, value);
            sql += length + 2;
        } else if (*sql != '\0') {
            str_add_char(&filled, *sql++);
        }
    }
    return filled.at;
}

char *sql_insert(struct arena *arena, const char *sql, const char *placeholder, const char *text)
{
    char *mark = arena_printf(arena, "{%s}", placeholder);
    const char *at = strstr(sql, mark);
    if (at == NULL)
        return arena_strdup(arena, sql);
    return arena_printf(arena, "%.*s%s%s", (int)(at - sql), sql, text, at + strlen(mark));
}

static int run(struct conn *conn, const struct tables *tables, const char *sql, struct err *err)
{
    struct arena arena = {0};
    int failed = conn_run(conn, tables_fill(&arena, tables, sql), err);
    arena_release(&arena);
    return failed;
}

/* "id:bigint,migration_version:character varying,…" of a table, NULL when it is not there. */
static int read_columns(struct conn *conn, struct arena *arena, const char *schema, const char *name,
                        const char **columns, struct err *err)
{
    struct rows rows;
    const char *parameters[] = {schema, name};
    if (conn_query(conn, arena, sql_table_columns, parameters, 2, &rows, err) != 0)
        return -1;
    *columns = rows.count == 0 ? NULL : rows_get(&rows, 0, 0);
    return 0;
}

/* The older table is moved aside; a table that is neither is somebody else's. */
static int make_way(struct conn *conn, struct arena *arena, const struct tables *tables, bool *moved, struct err *err)
{
    const char *columns;
    if (read_columns(conn, arena, tables->schema, "migration_executions", &columns, err) != 0)
        return -1;
    *moved = columns != NULL && strstr(columns, "migration_id:") == NULL && strstr(columns, "migration_version:") != NULL;
    if (*moved)
        return run(conn, tables, sql_legacy_rename, err);
    if (columns != NULL && (strstr(columns, "migration_id:") == NULL || strstr(columns, "execution_status:") == NULL)) {
        err_set(err, ERR_DRIFT, "%s.migration_executions is not a table that skein knows: it has %s", tables->schema, columns);
        return err_hint(err, "rename it, or give the service another schema");
    }
    return 0;
}

/* CREATE SCHEMA needs a privilege that CREATE TABLE in an existing one does not: only ask when it is missing. */
static int make_schema(struct conn *conn, struct arena *arena, const struct tables *tables, struct err *err)
{
    struct rows rows;
    const char *parameters[] = {tables->schema};
    if (conn_query(conn, arena, "SELECT 1 FROM pg_catalog.pg_namespace WHERE nspname = $1", parameters, 1, &rows, err) != 0)
        return -1;
    return rows.count > 0 ? 0 : run(conn, tables, "CREATE SCHEMA IF NOT EXISTS {schema}", err);
}

static int create_all(struct conn *conn, struct arena *arena, const struct tables *tables, struct err *err)
{
    bool moved = false;
    if (conn_run(conn, "BEGIN; SET LOCAL client_min_messages = warning; SET LOCAL search_path = pg_catalog", err) != 0 ||
        make_schema(conn, arena, tables, err) != 0 || make_way(conn, arena, tables, &moved, err) != 0 ||
        run(conn, tables, sql_state_create, err) != 0)
        return -1;
    if (moved && run(conn, tables, sql_legacy_copy, err) != 0)
        return -1;
    if (!tables->version_exists && run(conn, tables, sql_version_create, err) != 0)
        return -1;
    return conn_run(conn, "COMMIT", err);
}

int tables_create(struct conn *conn, const struct tables *tables, struct err *err)
{
    struct arena arena = {0};
    int failed = create_all(conn, &arena, tables, err);
    if (failed) {
        err_context(err, "creating the state tables in schema %s", tables->schema);
        conn_rollback(conn);
    }
    arena_release(&arena);
    return failed;
}
