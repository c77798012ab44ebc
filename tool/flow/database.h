/*
 * Databases as a whole: made, dropped, looked at.  Migrations and their state are flow/apply.h's matter.
 *
 * Nothing here asks for consent; cli/consent.h does, before.
 */
#ifndef FLOW_DATABASE_H
#define FLOW_DATABASE_H

#include "model/catalog.h"
#include "pg/conn.h"

#include <stdint.h>

/* Its name, also where only PGDATABASE or the user's name say it.  ERR_USAGE when nothing does. */
int database_name(struct arena *arena, const struct dsn *dsn, const char **name, struct err *err);

/* Creates it; *made is false when it was there.  Errors: ERR_PERMISSION, ERR_CONNECTION. */
int database_create(struct arena *arena, const struct dsn *dsn, bool *made, struct err *err);

/*
 * Drops it; *dropped is false when it was not there.  `force` ends the sessions that use it.
 * Errors: ERR_POLICY for a database of the server itself (postgres, template0, template1); ERR_LOCK with the
 * sessions that use it.
 */
int database_drop(struct arena *arena, const struct dsn *dsn, bool force, bool *dropped, struct err *err);

struct database_facts {
    const char *server_version, *name, *user, *size;
    int64_t bytes;
    int64_t connect_time, round_trip; /* microseconds */
    bool standby, read_only, may_create;
};

/* Connects (the connection is left open) and asks. */
int database_facts(struct arena *arena, const struct dsn *dsn, struct conn *conn, struct database_facts *facts,
                   struct err *err);

struct database_schema {
    const char *name, *owner;
    int64_t tables, bytes;
};
VEC(database_schemas, struct database_schema);

struct database_table {
    const char *schema, *name;
    int64_t bytes;
    int64_t rows;      /* estimated, or counted by database_count; -1: not known */
    bool readable, partitioned;
};
VEC(database_tables, struct database_table);

/* All but the system's. */
int database_list_schemas(struct arena *arena, struct conn *conn, struct database_schemas *schemas, struct err *err);

/* The tables of the services' schemas; of the current schema in plain mode. */
int database_list_tables(struct arena *arena, struct conn *conn, const struct catalog *catalog,
                         struct database_tables *tables, struct err *err);

/* Counts the rows of all tables exactly, at one instant; -1 for those that may not be read. */
int database_count(struct arena *arena, struct conn *conn, struct database_tables *tables, struct err *err);

/*
 * Drops what the services made, in one transaction: their schemas with all that is in them, and golang-migrate's
 * tables of theirs elsewhere.  In plain mode, and for a service whose schema is public: everything in that schema
 * but the schema itself and what extensions brought.  `dropped` says what, for people.
 * Errors: ERR_PERMISSION when something there belongs to another role: then nothing is dropped.
 */
int database_clean(struct arena *arena, struct conn *conn, const struct catalog *catalog, struct strings *dropped,
                   struct err *err);

#endif
