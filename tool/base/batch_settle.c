/*
 * Taking back what a killed batch has written: it had done its first files, and perhaps a part of the next one.
 *
 * A path may be written twice, when one file gets the name that another leaves, so that no file tells by itself whether
 * it is done: what is on the disk is held against what there would be after each of them.
 */
#include "base/batch_record.h"

#include "base/file.h"
#include "base/map.h"

#include <string.h>
#include <unistd.h>

/* What a path should hold. */
struct expected {
    bool there;
    const char *text;       /* NULL: of a file that is renamed; nobody knows */
    size_t length;
};

/* What a path holds. */
struct found {
    bool there;
    char *text;             /* NULL: it cannot be read */
    size_t length;
};

struct settling {
    struct batch *batch;
    struct strings paths;   /* each once */
    struct map found;
    struct map expected;    /* after the files that were gone through */
};

static void look(struct settling *settling, const char *path)
{
    struct arena *arena = settling->batch->arena;
    struct err unused = {.arena = arena};
    void **slot = map_slot(arena, &settling->found, path);
    if (*slot != NULL)
        return;
    struct found *found = arena_new(arena, struct found);
    found->there = file_kind(path) != FILE_NONE;
    if (found->there && file_read(arena, path, 0, &found->text, &found->length, &unused) != 0)
        found->text = NULL;
    *slot = found;
    *vec_add(arena, &settling->paths) = path;
}

static void expect(struct settling *settling, const char *path, bool there, const char *text, size_t length)
{
    struct expected *expected = arena_new(settling->batch->arena, struct expected);
    *expected = (struct expected){there, text, length};
    map_put(settling->batch->arena, &settling->expected, path, expected);
}

static void expect_before(struct settling *settling, const char *path, bool there, const char *text, size_t length)
{
    if (map_find(&settling->expected, path) == NULL)
        expect(settling, path, there, text, length);
}

/* As it was before the first of them: what a path held is what its first file says. */
static void begin(struct settling *settling)
{
    settling->expected = (struct map){0};
    vec_each(file, &settling->batch->files) {
        expect_before(settling, file->path, file->new_path != NULL || file->old != NULL, file->old, file->old_length);
        if (file->new_path != NULL)
            expect_before(settling, file->new_path, false, NULL, 0);
    }
}

static void go_on(struct settling *settling, const struct batch_file *file)
{
    if (file->new_path != NULL)
        expect(settling, file->new_path, true, NULL, 0);
    expect(settling, file->path, file->content != NULL, file->content, file->length);
}

/* The beginning of a file that was being created, or a file that has both its names. */
static bool is_begun(const struct settling *settling, const char *path, const struct batch_file *next)
{
    const struct found *found = map_find(&settling->found, path);
    if (next == NULL || !found->there)
        return false;
    if (next->new_path != NULL)
        return strcmp(next->new_path, path) == 0 && batch_is_same_file(next->path, path);
    return next->old == NULL && strcmp(next->path, path) == 0 && found->text != NULL && found->length <= next->length &&
           memcmp(found->text, next->content, found->length) == 0;
}

static bool is_as_expected(const struct settling *settling, const char *path)
{
    const struct expected *expected = map_find(&settling->expected, path);
    const struct found *found = map_find(&settling->found, path);
    if (expected->there != found->there || !found->there || expected->text == NULL)
        return expected->there == found->there;
    return found->text != NULL && found->length == expected->length && memcmp(found->text, expected->text, found->length) == 0;
}

/* The first path that is not as it should be; NULL: all are. */
static const char *find_other(const struct settling *settling, const struct batch_file *next)
{
    vec_each(path, &settling->paths)
        if (!is_as_expected(settling, *path) && !is_begun(settling, *path, next))
            return *path;
    return NULL;
}

/* How many files were done; false: people have edited *edited since. */
static bool find_done(struct settling *settling, size_t *done, const char **edited)
{
    const struct batch_files *files = &settling->batch->files;
    bool any = false;
    begin(settling);
    for (size_t i = 0; i <= files->count; i++) {
        const char *other = find_other(settling, i < files->count ? &files->at[i] : NULL);
        if (other == NULL) {
            *done = i;
            any = true;
        } else if (*edited == NULL || i == files->count / 2) {
            *edited = other;
        }
        if (i < files->count)
            go_on(settling, &files->at[i]);
    }
    return any;
}

/* The file at which it was killed may be there in part. */
static void remove_begun(struct settling *settling, const struct batch_file *file)
{
    const char *path = file->new_path != NULL ? file->new_path : file->path;
    if (is_begun(settling, path, file))
        unlink(path);
}

static int fail_edited(const struct batch *batch, const char *path, struct err *err)
{
    err_set(err, ERR_INPUT, "%s was edited after a run that was interrupted while it wrote", path);
    return err_hint(err, "see what is there, mend it, and remove %s", path_join(err->arena, batch->directory, BATCH_RECORD));
}

int batch_settle(struct arena *arena, const char *directory, size_t *count, struct err *err)
{
    struct batch batch = {.arena = arena, .directory = directory};
    struct settling settling = {.batch = &batch};
    const char *edited = NULL;
    size_t done;
    *count = 0;
    file_remove_siblings(arena, path_join(arena, directory, BATCH_RECORD));
    if (batch_record_read(&batch, err) != 0)
        return -1;
    if (batch.files.count == 0)
        return 0;
    vec_each(file, &batch.files) {
        look(&settling, file->path);
        if (file->new_path != NULL)
            look(&settling, file->new_path);
        file_remove_siblings(arena, file->path);
    }
    if (!find_done(&settling, &done, &edited))
        return fail_edited(&batch, edited, err);
    if (done < batch.files.count)
        remove_begun(&settling, &batch.files.at[done]);
    batch_take_back(&batch, done);
    batch_record_remove(&batch);
    *count = batch.files.count;
    return 0;
}
