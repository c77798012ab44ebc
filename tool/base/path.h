/* Paths as text; nothing here looks at the disk but the working directory. */
#ifndef BASE_PATH_H
#define BASE_PATH_H

#include "base/arena.h"

/* "a/b"; `name` alone when it is absolute or when the directory is "" or ".". */
char *path_join(struct arena *arena, const char *directory, const char *name);
char *path_directory(struct arena *arena, const char *path); /* "." when there is none */
const char *path_base(const char *path);                     /* points into path */
/* Absolute, without "." and ".." (by text, so that what does not exist can be named too). */
char *path_absolute(struct arena *arena, const char *path);

#endif
