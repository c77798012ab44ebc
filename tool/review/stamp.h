/*
 * Stamps of validation, for make: a service whose files did not change since it was found good is not looked at again.
 *
 * A directory holds for each service NAME.stamp (it was found good) and NAME.d, a fragment of a Makefile as `gcc -MMD
 * -MP` writes it, with the files that the answer depends on: its own, and those of services it depends on; all
 * services' where it uses what nobody makes, because any of them may begin to (such a stamp is not empty).  `key`
 * stands for everything else: configuration, environment, options, the set of services, skein itself.  A stamp is
 * as old as the look at the files, not as its writing, so that an edit meanwhile is newer.
 */
#ifndef REVIEW_STAMP_H
#define REVIEW_STAMP_H

#include "model/catalog.h"

#include <time.h>

struct stamps {
    struct arena *arena;
    const char *directory;
    const struct catalog *catalog;
    struct timespec began;       /* before anything was read */
    char key[65];
};

/*
 * The directory is made when it is not there.  `options` is whatever of the command line the answer depends on.
 * Errors: ERR_USAGE for a directory whose name make would not take for a name; ERR_PERMISSION.
 */
int stamps_open(struct arena *arena, const char *directory, const struct catalog *catalog, const char *options,
                struct timespec began, struct stamps *stamps, struct err *err);

/* Was everything looked at with this key? */
bool stamps_know_key(const struct stamps *stamps);

/* The service whose stamp a path is; NULL: there is none, and what was left of it is removed. */
const struct service *stamps_service(const struct stamps *stamps, const char *path);

/* Is it found good, and nothing that it depends on newer?  Also what a Makefile cannot name is compared here. */
bool stamps_is_current(const struct stamps *stamps, const struct service *service);

/* Where its fragment is. */
const char *stamps_fragment(const struct stamps *stamps, const struct service *service);

/* Before stamps are written with another key: whoever is killed meanwhile leaves none behind that vouches for them. */
void stamps_forget_key(const struct stamps *stamps);

/*
 * Writes the service's fragment, and its stamp when it is `good`; removes that otherwise.  `of_all`: the answer depends
 * on the files of all services.
 */
int stamps_write(const struct stamps *stamps, const struct service *service, bool good, bool of_all, struct err *err);

/* Writes the key when what concerns no single service is `good`, and removes what is left of services that are no more. */
int stamps_write_key(const struct stamps *stamps, bool good, struct err *err);

#endif
