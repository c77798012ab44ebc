/* Two edited texts of one JSON document into one. */
#ifndef TEXT_JSON_MERGE_H
#define TEXT_JSON_MERGE_H

#include "base/arena.h"
#include "base/err.h"

/*
 * `theirs`, and in it what `mine` put in or changed since `ancestor` (NULL: an empty object).  Objects are taken member by
 * member, as deep as they go; lists and scalars as a whole.  What `mine` took out stays.  Every other byte is as it was.
 * Errors: ERR_INPUT for what is no JSON, and at the place in `theirs` of what both changed, each in another way.
 */
int json_merge(struct arena *arena, const char *path, const char *ancestor, const char *mine, const char *theirs,
               const char **merged, struct err *err);

#endif
