/* The part of base/file.h that is about directories. */
#include "base/file.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum file_kind kind_of_mode(mode_t mode)
{
    return S_ISREG(mode) ? FILE_REGULAR : S_ISDIR(mode) ? FILE_DIRECTORY : FILE_OTHER;
}

enum file_kind file_kind(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 ? kind_of_mode(status.st_mode) : FILE_NONE;
}

/* Most file systems tell the type with the name; only links and the rest cost a system call. */
static enum file_kind kind_of_entry(DIR *directory, const struct dirent *entry)
{
    if (entry->d_type == DT_REG)
        return FILE_REGULAR;
    if (entry->d_type == DT_DIR)
        return FILE_DIRECTORY;
    struct stat status;
    return fstatat(dirfd(directory), entry->d_name, &status, 0) == 0 ? kind_of_mode(status.st_mode) : FILE_OTHER;
}

static int compare_entries(const void *a, const void *b)
{
    return strcmp(((const struct file_entry *)a)->name, ((const struct file_entry *)b)->name);
}

static bool is_dots(const char *name)
{
    return strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

int file_list(struct arena *arena, const char *directory, struct file_entries *entries, struct err *err)
{
    DIR *open = opendir(directory);
    if (open == NULL)
        return err_errno(err, file_errno_kind(ERR_FAILED), "cannot list %s", directory);
    *entries = (struct file_entries){0};
    const struct dirent *entry;
    while (errno = 0, (entry = readdir(open)) != NULL)
        if (!is_dots(entry->d_name))
            *vec_add(arena, entries) =
                (struct file_entry){arena_strdup(arena, entry->d_name), kind_of_entry(open, entry)};
    int result = errno == 0 ? 0 : err_errno(err, file_errno_kind(ERR_FAILED), "cannot list %s", directory);
    closedir(open);
    if (entries->count != 0)
        qsort(entries->at, entries->count, sizeof(*entries->at), compare_entries);
    return result;
}

int file_make_directory(struct arena *arena, const char *path, int mode, struct err *err)
{
    if (mkdir(path, (mode_t)mode) == 0 || (errno == EEXIST && file_kind(path) == FILE_DIRECTORY))
        return 0;
    if (errno != ENOENT || path[0] == '\0')
        return err_errno(err, file_errno_kind(ERR_FAILED), "cannot create the directory %s", path);
    char *parent = path_directory(arena, path);
    if (strcmp(parent, path) == 0 || file_make_directory(arena, parent, mode, err) != 0)
        return -1;
    if (mkdir(path, (mode_t)mode) == 0 || errno == EEXIST)
        return 0;
    return err_errno(err, file_errno_kind(ERR_FAILED), "cannot create the directory %s", path);
}

static int remove_at(int parent, const char *name);

/* Takes the descriptor over. */
static int empty_directory(int fd)
{
    DIR *directory = fdopendir(fd);
    if (directory == NULL) {
        close(fd);
        return -1;
    }
    int result = 0;
    const struct dirent *entry;
    while (result == 0 && (errno = 0, entry = readdir(directory)) != NULL)
        if (!is_dots(entry->d_name))
            result = remove_at(fd, entry->d_name);
    if (entry == NULL && errno != 0)
        result = -1;
    int reason = errno;
    closedir(directory);
    errno = reason;
    return result;
}

/* By descriptors, so that a directory that is swapped for a symlink meanwhile is not followed. */
static int remove_at(int parent, const char *name)
{
    int fd = openat(parent, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd >= 0) {
        if (empty_directory(fd) != 0 || (unlinkat(parent, name, AT_REMOVEDIR) != 0 && errno != ENOENT))
            return -1;
        return 0;
    }
    if (errno == ENOTDIR || errno == ELOOP)
        return unlinkat(parent, name, 0) == 0 || errno == ENOENT ? 0 : -1;
    return errno == ENOENT ? 0 : -1;
}

int file_remove_tree(const char *path, struct err *err)
{
    if (remove_at(AT_FDCWD, path) == 0)
        return 0;
    return err_errno(err, file_errno_kind(ERR_FAILED), "cannot remove %s", path);
}
