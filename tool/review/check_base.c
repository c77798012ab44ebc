#include "review/check_base.h"

#include "base/file.h"
#include "base/str.h"
#include "model/content.h"
#include "model/filename.h"
#include "model/relative.h"
#include "model/single.h"
#include "text/screen.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

/* Of an old line that is shown. */
enum { SHOWN_COLUMNS = 80 };

struct checking {
    struct arena *arena;
    const struct catalog *catalog;
    const struct git *git;
    const char *ref;
    struct findings *findings;
};

/* A migration's file that is another one than on the base. */
struct edit {
    const struct git_change *change;
    const struct service *service;   /* NULL: one that is no more */
    size_t old, new;                 /* numbers among the contents; NONE where it lies in the working tree */
};
VEC(edits, struct edit);
enum { NONE = -1 };

/* A path from the top as it is shown, and may be opened. */
static const char *shown(const struct checking *checking, const char *path)
{
    return relative_path(checking->arena, git_view(checking->git, path));
}

static bool is_below(const char *directory, const char *path)
{
    size_t length = strlen(directory);
    return strncmp(path, directory, length) == 0 && path[length] == '/';
}

static const struct service *service_of(const struct checking *checking, const char *path)
{
    char real[PATH_MAX];
    const char *absolute = git_view(checking->git, path);
    vec_each(service, &checking->catalog->services)
        if (realpath((*service)->migrations_directory, real) != NULL && is_below(real, absolute))
            return *service;
    return NULL;
}

/* Of a service that is gone, its migrations lay in a directory of the configured name. */
static bool lies_right(const struct checking *checking, const char *path, const struct service *service)
{
    char real[PATH_MAX];
    if (checking->catalog->plain) {
        const char *directory = path_directory(checking->arena, git_view(checking->git, path));
        return service != NULL && realpath(service->migrations_directory, real) != NULL && strcmp(real, directory) == 0;
    }
    const char *name = config_text(checking->catalog->config, SETTING_MIGRATIONS_PATH);
    return service != NULL || strstr(path, arena_printf(checking->arena, "/%s/", name)) != NULL;
}

static bool is_migration(const struct checking *checking, const char *path, const struct service *service)
{
    struct filename file = filename_read(path_base(path));
    return (file.kind == FILENAME_HALF || file.kind == FILENAME_SINGLE) && lies_right(checking, path, service);
}

static size_t want(struct arena *arena, struct strings *ids, const char *id)
{
    *vec_add(arena, ids) = id;
    return ids->count - 1;
}

static void collect(const struct checking *checking, const struct git_changes *changes, struct edits *edits,
                    struct strings *ids)
{
    vec_each(change, changes) {
        bool same = strcmp(change->old_id, change->id) == 0 && change->kind != 'R'; /* another mode only */
        if (change->kind == 'A' || change->kind == 'C' || same)
            continue;
        const struct service *service = service_of(checking, change->old_path);
        if (!is_migration(checking, change->old_path, service))
            continue;
        struct edit edit = {change, service, want(checking->arena, ids, change->old_id), (size_t)NONE};
        if (change->kind != 'D' && !git_is_no_id(change->id))
            edit.new = want(checking->arena, ids, change->id);
        *vec_add(checking->arena, edits) = edit;
    }
}

/* --migrations: a file with one name for both directions and no markers never was a migration. */
static bool was_migration(const struct checking *checking, const struct edit *edit, const struct proc_text *old)
{
    struct err err = {.arena = checking->arena};
    struct single single;
    if (!checking->catalog->plain || filename_read(path_base(edit->change->old_path)).kind != FILENAME_SINGLE)
        return true;
    return single_read(edit->change->old_path, old->at, old->length, &single, &err) != 0 || single.marked;
}

static struct span line_at(const struct proc_text *text, size_t at)
{
    const char *start = text->at + at;
    const char *end = memchr(start, '\n', text->length - at);
    size_t length = end == NULL ? text->length - at : (size_t)(end - start);
    return (struct span){start, length > 0 && start[length - 1] == '\r' ? length - 1 : length};
}

/* Behind the end of the line that begins at `at`. */
static size_t next_line(const struct proc_text *text, size_t at)
{
    const char *end = at < text->length ? memchr(text->at + at, '\n', text->length - at) : NULL;
    return end == NULL ? text->length : (size_t)(end + 1 - text->at);
}

/* The first line that two texts do not share, from 1; false when they differ in the ends of lines at most. */
static bool differ(const struct proc_text *old, const struct proc_text *new, int *line, struct span *was,
                   struct span *is)
{
    size_t left = 0, right = 0;
    for (*line = 1; left < old->length || right < new->length; ++*line) {
        *was = line_at(old, left);
        *is = line_at(new, right);
        if (was->length != is->length || memcmp(was->at, is->at, was->length) != 0 || left == old->length ||
            right == new->length)
            return true;
        left = next_line(old, left);
        right = next_line(new, right);
    }
    return false;
}

static const char *text_of(const struct checking *checking, struct span span)
{
    const char *copy = arena_strndup(checking->arena, span.at, span.length);
    return screen_cut(checking->arena, screen_safe(checking->arena, copy, true), SHOWN_COLUMNS);
}

static struct finding *say(const struct checking *checking, const struct edit *edit, struct place place,
                           const char *what)
{
    const struct git_change *change = edit->change;
    const char *old = shown(checking, change->old_path), *name = edit->service == NULL ? NULL : edit->service->name;
    finding_add(checking->arena, checking->findings, SEVERITY_ERROR, "edited-on-base", ERR_INPUT, place, name,
                arena_printf(checking->arena, "write a new migration, and take this back: git checkout %s -- %s",
                             checking->ref, old),
                "%s", what);
    struct finding *finding = &checking->findings->at[checking->findings->count - 1];
    finding->why = "a database that has this migration never runs it again, so it stays without the change, and is "
                   "told from one that got it only by its checksum";
    return finding;
}

static void say_edited(const struct checking *checking, const struct edit *edit, int line, struct span was,
                       struct span is)
{
    const char *path = shown(checking, edit->change->path), *what;
    what = arena_printf(checking->arena, "%s is on %s and was edited since: line %d was \"%s\"", path_base(path),
                        checking->ref, line, text_of(checking, was));
    if (was.length == 0 && is.length > 0)
        what = arena_printf(checking->arena, "%s is on %s and was edited since: line %d is new", path_base(path),
                            checking->ref, line);
    struct finding *finding = say(checking, edit, (struct place){path, line, 1}, what);
    finding->source_line = arena_strndup(checking->arena, is.at, is.length);
}

/* What took the place of a file that is gone, when git was not told of a new name. */
static const char *successor(const struct checking *checking, const struct edit *edit)
{
    const char *directory = path_directory(checking->arena, shown(checking, edit->change->old_path));
    struct filename old = filename_read(path_base(edit->change->old_path));
    const struct migration *same = edit->service == NULL ? NULL : service_find(edit->service, old.version);
    const char *path = same == NULL ? NULL : migration_half(same, old.direction)->path;
    return path != NULL && strcmp(path_directory(checking->arena, path), directory) == 0 ? path : NULL;
}

static void say_gone(const struct checking *checking, const struct edit *edit)
{
    const char *path = shown(checking, edit->change->old_path);
    const char *other = edit->change->kind == 'R' ? shown(checking, edit->change->path) : successor(checking, edit);
    const char *what = arena_printf(checking->arena, "%s is on %s and was removed since", path_base(path), checking->ref);
    if (other != NULL)
        what = arena_printf(checking->arena, "%s is on %s and was renamed to %s since", path_base(path), checking->ref,
                            path_base(other));
    say(checking, edit, (struct place){.file = other != NULL ? other : path}, what);
}

/* The bytes as they are now, in git's form where git has them. */
static int read_new(const struct checking *checking, const struct edit *edit, const struct git_texts *contents,
                    struct proc_text *new, struct err *err)
{
    if (edit->new != (size_t)NONE) {
        *new = contents->at[edit->new];
        return 0;
    }
    long long limit = config_number(checking->catalog->config, SETTING_MAX_FILE_SIZE);
    return content_read(checking->arena, shown(checking, edit->change->path), limit, &new->at, &new->length, err);
}

static int judge(const struct checking *checking, const struct edit *edit, const struct git_texts *contents,
                 struct err *err)
{
    const struct proc_text *old = &contents->at[edit->old];
    struct proc_text new;
    struct span was, is;
    int line;
    if (!was_migration(checking, edit, old))
        return 0;
    if (edit->change->kind == 'D' || edit->change->kind == 'R') {
        say_gone(checking, edit);
        return 0;
    }
    if (read_new(checking, edit, contents, &new, err) != 0)
        return -1;
    if (differ(old, &new, &line, &was, &is))
        say_edited(checking, edit, line, was, is);
    else if (!edit->change->mode)
        say(checking, edit, (struct place){.file = shown(checking, edit->change->path)},
            arena_printf(checking->arena, "%s is on %s, and the ends of its lines were changed since",
                         path_base(edit->change->path), checking->ref));
    return 0;
}

static int find_base(const struct checking *checking, const char **commit, struct err *err)
{
    bool shared;
    if (git_common(checking->git, checking->ref, commit, &shared, err) != 0)
        return -1;
    if (!shared)
        finding_add(checking->arena, checking->findings, SEVERITY_NOTE, "base-unrelated", ERR_INPUT, (struct place){0}, NULL,
                    "fetch the whole history: in GitHub's checkout, fetch-depth: 0",
                    "git does not know where this branch left %s, so it was compared with %s as it is now",
                    checking->ref, checking->ref);
    return 0;
}

int check_base(struct arena *arena, const struct catalog *catalog, const struct git *git, const char *ref, bool staged,
               struct findings *findings, struct err *err)
{
    struct checking checking = {arena, catalog, git, ref, findings};
    struct git_changes changes = {0};
    struct edits edits = {0};
    struct strings ids = {0};
    struct git_texts contents = {0};
    const char *commit, *inside;
    if (find_base(&checking, &commit, err) != 0 || git_path(git, catalog->directory, &inside, err) != 0)
        return -1;
    if (git_changes_find(git, commit, staged, true, inside, &changes, err) != 0)
        return -1;
    collect(&checking, &changes, &edits, &ids);
    if (git_contents(git, &ids, &contents, err) != 0)
        return -1;
    vec_each(edit, &edits)
        if (judge(&checking, edit, &contents, err) != 0)
            return -1;
    return 0;
}
