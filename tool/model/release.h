/* Releases: a release of a service names the newest migration that is in it; dependencies.json declares them. */
#ifndef MODEL_RELEASE_H
#define MODEL_RELEASE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

#include <stdint.h>

struct release {
    const char *name;        /* "1.2.0": MAJOR.MINOR.PATCH */
    uint64_t version;        /* of its last migration */
    struct place place;
};
VEC(releases, struct release); /* the oldest first, by their names as numbers */

/* Below zero when `left` is the older one.  Both are names of releases. */
int release_compare(const char *left, const char *right);

/* Puts a name where it belongs among names of releases, unless it is there. */
void release_add_name(struct arena *arena, struct strings *names, const char *name);

struct report;
struct service;
struct node;

/* Reads the member `releases` of a service's dependencies.json; its migrations are known. */
void release_read(const struct report *report, struct service *service, const char *path, const struct node *node);

#endif
