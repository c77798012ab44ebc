/*
 * The journal of a migration that cannot be one transaction: one row per service, as long as it is under way.
 *
 * Before a statement that cannot run in a transaction, its intent is committed; afterwards its outcome.  A step
 * that can be wrapped commits together with its outcome and needs no intent.  An intent without an outcome
 * is all that a crash can leave; pg/catalog.h then asks the database what really happened.
 */
#ifndef PG_JOURNAL_H
#define PG_JOURNAL_H

#include "pg/record.h"

/* The journal's row, with what state_read does not show. */
struct journal {
    uint64_t version;
    const char *migration_id;
    enum direction direction;
    int64_t row_before;         /* golang-migrate's row before the migration; NO_VERSION: none */
    int step, steps;            /* steps that are done; steps in all */
    const char *done_checksum;  /* SHA-256 over the statements of the steps that are done */
    bool intent;
    const char *kind, *statement, *before;
    bool alive;                 /* the server process that ran the statement still runs */
    const char *since;
    int backend;
};

/* Reads the row; *found says whether there is one. */
int journal_read(struct conn *conn, struct arena *arena, const struct tables *tables, struct journal *journal,
                 bool *found, struct err *err);

/* The statement that opens the journal, for the transaction that the fence begins; marks golang-migrate's row dirty. */
struct pipeline_item journal_open_item(struct arena *arena, const struct tables *tables, const struct journal *journal,
                                       const struct expected *expected, int64_t version_after);
/* What the database expects afterwards. */
struct expected journal_expected(const struct expected *expected, int64_t version_after);

/* Intent of step journal->step, with kind, statement and what the catalog says before it; one commit. */
int journal_intend(struct conn *conn, const struct tables *tables, const struct journal *journal, struct err *err);

/*
 * Outcome: journal->step steps are done.  As statements for the step's own transaction, and alone, after an intent.
 * ERR_DRIFT (in the step's transaction: fence_explain) when somebody else has moved the journal, so that no step stays that
 * was run twice.  Intent and outcome
 * are written as the connection's own user, whatever role the file has taken on, which it has again afterwards.
 */
void journal_done_add(struct arena *arena, const struct tables *tables, const struct journal *journal,
                      struct pipeline_items *items);
int journal_done(struct conn *conn, const struct tables *tables, const struct journal *journal, struct err *err);

/* The statement that closes the journal, for the transaction of the record. */
struct pipeline_item journal_close_item(struct arena *arena, const struct tables *tables);

#endif
