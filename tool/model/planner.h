/* Making a plan: what plan_up.c, plan_down.c, plan_bound.c and plan_check.c share.  Nobody else includes it. */
#ifndef MODEL_PLANNER_H
#define MODEL_PLANNER_H

#include "model/plan.h"

/* How far to go in a service. */
struct bound {
    bool given;
    int64_t version;                /* NO_VERSION: before the first */
    enum direction direction;
    const char *above;              /* why what is above it goes */
};

struct planner {
    struct arena *arena;
    struct arena scratch;
    const struct catalog *catalog;
    const struct service_states *states;
    const struct request *request;
    const struct service *service;  /* of the request, or the only one; NULL: all */
    struct bound *bounds;           /* by service number; NULL: the request knows none */
    bool *applied;                  /* by catalog number */
    const char **chosen;            /* by catalog number: the reason, NULL when it is not in the plan */
    struct plan *plan;
};

/* NULL when the state of that service is not known: nothing counts as applied there. */
const struct service_state *planner_state(const struct planner *planner, const struct service *service);

/* Is the service part of what is asked for?  Where bounds are known, those without one are not. */
bool planner_concerns(const struct planner *planner, const struct service *service);

void planner_warn(struct planner *planner, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* "a, b and c" of migrations, at most ten of them. */
const char *planner_list(struct planner *planner, const struct migration_refs *migrations);

void planner_add(struct planner *planner, struct migration *migration, enum direction direction,
                 const char *reason);

/*
 * What a service had begun in that direction and not finished; NULL when nothing, or when its file is gone.  It
 * is chosen first and comes first, since nothing else may happen there before.
 */
struct migration *planner_open(const struct planner *planner, const struct service *service,
                               enum direction direction);
/* Adds the steps of all of these that are chosen, and takes them out of the choice. */
void planner_add_open(struct planner *planner, enum direction direction);

/* plan_bound.c: the bounds that the request speaks of. */
int plan_bound(struct planner *planner, struct err *err);

/* The service of a request that speaks of versions; NULL in err's sense when there are several. */
const struct service *planner_one_service(const struct planner *planner, struct err *err);

/* ERR_USAGE when the service has no such version. */
int planner_check_target(const struct service *service, int64_t target, struct err *err);

/* plan_check.c: what no plan can be made on, before anything is chosen; and what a finished plan must bear. */
int plan_check_states(struct planner *planner, struct err *err);
int plan_check_steps(struct planner *planner, struct err *err);
/* ERR_DRIFT when an applied version without a file lies above `above` in a service that is rolled back. */
int plan_check_fileless(struct planner *planner, const struct service *service, int64_t above, struct err *err);

/* plan_up.c */
int plan_up(struct planner *planner, long count, struct err *err);
/* plan_down.c */
int plan_down_count(struct planner *planner, long count, struct err *err);
int plan_down_to(struct planner *planner, struct err *err);
/* What the plan takes down counts as not applied from here on. */
void plan_down_done(struct planner *planner);
int plan_down_one(struct planner *planner, struct err *err);
/* The steps up again of all that the plan takes down. */
void plan_redo(struct planner *planner);

#endif
