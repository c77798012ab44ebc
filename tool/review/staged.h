/* What is staged: the files of git's index as they would be committed, and which of them this commit changes. */
#ifndef REVIEW_STAGED_H
#define REVIEW_STAGED_H

#include "base/git.h"
#include "base/map.h"
#include "model/catalog.h"

struct staged {
    struct arena *arena;
    struct git git;
    const char *directory;     /* of services or migrations, from git's top */
    const char *file;          /* the repository's configuration, from git's top; NULL: none */
    struct strings rules;      /* files of rules, from git's top */
    struct map files;          /* those that are staged and that skein reads, by their path from the top */
    struct strings names;      /* of these */
    struct map directories;    /* as they are shown: where they lie, from the top */
    bool declarations;         /* one of them is no migration, or a migration goes: what is said of others counts, too */
    const char *copy;          /* of the index, while the working tree has something else; NULL: none */
    const char *back;          /* the working directory before */
};

/*
 * Looks at the index (of the hook's environment, when there is one), and sees to it that what is read next is what is
 * staged: where the working tree has something else, or files that git does not know, the index is copied to a
 * temporary directory and the working directory moves there, so that paths are shown as they are in the repository.
 * `options` lead there, too.  Nothing of this happens when nothing is staged that skein reads (names is empty).
 * Errors: those of git_open; ERR_PERMISSION when the copy cannot be written.
 */
int staged_open(struct arena *arena, struct config_options *options, const struct config *config,
                struct staged *staged, struct err *err);

/*
 * Is it about what is staged?  About a staged file, or about the other half of a migration of which one is staged; when
 * declarations are staged, or a migration goes, about any declaration.
 */
bool staged_concerns(const struct staged *staged, const struct finding *finding);

/* Is that file, by the path that is shown, staged? */
bool staged_holds(struct staged *staged, const char *path);

/* Goes back, and removes the copy. */
void staged_close(struct staged *staged);

#endif
