/* Files: read whole, written aside and renamed, listed in byte order. */
#ifndef BASE_FILE_H
#define BASE_FILE_H

#include "base/arena.h"
#include "base/err.h"
#include "base/path.h"
#include "base/str.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The whole content of a regular file, NUL-terminated behind its last byte; *length without that NUL.
 * Errors: ERR_INPUT with the path when it is missing, a directory, a symlink loop, or larger than
 * `limit` bytes (0: no limit); ERR_PERMISSION when it may not be read.  A read error never yields a
 * shorter file.
 */
int file_read(struct arena *arena, const char *path, size_t limit, char **content, size_t *length,
              struct err *err);

/* The same from standard input, to its end. */
int file_read_input(struct arena *arena, size_t limit, char **content, size_t *length, struct err *err);

/* Writes a sibling file, syncs it and renames it to `path`, so that a reader sees old or new, never half. */
int file_write(struct arena *arena, const char *path, const char *content, size_t length, int mode,
               struct err *err);

/* Removes what calls of file_write for the path have left that were killed.  Nobody may be writing it now. */
bool file_is_sibling(const char *entry); /* by its name: what file_write has not renamed yet */
void file_remove_siblings(struct arena *arena, const char *path);

/* Creates a new file with O_EXCL; ERR_INPUT when it exists. */
int file_create(const char *path, const char *content, size_t length, int mode, struct err *err);

enum file_kind { FILE_NONE, FILE_REGULAR, FILE_DIRECTORY, FILE_OTHER };

/* What the path leads to, following symlinks; FILE_NONE also for what cannot be reached. */
enum file_kind file_kind(const char *path);

struct file_entry {
    const char *name;
    enum file_kind kind; /* following symlinks; FILE_OTHER for a dangling or looping one */
};
VEC(file_entries, struct file_entry);

/* The entries of a directory without "." and "..", sorted byte-wise. */
int file_list(struct arena *arena, const char *directory, struct file_entries *entries, struct err *err);

/* mkdir -p. */
int file_make_directory(struct arena *arena, const char *path, int mode, struct err *err);

/* Removes a directory and all below it, never following symlinks.  Missing is success. */
int file_remove_tree(const char *path, struct err *err);

/* What errno says about a path that somebody named: not allowed, named wrongly, or `otherwise`. */
enum err_kind file_errno_kind(enum err_kind otherwise);

/* Line and column (in characters, from 1) of a byte offset; and the text of that line without its end. */
struct place file_place(const char *path, const char *content, size_t offset);
char *file_line(struct arena *arena, const char *content, size_t length, int line);

#endif
