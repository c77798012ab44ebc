#include "pg/server_copy.h"

#include "base/file.h"
#include "base/proc.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <unistd.h>

static int copy_bytes(int from, int to)
{
    ssize_t moved;
    do
        moved = sendfile(to, from, NULL, 1 << 20);
    while (moved > 0 || (moved < 0 && errno == EINTR));
    return moved < 0 ? -1 : 0;
}

static int copy_file(int from, int to, const char *name)
{
    int source = openat(from, name, O_RDONLY | O_NOFOLLOW | O_CLOEXEC);
    if (source < 0)
        return -1;
    int target = openat(to, name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    int failed = target < 0 || copy_bytes(source, target) != 0;
    if (target >= 0 && close(target) != 0)
        failed = 1;
    int reason = errno;
    close(source);
    errno = reason;
    return failed ? -1 : 0;
}

static int copy_entries(struct arena *arena, const char *from, const char *to, int source, int target,
                        struct err *err)
{
    struct file_entries entries = {0};
    if (file_list(arena, from, &entries, err) != 0)
        return -1;
    vec_each(entry, &entries) {
        struct stat status;
        if (fstatat(source, entry->name, &status, AT_SYMLINK_NOFOLLOW) == 0 && S_ISLNK(status.st_mode))
            continue;
        if (proc_interrupted() != 0)
            return err_set(err, ERR_INTERRUPTED, "interrupted while copying the template of the private server");
        if (entry->kind == FILE_DIRECTORY
            && server_copy(arena, path_join(arena, from, entry->name), path_join(arena, to, entry->name), err) != 0)
            return -1;
        if (entry->kind == FILE_REGULAR && copy_file(source, target, entry->name) != 0)
            return err_errno(err, ERR_CONNECTION, "cannot copy %s/%s to %s", from, entry->name, to);
    }
    return 0;
}

int server_copy(struct arena *arena, const char *from, const char *to, struct err *err)
{
    if (mkdir(to, 0700) != 0)
        return err_errno(err, ERR_CONNECTION, "cannot create %s", to);
    int source = open(from, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int target = open(to, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    int result = source >= 0 && target >= 0 ? copy_entries(arena, from, to, source, target, err)
                                            : err_errno(err, ERR_CONNECTION, "cannot copy %s to %s", from, to);
    if (source >= 0)
        close(source);
    if (target >= 0)
        close(target);
    return result;
}

static int sync_one(const char *path, struct err *err)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    int failed = file < 0 || fsync(file) != 0;
    if (failed)
        err_errno(err, ERR_CONNECTION, "cannot write %s to the disk", path);
    if (file >= 0)
        close(file);
    return failed ? -1 : 0;
}

static int sync_tree(struct arena *arena, const char *tree, struct err *err)
{
    struct file_entries entries = {0};
    if (file_list(arena, tree, &entries, err) != 0)
        return -1;
    vec_each(entry, &entries) {
        const char *path = path_join(arena, tree, entry->name);
        if ((entry->kind == FILE_DIRECTORY && sync_tree(arena, path, err) != 0)
            || (entry->kind == FILE_REGULAR && sync_one(path, err) != 0))
            return -1;
    }
    return sync_one(tree, err);
}

int server_copy_publish(struct arena *arena, const char *draft, const char *target, struct err *err)
{
    if (sync_tree(arena, draft, err) != 0)
        return -1;
    if (rename(draft, target) != 0)
        return err_errno(err, ERR_CONNECTION, "cannot rename %s to %s", draft, target);
    return sync_one(path_directory(arena, target), err);
}
