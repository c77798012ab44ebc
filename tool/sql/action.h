/*
 * What statements do, as plain facts: PostgreSQL's own parse tree, flattened.
 *
 * A statement becomes one action or several: each subcommand of ALTER TABLE is one, each object of a DROP, each
 * table of a TRUNCATE.  What DO blocks and functions hold comes along as actions of its own.  Names are as the
 * server takes them: folded, unquoted, cut to 63 bytes.  Nothing is resolved here; model/schema.h knows what a
 * name means at a moment.
 *
 * Everything lives in the arena that actions_read was given.
 */
#ifndef SQL_ACTION_H
#define SQL_ACTION_H

#include "base/arena.h"
#include "base/vec.h"
#include "sql/expression.h"
#include "sql/lock_mode.h"

#include <stdbool.h>
#include <stddef.h>

/* The kinds, with the names that rules use.  In the order of enum action_kind. */
#define ACTION_KINDS_LIST(X)                                                                                     \
    X(CREATE_TABLE, "create-table")                                                                              \
    X(CREATE_TABLE_AS, "create-table-as")              /* SELECT INTO too */                                     \
    X(CREATE_VIEW, "create-view")                                                                                \
    X(CREATE_MATERIALIZED_VIEW, "create-materialized-view")                                                      \
    X(CREATE_FOREIGN_TABLE, "create-foreign-table")                                                              \
    X(CREATE_SEQUENCE, "create-sequence")                                                                        \
    X(CREATE_INDEX, "create-index")                                                                              \
    X(CREATE_SCHEMA, "create-schema")                                                                            \
    X(CREATE_ENUM, "create-enum")                                                                                \
    X(CREATE_DOMAIN, "create-domain")                                                                            \
    X(CREATE_TYPE, "create-type")                      /* composite, range, base */                              \
    X(CREATE_FUNCTION, "create-function")              /* procedures and aggregates too */                       \
    X(CREATE_TRIGGER, "create-trigger")                                                                          \
    X(CREATE_RULE, "create-rule")                                                                                \
    X(CREATE_POLICY, "create-policy")                                                                            \
    X(CREATE_EXTENSION, "create-extension")                                                                      \
    X(CREATE_STATISTICS, "create-statistics")                                                                    \
    X(CREATE_DATABASE, "create-database")                                                                        \
    X(CREATE_TABLESPACE, "create-tablespace")                                                                    \
    X(CREATE_SUBSCRIPTION, "create-subscription")                                                                \
    X(CREATE_OTHER, "create-other")                                                                              \
    X(DROP, "drop")                                    /* object says what; one action per object */             \
    X(DROP_OWNED, "drop-owned")                                                                                  \
    X(ADD_COLUMN, "add-column")                                                                                  \
    X(DROP_COLUMN, "drop-column")                                                                                \
    X(ALTER_COLUMN_TYPE, "alter-column-type")                                                                    \
    X(SET_DEFAULT, "set-default")                                                                                \
    X(DROP_DEFAULT, "drop-default")                                                                              \
    X(SET_NOT_NULL, "set-not-null")                                                                              \
    X(DROP_NOT_NULL, "drop-not-null")                                                                            \
    X(DROP_EXPRESSION, "drop-expression")                                                                        \
    X(SET_EXPRESSION, "set-expression")                /* PostgreSQL 17 */                                       \
    X(ADD_IDENTITY, "add-identity")                                                                              \
    X(ALTER_IDENTITY, "alter-identity")                                                                          \
    X(DROP_IDENTITY, "drop-identity")                                                                            \
    X(ADD_CONSTRAINT, "add-constraint")                                                                          \
    X(ALTER_CONSTRAINT, "alter-constraint")                                                                      \
    X(VALIDATE_CONSTRAINT, "validate-constraint")                                                                \
    X(DROP_CONSTRAINT, "drop-constraint")                                                                        \
    X(ATTACH_PARTITION, "attach-partition")            /* of an index too: object is OBJECT_INDEX */             \
    X(DETACH_PARTITION, "detach-partition")                                                                      \
    X(SET_LOGGED, "set-logged")                                                                                  \
    X(SET_UNLOGGED, "set-unlogged")                                                                              \
    X(SET_TABLESPACE, "set-tablespace")                                                                          \
    X(SET_ACCESS_METHOD, "set-access-method")                                                                    \
    X(SET_OPTIONS, "set-options")                      /* SET (…), RESET (…) of a relation */                    \
    X(SET_STATISTICS, "set-statistics")                                                                          \
    X(SET_STORAGE, "set-storage")                                                                                \
    X(SET_COMPRESSION, "set-compression")                                                                        \
    X(SET_COLUMN_OPTIONS, "set-column-options")                                                                  \
    X(CLUSTER_ON, "cluster-on")                        /* and SET WITHOUT CLUSTER */                             \
    X(TOGGLE_TRIGGER, "toggle-trigger")                /* ENABLE, DISABLE TRIGGER */                             \
    X(TOGGLE_RULE, "toggle-rule")                                                                                \
    X(TOGGLE_ROW_SECURITY, "toggle-row-security")      /* ENABLE, DISABLE, FORCE … */                            \
    X(REPLICA_IDENTITY, "replica-identity")                                                                      \
    X(INHERIT, "inherit")                                                                                        \
    X(NO_INHERIT, "no-inherit")                                                                                  \
    X(OWNER, "owner")                                                                                            \
    X(ALTER_TABLE_OTHER, "alter-table-other")                                                                    \
    X(RENAME, "rename")                                /* object says what; column for columns */                \
    X(SET_SCHEMA, "set-schema")                                                                                  \
    X(ALTER_SEQUENCE, "alter-sequence")                                                                          \
    X(ADD_ENUM_VALUE, "add-enum-value")                                                                          \
    X(RENAME_ENUM_VALUE, "rename-enum-value")                                                                    \
    X(ALTER_DOMAIN_SET_NOT_NULL, "alter-domain-set-not-null")                                                    \
    X(ALTER_DOMAIN_DROP_NOT_NULL, "alter-domain-drop-not-null")                                                  \
    X(ALTER_DOMAIN_ADD_CONSTRAINT, "alter-domain-add-constraint")                                                \
    X(ALTER_DOMAIN_VALIDATE_CONSTRAINT, "alter-domain-validate-constraint")                                      \
    X(ALTER_DOMAIN_OTHER, "alter-domain-other")                                                                  \
    X(ALTER_FUNCTION, "alter-function")                                                                          \
    X(ALTER_SYSTEM, "alter-system")                                                                              \
    X(ALTER_OTHER, "alter-other")                                                                                \
    X(COMMENT, "comment")                                                                                        \
    X(GRANT, "grant")                                  /* REVOKE too */                                          \
    X(TRUNCATE, "truncate")                                                                                      \
    X(CLUSTER, "cluster")                                                                                        \
    X(VACUUM, "vacuum")                                                                                          \
    X(ANALYZE, "analyze")                                                                                        \
    X(REINDEX, "reindex")                                                                                        \
    X(REFRESH, "refresh")                              /* REFRESH MATERIALIZED VIEW */                           \
    X(LOCK, "lock")                                    /* LOCK TABLE, one per table */                           \
    X(SELECT, "select")                                                                                          \
    X(INSERT, "insert")                                                                                          \
    X(UPDATE, "update")                                                                                          \
    X(DELETE, "delete")                                                                                          \
    X(MERGE, "merge")                                                                                            \
    X(COPY, "copy")                                                                                              \
    X(CALL, "call")                                                                                              \
    X(DO, "do")                                        /* its actions come behind it */                          \
    X(SET, "set")                                      /* SET, RESET, set_config() of a constant */              \
    X(BEGIN, "begin")                                                                                            \
    X(COMMIT, "commit")                                                                                          \
    X(ROLLBACK, "rollback")                                                                                      \
    X(SAVEPOINT, "savepoint")                                                                                    \
    X(ROLLBACK_TO, "rollback-to")                                                                                \
    X(RELEASE, "release")                                                                                        \
    X(EXECUTE, "execute")                              /* dynamic SQL: what it does is not known */              \
    X(OTHER, "other")                                                                                            \
    X(END, "end")                                      /* of the text; actions_read adds it last */

enum action_kind {
#define X(name, text) ACTION_##name,
    ACTION_KINDS_LIST(X)
#undef X
    ACTION_KINDS
};

extern const char *const action_kind_names[ACTION_KINDS]; /* "create-table" … */

/* What an object is, with the word of SQL for it. */
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

/* Words of a statement that change what it means. */
enum action_flag {
    FLAG_IF_EXISTS = 1 << 0,
    FLAG_IF_NOT_EXISTS = 1 << 1,
    FLAG_OR_REPLACE = 1 << 2,
    FLAG_CASCADE = 1 << 3,
    FLAG_CONCURRENTLY = 1 << 4,
    FLAG_ONLY = 1 << 5,              /* ON ONLY, ALTER TABLE ONLY */
    FLAG_TEMPORARY = 1 << 6,
    FLAG_UNLOGGED = 1 << 7,
    FLAG_ON_COMMIT_DROP = 1 << 8,
    FLAG_UNIQUE = 1 << 9,            /* of an index */
    FLAG_PARTIAL = 1 << 10,          /* an index with WHERE */
    FLAG_NO_DATA = 1 << 11,          /* WITH NO DATA */
    FLAG_WHERE = 1 << 12,            /* UPDATE, DELETE with a condition */
    FLAG_FULL = 1 << 13,             /* VACUUM FULL */
    FLAG_FINALIZE = 1 << 14,         /* DETACH … FINALIZE */
    FLAG_DEFAULT_PARTITION = 1 << 15,/* FOR VALUES of it is DEFAULT */
    FLAG_PLACED = 1 << 16,           /* ADD VALUE … BEFORE or AFTER */
    FLAG_LOCAL = 1 << 17,            /* SET LOCAL */
    FLAG_RESET = 1 << 18,            /* RESET, SET … TO DEFAULT */
    FLAG_CHAIN = 1 << 19,            /* COMMIT, ROLLBACK AND CHAIN */
    FLAG_READS_ROWS = 1 << 20,       /* INSERT … SELECT, UPDATE … FROM: rows come out of tables */
    FLAG_ENABLE = 1 << 21,           /* of the TOGGLE kinds: ENABLE, FORCE */
    FLAG_ALL = 1 << 22,              /* every table: CLUSTER, VACUUM without a name */
    FLAG_CREATES_SLOT = 1 << 23,     /* of a subscription */
    FLAG_NOWAIT = 1 << 24,
    FLAG_LIKE_ALL = 1 << 25,         /* CREATE TABLE (LIKE … INCLUDING DEFAULTS/CONSTRAINTS/INDEXES/ALL) */
    FLAG_VOLATILE = 1 << 26,         /* a function that is not declared STABLE or IMMUTABLE */
};

/* Where an action stands in what runs. */
enum action_place {
    PLACE_STATEMENT,   /* the file's own statement */
    PLACE_DO,          /* in a DO block, always reached */
    PLACE_BRANCH,      /* in a DO block under IF, CASE, a loop or EXCEPTION: it may happen or not */
    PLACE_BODY         /* in the body of a function: it happens when that is called */
};

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
    bool not_valid;
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
};
VEC(key_parts, struct key_part);

struct partition_bound {
    char strategy;                 /* 'l' list, 'r' range, 'h' hash */
    struct strings values;         /* list: the constants as text, NULL for NULL */
    struct strings from, to;       /* range: constants as text; NULL for MINVALUE, MAXVALUE */
    bool understood;               /* every value is a constant */
};

struct action {
    enum action_kind kind;
    enum object_kind object;       /* what `name` is */
    enum action_place place;
    unsigned flags;                /* enum action_flag */
    size_t statement;              /* number of the file's statement in its text, from 0: subcommands share one */
    size_t at;                     /* byte offset in the text of what acts: the subcommand, else the statement */
    size_t start, length;          /* of the file's statement, without leading comments and without its ';' */

    struct object_name name;       /* the object: the table of ALTER TABLE, the index of DROP INDEX, the trigger … */
    size_t name_at;                /* where the name stands; start where the tree does not tell */
    struct object_name table;      /* the table of an index, trigger, rule, policy, constraint; the parent of a partition
                                      for CREATE TABLE … PARTITION OF; the partition for ATTACH and DETACH (whose name
                                      is the parent); the owner's table for OWNED BY; the source of LIKE */
    struct strings names;          /* values of an enum; arguments of SET; tables of a list that is not taken apart;
                                      types of a function's arguments; columns of OWNED BY, INSERT */
    const char *column;            /* of ALTER COLUMN, DROP COLUMN, RENAME COLUMN, COMMENT ON COLUMN */
    const char *text;              /* the new name of RENAME; the new schema; the constraint of ADD, DROP, VALIDATE,
                                      RENAME CONSTRAINT; the setting's value of SET; the index of CLUSTER; the language
                                      of a function; the value of ADD VALUE; the options' names of SET (…) */
    const char *text2;             /* the new value of RENAME VALUE; the neighbour of ADD VALUE BEFORE/AFTER; the
                                      access method of an index ("btree") */
    struct column_defs columns;    /* of CREATE TABLE, ADD COLUMN (one), a composite type */
    struct constraint_defs constraints; /* of CREATE TABLE (the table's; columns have their own), ADD CONSTRAINT (one),
                                           a domain */
    struct type_name type;         /* of ALTER COLUMN TYPE, a domain, a function's result */
    struct expression *expression; /* DEFAULT of SET DEFAULT, USING of ALTER TYPE, WHERE of an index or of DML */
    struct key_parts keys;         /* of an index, of PARTITION BY */
    struct strings including;      /* INCLUDE (…) of an index */
    char partition_by;             /* 'l', 'r', 'h' of CREATE TABLE … PARTITION BY; 0: not partitioned */
    struct partition_bound bound;  /* of PARTITION OF and ATTACH PARTITION */
    struct object_names parents;   /* INHERITS */
    enum lock_mode lock;           /* of LOCK TABLE; of SELECT … FOR UPDATE, ROW SHARE */
    struct relation_uses uses;     /* relations read or written besides; also those a view or a function's body uses */
    struct calls calls;            /* functions that run: in a query's target list, in DEFAULT of SET …, CALL */
    struct object_names assigned_twice; /* columns that UPDATE SET, INSERT (…), MERGE, CREATE TABLE name twice; the
                                           schema is NULL */
    struct offsets assigned_at;    /* where each of them stands */
    struct object_name body_of;    /* PLACE_BODY: the function */
};
VEC(actions, struct action);

/* A part of the text that is not SQL by the grammar here. */
struct action_fault {
    size_t offset;
    const char *message;   /* "syntax error at or near \"selec\"" */
};
VEC(action_faults, struct action_fault);

/*
 * Reads a text: actions in the order in which they happen, the last one ACTION_END.  A statement that does not parse
 * is a fault, and the others are read all the same.  Nothing is refused and nothing recurses without bound: an
 * expression that is too deep is `opaque`, a body that cannot be read gives ACTION_EXECUTE.
 * `text` is valid UTF-8 without NUL, and ends with one.
 */
void actions_read(struct arena *arena, const char *text, size_t length, struct actions *actions,
                  struct action_faults *faults);

#endif
