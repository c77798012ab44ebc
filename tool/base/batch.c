#include "base/batch_record.h"

#include "base/file.h"

#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { FILE_MODE = 0666, DIRECTORY_MODE = 0777 };

void batch_create(struct batch *batch, const char *path, const char *content)
{
    *vec_add(batch->arena, &batch->files) = (struct batch_file){.path = path, .content = content, .length = strlen(content)};
}

void batch_replace(struct batch *batch, const char *path, const char *old, const char *content)
{
    *vec_add(batch->arena, &batch->files) = (struct batch_file){
        .path = path, .content = content, .length = strlen(content), .old = old, .old_length = strlen(old)};
}

void batch_remove(struct batch *batch, const char *path, const char *old)
{
    *vec_add(batch->arena, &batch->files) = (struct batch_file){.path = path, .old = old, .old_length = strlen(old)};
}

void batch_rename(struct batch *batch, const char *path, const char *new_path)
{
    *vec_add(batch->arena, &batch->files) = (struct batch_file){.path = path, .new_path = new_path};
}

static void add_missing(struct batch *batch, const char *path)
{
    if (file_kind(path) == FILE_DIRECTORY)
        return;
    vec_each(missing, &batch->missing)
        if (strcmp(*missing, path) == 0)
            return;
    const char *above = path_directory(batch->arena, path);
    if (strcmp(above, path) != 0)
        add_missing(batch, above);
    *vec_add(batch->arena, &batch->missing) = path;
}

static void find_missing(struct batch *batch)
{
    vec_each(file, &batch->files)
        add_missing(batch, path_directory(batch->arena, file->new_path != NULL ? file->new_path : file->path));
}

static int make_directories(struct batch *batch, struct err *err)
{
    vec_each(path, &batch->missing)
        if (mkdir(*path, DIRECTORY_MODE) != 0 && errno != EEXIST)
            return err_errno(err, file_errno_kind(ERR_INPUT), "cannot make the directory %s", *path);
    return 0;
}

static int check_unchanged(struct batch *batch, const struct batch_file *file, struct err *err)
{
    char *now;
    size_t length;
    if (file_read(batch->arena, file->path, 0, &now, &length, err) != 0)
        return -1;
    if (length == file->old_length && memcmp(now, file->old, length) == 0)
        return 0;
    err_set(err, ERR_INPUT, "%s was edited meanwhile", file->path);
    return err_hint(err, "run it again");
}

static int mode_of(const char *path)
{
    struct stat facts;
    return stat(path, &facts) == 0 ? (int)(facts.st_mode & 07777) : FILE_MODE;
}

/* link() and not rename(), which would take the place of what is there. */
static int move(const char *from, const char *to, struct err *err)
{
    if (link(from, to) != 0)
        return err_errno(err, file_errno_kind(ERR_INPUT), "cannot rename %s to %s", from, to);
    if (unlink(from) == 0)
        return 0;
    err_errno(err, file_errno_kind(ERR_INPUT), "cannot rename %s to %s", from, to);
    unlink(to);
    return -1;
}

static int write_one(struct batch *batch, const struct batch_file *file, struct err *err)
{
    if (file->new_path != NULL)
        return move(file->path, file->new_path, err);
    if (file->old == NULL)
        return file_create(file->path, file->content, file->length, FILE_MODE, err);
    if (check_unchanged(batch, file, err) != 0)
        return -1;
    if (file->content == NULL)
        return unlink(file->path) == 0 ? 0 : err_errno(err, file_errno_kind(ERR_INPUT), "cannot remove %s", file->path);
    return file_write(batch->arena, file->path, file->content, file->length, mode_of(file->path), err);
}

bool batch_is_same_file(const char *a, const char *b)
{
    struct stat first, second;
    return stat(a, &first) == 0 && stat(b, &second) == 0 && first.st_dev == second.st_dev && first.st_ino == second.st_ino;
}

static void take_back_one(struct batch *batch, const struct batch_file *file)
{
    struct err unused = {.arena = batch->arena};
    if (file->new_path != NULL && batch_is_same_file(file->path, file->new_path))
        unlink(file->new_path);
    else if (file->new_path != NULL)
        (void)move(file->new_path, file->path, &unused);
    else if (file->old != NULL)
        (void)file_write(batch->arena, file->path, file->old, file->old_length, mode_of(file->path), &unused);
    else
        unlink(file->path);
}

void batch_take_back(struct batch *batch, size_t count)
{
    while (count > 0)
        take_back_one(batch, &batch->files.at[--count]);
    for (size_t i = batch->missing.count; i > 0; i--)
        rmdir(batch->missing.at[i - 1]);
}

static int write_all(struct batch *batch, struct err *err)
{
    size_t written = 0;
    int result = make_directories(batch, err);
    for (; result == 0 && written < batch->files.count; written += result == 0)
        result = write_one(batch, &batch->files.at[written], err);
    if (result != 0)
        batch_take_back(batch, written);
    return result;
}

int batch_write(struct batch *batch, struct err *err)
{
    if (batch->dry)
        return 0;
    find_missing(batch);
    if (batch->directory != NULL && batch_record_write(batch, err) != 0)
        return -1;
    int result = write_all(batch, err);
    if (batch->directory != NULL)
        batch_record_remove(batch);
    return result;
}
