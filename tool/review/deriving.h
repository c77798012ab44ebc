/* Watching a replay: what derived.c, derived_use.c, derived_schema.c and derived_declared.c share. */
#ifndef REVIEW_DERIVING_H
#define REVIEW_DERIVING_H

#include "review/derived.h"
#include "review/lineage.h"
#include "model/reach.h"

/* The names of one database: services that share one share a simulated schema. */
struct derived_world {
    const struct schema *schema;
    struct lineages lineages;
};
VEC(derived_worlds, struct derived_world *);

/* A table in the up half that is under way. */
struct half_table {
    const char *name;   /* "user_service.users" */
    bool altered;
};
VEC(half_tables, struct half_table);

/* How a service names what it makes. */
struct habit {
    bool qualifies;     /* some migration so far wrote a schema */
    bool told;          /* that one did not */
};

VEC(early_uses, struct early_use *);
VEC(ignored_names, struct ignored_name *);
VEC(service_refs, const struct service *);

struct derived {
    struct arena *arena;
    const struct catalog *catalog;
    const struct rule_set *rules;
    struct reach *reach;
    struct habit *habits;         /* by service */
    bool *seeks;                  /* by service: it used names that nobody had made */
    struct map owners;            /* schema → the service whose own it is */
    struct derived_worlds worlds;
    struct early_uses early;      /* in the order of their findings */
    struct ignored_names doubtful; /* in the order of the findings that they are unused */
    struct risk **risks[2];       /* by direction, then number */

    struct undeclareds undeclareds; /* each pair once */

    struct arena half;            /* memory of the half under way */
    struct uses uses;             /* of the action at hand */
    struct risk *risk;
    struct migration_refs told;   /* makers that a finding named already */
    struct service_refs foreign;  /* services whose schemas a finding named already */
    struct half_tables tables;    /* where the declaration lists tables */
    bool told_unqualified;
    bool opaque;                  /* it runs SQL that is not known */
};

/* The id of findings that wait: nothing has made what is used, so far. */
extern const char derived_waiting[];

/* Is the check on?  Its severity: what the repository says, else `severity`. */
bool derived_check(const struct derived *derived, const char *rule, enum severity *severity);

/* Where the name of a use stands in the text. */
size_t derived_place(const struct situation *situation, const struct use *use);

/* Of each use of an action: is it declared, is it there? */
void derived_uses(struct derived *derived, struct lineages *lineages, const struct situation *situation,
                  struct findings *findings);

/* Notes a dependency that nobody declared, by the name that is used. */
void derived_note_undeclared(struct derived *derived, const struct migration *user, const struct migration *maker,
                             const char *name);

/* The migration that is judged depends on another without saying so. */
void derived_undeclared(struct derived *derived, const struct situation *situation, const struct use *use,
                        const struct lineage *lineage, struct findings *findings);

/*
 * The service whose own schema it is, and on which the migration does not depend; NULL: none, or it was named already.
 * It counts as named from now on.
 */
const struct service *derived_owner(struct derived *derived, const struct migration *migration, const char *schema);

/* Fills a finding about "schema.name" of that service.  False when the check is off. */
bool derived_foreign_finding(struct derived *derived, const struct migration *migration, const struct service *owner,
                             const char *name, bool touches, struct finding *finding);

/* Does an action read or touch a schema that is another service's own? */
void derived_foreign(struct derived *derived, const struct situation *situation, const struct use *use,
                     const char *schema, struct findings *findings);

/* What an action makes: where, and is that written? */
void derived_made(struct derived *derived, const struct situation *situation, struct findings *findings);

/* Notes the tables of an action for the comparison with affects_tables. */
void derived_tables(struct derived *derived, const struct situation *situation);

/* Compares what was declared with what the up half did. */
void derived_declared(struct derived *derived, const struct subject *subject, struct findings *findings);

#endif
