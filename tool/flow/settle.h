/* What a journalled migration left behind, and what becomes of it: after a crash, and after a failure. */
#ifndef FLOW_SETTLE_H
#define FLOW_SETTLE_H

#include "flow/batch.h"
#include "pg/catalog.h"
#include "pg/journal.h"

/* A journalled migration under way. */
struct stepwise {
    struct session *session;
    struct arena arena;
    struct service_run *run;
    const struct loaded *loaded;
    struct script_steps steps;    /* the script's, or one for a text that must go whole */
    struct statement whole;       /* that text as a statement */
    struct journal journal;
    int64_t version_after;
    int64_t started;
    bool committing;              /* a transaction that counts the generation on was sent, its outcome not heard */
    bool closing;                 /* it is the one that ends the journal */
    bool closed;                  /* and it was committed, as a new connection found out */
};

void stepwise_plan(struct stepwise *at);
const struct statement *stepwise_statement(const struct stepwise *at, const struct script_step *step);

/*
 * Connects anew, and finds out what became of a transaction whose answer was lost.
 * Errors: ERR_DRIFT when somebody else has changed the state meanwhile.
 */
int stepwise_reconnect(struct stepwise *at, struct err *err);

/* SHA-256 over the statements of the first `count` steps. */
const char *steps_checksum(struct arena *arena, const struct stepwise *at, int count);

/* The statement that sets search_path, lock_timeout and statement_timeout for the session. */
const char *sql_session_settings(void);

/* After a crash the settings that the file itself made (SET, RESET) in steps that are done are made again. */
int replay_settings(struct stepwise *at, struct err *err);

/* Does the journal belong to this step, and are the statements that are done the ones in the file? */
int settle_check(struct stepwise *at, struct err *err);

/*
 * A statement whose client died may still be running on the server: waits until it does not.  ERR_DRIFT when its client
 * is alive and has gone on.
 */
int settle_wait(struct stepwise *at, struct err *err);

/*
 * Asks the catalog what became of the statement that was under way: the one in the journal, since the file may have
 * been edited.  ERR_DRIFT when it did happen and the file says another one there.
 */
int settle_open(struct stepwise *at, struct err *err);

/* The same by a person's word.  Refused while the server still runs the statement. */
int settle_by_hand(struct stepwise *at, bool done, struct err *err);

/*
 * After a failure on a live connection: cleans up what the statement left; when no step was done, the journal goes
 * and golang-migrate's row is as before.  Otherwise err says what is done and how to go on.
 */
void settle_failure(struct stepwise *at, struct err *err);

#endif
