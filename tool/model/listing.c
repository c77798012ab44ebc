#include "model/listing.h"

#include "base/file.h"
#include "model/field.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

static const char common_directory[] = "common";

void listing_add_base(struct source *source, const char *directory)
{
    const char *common = path_join(source->arena, directory, common_directory);
    source_add_directory(source, directory, NULL);
    if (file_kind(common) == FILE_DIRECTORY)
        source_add_directory(source, common, NULL);
}

/* "development/x", "./x": inside; "/x", "../x", "a/../../x": not. */
static bool is_inside(const char *path)
{
    if (path[0] == '/' || path[0] == '\0')
        return false;
    for (const char *at = path; at != NULL; at = strchr(at, '/')) {
        at += *at == '/';
        if (str_starts(at, "..") && (at[2] == '/' || at[2] == '\0'))
            return false;
    }
    return true;
}

static bool check_inside(struct source *source, const struct node *node, const char *directory)
{
    if (is_inside(node->text))
        return true;
    report_error(source->report, "outside-migrations", field_place(source->report, node->place),
                 "name a file or a directory below it", "\"%s\" lies outside %s", node->text, directory);
    return false;
}

/* The directory in which a listed file lies: as written, or, for a bare name, the environment's, the root, common/. */
static const char *find_listed(struct source *source, const char *directory, const char *environment, const char *entry)
{
    const char *own = path_join(source->scratch, directory, environment);
    const char *common = path_join(source->scratch, directory, common_directory);
    const char *const places[] = {is_inside(environment) ? own : directory, directory, common};
    bool bare = strchr(entry, '/') == NULL;
    size_t first = bare ? 0 : 1, last = bare ? 2 : 1;
    for (size_t i = first; i <= last; i++) {
        char *path = path_join(source->scratch, places[i], entry);
        struct err err = {.arena = source->scratch};
        (void)err;
        if (faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
            return path_directory(source->arena, path);
    }
    return NULL;
}

enum { SUGGESTIONS = 20, SUGGEST_AMONG = 1000 };

/* Only for the first that are missing and among few: a whole list astray would take a long time to compare. */
static const char *suggest(struct source *source, const char *directory, const char *entry, const char *environment)
{
    struct strings known = {0};
    struct file_entries entries = {0};
    struct err err = {.arena = source->scratch};
    const char *folder = strchr(entry, '/') == NULL ? environment : path_directory(source->scratch, entry);
    folder = path_join(source->scratch, directory, folder);
    if (++source->suggested > SUGGESTIONS || file_kind(folder) != FILE_DIRECTORY ||
        file_list(source->scratch, folder, &entries, &err) != 0 || entries.count > SUGGEST_AMONG)
        return NULL;
    vec_each(file, &entries)
        *vec_add(source->scratch, &known) = file->name;
    return field_nearest(source->report, path_base(entry), &known);
}

static void report_missing(struct source *source, const struct node *item, const char *directory,
                           const char *environment)
{
    const char *hint = suggest(source, directory, item->text, environment);
    report_error(source->report, "missing-file", field_place(source->report, item->place),
                 hint != NULL ? hint : "create it or take it off the list", "%s has no file \"%s\"", directory,
                 item->text);
}

static void add_list(struct source *source, const char *directory, const struct node *list, const char *environment)
{
    node_each(item, list) {
        if (item->kind != NODE_TEXT) {
            field_wrong_type(source->report, item, "a file name");
            continue;
        }
        if (!check_inside(source, item, directory))
            continue;
        /* It is inside, so that no ".." is left; "./x//y" and "x/y" are one file. */
        const char *entry = path_absolute(source->scratch, path_join(source->scratch, "/", item->text)) + 1;
        const char *found = find_listed(source, directory, environment, entry);
        if (found == NULL) {
            report_missing(source, item, directory, environment);
            continue;
        }
        struct place *place = arena_new(source->arena, struct place);
        *place = field_place(source->report, item->place);
        source_add_file(source, found, path_base(entry), environment, place);
    }
}

static void add_own_directory(struct source *source, const char *directory, const struct node *node,
                              const char *environment)
{
    if (!check_inside(source, node, directory))
        return;
    char *name = arena_strdup(source->scratch, node->text);
    while (str_ends(name, "/"))
        name[strlen(name) - 1] = '\0';
    const char *path = path_join(source->arena, directory, name);
    if (strcmp(name, ".") == 0)
        return;
    if (file_kind(path) != FILE_DIRECTORY) {
        struct place place = field_place(source->report, node->place);
        report_error(source->report, "missing-directory", place, "create it, or give a list of files",
                     "%s is not a directory", path);
        return;
    }
    if (strcmp(name, common_directory) != 0)
        source_add_directory(source, path, environment);
}

void listing_add(struct source *source, const char *directory, const struct node *node, const char *environment)
{
    if (node == NULL || node->kind == NODE_NULL)
        return;
    if (node->kind == NODE_LIST)
        add_list(source, directory, node, environment);
    else if (node->kind == NODE_TEXT)
        add_own_directory(source, directory, node, environment);
    else
        field_wrong_type(source->report, node, "a list of files or the name of a directory");
}

void listing_warn_unread(struct source *source, const char *directory)
{
    struct file_entries entries = {0};
    struct err err = {.arena = source->scratch};
    if (file_list(source->scratch, directory, &entries, &err) != 0)
        return;
    vec_each(entry, &entries) {
        if (entry->kind != FILE_DIRECTORY || strcmp(entry->name, common_directory) == 0 || entry->name[0] == '.')
            continue;
        const char *path = path_join(source->arena, directory, entry->name);
        struct file_entries below = {0};
        size_t halves = 0;
        if (file_list(source->scratch, path, &below, &err) == 0)
            vec_each(file, &below)
                halves += filename_read(file->name).kind == FILENAME_HALF;
        if (halves != 0)
            report_warning(source->report, "unread-directory", report_file(path),
                           "name it in an environments.json beside it", "%s holds migrations that are not read", path);
    }
}
