/* What the engine holds while it works on a request: locks, states, and a run for each service. */
#ifndef FLOW_SESSION_H
#define FLOW_SESSION_H

#include "flow/event.h"
#include "flow/service_run.h"
#include "flow/target.h"
#include "model/plan.h"

struct session {
    struct arena *arena;
    struct targets *targets;
    const struct service *service; /* the one asked for; NULL: all */
    const struct events *events;
    struct service_states states;
    struct service_run *runs;      /* parallel to the catalog's services */
    struct executions *recorded;   /* parallel to the catalog's services: as read, before golang-migrate's row counts */
    bool created;                  /* state tables were made, and with them perhaps older records taken over */
    const struct step *current;    /* for notices and the live line */
};

/*
 * Opens the work connections, reads the state, takes the lock of the services concerned and reads again.  Nothing is
 * written, so that whatever is refused next leaves the database as it was.
 * Errors: ERR_INPUT for names that the state tables cannot hold, ERR_CONNECTION on a standby, ERR_LOCK, ERR_DRIFT.
 */
int session_open(struct arena *arena, struct targets *targets, const struct service *service,
                 const struct events *events, struct session *session, struct err *err);

/*
 * Creates what state tables are missing and writes down what golang-migrate did meanwhile; before the first step.
 * Errors: ERR_PERMISSION, ERR_DRIFT.
 */
int session_prepare(struct session *session, struct err *err);

/* After a broken connection: reconnects, takes the lock again and reads the state again. */
int session_reopen(struct session *session, struct target *target, struct err *err);

/* Lets go of the locks.  The connections belong to the targets. */
void session_close(struct session *session);

struct service_run *session_run(const struct session *session, const struct service *service);

/* Is the service among those that the session holds? */
bool session_concerns(const struct session *session, const struct service *service);

/* For the connections: notices and waits become events and ticks. */
void session_listen(struct session *session, struct conn *conn);
/* For lock_take: who holds the lock becomes an event. */
void session_hear_waiting(void *session, const char *holder);

/* Tells an event about the current step. */
void session_tell(const struct session *session, struct event event);

#endif
