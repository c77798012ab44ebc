/*
 * Several files at once: all of them are written, or none.
 *
 * New files never take the place of one that is there.  A file that is replaced must still be as it was read.
 */
#ifndef BASE_BATCH_H
#define BASE_BATCH_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

#include <stddef.h>

struct batch_file {
    const char *path;
    const char *content;     /* NULL: it is removed, or renamed */
    size_t length;
    const char *old;         /* what stands there now; NULL: nothing */
    size_t old_length;
    const char *new_path;    /* the file is renamed to this; NULL: it is not */
};
VEC(batch_files, struct batch_file);

struct batch {
    struct arena *arena;
    struct batch_files files;    /* in the order of writing */
    struct strings made;         /* directories that were made on the way */
};

void batch_create(struct batch *batch, const char *path, const char *content);
void batch_replace(struct batch *batch, const char *path, const char *old, const char *content);
void batch_remove(struct batch *batch, const char *path, const char *old);
void batch_rename(struct batch *batch, const char *path, const char *new_path);

/*
 * Writes them, with the directories that they need.  On an error everything is as it was before.
 * Errors: ERR_INPUT when a new file exists, or one to be replaced has been edited meanwhile; ERR_PERMISSION.
 */
int batch_write(struct batch *batch, struct err *err);

#endif
