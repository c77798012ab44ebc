/*
 * environments.json of a service: which migrations an environment has besides the base ones.
 *
 * The base are the files of the migrations directory and of common/ below it.  An environment adds a list of
 * files, or one directory that holds its own sequence.
 */
#ifndef MODEL_ENVIRONMENT_H
#define MODEL_ENVIRONMENT_H

#include "model/catalog.h"
#include "model/source.h"
#include "text/node.h"

struct environment_file {
    const char *path;
    bool there;
    const struct node *environments; /* the map; NULL: none, or it cannot be read, which is a finding */
    const char *current;             /* current_environment; NULL: not said */
    struct place current_place;
    long lock_timeout;               /* migration_locking.timeout_seconds; -1: not said */
    struct place lock_place;
};

/* Reads it where it is there.  The tree lives in the scratch arena of the source. */
void environment_open(struct source *source, const char *directory, struct environment_file *file);

/* An environment of which nothing is said. */
void environment_init(struct environment *environment, const char *name);

/*
 * Gathers base and environment files, and fills `environment` for the name that is asked for.  An environment
 * that the file does not have is a finding of kind ERR_USAGE that lists the known ones.
 */
void environment_read(struct source *source, const char *directory, const struct environment_file *file,
                      const char *name, struct environment *environment);

#endif
