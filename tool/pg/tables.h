/*
 * The state tables of one service: their names, ready to be put into SQL, and their making.
 *
 * Names that come from users reach SQL only from here, quoted.  SQL files name them in braces: {state},
 * {executions}, {history}, {journal}, {version_table}, {schema} ….
 */
#ifndef PG_TABLES_H
#define PG_TABLES_H

#include "model/state.h"
#include "pg/conn.h"

struct tables {
    const char *service;         /* what service_name holds */
    const char *schema;          /* unquoted */
    const char *version_schema, *version_name; /* of golang-migrate's table, unquoted */
    bool version_exists;
};

/* A statement of tool/pg/sql with its names filled in. */
char *tables_fill(struct arena *arena, const struct tables *tables, const char *sql);

/* One more placeholder, {name}, replaced by a statement that is filled in itself later. */
char *sql_insert(struct arena *arena, const char *sql, const char *placeholder, const char *text);

/*
 * Creates what is missing (schema, skein's tables, golang-migrate's table), in one transaction.  An older table
 * named migration_executions, of other columns, is kept as migration_executions_before_skein and its rows are
 * carried over.  A version table that is created says what the records say: an empty one would mean that nothing is
 * applied, and everything would run a second time.  Needs the lock.  Errors: ERR_PERMISSION with the missing privilege, ERR_DRIFT for a table of
 * another tool under one of our names.
 */
int tables_create(struct conn *conn, const struct tables *tables, struct err *err);

#endif
