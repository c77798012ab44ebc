#include "base/renew.h"

#include "base/file.h"
#include "base/path.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static ssize_t read_some(int fd, char *buffer, size_t size)
{
    ssize_t got;
    do
        got = read(fd, buffer, size);
    while (got < 0 && errno == EINTR);
    return got;
}

static bool holds(int fd, const char *content, size_t length)
{
    char buffer[1 << 14];
    struct stat status;
    if (fstat(fd, &status) != 0 || !S_ISREG(status.st_mode) || (size_t)status.st_size != length)
        return false;
    for (size_t at = 0; at < length;) {
        ssize_t got = read_some(fd, buffer, sizeof buffer);
        if (got <= 0 || (size_t)got > length - at || memcmp(buffer, content + at, (size_t)got) != 0)
            return false;
        at += (size_t)got;
    }
    return true;
}

bool renew_is_same(const char *path, const char *content, size_t length)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    bool same = fd >= 0 && holds(fd, content, length);
    if (fd >= 0)
        close(fd);
    return same;
}

static int write_whole(int fd, const char *content, size_t length)
{
    while (length > 0) {
        ssize_t put = write(fd, content, length);
        if (put < 0 && errno != EINTR)
            return -1;
        content += put > 0 ? put : 0;
        length -= put > 0 ? (size_t)put : 0;
    }
    return 0;
}

static const char draft_name[] = ".skein-draft";

bool renew_is_draft(const char *name)
{
    return strcmp(name, draft_name) == 0;
}

void renew_sweep(const char *directory)
{
    struct arena scratch = {0};
    unlink(path_join(&scratch, directory, draft_name));
    arena_release(&scratch);
}

/* Renaming would replace a symlink; its target is meant. */
static const char *target_of(struct arena *arena, const char *path)
{
    struct stat status;
    if (lstat(path, &status) != 0 || !S_ISLNK(status.st_mode))
        return path;
    char *real = realpath(path, NULL);
    const char *target = real == NULL ? path : arena_strdup(arena, real);
    free(real);
    return target;
}

static int open_draft(const char *draft)
{
    int fd = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
    if (fd >= 0 || errno != EEXIST || unlink(draft) != 0)
        return fd;
    return open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
}

static void keep_mode(int fd, const char *target)
{
    struct stat old, new;
    if (stat(target, &old) == 0 && fstat(fd, &new) == 0 && ((old.st_mode ^ new.st_mode) & 07777) != 0)
        (void)fchmod(fd, old.st_mode & 07777);
}

/* 0, or what went wrong. */
static int put(const char *target, const char *draft, const char *content, size_t length)
{
    int fd = open_draft(draft), reason = 0;
    if (fd < 0)
        return errno;
    keep_mode(fd, target);
    if (write_whole(fd, content, length) != 0)
        reason = errno;
    if (close(fd) != 0 && reason == 0)
        reason = errno;
    if (reason == 0 && rename(draft, target) != 0)
        reason = errno;
    if (reason != 0)
        unlink(draft);
    return reason;
}

int renew_file(const char *path, const char *content, size_t length, bool *written, struct err *err)
{
    bool same = renew_is_same(path, content, length);
    if (written != NULL)
        *written = !same;
    if (same)
        return 0;
    struct arena scratch = {0};
    const char *target = target_of(&scratch, path);
    errno = put(target, path_join(&scratch, path_directory(&scratch, target), draft_name), content, length);
    int status = errno == 0 ? 0 : err_errno(err, file_errno_kind(ERR_FAILED), "cannot write %s", path);
    arena_release(&scratch);
    return status;
}
