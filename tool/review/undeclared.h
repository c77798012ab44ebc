/*
 * Dependencies that nobody declared: what migrations use of others, by their SQL.
 *
 * The chain is replayed for it, unless the texts cannot show any: every migration stands on the one before it in its
 * service, and none mentions the schema of a service on which it does not depend.
 */
#ifndef REVIEW_UNDECLARED_H
#define REVIEW_UNDECLARED_H

#include "model/catalog.h"

struct undeclared {
    const struct migration *user, *maker;
    const char *name;          /* "user_service.users": the first that it uses */
};
VEC(undeclareds, struct undeclared);

/* In the order of the users, each pair once; what is made later than it is used comes last. */
void undeclared_find(struct arena *arena, const struct catalog *catalog, struct undeclareds *found);

#endif
