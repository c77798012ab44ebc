/* Copies of whole directory trees of regular files, which is what a database cluster is. */
#ifndef PG_SERVER_COPY_H
#define PG_SERVER_COPY_H

#include "base/arena.h"
#include "base/err.h"

/*
 * Copies `from` to `to`, which must not exist; directories 0700, files 0600.  Symbolic links are not followed
 * and not copied.  Errors: ERR_CONNECTION with what the system says; a part of the copy may be left.
 */
int server_copy(struct arena *arena, const char *from, const char *to, struct err *err);

/*
 * Renames a finished draft to its lasting name, so that it survives a power failure: everything in it is on the
 * disk before the rename, and the rename when this returns.
 */
int server_copy_publish(struct arena *arena, const char *draft, const char *target, struct err *err);

#endif
