/*
 * Locks on files, held by an open file rather than by a process: children inherit them, the last one to die
 * lets go, and anybody may ask whether a lock is held without taking it.  They work across containers that
 * share the file, where process ids mean nothing.
 */
#ifndef PG_SERVER_LOCK_H
#define PG_SERVER_LOCK_H

#include "base/err.h"

#include <stdbool.h>

/* Opens (and creates) the file of a lock, without taking it; -1 with ERR_PERMISSION.  Closed on exec. */
int server_lock_open(const char *path, struct err *err);

/* Opens and waits until the lock is ours; a signal ends the wait with ERR_INTERRUPTED.  Closing lets go. */
int server_lock_take(const char *path, bool shared, struct err *err);

/* Takes the lock unless somebody else holds it. */
bool server_lock_try(int file);

/* Does somebody else hold it? */
bool server_lock_is_held(int file);

/* The same by name; a file that is not there is not locked. */
bool server_lock_path_is_held(const char *path);

#endif
