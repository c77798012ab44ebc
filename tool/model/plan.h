/*
 * What would run, in which order, and why.
 *
 * A pure function of catalog, states and request: no clock, no connection, no files beyond the checksums
 * that plan_hash asks for.  up, down, goto, rollback and redo differ only in the request.
 */
#ifndef MODEL_PLAN_H
#define MODEL_PLAN_H

#include "model/catalog.h"
#include "model/state.h"

enum request_kind {
    REQUEST_UP,        /* all pending, or `count` of them, or those up to `target` or `release` */
    REQUEST_DOWN,      /* `count` of the newest (all: count < 0) */
    REQUEST_GOTO,      /* up or down to `target` or `release` */
    REQUEST_ROLLBACK,  /* `migration` alone with its dependents, or all above `target` or `release` */
    REQUEST_REDO       /* down and up again of the newest `count`, or of `migration` */
};

/* What becomes of services whose first release is newer than the one to go back to, and which hold something. */
enum newer_services { NEWER_UNDECIDED, NEWER_LEAVE, NEWER_ROLLBACK };

struct request {
    enum request_kind kind;
    const struct service *service;    /* NULL: all services */
    long count;                       /* 0: not given */
    bool has_target;
    int64_t target;                   /* a version; NO_VERSION: before the first */
    const char *release;              /* a name as services declare it: each goes to where it stood at that release; one
                                         that declares none is left as it is */
    enum newer_services newer;
    const struct migration *migration;
    bool cascade;                     /* a rollback may take dependents with it */
    bool out_of_order;                /* pending versions below the newest applied one are welcome, whatever the configuration says */
};

struct step {
    struct migration *migration;
    enum direction direction;
    const char *reason;               /* "pending", "needed by auth-service 000004", "asked for", … */
    bool out_of_order;                /* lies below the newest applied version of its service */
};
VEC(steps, struct step);

struct service_states {
    struct service_state **at;        /* parallel to catalog->services */
    size_t count;
};

struct plan {
    struct steps steps;
    struct strings warnings;
    size_t short_by;                  /* `count` asked for more than there was: by how many */
};

/*
 * Errors: ERR_DEPENDENCY (a dependency outside the request is not applied; a dependent is in the way of
 * a rollback; a release is not complete without what comes after it), ERR_POLICY (newer services, undecided), ERR_DRIFT (out of order and not allowed; the database holds a version that has no file;
 * it holds another environment's migration), ERR_UNSETTLED (an open step of another migration, or dirty
 * without a journal: what golang-migrate left), ERR_INPUT (a half that is needed is missing), ERR_USAGE
 * (unknown target).
 */
int plan_make(struct arena *arena, const struct catalog *catalog, const struct service_states *states,
              const struct request *request, struct plan *plan, struct err *err);

/*
 * SHA-256 in hex over service, migration, direction, checksum and environment of each step, and over the
 * identity and recorded state of the database.
 */
int plan_hash(const struct plan *plan, const struct service_states *states, const char *database_identity,
              char hex[65], struct err *err);

#endif
