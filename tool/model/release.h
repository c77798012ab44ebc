/* Releases: a release of a service names the newest migration that is in it; dependencies.json declares them. */
#ifndef MODEL_RELEASE_H
#define MODEL_RELEASE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

struct release {
    const char *name;        /* "1.2.0": MAJOR.MINOR.PATCH */
    uint64_t version;        /* of its last migration */
    struct place place;
};
VEC(releases, struct release); /* the oldest first, by their names as numbers */

/* MAJOR.MINOR.PATCH, each of at most nine digits. */
bool release_is_name(const char *text);

/* Below zero when `left` is the older one.  Both are names of releases. */
int release_compare(const char *left, const char *right);

/* Puts a name where it belongs among names of releases, unless it is there. */
void release_add_name(struct arena *arena, struct strings *names, const char *name);

/* Where a service stands at a release: its newest one that is not newer than `name`; NULL: all of them are newer. */
const struct release *release_at(const struct releases *releases, const char *name);

struct migration;

/* Does the migration come after that release?  False where its service declares none: nothing is known then. */
bool release_is_before(const char *name, const struct migration *migration);

/* The name of the release that brings a migration; NULL: none has it yet. */
const char *release_of(const struct migration *migration);

/* MAJOR.MINOR.PATCH.MIGRATION: "1.2.0.4"; NULL: no release has it yet. */
const char *release_label(struct arena *arena, const struct migration *migration);

struct report;
struct service;
struct node;
struct elsewhere;

/*
 * Reads the member `releases` of a service's dependencies.json; its migrations are known.  A release may end with a
 * migration that only another environment has.
 */
void release_read(const struct report *report, struct service *service, const char *path, const struct node *node,
                  struct elsewhere *elsewhere);

#endif
