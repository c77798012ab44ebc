/* Cleaning a database of what the services, or the migrations of one directory, made. */
#include "flow/database.h"

#include "flow/database_names.h"
#include "pg/tables.h"
#include "sql.h"

#include <string.h>

struct clean {
    struct arena *arena;
    struct conn *conn;
    struct strings *dropped;
};

static int drop_objects(struct clean *clean, const char *schema, struct err *err)
{
    struct rows rows;
    const char *parameters[] = {schema};
    if (conn_query(clean->conn, clean->arena, sql_clean_find_objects, parameters, 1, &rows, err) != 0)
        return -1;
    for (size_t i = 0; i < rows.count; i++) {
        /* The identity comes from pg_identify_object, quoted as DROP wants it; CASCADE may have been quicker. */
        const char *what = arena_printf(clean->arena, "%s %s", rows_get(&rows, i, 0), rows_get(&rows, i, 1));
        const char *sql = arena_printf(clean->arena, "DROP %s IF EXISTS %s CASCADE", rows_get(&rows, i, 0),
                                       rows_get(&rows, i, 1));
        if (conn_run(clean->conn, sql, err) != 0)
            return err_context(err, "cannot drop the %s", what);
        *vec_add(clean->arena, clean->dropped) = what;
    }
    return 0;
}

static int drop_schema(struct clean *clean, const char *schema, struct err *err)
{
    if (strcmp(schema, "public") == 0)
        return drop_objects(clean, schema, err);
    const char *quoted = quote_identifier(clean->arena, schema);
    if (conn_run(clean->conn, sql_insert(clean->arena, sql_clean_drop_schema, "schema", quoted), err) != 0)
        return err_context(err, "cannot drop the schema %s", schema);
    *vec_add(clean->arena, clean->dropped) = arena_printf(clean->arena, "schema %s", quoted);
    return 0;
}

static int drop_table(struct clean *clean, const char *schema, const char *name, struct err *err)
{
    const char *quoted = quote_qualified(clean->arena, schema, name);
    if (conn_run(clean->conn, sql_insert(clean->arena, sql_clean_drop_table, "table", quoted), err) != 0)
        return err_context(err, "cannot drop the table %s", quoted);
    *vec_add(clean->arena, clean->dropped) = arena_printf(clean->arena, "table %s", quoted);
    return 0;
}

static int drop_services(struct clean *clean, const struct catalog *catalog, struct err *err)
{
    struct rows schemas, tables;
    const char *names[] = {database_schema_names(clean->arena, catalog), database_version_tables(clean->arena, catalog)};
    if (conn_query(clean->conn, clean->arena, sql_clean_schemas, names, 1, &schemas, err) != 0)
        return -1;
    for (size_t i = 0; i < schemas.count; i++)
        if (drop_schema(clean, rows_get(&schemas, i, 0), err) != 0)
            return -1;
    if (conn_query(clean->conn, clean->arena, sql_clean_version_tables, names, 2, &tables, err) != 0)
        return -1;
    for (size_t i = 0; i < tables.count; i++)
        if (drop_table(clean, rows_get(&tables, i, 0), rows_get(&tables, i, 1), err) != 0)
            return -1;
    return 0;
}

int database_clean(struct arena *arena, struct conn *conn, const struct catalog *catalog, struct strings *dropped,
                   struct err *err)
{
    struct clean clean = {arena, conn, dropped};
    if (conn_run(conn, "BEGIN ISOLATION LEVEL READ COMMITTED", err) != 0)
        return -1;
    int result = catalog->plain ? drop_objects(&clean, NULL, err) : drop_services(&clean, catalog, err);
    if (result == 0)
        return conn_run(conn, "COMMIT", err);
    struct err ignored = {.arena = arena};
    conn_run(conn, "ROLLBACK", &ignored);
    dropped->count = 0;
    return -1;
}
