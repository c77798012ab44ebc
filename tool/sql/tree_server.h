/*
 * The one door to the server's headers, which tell the shape of the tree that libpg_query makes.
 *
 * They must be those of the major whose grammar the library brings.
 */
#ifndef SQL_TREE_SERVER_H
#define SQL_TREE_SERVER_H

#include "sql/object_kind.h"

#include <pg_query.h>

enum { TREE_GRAMMAR_MAJOR = PG_VERSION_NUM / 10000 };

/* Both the library and the server's headers say what their version is. */
#undef PG_MAJORVERSION
#undef PG_VERSION
#undef PG_VERSION_NUM

/* The server's names of objects, where ours are the same. */
#define OBJECT_COLUMN PG_OBJECT_COLUMN
#define OBJECT_DATABASE PG_OBJECT_DATABASE
#define OBJECT_DOMAIN PG_OBJECT_DOMAIN
#define OBJECT_EXTENSION PG_OBJECT_EXTENSION
#define OBJECT_FOREIGN_TABLE PG_OBJECT_FOREIGN_TABLE
#define OBJECT_FUNCTION PG_OBJECT_FUNCTION
#define OBJECT_INDEX PG_OBJECT_INDEX
#define OBJECT_POLICY PG_OBJECT_POLICY
#define OBJECT_ROLE PG_OBJECT_ROLE
#define OBJECT_RULE PG_OBJECT_RULE
#define OBJECT_SCHEMA PG_OBJECT_SCHEMA
#define OBJECT_SEQUENCE PG_OBJECT_SEQUENCE
#define OBJECT_TABLE PG_OBJECT_TABLE
#define OBJECT_TABLESPACE PG_OBJECT_TABLESPACE
#define OBJECT_TRIGGER PG_OBJECT_TRIGGER
#define OBJECT_TYPE PG_OBJECT_TYPE
#define OBJECT_VIEW PG_OBJECT_VIEW
#include <postgres.h>
_Static_assert(PG_VERSION_NUM / 10000 == TREE_GRAMMAR_MAJOR,
               "the server's headers are of another PostgreSQL than libpg_query's grammar: install "
               "postgresql-server-dev-NN of the major that pg_query.h says (scripts/bootstrap does)");
_Static_assert(TREE_GRAMMAR_MAJOR >= 15, "the grammar must be that of PostgreSQL 15 or newer: install a newer libpg_query");
#include <nodes/nodeFuncs.h>
#include <nodes/parsenodes.h>
#include <pg_query/pg_query_internal.h>
#undef OBJECT_COLUMN
#undef OBJECT_DATABASE
#undef OBJECT_DOMAIN
#undef OBJECT_EXTENSION
#undef OBJECT_FOREIGN_TABLE
#undef OBJECT_FUNCTION
#undef OBJECT_INDEX
#undef OBJECT_POLICY
#undef OBJECT_ROLE
#undef OBJECT_RULE
#undef OBJECT_SCHEMA
#undef OBJECT_SEQUENCE
#undef OBJECT_TABLE
#undef OBJECT_TABLESPACE
#undef OBJECT_TRIGGER
#undef OBJECT_TYPE
#undef OBJECT_VIEW

#endif
