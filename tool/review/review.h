/*
 * Reading migrations as a DBA would: the chain is replayed on a simulated schema, and each statement is judged on the
 * schema as it is when its turn comes.
 */
#ifndef REVIEW_REVIEW_H
#define REVIEW_REVIEW_H

#include "model/catalog.h"
#include "review/rule.h"

enum review_transaction {
    REVIEW_AS_RUN,    /* as skein would send the file */
    REVIEW_IN,        /* all of it in one transaction of somebody else */
    REVIEW_OUT        /* in none but its own */
};

struct derived;
struct script;
struct worlds;

/* Somebody who looks on while a catalog is replayed; what it is shown is gone afterwards, but for the schema. */
struct review_watch {
    void *context;
    void (*see)(void *context, const struct situation *situation);  /* an action's turn, before it is applied */
    void (*called)(void *context, const struct situation *situation); /* the same in the body of a called function */
    void (*half)(void *context, const struct subject *subject, const struct script *script); /* the half is over */
    /* Both halves are over, and the schema is as after the up half.  -1: it is enough. */
    int (*migration)(void *context, const struct migration *migration, const struct schema *schema);
    void (*over)(void *context);    /* there is no further migration; the schemas are gone afterwards */
};

struct review {
    struct arena *arena;
    const struct rule_set *rules;
    struct findings *findings;
    enum review_transaction transaction;
    const struct table_sizes *sizes;   /* NULL: not connected */
    bool (*wants)(void *context, const char *path); /* is a half in that file judged?  NULL: all are.  Others are replayed */
    void *context;
    const struct review_watch *watch;  /* NULL: nobody */
    struct derived *derived;           /* watches review_catalog; NULL: nobody asks (review/derived.h) */
};

/*
 * Replays the whole catalog in its order, since services use one another's tables, and reports what concerns
 * `service` (NULL: all).  Every up half is judged on the schema before it; every down half on the schema after its up,
 * and taken back.
 */
void review_catalog(const struct review *review, const struct catalog *catalog, const struct service *service);

/*
 * The simulated schema of a service's database (NULL: of the repository's own) after all migrations, judged by nobody;
 * names mean in it what they mean to the service's next migration.
 */
struct schema *review_replay(struct arena *arena, const struct catalog *catalog, const struct service *service);

/* The same for the databases of all services, and then for a service, until the next one is asked for. */
struct worlds *review_replay_all(struct arena *arena, const struct catalog *catalog);
struct schema *review_world(struct arena *arena, struct worlds *worlds, const struct service *service);

/* A text that belongs to no service; `setup` is SQL that ran before, judged by nobody; it may be NULL. */
void review_text(const struct review *review, const struct config *config, const char *path, const char *text,
                 size_t length, const char *setup);

#endif
