/* What a simulated schema holds: relations with their columns, constraints and indexes. */
#ifndef SCHEMA_RELATION_H
#define SCHEMA_RELATION_H

#include "schema/type.h"

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
    const char *default_text;    /* as it is written; NULL: none, or not known */
    const char *generated_text;
    const char *comment;         /* of COMMENT ON COLUMN */
    bool own;                    /* its table defines it, and not only a parent of that */
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
    struct strings referenced_columns; /* as written; empty: the primary key of `referenced` */
    enum truth valid;
    enum truth understood;       /* TRUTH_NO: only its name is known */
    bool on_delete_cascade;
    bool deferrable;
    struct relation *index;      /* of UNIQUE, PRIMARY KEY, EXCLUDE */
    size_t transaction;          /* that added it; 0: unknown */
    size_t validated_in;         /* transaction of VALIDATE; 0: none, or unknown */
    bool dropped;
};
VEC(constraints, struct constraint);

/* A transaction that took ACCESS EXCLUSIVE on a relation that others could see, and with which of its statements. */
struct exclusive { size_t transaction, statement; };
VEC(exclusives, struct exclusive);

struct relation {
    const char *schema, *name;   /* schema "pg_temp" for temporary ones */
    enum relation_kind kind;
    bool exists;                 /* false: dropped, renamed away, or rolled back */
    bool complete;               /* made by this chain: nothing about it is unknown */
    bool temporary, unlogged, row_security;
    char partition_by;           /* 0: not partitioned; with complete false: not known */
    struct key_parts partition_keys;
    struct relation *parent;     /* of a partition; for an index: its table */
    struct partition_bound bound;
    struct relation_refs partitions, indexes, views; /* views: those that read it */
    struct relation_refs children, parents; /* by INHERITS; of indexes: parts, and what it is a part of */
    struct relation_refs sequences, reads;  /* that its columns own; of a view: what it reads */
    struct relation *default_partition;
    struct columns columns;      /* dropped ones stay, marked */
    struct constraints constraints;
    struct relation_refs referencing; /* tables with a foreign key to this one, each once */
    struct key_parts keys;       /* of an index */
    struct strings including;
    const struct expression *predicate; /* of a partial index */
    unsigned flags;              /* of an index: UNIQUE, PARTIAL, CONCURRENTLY, ONLY; else FLAG_ON_COMMIT_DROP */
    const char *method;          /* of an index: "btree" */
    enum truth valid;            /* of an index */
    enum truth has_rows;         /* what the migrations put there; see relation_holds_rows */
    const char *comment;         /* of COMMENT ON; NULL: none */
    const char *owner_column;    /* of a sequence: OWNED BY, serial, identity; parent is its table */
    const struct migration *created_by; /* NULL: not by this chain */
    size_t transaction;          /* that made it; 0: none of this chain */
    size_t made_by_statement;    /* number in schema->statements; 0: unknown */
    struct exclusives exclusives; /* in the order of the transactions */
    size_t referenced_in;        /* transaction that last added a foreign key to it */
    size_t held, visited;        /* schema_*.c's own: where its lock may be; the last walk that came by */
};

struct column *relation_column(const struct relation *relation, const char *name);         /* NULL: not known */
struct constraint *relation_constraint(const struct relation *relation, const char *name); /* NULL: not known */

#endif
