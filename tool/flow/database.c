#include "flow/database.h"

#include "base/clock.h"
#include "base/str.h"
#include "pg/tables.h"
#include "sql.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

static const char *keyword(const struct dsn *dsn, const char *name)
{
    for (size_t i = 0; i < dsn->keywords.count && dsn->keywords.at[i] != NULL; i++)
        if (strcmp(dsn->keywords.at[i], name) == 0)
            return dsn->values.at[i];
    return NULL;
}

int database_name(struct arena *arena, const struct dsn *dsn, const char **name, struct err *err)
{
    const char *const said[] = {dsn->dbname, getenv("PGDATABASE"), keyword(dsn, "user"), getenv("PGUSER")};
    for (size_t i = 0; i < COUNT(said); i++)
        if (said[i] != NULL && *said[i] != '\0') {
            *name = arena_strdup(arena, said[i]);
            return 0;
        }
    err_set(err, ERR_USAGE, "the configured connection names no database");
    return err_hint(err, "write its name into the URL, as in postgres://user@host/name");
}

/* Every server has one of them, and neither is the one that is to be made or dropped. */
static int open_maintenance(struct arena *arena, const struct dsn *dsn, struct conn *conn, struct err *err)
{
    const char *const names[] = {"postgres", "template1"};
    for (size_t i = 0; i < COUNT(names); i++) {
        struct dsn *other = arena_new(arena, struct dsn);
        *other = dsn_with_database(arena, dsn, names[i]);
        if (conn_open(arena, other, conn, err) == 0)
            return 0;
        if (i + 1 == COUNT(names) || strcmp(err->sqlstate, "3D000") != 0)
            return -1;
        err_clear(err);
    }
    return -1;
}

static int run_on(struct arena *arena, struct conn *conn, const char *sql, const char *name, struct err *err)
{
    return conn_run(conn, sql_insert(arena, sql, "database", quote_identifier(arena, name)), err);
}

static int exists(struct arena *arena, struct conn *conn, const char *name, bool *is_there, struct err *err)
{
    struct rows rows;
    const char *parameters[] = {name};
    int result = conn_query(conn, arena, sql_database_exists, parameters, 1, &rows, err);
    *is_there = result == 0 && rows.count != 0;
    return result;
}

int database_create(struct arena *arena, const struct dsn *dsn, bool *made, struct err *err)
{
    struct conn conn = {0};
    const char *name;
    bool is_there;
    if (database_name(arena, dsn, &name, err) != 0 || open_maintenance(arena, dsn, &conn, err) != 0)
        return -1;
    int result = exists(arena, &conn, name, &is_there, err);
    *made = !is_there;
    if (result == 0 && !is_there && run_on(arena, &conn, sql_database_create, name, err) != 0) {
        /* Somebody else was quicker. */
        result = strcmp(err->sqlstate, "42P04") == 0 ? 0 : -1;
        *made = false;
        if (result == 0)
            err_clear(err);
        else
            err_context(err, "cannot create the database %s", name);
    }
    conn_close(&conn);
    return result;
}

static int in_use(struct arena *arena, struct conn *conn, const char *name, struct err *err)
{
    struct rows rows;
    const char *parameters[] = {name};
    if (strcmp(err->sqlstate, "55006") != 0)
        return err_context(err, "cannot drop the database %s", name);
    struct err ignored = {.arena = arena};
    const char *users = NULL;
    if (conn_query(conn, arena, sql_database_users, parameters, 1, &rows, &ignored) == 0 && rows.count == 1)
        users = rows_get(&rows, 0, 0);
    err_set(err, ERR_LOCK, "cannot drop the database %s: it is used by %s", name, users != NULL ? users : "others");
    return err_hint(err, "end these sessions first; only in development does skein end them by itself");
}

int database_drop(struct arena *arena, const struct dsn *dsn, bool force, bool *dropped, struct err *err)
{
    static const char *const system[] = {"postgres", "template0", "template1"};
    struct conn conn = {0};
    const char *name;
    if (database_name(arena, dsn, &name, err) != 0)
        return -1;
    for (size_t i = 0; i < COUNT(system); i++)
        if (strcmp(name, system[i]) == 0)
            return err_set(err, ERR_POLICY, "the database %s belongs to the server itself and is not dropped", name);
    if (open_maintenance(arena, dsn, &conn, err) != 0)
        return -1;
    int result = exists(arena, &conn, name, dropped, err);
    if (result == 0 && *dropped
        && run_on(arena, &conn, force ? sql_database_drop_force : sql_database_drop, name, err) != 0)
        result = in_use(arena, &conn, name, err);
    conn_close(&conn);
    return result;
}

static int64_t number(const struct rows *rows, size_t row, size_t column)
{
    const char *text = rows_get(rows, row, column);
    return text != NULL ? strtoll(text, NULL, 10) : -1;
}

static bool truth(const struct rows *rows, size_t row, size_t column)
{
    const char *text = rows_get(rows, row, column);
    return text != NULL && *text == 't';
}

int database_facts(struct arena *arena, const struct dsn *dsn, struct conn *conn, struct database_facts *facts,
                   struct err *err)
{
    struct rows rows;
    int64_t begin = clock_now();
    if (conn_open(arena, dsn, conn, err) != 0)
        return -1;
    int64_t connected = clock_now();
    if (conn_query(conn, arena, sql_database_facts, NULL, 0, &rows, err) != 0)
        return -1;
    *facts = (struct database_facts){
        .server_version = rows_get(&rows, 0, 0), .name = rows_get(&rows, 0, 1), .user = rows_get(&rows, 0, 2),
        .standby = truth(&rows, 0, 3), .read_only = truth(&rows, 0, 4), .may_create = truth(&rows, 0, 5),
        .size = rows_get(&rows, 0, 6), .bytes = number(&rows, 0, 7), .connect_time = connected - begin,
        .round_trip = clock_now() - connected};
    return 0;
}

int database_list_schemas(struct arena *arena, struct conn *conn, struct database_schemas *schemas, struct err *err)
{
    struct rows rows;
    if (conn_query(conn, arena, sql_database_schemas, NULL, 0, &rows, err) != 0)
        return -1;
    for (size_t i = 0; i < rows.count; i++)
        *vec_add(arena, schemas) = (struct database_schema){rows_get(&rows, i, 0), rows_get(&rows, i, 1),
                                                            number(&rows, i, 2), number(&rows, i, 3)};
    return 0;
}
