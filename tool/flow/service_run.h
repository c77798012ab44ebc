/* A service under the engine's hands: the state that its next transaction expects, and the limits of its run. */
#ifndef FLOW_SERVICE_RUN_H
#define FLOW_SERVICE_RUN_H

#include "flow/target.h"
#include "model/plan.h"
#include "pg/record.h"

VEC(versions, uint64_t);

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

/* From what was read. */
struct service_run service_run_of(struct arena *arena, const struct service *service, struct target *target,
                                  struct service_record *record);

/* golang-migrate's row after a step: the highest applied version, NO_VERSION for none. */
int64_t service_run_version_after(const struct service_run *run, const struct step *step);
/* Follows a step that was committed. */
void service_run_advance(struct arena *arena, struct service_run *run, const struct step *step,
                         const struct expected *expected);

/* What is written down about a step; the texts live in the arena. */
struct entry service_run_entry(struct arena *arena, const struct service_run *run, const struct step *step,
                               const char *checksum, int64_t duration);

#endif
