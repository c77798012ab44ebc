/*
 * Transactional migrations, many in one round trip: each is one transaction of fence, settings, the file's
 * statements, and its record.  The batch stops at the first error; what was committed before it stays.
 */
#ifndef FLOW_BATCH_H
#define FLOW_BATCH_H

#include "flow/session.h"
#include "sql/script.h"

/* A step with its text read; scripts live in the arena of the batch. */
struct loaded {
    const struct step *step;
    struct script script;
    char checksum[65];
};
VEC(loaded_steps, struct loaded);

/* Reads a step's half and splits it. */
int load_step(struct arena *arena, const struct step *step, struct loaded *loaded, struct err *err);

/*
 * Runs them.  *done says how many are committed, also on failure; the runs are advanced by them.  Lock time-outs,
 * deadlocks and broken connections are tried again as often as the configuration says.
 * Errors: ERR_FAILED with the place in the file, after the failure was recorded; ERR_DRIFT by the fence.
 */
int batch_run(struct session *session, const struct loaded_steps *steps, size_t *done, struct err *err);

/* Puts file, line, column and the source line into an err that the server gave for a statement. */
void batch_locate(const struct script *script, const struct statement *statement, int position, struct err *err);

/* May the same thing go well a moment later? */
bool failure_passes(const struct conn *conn, const struct err *err);

/* Says so and pauses: the delay doubles with every attempt, up to a minute. */
void session_pause(struct session *session, const struct service_run *run, int attempt, const struct err *err);

#endif
