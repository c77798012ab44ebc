/* What `validate --base` says: migrations that are on another branch already, and were edited, renamed or removed since. */
#ifndef REVIEW_CHECK_BASE_H
#define REVIEW_CHECK_BASE_H

#include "base/git.h"
#include "model/catalog.h"

/*
 * Errors ("edited-on-base") for files of migrations that are on `ref` and have other bytes, another name or are gone, in
 * the working tree or, with `staged`, in the index.  What came to `ref` after this branch left it does not count.
 * A note where git cannot tell when that was.
 * Errors: those of git_open and git_common.
 */
int check_base(struct arena *arena, const struct catalog *catalog, const struct git *git, const char *ref, bool staged,
               struct findings *findings, struct err *err);

#endif
