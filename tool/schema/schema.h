/*
 * The simulated schema: what a database holds at a moment of a chain of migrations, as far as their SQL tells.
 *
 * Actions are applied one after the other, as the server would run them.  What the chain did not make is not known:
 * a relation that is only mentioned is there with `complete` false, and facts about it are TRUTH_UNKNOWN.
 * Transactions, savepoints and trials (schema_mark) can be taken back, in time proportional to what they did.
 *
 * Everything lives in the schema's arena.
 */
#ifndef SCHEMA_SCHEMA_H
#define SCHEMA_SCHEMA_H

#include "base/map.h"
#include "schema/relation.h"

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

struct schema {
    struct arena *arena;
    struct map relations, types, functions; /* by schema and name: ask schema_relation and its like */
    struct map namespaces, extensions, constraint_names, statistics; /* statistics: names as those of relations */
    struct relation_refs all;     /* every relation there ever was, as they were made: skip those not `exists` */
    struct departures departures; /* of tables and views, in their order */
    struct strings search_path;   /* as in force */
    struct strings default_path;  /* what RESET search_path gives */
    int server_version;           /* major */
    const struct migration *migration; /* the one that runs */
    const char *service;               /* its service; NULL: none */
    bool in_transaction;          /* an explicit one, or that of the run */
    bool begun;                   /* a BEGIN of the text is open, be it in the run's transaction */
    size_t transaction;           /* number of the current one: outside of transactions each statement has its own */
    size_t statements;            /* run so far, with the one whose turn it is */
    struct held_locks locks;      /* of the open transaction, in the order of their taking */
    size_t foreign_keys_added;    /* in the open transaction, to different relations that were there before */
    struct session_settings settings;
    bool unknown_happened;        /* dynamic SQL ran: relations may exist that are not known */
    struct schema_log *log;       /* what taking back needs */
    struct called_watch *called;  /* schema/called.h; NULL: nobody asks */
};

/* An empty database: schema public, search_path as given (may be empty: public alone). */
void schema_init(struct schema *schema, struct arena *arena, const struct strings *search_path, int server_version);

/* An action's turn comes, before it is judged: a statement that begins is counted, and has a transaction. */
void schema_turn(struct schema *schema, const struct action *action);

/*
 * Applies an action, and schema_turn before it where nobody did.  Actions of PLACE_BRANCH and PLACE_BODY happen or
 * not: what they make or drop becomes unknown rather than certain.  BEGIN, COMMIT, ROLLBACK and savepoints open, keep
 * and take back transactions; a temporary table of ON COMMIT DROP goes with its transaction.  Texts and expressions of
 * the action are copied where they are kept.
 */
void schema_apply(struct schema *schema, const struct action *action);

struct effect;
/*
 * Notes the locks that an action takes, before it is applied: on relations that were there before the transaction,
 * for as long as it is open.  Outside of transactions nothing stays.  Names that are not known are entered.
 */
void schema_hold(struct schema *schema, const struct action *action, const struct effect *effect);

/* The lock held on a relation; NULL: none. */
const struct held_lock *schema_held(const struct schema *schema, const struct relation *relation);

/* A fresh session: no settings, the default path; temporary tables are gone.  A transaction left open is kept. */
void schema_reset_session(struct schema *schema);

/* The transaction of the run around a file: opened, and committed.  A BEGIN of the file in it opens nothing new. */
void schema_begin(struct schema *schema);
void schema_commit(struct schema *schema);

/* Back to a moment: marks are taken, and undone or kept, in the order of a stack. */
size_t schema_mark(struct schema *schema);
void schema_undo(struct schema *schema, size_t mark);
void schema_keep(struct schema *schema, size_t mark);

/* What a name means now: by its schema, else along search_path (pg_temp first).  NULL: not known here. */
struct relation *schema_relation(const struct schema *schema, const struct object_name *name);
struct type *schema_type(const struct schema *schema, const struct object_name *name);
const struct type_refs *schema_types(const struct schema *schema); /* every type there ever was: skip those not `exists` */
struct function *schema_function(const struct schema *schema, const struct object_name *name);
struct relation *schema_statistics(const struct schema *schema, const struct object_name *name); /* their table */

/* The schema in which an object of that name would be made. */
const char *schema_creation_schema(const struct schema *schema, const struct object_name *name);

/* Made by the transaction that is still open, so that nobody else sees it?  Has it rows?  (Others fill what they see.) */
bool relation_is_new(const struct schema *schema, const struct relation *relation);
enum truth relation_holds_rows(const struct schema *schema, const struct relation *relation);

/*
 * Is the column proven not to be null, so that SET NOT NULL scans nothing?  Yes: it is NOT NULL, or a valid CHECK says
 * so and the server is 12 or newer.  Unknown: a validated constraint is known only by a name, in which the column is.
 */
enum truth relation_proves_not_null(const struct schema *schema, const struct relation *relation, const char *column);

/* The value in force: of the open transaction's SET LOCAL, SET, or what the run sets.  NULL: the server's default. */
const char *schema_setting(const struct schema *schema, const char *name);

/* What the run itself sets before a file: timeouts of its environment; search_path ("a, b"), for RESET too. */
void schema_set(struct schema *schema, const char *name, const char *value);

/* Is the default VOLATILE (sql/volatility.h for PostgreSQL's own functions, the chain's for others)? */
enum truth schema_expression_is_volatile(const struct schema *schema, const struct expression *expression);

#endif
