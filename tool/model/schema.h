/*
 * The simulated schema: what a database holds at a moment of a chain of migrations, as far as their SQL tells.
 *
 * Actions are applied one after the other, as the server would run them.  What the chain did not make is not known:
 * a relation that is only mentioned is there with `complete` false, and facts about it are TRUTH_UNKNOWN.
 * Transactions, savepoints and trials (schema_mark) can be taken back, in time proportional to what they did.
 *
 * Everything lives in the schema's arena.
 */
#ifndef MODEL_SCHEMA_H
#define MODEL_SCHEMA_H

#include "base/map.h"
#include "sql/action.h"
#include "sql/truth.h"

struct migration;

enum relation_kind {
    RELATION_TABLE, RELATION_VIEW, RELATION_MATERIALIZED_VIEW, RELATION_FOREIGN_TABLE, RELATION_INDEX,
    RELATION_SEQUENCE, RELATION_COMPOSITE, RELATION_UNKNOWN
};

struct column {
    const char *name;
    struct type_name type;       /* name NULL: not known */
    const char *collation;
    enum truth not_null;
    bool has_default, identity;
    enum generated generated;
    bool dropped;
    size_t transaction;          /* the one that added it; 0: unknown */
    const struct migration *migration; /* the one that added it; NULL: unknown */
};
VEC(columns, struct column);

struct constraint {
    const char *name;            /* as the server names it where it chooses (t_a_check, t_pkey …) */
    enum constraint_kind kind;
    struct strings columns;
    const struct expression *check; /* NULL: not known */
    struct relation *referenced;
    enum truth valid;
    enum truth understood;       /* TRUTH_NO: only its name is known */
    struct relation *index;      /* of UNIQUE, PRIMARY KEY, EXCLUDE */
    size_t transaction;          /* that added it; 0: unknown */
    size_t validated_in;         /* transaction of VALIDATE; 0: none, or unknown */
    bool dropped;
};
VEC(constraints, struct constraint);

struct relation;
VEC(relation_refs, struct relation *);

struct relation {
    const char *schema, *name;   /* schema "pg_temp" for temporary ones */
    enum relation_kind kind;
    bool exists;                 /* false: dropped, renamed away, or rolled back */
    bool complete;               /* made by this chain: nothing about it is unknown */
    bool temporary, unlogged;
    char partition_by;           /* 0: not partitioned; with complete false: not known */
    struct key_parts partition_keys;
    struct relation *parent;     /* of a partition; for an index: its table */
    struct partition_bound bound;
    struct relation_refs partitions, indexes, views; /* views: those that read it */
    struct relation *default_partition;
    struct columns columns;      /* dropped ones stay, marked */
    struct constraints constraints;
    struct relation_refs referencing; /* tables with a foreign key to this one, each once */
    struct key_parts keys;       /* of an index */
    struct strings including;
    unsigned flags;              /* of an index: FLAG_UNIQUE, FLAG_PARTIAL */
    const char *method;          /* of an index: "btree" */
    enum truth valid;            /* of an index */
    enum truth has_rows;         /* TRUTH_NO: nothing was put into it since it was made */
    const char *owner_column;    /* of a sequence: OWNED BY, serial, identity; parent is its table */
    const struct migration *created_by; /* NULL: not by this chain */
    size_t transaction;          /* that made it; 0: none of this chain */
    size_t made_by_statement;    /* number in schema->statements; 0: unknown */
};

enum type_kind { TYPE_ENUM, TYPE_DOMAIN, TYPE_COMPOSITE, TYPE_OTHER };

struct type {
    const char *schema, *name;
    enum type_kind kind;
    bool exists, complete;
    struct strings labels;        /* of an enum */
    struct strings new_labels;    /* added by ADD VALUE in the open transaction: not to be used before COMMIT */
    struct type_name base;        /* of a domain */
    bool constrained;             /* of a domain: NOT NULL or CHECK */
    const struct migration *created_by;
    size_t transaction;
};

struct function {
    const char *schema, *name;
    bool exists;
    enum truth is_volatile;       /* of any overload */
    struct actions body;          /* DDL and DML of its body, PLACE_BODY */
    const struct migration *created_by;
    size_t transaction;
};

struct schema_namespace {
    const char *name;
    bool exists;
    const struct migration *created_by;
};

/* A lock that the open transaction holds on a relation that was there before it. */
struct held_lock {
    struct relation *relation;
    enum lock_mode mode;          /* the strongest */
    size_t statement;             /* that took this mode; number in schema->statements */
    size_t alterations;           /* ALTER TABLE statements on it so far in this transaction */
};
VEC(held_locks, struct held_lock);

/* A setting as far as the chain and the run say. */
struct session_setting {
    const char *name, *value;     /* value NULL: the server's default */
    bool local;
};
VEC(session_settings, struct session_setting);

struct schema_change;             /* what taking back needs */

struct schema {
    struct arena *arena;
    struct map relations;         /* "schema.name" → struct relation * */
    struct map types, functions, namespaces, extensions;
    struct strings search_path;   /* as in force */
    struct strings default_path;  /* what RESET search_path gives */
    int server_version;           /* major */
    const struct migration *migration; /* the one that runs */
    const char *service;               /* its service; NULL: none */

    bool in_transaction;          /* an explicit one, or that of the run */
    size_t transaction;           /* number of the current one: outside of transactions each statement has its own */
    size_t statements;            /* run so far, from 1 */
    struct held_locks locks;      /* of the open transaction, in the order of their taking */
    size_t foreign_keys_added;    /* in the open transaction, to different relations that were there before */
    struct session_settings settings;
    bool unknown_happened;        /* dynamic SQL ran: relations may exist that are not known */

    struct schema_change *changes;     /* the log of old values, while a mark is open */
    size_t change_count, change_room, marks;
};

/* An empty database: schema public, search_path as given (may be empty: public alone). */
void schema_init(struct schema *schema, struct arena *arena, const struct strings *search_path, int server_version);

/*
 * Applies an action.  Actions of PLACE_BRANCH and PLACE_BODY happen or not: what they make or drop becomes unknown
 * rather than certain.  BEGIN, COMMIT, ROLLBACK and savepoints open, keep and take back transactions; a temporary
 * table of ON COMMIT DROP goes with its transaction.  Texts and expressions of the action are copied where they are
 * kept.
 */
void schema_apply(struct schema *schema, const struct action *action);

/* The transaction of the run around a file: opened, and committed.  A BEGIN of the file in it opens nothing new. */
void schema_begin(struct schema *schema);
void schema_commit(struct schema *schema);

/* Back to a moment: marks are taken and undone in the order of a stack. */
size_t schema_mark(struct schema *schema);
void schema_undo(struct schema *schema, size_t mark);
void schema_keep(struct schema *schema, size_t mark);

/* What a name means now: by its schema, else along search_path (pg_temp first).  NULL: not known here. */
struct relation *schema_relation(const struct schema *schema, const struct object_name *name);
struct type *schema_type(const struct schema *schema, const struct object_name *name);
struct function *schema_function(const struct schema *schema, const struct object_name *name);

/* The schema in which an object of that name would be made. */
const char *schema_creation_schema(const struct schema *schema, const struct object_name *name);

struct column *relation_column(const struct relation *relation, const char *name);       /* NULL: not known */
struct constraint *relation_constraint(const struct relation *relation, const char *name); /* NULL: not known */

/* Made by the transaction that is still open: nobody else can see it. */
bool relation_is_new(const struct schema *schema, const struct relation *relation);

/*
 * Is every row's column proven not to be null, so that SET NOT NULL scans nothing?  Yes: it is NOT NULL already, or a
 * valid CHECK says so and the server is 12 or newer.  Unknown: a validated constraint of which only the name is
 * known, and that names the column.  No: nothing proves it.
 */
enum truth relation_proves_not_null(const struct schema *schema, const struct relation *relation, const char *column);

/* The value in force: of the open transaction's SET LOCAL, SET, or what the run sets.  NULL: the server's default. */
const char *schema_setting(const struct schema *schema, const char *name);

/* What the run itself sets before a file: lock_timeout and statement_timeout of its environment. */
void schema_set(struct schema *schema, const char *name, const char *value);

/* Is the default VOLATILE (sql/volatility.h for PostgreSQL's own functions, the chain's for others)? */
enum truth schema_expression_is_volatile(const struct schema *schema, const struct expression *expression);

#endif
