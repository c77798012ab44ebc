/*
 * What follows from a chain of migrations beyond the rules for single statements: dependencies that nobody declared,
 * things that are used before they are made or after they are dropped, other services' schemas, declarations that the
 * SQL contradicts, and the risk of each migration.
 *
 * It watches a replay in catalog order.  Its findings have ids of rules ("undeclared-dependency" …; review/rules/
 * checks.yaml), so that a repository can switch them off.
 */
#ifndef REVIEW_DERIVED_H
#define REVIEW_DERIVED_H

#include "model/catalog.h"
#include "review/risk.h"
#include "review/rule.h"
#include "review/undeclared.h"

struct derived;

/* `rules` say which checks are on; NULL: all are. */
struct derived *derived_new(struct arena *arena, const struct catalog *catalog, const struct rule_set *rules);

/* A half begins; it belongs to a migration. */
void derived_begin(struct derived *derived, const struct subject *subject);

/* An action's turn, before it is applied.  `findings` NULL: it is replayed, and nobody asks about it. */
void derived_see(struct derived *derived, const struct situation *situation, struct findings *findings);

/* An action of a called function's body, judged where it is called.  What it needs was told where it was made. */
void derived_called(struct derived *derived, const struct situation *situation);

/* The half is over: what dependencies.json says is compared with what it did.  `findings` as above. */
void derived_end(struct derived *derived, const struct subject *subject, struct findings *findings);

/* The ids that a finding may have which waits for the end of the chain; NULL ends them. */
extern const char *const derived_awaited[];

/* Does it wait?  Its id, words and severity are not its own yet. */
bool derived_waits(const struct finding *finding);

/* A rule's name in a comment that silences it. */
struct ignored_name {
    bool used;
    bool awaited;        /* a finding that waits may use it */
    const char *unused;  /* message of the finding that nothing did; NULL: none was made */
};

/* Should the waiting finding become one of that id, then it goes, and the name is used. */
void derived_excuse(struct derived *derived, const struct finding *finding, const char *id, struct ignored_name *name);

/* The finding about an awaited name was added: it goes when the name is used after all. */
void derived_doubt_unused(struct derived *derived, struct ignored_name *name);

/*
 * The chain is over.  What was used before it was made is known now: findings that waited for it, where they are still
 * among these, are completed or taken out.
 */
void derived_finish(struct derived *derived, struct findings *findings);

/* Does a service use names that nobody had made before?  Whatever makes them, in any service, changes its findings. */
bool derived_seeks(const struct derived *derived, const struct service *service);

/* What was used without being declared, whether or not that is told; complete when the chain is over. */
const struct undeclareds *derived_undeclareds(const struct derived *derived);

/* The risk of a half that was seen with findings; NULL: it was not, or there is no such half. */
const struct risk *derived_risk(const struct derived *derived, const struct migration *migration,
                                enum direction direction);

#endif
