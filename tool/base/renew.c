#include "base/renew.h"

#include "base/file.h"

#include <errno.h>
#include <fcntl.h>
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

int renew_file(const char *path, const char *content, size_t length, bool *written, struct err *err)
{
    bool same = renew_is_same(path, content, length);
    if (written != NULL)
        *written = !same;
    if (same)
        return 0;
    int fd = open(path, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
    bool failed = fd < 0 || write_whole(fd, content, length) != 0;
    int reason = errno;
    if (fd >= 0 && close(fd) != 0 && !failed) {
        failed = true;
        reason = errno;
    }
    errno = reason;
    return failed ? err_errno(err, file_errno_kind(ERR_FAILED), "cannot write %s", path) : 0;
}
