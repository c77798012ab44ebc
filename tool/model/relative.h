/* Paths as they are shown. */
#ifndef MODEL_RELATIVE_H
#define MODEL_RELATIVE_H

#include "base/arena.h"

/* An absolute path as seen from the working directory, where that is shorter; "." for that directory. */
const char *relative_path(struct arena *arena, const char *absolute);

/* The same as seen from `from`, an absolute path without symlinks. */
const char *relative_path_from(struct arena *arena, const char *from, const char *absolute);

#endif
