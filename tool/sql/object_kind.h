/* The kinds of objects, with the word of SQL for each. */
#ifndef SQL_OBJECT_KIND_H
#define SQL_OBJECT_KIND_H

#define OBJECT_KINDS_LIST(X)                                                                                     \
    X(NONE, "") X(TABLE, "TABLE") X(VIEW, "VIEW") X(MATERIALIZED_VIEW, "MATERIALIZED VIEW")                       \
    X(FOREIGN_TABLE, "FOREIGN TABLE") X(INDEX, "INDEX") X(SEQUENCE, "SEQUENCE") X(COLUMN, "COLUMN")               \
    X(CONSTRAINT, "CONSTRAINT") X(SCHEMA, "SCHEMA") X(TYPE, "TYPE") X(DOMAIN, "DOMAIN") X(FUNCTION, "FUNCTION")   \
    X(TRIGGER, "TRIGGER") X(RULE, "RULE") X(POLICY, "POLICY") X(EXTENSION, "EXTENSION")                           \
    X(STATISTICS, "STATISTICS") X(DATABASE, "DATABASE") X(TABLESPACE, "TABLESPACE") X(SYSTEM, "SYSTEM")           \
    X(ROLE, "ROLE") X(OTHER, "object")

enum object_kind {
#define X(name, text) OBJECT_##name,
    OBJECT_KINDS_LIST(X)
#undef X
    OBJECT_KINDS
};

extern const char *const object_kind_names[OBJECT_KINDS]; /* "TABLE" … */

#endif
