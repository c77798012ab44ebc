/* A lock between processes on a directory, for as long as the handle is open; gone with the process. */
#ifndef BASE_FLOCK_H
#define BASE_FLOCK_H

#include "base/err.h"

/* Waits for it.  *handle is for flock_release.  Errors: ERR_INPUT or ERR_PERMISSION with the path. */
int flock_take(const char *directory, int *handle, struct err *err);
void flock_release(int handle); /* -1: none */

#endif
