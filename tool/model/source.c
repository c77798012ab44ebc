#include "model/source.h"

#include "base/batch.h"
#include "base/file.h"
#include "model/content.h"
#include "model/single.h"
#include "text/regex.h"

#include <string.h>

static struct part *add_part(struct source *source, const struct filename *file, const char *path,
                             const char *environment, const struct place *listed)
{
    struct part *part = vec_add(source->scratch, &source->parts);
    *part = (struct part){.file = *file, .environment = environment, .listed = listed};
    part->half = (struct half){.path = path, .length = SIZE_MAX, .first_line = 1};
    return part;
}

static void report_unmarked(struct source *source, const char *path)
{
    if (source->plain)
        report_warning(source->report, "no-direction", report_file(path),
                       "name it .up.sql, or add the lines -- +++++ UP and -- +++++ DOWN",
                       "%s has no direction and is ignored", path);
    else
        report_error(source->report, "unmarked-file", report_file(path),
                     "add the line -- +++++ UP before its SQL, and -- +++++ DOWN before what takes it back",
                     "%s has no marker", path);
}

/* Everything that must hold before a name counts as a migration's. */
static bool check_name(struct source *source, const struct filename *file, const char *path, const char *base)
{
    size_t bad_at;
    if (!regex_is_utf8(base, strlen(base), &bad_at)) {
        report_error(source->report, "file-name-encoding", report_file(path), "rename it",
                     "the name of %s is not valid UTF-8", path);
        return false;
    }
    if (file->too_large) {
        report_error(source->report, "version-too-large", report_file(path),
                     "rename it; golang-migrate would skip it in silence",
                     "version %.*s is above 9223372036854775807", (int)file->digits.length, file->digits.at);
        return false;
    }
    if (file->backup)
        report_warning(source->report, "backup-file", report_file(path),
                       "remove it if it is a copy: golang-migrate and skein take it for a migration",
                       "%s looks like a backup but counts as a migration", path);
    return true;
}

static void add_parts(struct source *source, struct filename file, const char *path, const struct single *single,
                      const char *environment, const struct place *listed)
{
    const char *description = NULL;
    if (single->description.length != 0)
        description = arena_strndup(source->arena, single->description.at, single->description.length);
    for (int direction = DIRECTION_UP; direction <= DIRECTION_DOWN; direction++) {
        const struct single_part *found = &single->parts[direction];
        file.direction = (enum direction)direction;
        struct part *part = add_part(source, &file, path, environment, listed);
        part->description = description;
        part->half = (struct half){path, found->offset, found->length, found->first_line};
    }
}

static void add_single(struct source *source, const struct filename *file, const char *path, const char *base,
                       const char *environment, const struct place *listed)
{
    struct arena scratch = {0};
    struct err err = {.arena = source->arena};
    struct single single;
    char *content;
    size_t length;
    if (content_read(&scratch, path, source->limit, &content, &length, &err) != 0) {
        report_err(source->report, "unreadable-file", &err);
    } else if (single_read(path, content, length, &single, &err) != 0) {
        report_err(source->report, "markers", &err);
    } else if (!single.marked) {
        report_unmarked(source, path);
    } else if (check_name(source, file, path, base)) {
        add_parts(source, *file, path, &single, environment, listed);
    }
    arena_release(&scratch);
}

static void add_regular(struct source *source, const struct filename *file, const char *path, const char *base,
                        const char *environment, const struct place *listed)
{
    if (file->kind == FILENAME_HALF && check_name(source, file, path, base))
        add_part(source, file, path, environment, listed);
    else if (file->kind == FILENAME_SINGLE)
        add_single(source, file, path, base, environment, listed);
    else if (file->kind == FILENAME_NEAR_MISS)
        report_warning(source->report, "file-name", report_file(path), file->why, "%s is not a migration", path);
}

/* What bears a migration's name but cannot be read as a file. */
static void report_not_file(struct source *source, enum file_kind kind, const char *path)
{
    if (kind == FILE_DIRECTORY)
        report_error(source->report, "directory-named-like-migration", report_file(path),
                     "rename the directory, or move its file up", "%s is a directory named like a migration", path);
    else
        report_error(source->report, "unreadable-file", report_file(path), "remove it or make it a regular file",
                     "%s is not a file: a symlink that leads nowhere or in a circle, or a special file", path);
}

static void report_unfinished(struct source *source, const char *path)
{
    report_error(source->report, "unfinished-write", report_file(path),
                 "the next skein generate, create, renumber or release of the service takes it back",
                 "a run of skein that wrote migrations here was killed, or is not done yet");
}

/* Growing by doubling would cost more memory than all that is kept of ten thousand files. */
static void reserve(struct source *source, size_t more)
{
    struct parts *parts = &source->parts;
    size_t room = parts->count + more;
    if (room <= parts->room)
        return;
    struct part *at = arena_alloc(source->scratch, room * sizeof(*at));
    if (parts->count != 0)
        memcpy(at, parts->at, parts->count * sizeof(*at));
    *parts = (struct parts){at, parts->count, room};
}

void source_add_directory(struct source *source, const char *directory, const char *environment)
{
    struct file_entries entries = {0};
    struct err err = {.arena = source->arena};
    if (file_list(source->scratch, directory, &entries, &err) != 0) {
        report_err(source->report, "unreadable-directory", &err);
        return;
    }
    reserve(source, entries.count);
    vec_each(entry, &entries) {
        struct filename file = filename_read(entry->name);
        if (strcmp(entry->name, BATCH_RECORD) == 0)
            report_unfinished(source, path_join(source->arena, directory, entry->name));
        bool named = file.kind == FILENAME_HALF || file.kind == FILENAME_SINGLE;
        if (!named && (file.kind == FILENAME_OTHER || entry->kind == FILE_DIRECTORY))
            continue;
        const char *path = path_join(source->arena, directory, entry->name);
        if (named && entry->kind != FILE_REGULAR)
            report_not_file(source, entry->kind, path);
        else
            add_regular(source, &file, path, entry->name, environment, NULL);
    }
}

/* "x.down.sql" for "x.up.sql", if it is there. */
static void add_other_half(struct source *source, const char *directory, const struct filename *file,
                           const char *base, const char *environment, const struct place *listed)
{
    static const char *const words[] = {[DIRECTION_UP] = ".up.", [DIRECTION_DOWN] = ".down."};
    const char *mark = file->name.at + file->name.length;
    const char *other = arena_printf(source->scratch, "%.*s%s%s", (int)(mark - base), base,
                                     words[DIRECTION_DOWN - file->direction], mark + strlen(words[file->direction]));
    const char *path = path_join(source->arena, directory, other);
    struct filename other_file = filename_read(other);
    if (file_kind(path) == FILE_REGULAR)
        add_regular(source, &other_file, path, other, environment, listed);
}

void source_add_file(struct source *source, const char *directory, const char *base, const char *environment,
                     const struct place *listed)
{
    base = arena_strdup(source->scratch, base);
    struct filename file = filename_read(base);
    const char *path = path_join(source->arena, directory, base);
    if (file.kind != FILENAME_HALF && file.kind != FILENAME_SINGLE) {
        report_error(source->report, "listed-file-name", *listed, file.why, "%s is not the name of a migration", base);
        return;
    }
    enum file_kind kind = file_kind(path);
    if (kind != FILE_REGULAR) {
        report_not_file(source, kind, path);
        return;
    }
    add_regular(source, &file, path, base, environment, listed);
    if (file.kind == FILENAME_HALF)
        add_other_half(source, directory, &file, base, environment, listed);
}
