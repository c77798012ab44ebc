/* What `validate --base` says about the order of new migrations: another branch has later ones already. */
#ifndef REVIEW_CHECK_HISTORY_H
#define REVIEW_CHECK_HISTORY_H

#include "base/git.h"
#include "model/catalog.h"

/*
 * Warnings ("non-linear-history") for migrations that are not on `ref` as it is now, with a version below the latest
 * one that the same service has there: where that one is applied, they would be out of order.
 * Errors: ERR_INPUT with git's own words.
 */
int check_history(struct arena *arena, const struct catalog *catalog, const struct git *git, const char *ref,
                  struct findings *findings, struct err *err);

#endif
