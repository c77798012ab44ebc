#include "model/content.h"

#include "base/file.h"
#include "base/hash.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE_SIZE = 64 * 1024 };

static int too_large(const char *path, long long size, long long limit, struct err *err)
{
    err_set(err, ERR_INPUT, "%s has %lld bytes, more than the limit of %lld", path, size, limit);
    err_hint(err, "split it, load bulk data in another way, or raise max-file-size (SKEIN_MAX_FILE_SIZE)");
    return err_at(err, path, 0, 0);
}

int content_read(struct arena *arena, const char *path, long long limit, char **content, size_t *length,
                 struct err *err)
{
    if (file_read(arena, path, limit > 0 ? (size_t)limit : 0, content, length, err) != 0)
        return err_at(err, path, 0, 0);
    return 0;
}

static int open_error(const char *path, struct err *err)
{
    enum err_kind kind = errno == EACCES || errno == EPERM ? ERR_PERMISSION : ERR_INPUT;
    err_errno(err, kind, "cannot read %s", path);
    return err_at(err, path, 0, 0);
}

/* Adds all bytes; a read error never passes for the end of the file, and a growing file not for a smaller one. */
static int add_all(int file, const char *path, long long limit, struct sha256 *sha, struct err *err)
{
    char piece[PIECE_SIZE];
    long long total = 0;
    for (;;) {
        ssize_t got = read(file, piece, sizeof(piece));
        if (got < 0 && errno == EINTR)
            continue;
        if (got < 0)
            return open_error(path, err);
        if (got == 0)
            return 0;
        total += got;
        if (limit > 0 && total > limit)
            return too_large(path, total, limit, err);
        sha256_add(sha, piece, (size_t)got);
    }
}

int content_checksum(const char *path, long long limit, char hex[65], struct err *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
    if (file < 0)
        return open_error(path, err);
    struct stat status;
    if (fstat(file, &status) != 0 || !S_ISREG(status.st_mode)) {
        close(file);
        err_set(err, ERR_INPUT, "%s is not a regular file", path);
        return err_at(err, path, 0, 0);
    }
    if (limit > 0 && status.st_size > limit) {
        close(file);
        return too_large(path, status.st_size, limit, err);
    }
    struct sha256 *sha = sha256_open();
    int result = add_all(file, path, limit, sha, err);
    sha256_close(sha, hex);
    close(file);
    return result;
}
