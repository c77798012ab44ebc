/* What statements define: names, types, columns, constraints, keys, partition bounds, as they are written. */
#ifndef SQL_DEFINITION_H
#define SQL_DEFINITION_H

#include "sql/expression.h"
#include "sql/lock_mode.h"

struct object_name {
    const char *schema;  /* NULL: not written */
    const char *name;
};
VEC(object_names, struct object_name);

/* A relation that a statement reads or writes besides the one that it is about; names of WITH are not among them. */
struct relation_use {
    struct object_name name;
    size_t at;
    enum lock_mode lock;   /* ACCESS SHARE for reading, ROW SHARE for FOR UPDATE, ROW EXCLUSIVE for writing */
};
VEC(relation_uses, struct relation_use);

struct type_name {
    const char *schema;    /* "pg_catalog" for types with a grammar of their own: int is pg_catalog.int4 */
    const char *name;      /* "int4", "varchar", "bpchar", "timestamptz", "serial" … */
    int modifiers[2];      /* varchar(10), numeric(10,2); interval has the server's mask first */
    int modifier_count;
    int dimensions;        /* of an array; 0: none */
    size_t at;
};

enum constraint_kind {
    CONSTRAINT_CHECK, CONSTRAINT_FOREIGN_KEY, CONSTRAINT_UNIQUE, CONSTRAINT_PRIMARY_KEY, CONSTRAINT_EXCLUSION,
    CONSTRAINT_NOT_NULL  /* as a constraint of the table: PostgreSQL 18 */
};

struct constraint_def {
    enum constraint_kind kind;
    size_t at;
    const char *name;              /* NULL: the server chooses */
    struct strings columns;        /* of one written at a column: that column */
    struct expression *check;
    struct object_name referenced; /* FOREIGN KEY */
    struct strings referenced_columns; /* empty: its primary key */
    bool on_delete_cascade;
    const char *options;           /* of a key, as SQL behind it: " ON DELETE SET NULL DEFERRABLE"; "" for none */
    bool not_valid;
    bool deferrable;               /* UNIQUE, PRIMARY KEY, EXCLUDE: ON CONFLICT cannot go by it */
    bool no_inherit;
    bool on_column;                /* written at a column */
    const char *using_index;       /* UNIQUE, PRIMARY KEY USING INDEX */
};
VEC(constraint_defs, struct constraint_def);

enum generated { GENERATED_NOT, GENERATED_STORED, GENERATED_VIRTUAL };

struct column_def {
    size_t at;
    const char *name;
    struct type_name type;
    const char *collation;               /* NULL: not written */
    bool not_null;                       /* NOT NULL or PRIMARY KEY is written */
    struct expression *default_value;    /* NULL: none; DEFAULT NULL is an expression that is null */
    char identity;                       /* 'a' ALWAYS, 'd' BY DEFAULT, 0 */
    enum generated generated;
    struct expression *generated_from;
    struct constraint_defs constraints;  /* UNIQUE, PRIMARY KEY, CHECK, REFERENCES at the column */
};
VEC(column_defs, struct column_def);

/* A column or expression of an index, of PARTITION BY, or of ON CONFLICT. */
struct key_part {
    const char *column;            /* NULL: an expression */
    struct expression *expression;
    const char *text;              /* of an index: as it is written, with what is said behind it: "lower(email) DESC" */
};
VEC(key_parts, struct key_part);

/* WHEN … THEN of MERGE. */
struct merge_clause {
    char change;                   /* 'i' INSERT, 'u' UPDATE, 'd' DELETE, 'n' DO NOTHING */
    bool matched;
    const char *condition;         /* as it is written; NULL: none, or not known */
    struct strings columns;        /* that are changed */
};
VEC(merge_clauses, struct merge_clause);

struct partition_bound {
    char strategy;                 /* 'l' list, 'r' range, 'h' hash */
    struct strings values;         /* list: the constants as text, NULL for NULL */
    struct strings from, to;       /* range: constants as text; NULL for MINVALUE, MAXVALUE */
    bool understood;               /* every value is a constant */
};

#endif
