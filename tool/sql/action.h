/*
 * What statements do, as plain facts: PostgreSQL's own parse tree, flattened.
 *
 * A statement becomes one action or several: each subcommand of ALTER TABLE is one, each object of a DROP, each
 * table of a TRUNCATE.  What DO blocks and functions hold comes along as actions of its own.  Names are as the
 * server takes them: folded, unquoted, cut to 63 bytes.  Nothing is resolved here; schema/schema.h knows what a
 * name means at a moment.
 *
 * Everything lives in the arena that actions_read was given.
 */
#ifndef SQL_ACTION_H
#define SQL_ACTION_H

#include "sql/action_flag.h"
#include "sql/action_kind.h"
#include "sql/definition.h"
#include "sql/object_kind.h"

/* Where an action stands in what runs. */
enum action_place {
    PLACE_STATEMENT,   /* the file's own statement */
    PLACE_DO,          /* in a DO block, always reached */
    PLACE_BRANCH,      /* in a DO block under IF, CASE, a loop or EXCEPTION: it may happen or not */
    PLACE_BODY         /* in the body of a function: it happens when that is called */
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
                                      types of a function's arguments, of DROP, too; columns of OWNED BY, INSERT; what LIKE
                                      includes ("defaults", "constraints", "indexes", "identity", "generated") */
    const char *column;            /* of ALTER COLUMN, DROP COLUMN, RENAME COLUMN, COMMENT ON COLUMN */
    const char *text;              /* the new name of RENAME; the new schema; the constraint of ADD, DROP, VALIDATE,
                                      RENAME CONSTRAINT (whose new name is text2); the setting's value of SET; the
                                      index of CLUSTER, REPLICA IDENTITY; the language of a function; the value of
                                      ADD VALUE; the options' names of SET (…); the privileges of GRANT and REVOKE
                                      ("select,insert", "all") */
    const char *text2;             /* the new value of RENAME VALUE; the neighbour of ADD VALUE BEFORE/AFTER; the
                                      access method of an index ("btree"); the collation of ALTER COLUMN TYPE; the
                                      roles of GRANT and REVOKE ("a,b") */
    const char *definition;        /* of functions (without their bodies), triggers, policies, sequences, domains and
                                      composite types: what is written behind the name; NULL: not known */
    bool procedure;                /* a procedure among the functions */
    struct column_defs columns;    /* of CREATE TABLE, ADD COLUMN (one), a composite type */
    struct constraint_defs constraints; /* of CREATE TABLE (the table's; columns have their own), ADD CONSTRAINT (one),
                                           a domain */
    struct type_name type;         /* of ALTER COLUMN TYPE, a domain, a function's result */
    struct expression *expression; /* DEFAULT of SET DEFAULT, USING of ALTER TYPE, WHERE of an index, of DML, of
                                      the query of INSERT */
    struct key_parts keys;         /* of an index, of PARTITION BY */
    struct strings including;      /* INCLUDE (…) of an index; columns of GRANT, each as often as it is named */
    char partition_by;             /* 'l', 'r', 'h' of CREATE TABLE … PARTITION BY; 0: not partitioned */
    struct partition_bound bound;  /* of PARTITION OF and ATTACH PARTITION */
    struct object_names parents;   /* INHERITS */
    size_t rows;                   /* of INSERT: how many VALUES has; 0: it has none */
    char side;                     /* of ADD VALUE: 'b' BEFORE, 'a' AFTER its neighbour; 0: at the end */
    char on_conflict;              /* of INSERT: 'n' DO NOTHING, 'u' DO UPDATE (by `keys`); 0: an error */
    struct merge_clauses merge;    /* of MERGE */
    bool returning;                /* what changes rows has RETURNING */
    enum lock_mode lock;           /* of LOCK TABLE; of SELECT … FOR UPDATE, ROW SHARE; of what changes rows, ROW EXCLUSIVE */
    struct relation_uses uses;     /* relations read or written besides; also those a view or a function's body uses */
    struct strings mentions;       /* of CREATE VIEW: names that its query has where columns stand; "*": all of them */
    struct calls calls;            /* functions that run: in a query's target list, in DEFAULT of SET …, CALL */
    struct object_names assigned_twice; /* columns that UPDATE SET, INSERT (…), MERGE, CREATE TABLE, views name twice; the
                                           schema is NULL */
    struct offsets assigned_at;    /* where each of them stands */
    struct object_name body_of;    /* PLACE_BODY: the function */
    bool branch;                   /* PLACE_BODY: under IF, CASE, a loop or EXCEPTION there */
};
VEC(actions, struct action);

/* A part of the text that is not SQL by the grammar here. */
struct action_fault {
    size_t offset;
    const char *message;   /* "syntax error at or near \"selec\"" */
    const char *hint;      /* of what only psql understands: what to write instead; otherwise NULL */
};
VEC(action_faults, struct action_fault);

/*
 * Reads a text: actions in the order in which they happen, the last one ACTION_END.  A statement that does not parse
 * is a fault, and the others are read all the same; so is each command of psql, and COPY … FROM STDIN with data behind
 * it, which are passed over.  Nothing is refused and nothing recurses without bound: an
 * expression that is too deep is `opaque`, a body that cannot be read gives ACTION_EXECUTE.
 * `text` is valid UTF-8 without NUL, and ends with one.
 */
void actions_read(struct arena *arena, const char *text, size_t length, struct actions *actions,
                  struct action_faults *faults);

#endif
