/*
 * A migration's SQL as steps that can be sent.  The text is scanned with PostgreSQL's own lexer and cut into
 * statements: nested comments, dollar quotes, parentheses and BEGIN ATOMIC bodies are respected.  What
 * only psql understands (backslash commands, variables, COPY … FROM STDIN with its data) is refused.  The
 * script then says whether all of it can be one transaction, and if not, what the steps are.
 *
 * Tokens cannot tell that a procedure commits, or that a table is partitioned: such a file says no-transaction.
 */
#ifndef SQL_SCRIPT_H
#define SQL_SCRIPT_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * What a statement does that matters for how it may be sent.  Everything that may run inside a
 * transaction is STATEMENT_PLAIN; transaction control and what PostgreSQL refuses in a transaction
 * block (PreventInTransactionBlock in its source) have kinds of their own.
 */
enum statement_kind {
    STATEMENT_PLAIN,
    STATEMENT_BEGIN,     /* BEGIN, START TRANSACTION */
    STATEMENT_COMMIT,    /* COMMIT, END, without AND CHAIN */
    STATEMENT_ROLLBACK,  /* ROLLBACK, ABORT (not TO SAVEPOINT) */
    STATEMENT_CHAIN,     /* COMMIT AND CHAIN, ROLLBACK AND CHAIN */
    STATEMENT_CREATE_INDEX_CONCURRENTLY,
    STATEMENT_DROP_INDEX_CONCURRENTLY,
    STATEMENT_REINDEX_CONCURRENTLY,
    STATEMENT_REINDEX_MANY,      /* REINDEX SCHEMA, DATABASE, SYSTEM */
    STATEMENT_ADD_ENUM_VALUE,    /* may run in a transaction, but its value may not be used there */
    STATEMENT_VACUUM,
    STATEMENT_CLUSTER_ALL,       /* CLUSTER without a table */
    STATEMENT_DETACH_CONCURRENTLY,
    STATEMENT_CREATE_DATABASE,
    STATEMENT_DROP_DATABASE,
    STATEMENT_OTHER_NOT_TRANSACTIONAL, /* ALTER SYSTEM, CREATE/DROP TABLESPACE, subscriptions, … */
    STATEMENT_KINDS
};

extern const char *const statement_kind_names[STATEMENT_KINDS]; /* "CREATE INDEX CONCURRENTLY", … */

struct statement {
    size_t start, length; /* bytes of the script, without leading white space and comments, without ';' */
    enum statement_kind kind;
    /*
     * The object that the journal asks the catalog about; unquoted and folded as the server does.
     * Index kinds: the index (object NULL where CREATE INDEX CONCURRENTLY leaves the name to the
     * server) and, for CREATE INDEX, its table, whose schema is the index's too.  ADD VALUE: the type, and
     * the value in `value`.  DETACH: the partition as object, the parent as table.  Databases: the name.
     * A schema that is not written is NULL, and so is a name that only the server can read (U&"…").
     * what_object: INDEX, TABLE … of REINDEX; of OTHER_NOT_TRANSACTIONAL its words ("ALTER SYSTEM").
     */
    const char *schema, *object, *table_schema, *table, *value;
    const char *what_object;
    bool if_exists; /* IF EXISTS or IF NOT EXISTS is written */
    bool commits;   /* it commits by itself, so that a part of it may stay where it fails */
    bool repeatable; /* the file says that it may run a second time where nobody knows what became of it */
};
VEC(statements, struct statement);

/* How a script is to be sent. */
enum script_mode {
    SCRIPT_EMPTY,         /* nothing but white space and comments */
    SCRIPT_TRANSACTION,   /* all of it in one transaction of ours; its own BEGIN … COMMIT is dropped */
    SCRIPT_STEPS,         /* statement by statement, journalled */
    SCRIPT_WHOLE          /* the lexer here does not know the text: one message, the server judges it */
};

/*
 * A step: a statement alone, or an explicit transaction of the file as a whole.  Outside of transactions each
 * statement is a step, also one that means little alone (SET LOCAL, LOCK TABLE); a plain SET holds for those behind it.  A transaction (or a chain of them) that
 * asks for more than ours has, such as SERIALIZABLE or READ ONLY, is one statement from its BEGIN to its
 * COMMIT, OTHER_NOT_TRANSACTIONAL, to be sent as one simple-protocol message; a failure leaves the connection
 * in an aborted transaction.
 */
struct script_step {
    size_t first, count;  /* statements; of an explicit transaction without its BEGIN and its end */
    bool transaction;     /* may be wrapped together with its record in one transaction */
    bool rolled_back;     /* the file ends this transaction with ROLLBACK; only its record is to stay */
};
VEC(script_steps, struct script_step);

struct script {
    const char *path;       /* for places */
    const char *text;       /* NUL-terminated; owned by the caller's arena */
    size_t length;
    int first_line;         /* the line in the file at which text begins, from 1 */
    enum script_mode mode;
    const char *why;        /* for SCRIPT_STEPS and SCRIPT_WHOLE: a sentence for the plan and the log */
    struct statements statements; /* without BEGIN and COMMIT that were dropped; empty for SCRIPT_WHOLE */
    struct script_steps steps;    /* of SCRIPT_TRANSACTION for a journal that was open before the file was edited */
    bool touches_session;   /* may leave settings, roles, temporary tables … in the session (sql/effect.h) */
    bool destructive;       /* drops or truncates a table, schema or column, or deletes rows without WHERE */
};

/*
 * Reads the directives (`-- skein: no-transaction` on a line of its own before the first statement, `-- skein: repeatable`
 * before one that runs outside of transactions), splits, classifies and decides the mode.
 *   SCRIPT_STEPS when a directive says so, when a statement cannot run in a transaction, when the file
 *   commits in the middle, or when a value of ADD VALUE is used again in the file.
 *   Errors at their place: a directive without effect, BEGIN without COMMIT, COMMIT without BEGIN, PREPARE TRANSACTION, a statement in the
 *   file's own transaction that no transaction can hold.
 *   A BOM, a NUL byte and invalid UTF-8 are errors.
 * Errors: ERR_INPUT at file, line and column, with what to do.  No text is too deep: nothing is parsed.
 */
int script_read(struct arena *arena, const char *path, int first_line, const char *text, size_t length,
                struct script *script, struct err *err);

/* Valid UTF-8 without NUL and byte order mark?  script_read says what is wrong. */
bool script_is_text(const char *text, size_t length);

/* The place in the file of a byte offset of the script's text, and the text of that line. */
struct place script_place(const struct script *script, size_t offset);
char *script_line(struct arena *arena, const struct script *script, size_t offset);

#endif
