/* Files that can be made again at any time: written only where they changed, and not waited for. */
#ifndef BASE_RENEW_H
#define BASE_RENEW_H

#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * Makes a file hold just that; one that holds it already is not touched.  Its directory exists.  After a power cut it
 * may be cut off, and the next call mends it.  `written` (may be NULL) says whether it was another one.
 * Errors: as those of file_write.
 */
int renew_file(const char *path, const char *content, size_t length, bool *written, struct err *err);

/* Does it hold just that? */
bool renew_is_same(const char *path, const char *content, size_t length);

#endif
