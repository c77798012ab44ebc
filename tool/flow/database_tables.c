/* Tables: listed with sizes and estimates, and counted. */
#include "flow/database.h"

#include "flow/database_names.h"
#include "pg/tables.h"
#include "sql.h"

#include <stdlib.h>

int database_list_tables(struct arena *arena, struct conn *conn, const struct catalog *catalog,
                         struct database_tables *tables, struct err *err)
{
    struct rows rows;
    const char *parameters[] = {catalog->plain ? NULL : database_schema_names(arena, catalog)};
    if (conn_query(conn, arena, sql_database_tables, parameters, 1, &rows, err) != 0)
        return -1;
    for (size_t i = 0; i < rows.count; i++) {
        const char *bytes = rows_get(&rows, i, 2), *count = rows_get(&rows, i, 3);
        *vec_add(arena, tables) = (struct database_table){
            .schema = rows_get(&rows, i, 0), .name = rows_get(&rows, i, 1),
            .bytes = bytes != NULL ? strtoll(bytes, NULL, 10) : 0, .rows = count != NULL ? strtoll(count, NULL, 10) : -1,
            .readable = *rows_get(&rows, i, 4) == 't', .partitioned = *rows_get(&rows, i, 5) == 't'};
    }
    return 0;
}

static int count_one(struct arena *arena, struct conn *conn, struct database_table *table, struct err *err)
{
    struct rows rows;
    const char *sql = sql_insert(arena, sql_database_count, "table", quote_qualified(arena, table->schema, table->name));
    table->rows = -1;
    if (!table->readable)
        return 0;
    if (conn_query(conn, arena, sql, NULL, 0, &rows, err) != 0)
        return err_context(err, "cannot count %s.%s", table->schema, table->name);
    table->rows = strtoll(rows_get(&rows, 0, 0), NULL, 10);
    return 0;
}

int database_count(struct arena *arena, struct conn *conn, struct database_tables *tables, struct err *err)
{
    if (conn_run(conn, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", err) != 0)
        return -1;
    int result = 0;
    vec_each(table, tables)
        if (result == 0)
            result = count_one(arena, conn, table, err);
    struct err ignored = {.arena = arena};
    conn_run(conn, "ROLLBACK", &ignored);
    return result;
}
