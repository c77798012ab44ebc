#include "model/elsewhere.h"

#include "base/file.h"
#include "model/filename.h"

#include <stdlib.h>

static void add_versions(struct arena *arena, struct arena *scratch, struct elsewhere *elsewhere, const char *directory)
{
    struct file_entries files = {0};
    struct err err = {.arena = scratch};
    if (file_list(scratch, directory, &files, &err) != 0)
        return;
    vec_each(file, &files) {
        struct filename name = filename_read(file->name);
        if ((name.kind == FILENAME_HALF || name.kind == FILENAME_SINGLE) && !name.too_large)
            *vec_add(arena, &elsewhere->versions) = name.version;
    }
}

static int compare_versions(const void *left, const void *right)
{
    uint64_t a = *(const uint64_t *)left, b = *(const uint64_t *)right;
    return (a > b) - (a < b);
}

static void read_all(struct arena *arena, struct elsewhere *elsewhere, const char *directory)
{
    struct arena scratch = {0};
    struct err err = {.arena = &scratch};
    struct file_entries folders = {0};
    struct versions_elsewhere *versions = &elsewhere->versions;
    if (file_list(&scratch, directory, &folders, &err) == 0)
        vec_each(folder, &folders)
            if (folder->kind == FILE_DIRECTORY)
                add_versions(arena, &scratch, elsewhere, path_join(&scratch, directory, folder->name));
    arena_release(&scratch);
    if (versions->count != 0)
        qsort(versions->at, versions->count, sizeof(*versions->at), compare_versions);
}

static const struct versions_elsewhere *versions_of(struct arena *arena, struct elsewhere *elsewhere, const char *directory)
{
    if (!elsewhere->read)
        read_all(arena, elsewhere, directory);
    elsewhere->read = true;
    return &elsewhere->versions;
}

bool elsewhere_has(struct arena *arena, struct elsewhere *elsewhere, const char *directory, uint64_t version)
{
    const struct versions_elsewhere *versions = versions_of(arena, elsewhere, directory);
    return versions->count != 0 &&
           bsearch(&version, versions->at, versions->count, sizeof(version), compare_versions) != NULL;
}

bool elsewhere_newest(struct arena *arena, struct elsewhere *elsewhere, const char *directory, uint64_t *version)
{
    const struct versions_elsewhere *versions = versions_of(arena, elsewhere, directory);
    if (versions->count != 0)
        *version = versions->at[versions->count - 1];
    return versions->count != 0;
}
