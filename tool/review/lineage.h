/*
 * Who made what a name means: the names that a chain of migrations makes, moves and drops, and those that it uses before
 * anything made them.
 *
 * The simulated schema knows what is there; this knows since when, and waits for what comes later.
 */
#ifndef REVIEW_LINEAGE_H
#define REVIEW_LINEAGE_H

#include "base/map.h"
#include "schema/schema.h"
#include "model/service.h"
#include "review/use.h"

struct excuse;

/* A use of a name that nothing has made so far.  If something does later, it came too early. */
struct early_use {
    const struct migration *user;
    size_t statement;               /* of its text */
    const char *name;               /* "user_service.users" */
    const struct migration *maker;  /* NULL: nobody so far */
    bool maybe;                     /* it was made with IF NOT EXISTS or OR REPLACE: it may have been there */
    const char *message;            /* of the finding that waits with it */
    struct excuse *excuses;         /* comments that may silence that one; NULL: none */
    const struct service *owner;    /* whose schema it is without being depended on; NULL: none to speak of */
    bool touches;                   /* see struct use */
    struct early_use *next;         /* of the same name */
};

struct lineage {
    const char *name;               /* "user_service.users" */
    const char *schema;
    const struct migration *maker;  /* that made it, or gave it this name; NULL: none of this chain */
    const struct migration *dropper; /* that took it away; NULL: it is there, or never was */
    struct early_use *early;        /* the newest first */
};

/* The names of one database. */
struct lineages {
    struct arena *arena;
    struct map names;
};

/* What the name of a use means on the schema as it is; where nothing is known, what it would mean first. */
struct lineage *lineage_of(struct lineages *lineages, const struct schema *schema, const struct use *use, bool *known);

/* Notes what an action makes, renames, moves and drops.  Called before it is applied. */
void lineages_note(struct lineages *lineages, const struct schema *schema, const struct action *action);

#endif
