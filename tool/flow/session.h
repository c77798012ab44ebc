/*
 * What the engine holds while it works on a request: locks, states, and for each service the state that the
 * next transaction expects.
 */
#ifndef FLOW_SESSION_H
#define FLOW_SESSION_H

#include "flow/event.h"
#include "flow/target.h"
#include "model/plan.h"
#include "pg/record.h"
#include "sql/script.h"

VEC(versions, uint64_t);

/* A service under the engine's hands. */
struct service_run {
    const struct service *service;
    struct target *target;
    struct service_record *record;
    struct expected expected;
    struct versions applied;      /* sorted */
    struct run_facts facts;
    const char *search_path;      /* for set_config; NULL: leave it */
    int64_t timeout;              /* of one migration, in microseconds; 0: none */
    int attempts;                 /* on locks and connections */
    int64_t retry_delay;          /* milliseconds */
};

struct session {
    struct arena *arena;
    struct targets *targets;
    const struct service *service; /* the one asked for; NULL: all */
    const struct events *events;
    struct service_states states;
    struct service_run *runs;      /* parallel to the catalog's services */
    const struct step *current;    /* for notices and the live line */
};

/*
 * Opens the work connections, reads the state, takes the lock of the services concerned, creates what state
 * tables are missing, reads again, and writes down what golang-migrate did meanwhile.
 * Errors: ERR_CONNECTION on a standby, ERR_LOCK, ERR_PERMISSION, ERR_DRIFT.
 */
int session_open(struct arena *arena, struct targets *targets, const struct service *service,
                 const struct events *events, struct session *session, struct err *err);

/* After a broken connection: reconnects, takes the lock again and reads the state again. */
int session_reopen(struct session *session, struct target *target, struct err *err);

/* Lets go of the locks.  The connections belong to the targets. */
void session_close(struct session *session);

struct service_run *session_run(const struct session *session, const struct service *service);

/* Is the service among those that the session holds? */
bool session_concerns(const struct session *session, const struct service *service);

/* golang-migrate's row after a step: the highest applied version, NO_VERSION for none. */
int64_t version_after(const struct service_run *run, const struct step *step);
/* Follows a step that was committed. */
void service_run_advance(struct arena *arena, struct service_run *run, const struct step *step,
                         const struct expected *expected);

/* What is written down about a step; the texts live in the arena. */
struct entry session_entry(struct arena *arena, const struct service_run *run, const struct step *step,
                           const char *checksum, int64_t duration);

/* For the connections: notices and waits become events and ticks. */
void session_listen(struct session *session, struct conn *conn);
/* For lock_take: who holds the lock becomes an event. */
void session_hear_waiting(void *session, const char *holder);

/* Tells an event about the current step. */
void session_tell(const struct session *session, struct event event);

#endif
