#include "model/merge.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static int compare_parts(const void *left, const void *right)
{
    const struct part *a = left, *b = right;
    if (a->file.version != b->file.version)
        return a->file.version < b->file.version ? -1 : 1;
    if (a->file.direction != b->file.direction)
        return a->file.direction < b->file.direction ? -1 : 1;
    int order = strcmp(a->half.path, b->half.path);
    return order != 0 ? order : (a->listed != NULL) - (b->listed != NULL);
}

static void report_duplicate(struct source *source, const struct part *first, const struct part *second)
{
    const struct part *listed = second->listed != NULL ? second : first;
    struct place place = listed->listed != NULL ? *listed->listed : report_file(second->half.path);
    report_error(source->report, "duplicate-version", place, "give one of them another version",
                 "version %" PRIu64 " is there twice: %s and %s", first->file.version, first->half.path,
                 second->half.path);
}

static struct migration *migration_new(struct source *source, struct service *service, const struct part *part)
{
    const struct filename *file = &part->file;
    struct migration *migration = arena_new(source->arena, struct migration);
    migration->service = service;
    migration->version = file->version;
    migration->digits = arena_strndup(source->arena, file->digits.at, file->digits.length);
    char *id = arena_printf(source->arena, "%s_%.*s", migration->digits, (int)file->name.length, file->name.at);
    migration->id = id;
    migration->name = id + file->digits.length + 1;
    migration->environment = part->environment;
    migration->declaration.rollback_safe = -1;
    migration->declaration.description = part->description;
    return migration;
}

static void check_sides(struct source *source, const struct migration *migration)
{
    const struct half *up = &migration->up, *down = &migration->down;
    bool up_whole = up->length == SIZE_MAX, down_whole = down->length == SIZE_MAX;
    if (up->path != NULL && down->path != NULL && up_whole != down_whole)
        report_error(source->report, "duplicate-version", report_file(down->path), "keep the pair or the single file",
                     "version %" PRIu64 " is there as a pair and as a single file: %s and %s", migration->version,
                     up->path, down->path);
}

/* One version's parts, up halves first. */
static struct migration *merge_version(struct source *source, struct service *service, const struct part *parts,
                                       size_t count)
{
    const struct part *kept[2] = {NULL, NULL};
    bool reported = false;
    for (size_t i = 0; i < count; i++) {
        const struct part *part = &parts[i], **place = &kept[part->file.direction];
        bool same_file = *place != NULL && strcmp((*place)->half.path, part->half.path) == 0;
        if (*place != NULL && !same_file && !reported) {
            report_duplicate(source, *place, part);
            reported = true;
        }
        if (*place == NULL)
            *place = part;
    }
    const struct part *up = kept[DIRECTION_UP], *down = kept[DIRECTION_DOWN];
    struct migration *migration = migration_new(source, service, up != NULL ? up : down);
    if (up != NULL)
        migration->up = up->half;
    if (down != NULL)
        migration->down = down->half;
    if (!reported)
        check_sides(source, migration);
    return migration;
}

void merge_parts(struct source *source, struct service *service)
{
    struct parts *parts = &source->parts;
    if (parts->count == 0)
        return;
    qsort(parts->at, parts->count, sizeof(*parts->at), compare_parts);
    for (size_t i = 0, end; i < parts->count; i = end) {
        for (end = i + 1; end < parts->count; end++)
            if (parts->at[end].file.version != parts->at[i].file.version)
                break;
        *vec_add(source->arena, &service->migrations) = merge_version(source, service, parts->at + i, end - i);
    }
}
