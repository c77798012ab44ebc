/* Which files an environment has: the base, and what its `migrations` in environments.json lists. */
#ifndef MODEL_LISTING_H
#define MODEL_LISTING_H

#include "model/source.h"
#include "text/node.h"

/* The files of the migrations directory and of common/ below it. */
void listing_add_base(struct source *source, const char *directory);

/*
 * What the value `migrations` of an environment adds: a list of files, the name of a directory, or nothing (NULL,
 * null, an empty list).  A path that leaves the directory, and what is not there, are findings at their place.
 */
void listing_add(struct source *source, const char *directory, const struct node *node, const char *environment);

/* Warns of directories below that hold migrations, where no environments.json says whose they are. */
void listing_warn_unread(struct source *source, const char *directory);

#endif
