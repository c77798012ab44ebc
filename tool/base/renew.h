/* Files that can be made again at any time: written only where they changed, and the disk is not waited for. */
#ifndef BASE_RENEW_H
#define BASE_RENEW_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Makes a file hold just that; one that holds it already is not touched.  Its directory exists.  What is there has its old
 * content or the new one, whenever the process ends; after a power cut it may be cut off, and the next call mends it.
 * `written` (may be NULL) says whether it was another one.  One process at a time in a directory: it has one draft.
 * Errors: as those of file_write.
 */
int renew_file(const char *path, const char *content, size_t length, bool *written, struct err *err);

/* Takes away the draft that a killed process left in a directory.  renew_is_draft: is that its name? */
void renew_sweep(const char *directory);
bool renew_is_draft(const char *name);

/* Does it hold just that? */
bool renew_is_same(const char *path, const char *content, size_t length);

#endif
