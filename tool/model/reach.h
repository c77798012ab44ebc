/*
 * Does one migration stand on another, through any number of dependencies?
 *
 * Asked in catalog order while a chain is replayed.  For each migration or service that somebody asks about, a bit per
 * migration is kept and carried on as far as the question goes; a few of them are kept, so that memory is bounded.
 */
#ifndef MODEL_REACH_H
#define MODEL_REACH_H

#include "model/catalog.h"

struct reach;

struct reach *reach_new(struct arena *arena, const struct catalog *catalog);

/* Does `from` depend on `target`?  True where a cycle hides the answer: nothing is claimed about migrations in one. */
bool reach_find(struct reach *reach, const struct migration *from, const struct migration *target);

/* Does it depend on any migration of that service? */
bool reach_find_service(struct reach *reach, const struct migration *from, const struct service *service);

#endif
