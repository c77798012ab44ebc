/*
 * Several files at once: all of them are written, or none.
 *
 * New files never take the place of one that is there.  A file that is replaced must still be as it was read.
 * With `directory`, the one that the caller holds the lock on (base/flock.h), a killed run can be taken back: the file
 * BATCH_RECORD lies there from before the first write until after the last.
 */
#ifndef BASE_BATCH_H
#define BASE_BATCH_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

#include <stdbool.h>
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
    const char *directory;       /* NULL: no record is kept */
    bool dry;                    /* nothing is written */
    struct batch_files files;    /* in the order of writing */
    struct strings missing;      /* directories that are made on the way, from the top down */
};

#define BATCH_RECORD ".skein-unfinished"

void batch_create(struct batch *batch, const char *path, const char *content);
void batch_replace(struct batch *batch, const char *path, const char *old, const char *content);
void batch_remove(struct batch *batch, const char *path, const char *old);
void batch_rename(struct batch *batch, const char *path, const char *new_path);

/*
 * Writes them, with the directories that they need.  On an error everything is as it was before.
 * Errors: ERR_INPUT when a new file exists, or one to be replaced has been edited meanwhile; ERR_PERMISSION.
 */
int batch_write(struct batch *batch, struct err *err);

/*
 * Takes back what a batch of this directory has written that was killed.  *count: its files; 0: there was none.
 * Errors: ERR_INPUT when one of them was edited since, so that only people can say what is right.
 */
int batch_settle(struct arena *arena, const char *directory, size_t *count, struct err *err);

#endif
