#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>
#include <sys/stat.h>
#include <unistd.h>

enum err_kind file_errno_kind(enum err_kind otherwise)
{
    switch (errno) {
    case EACCES:
    case EPERM:
    case EROFS:
        return ERR_PERMISSION;
    case ENOENT:
    case ENOTDIR:
    case EISDIR:
    case ELOOP:
    case ENAMETOOLONG:
    case EEXIST:
        return ERR_INPUT;
    default:
        return otherwise;
    }
}

static int fail(struct err *err, enum err_kind otherwise, const char *what, const char *path)
{
    bool full = errno == ENOSPC || errno == EDQUOT;
    err_errno(err, file_errno_kind(otherwise), "cannot %s %s", what, path);
    if (full)
        err_hint(err, "free some space on that disk and try again");
    return -1;
}

/* Reads a regular file of that size, and one byte more if it has grown; -1 on a read error. */
static ssize_t read_full(int fd, char *buffer, size_t size)
{
    size_t length = 0;
    do {
        ssize_t got = read(fd, buffer + length, size + 1 - length);
        if (got == 0)
            break;
        if (got < 0 && errno != EINTR)
            return -1;
        if (got > 0)
            length += (size_t)got;
    } while (length < size);
    return (ssize_t)length;
}

static int read_open(struct arena *arena, int fd, const char *path, size_t limit, char **content, size_t *length,
                     struct err *err)
{
    struct stat status;
    if (fstat(fd, &status) != 0)
        return fail(err, ERR_INPUT, "read", path);
    if (S_ISDIR(status.st_mode))
        return err_set(err, ERR_INPUT, "%s is a directory; a file was expected", path);
    if (!S_ISREG(status.st_mode))
        return err_set(err, ERR_INPUT, "%s is not a regular file", path);
    size_t size = (size_t)status.st_size;
    if (limit != 0 && size > limit) {
        err_set(err, ERR_INPUT, "%s has %zu bytes, more than the limit of %zu", path, size, limit);
        return err_hint(err, "split it, load bulk data in another way, or raise max-file-size (SKEIN_MAX_FILE_SIZE)");
    }
    char *bytes = arena_alloc(arena, size + 2);
    ssize_t got = read_full(fd, bytes, size);
    if (got < 0)
        return fail(err, ERR_INPUT, "read", path);
    if ((size_t)got != size) {
        err_set(err, ERR_INPUT, "%s changed while it was being read", path);
        return err_hint(err, "run the command again when nobody writes the file");
    }
    *content = bytes;
    *length = size;
    return 0;
}

int file_read(struct arena *arena, const char *path, size_t limit, char **content, size_t *length, struct err *err)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK); /* a fifo must not make us wait */
    if (fd < 0)
        return fail(err, ERR_INPUT, "read", path);
    int result = read_open(arena, fd, path, limit, content, length, err);
    close(fd);
    return result;
}

int file_read_input(struct arena *arena, size_t limit, char **content, size_t *length, struct err *err)
{
    struct str text = str_new(arena);
    char piece[1 << 16];
    for (;;) {
        ssize_t got = read(STDIN_FILENO, piece, sizeof(piece));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return err_errno(err, ERR_INPUT, "cannot read standard input");
        if (got == 0)
            break;
        str_add_bytes(&text, piece, (size_t)got);
        if (limit != 0 && text.length > limit)
            return err_set(err, ERR_INPUT, "standard input is longer than the limit of %zu bytes", limit);
    }
    *content = text.at;
    *length = text.length;
    return 0;
}

static int write_full(int fd, const char *content, size_t length)
{
    while (length > 0) {
        ssize_t written = write(fd, content, length);
        if (written < 0 && errno != EINTR)
            return -1;
        if (written > 0) {
            content += written;
            length -= (size_t)written;
        }
    }
    return fsync(fd);
}

/* Writes, syncs and closes; on failure the file is removed again, with errno kept. */
static int write_and_close(int fd, const char *path, const char *content, size_t length)
{
    int result = write_full(fd, content, length);
    int reason = errno;
    if (close(fd) != 0 && result == 0) {
        result = -1;
        reason = errno;
    }
    if (result != 0)
        unlink(path);
    errno = reason;
    return result;
}

/* A new name in a directory lasts only when the directory is synced; where that cannot be done it is left. */
static void sync_directory(const char *directory)
{
    int fd = open(directory, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    if (fd < 0)
        return;
    (void)fsync(fd);
    close(fd);
}

enum { SIBLING_DIGITS = 16 };

static int open_sibling(struct arena *arena, const char *path, int mode, char **sibling)
{
    int fd;
    do {
        uint64_t number = 0;
        if (getrandom(&number, sizeof number, 0) != (ssize_t)sizeof number)
            return -1;
        *sibling = arena_printf(arena, "%s.%0*" PRIx64 ".tmp", path, SIBLING_DIGITS, number);
        fd = open(*sibling, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, (mode_t)mode);
    } while (fd < 0 && errno == EEXIST);
    return fd;
}

/* "NAME.0123456789abcdef.tmp" */
static bool is_sibling(const char *entry, size_t length)
{
    return entry[length] == '.' && strspn(entry + length + 1, "0123456789abcdef") == SIBLING_DIGITS &&
           strcmp(entry + length + 1 + SIBLING_DIGITS, ".tmp") == 0;
}

bool file_is_sibling(const char *entry)
{
    size_t length = strlen(entry), tail = strlen(".") + SIBLING_DIGITS + strlen(".tmp");
    return length > tail && is_sibling(entry, length - tail);
}

void file_remove_siblings(struct arena *arena, const char *path)
{
    struct err unused = {.arena = arena};
    struct file_entries entries = {0};
    const char *directory = path_directory(arena, path);
    if (file_list(arena, directory, &entries, &unused) != 0)
        return;
    vec_each(entry, &entries)
        if (str_starts(entry->name, path_base(path)) && is_sibling(entry->name, strlen(path_base(path))))
            unlink(path_join(arena, directory, entry->name));
}

int file_write(struct arena *arena, const char *path, const char *content, size_t length, int mode, struct err *err)
{
    char *real = realpath(path, NULL); /* renaming would replace a symlink; its target is meant */
    const char *target = real == NULL ? path : arena_strdup(arena, real);
    free(real);
    char *sibling = NULL;
    int fd = open_sibling(arena, target, mode, &sibling);
    if (fd < 0 || write_and_close(fd, sibling, content, length) != 0)
        return fail(err, ERR_FAILED, "write", path);
    if (rename(sibling, target) != 0) {
        int reason = errno;
        unlink(sibling);
        errno = reason;
        return fail(err, ERR_FAILED, "write", path);
    }
    sync_directory(path_directory(arena, target));
    return 0;
}

int file_create(const char *path, const char *content, size_t length, int mode, struct err *err)
{
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, (mode_t)mode);
    if (fd < 0 || write_and_close(fd, path, content, length) != 0)
        return fail(err, ERR_FAILED, "create", path);
    return 0;
}

struct place file_place(const char *path, const char *content, size_t offset)
{
    struct place place = {path, 1, 1};
    for (size_t i = 0; i < offset; i++) {
        if (content[i] == '\n') {
            place.line++;
            place.column = 1;
        } else if (((unsigned char)content[i] & 0xC0) != 0x80) { /* not a byte that continues a character */
            place.column++;
        }
    }
    return place;
}

char *file_line(struct arena *arena, const char *content, size_t length, int line)
{
    const char *at = content, *end = content + length;
    for (int i = 1; i < line && at != end; i++) {
        const char *newline = memchr(at, '\n', (size_t)(end - at));
        at = newline == NULL ? end : newline + 1;
    }
    const char *newline = at == end ? NULL : memchr(at, '\n', (size_t)(end - at));
    const char *stop = newline == NULL ? end : newline;
    if (stop != at && stop[-1] == '\r')
        stop--;
    return arena_strndup(arena, at, (size_t)(stop - at));
}
