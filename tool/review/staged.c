#include "review/staged.h"

#include "base/file.h"
#include "base/str.h"
#include "model/filename.h"
#include "review/rule_files.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static bool is_below(const char *directory, const char *path)
{
    size_t length = strlen(directory);
    return length == 0 || (strncmp(path, directory, length) == 0 && path[length] == '/');
}

static bool is_migration(const char *path)
{
    struct filename file = filename_read(path_base(path));
    return file.kind == FILENAME_HALF || file.kind == FILENAME_SINGLE;
}

/* Below the services: SQL and declarations.  Elsewhere: the repository's configuration and rules. */
static bool is_read(const struct staged *staged, const char *path)
{
    const char *base = path_base(path);
    if (is_below(staged->directory, path))
        return is_migration(path) || str_ends(base, ".sql") || strcmp(base, "dependencies.json") == 0 ||
               strcmp(base, "environments.json") == 0 || strcmp(base, "config.yaml") == 0;
    if (staged->file != NULL && strcmp(staged->file, path) == 0)
        return true;
    vec_each(rules, &staged->rules)
        if (strcmp(*rules, path) == 0)
            return true;
    return false;
}

static int ask_changes(struct staged *staged, struct err *err)
{
    struct git_changes changes = {0};
    if (git_changes_find(&staged->git, NULL, true, false, "", &changes, err) != 0)
        return -1;
    vec_each(change, &changes) {
        if (!is_read(staged, change->path))
            continue;
        if (change->kind == 'U') {
            err_set(err, ERR_INPUT, "%s is not merged yet", change->path);
            return err_hint(err, "resolve the conflict and git add it first; then there is something to commit");
        }
        staged->declarations = staged->declarations || change->kind == 'D' || !is_migration(change->path);
        *vec_add(staged->arena, &staged->names) = change->path;
        if (change->kind != 'D')
            map_put(staged->arena, &staged->files, change->path, (char *)"staged");
    }
    return 0;
}

/* Files below the services and beside the configuration, as `git ls-files` lists them with some options. */
static int list(const struct staged *staged, const char *const options[], struct strings *files, struct err *err)
{
    struct arena *arena = staged->arena;
    struct strings arguments = {0};
    struct proc_text output;
    *vec_add(arena, &arguments) = "ls-files";
    *vec_add(arena, &arguments) = "-z";
    *vec_add(arena, &arguments) = "--full-name";
    for (; *options != NULL; options++)
        *vec_add(arena, &arguments) = *options;
    *vec_add(arena, &arguments) = "--";
    *vec_add(arena, &arguments) = path_join(arena, staged->git.top, staged->directory);
    vec_each(rules, &staged->rules)
        *vec_add(arena, &arguments) = path_join(arena, staged->git.top, *rules);
    if (staged->file != NULL)
        *vec_add(arena, &arguments) = path_join(arena, staged->git.top, staged->file);
    *vec_add(arena, &arguments) = NULL;
    if (git_ask(&staged->git, arguments.at, &output, err) != 0)
        return -1;
    struct strings all = git_words(arena, &output);
    vec_each(path, &all)
        if (is_read(staged, *path))
            *vec_add(arena, files) = *path;
    return 0;
}

static int make_copy(struct staged *staged, struct err *err)
{
    const char *place = getenv("TMPDIR");
    char real[PATH_MAX];
    if (place == NULL || *place == '\0') /* a thousand names are quickly made in memory, not on every disk */
        place = access("/dev/shm", W_OK | X_OK) == 0 ? "/dev/shm" : "/tmp";
    char *path = arena_printf(staged->arena, "%s/skein-staged.XXXXXX", place);
    if (mkdtemp(path) == NULL || realpath(path, real) == NULL)
        return err_errno(err, ERR_PERMISSION, "cannot make a directory for what is staged: %s", path);
    staged->copy = arena_strdup(staged->arena, real);
    proc_remove_on_signals(staged->copy);
    /* What looks for the repository's root is to stop here. */
    return file_create(path_join(staged->arena, staged->copy, ".git"), "", 0, 0600, err);
}

/* What is the same in the working tree is taken from there: links cost less than files. */
static int add_link(const struct staged *staged, const char *file, const char **directory, struct err *err)
{
    struct arena *arena = staged->arena;
    const char *path = path_join(arena, staged->copy, file), *parent = path_directory(arena, path);
    if (!str_same(*directory, parent) && file_make_directory(arena, parent, 0700, err) != 0)
        return -1;
    *directory = parent;
    if (symlink(path_join(arena, staged->git.top, file), path) != 0)
        return err_errno(err, ERR_PERMISSION, "cannot make %s", path);
    return 0;
}

static int fill_copy(const struct staged *staged, const struct strings *differing, struct err *err)
{
    struct arena *arena = staged->arena;
    struct strings files = {0};
    struct map other = {0};
    struct str input = str_new(arena);
    const char *directory = NULL;
    const char *const checkout[] = {"checkout-index", "-z", "--stdin",
                                    arena_printf(arena, "--prefix=%s/", staged->copy), NULL};
    if (list(staged, (const char *const[]){"--cached", NULL}, &files, err) != 0)
        return -1;
    vec_each(file, differing)
        map_put(arena, &other, *file, &other);
    vec_each(file, &files) {
        if (map_find(&other, *file) != NULL)
            str_add_bytes(&input, *file, strlen(*file) + 1);
        else if (add_link(staged, *file, &directory, err) != 0)
            return -1;
    }
    struct proc_streams streams = {.input = input.at, .input_length = input.length};
    return input.length == 0 ? 0 : git_feed(&staged->git, checkout, &streams, err);
}

/* NULL when it lies elsewhere. */
static const char *inside(const struct staged *staged, const char *path)
{
    struct err err = {.arena = staged->arena};
    const char *found;
    return git_path(&staged->git, path, &found, &err) == 0 ? found : NULL;
}

/* To the same place in the copy. */
static int move(struct staged *staged, struct config_options *options, bool plain, struct err *err)
{
    struct arena *arena = staged->arena;
    const char *place = inside(staged, "."), *given = options->config_path;
    char here[PATH_MAX];
    if (getcwd(here, sizeof(here)) == NULL)
        return err_errno(err, ERR_PERMISSION, "the working directory is gone");
    if (given != NULL)
        options->config_path = inside(staged, given) != NULL ? path_join(arena, staged->copy, inside(staged, given))
                                                             : path_absolute(arena, given);
    options->text[plain ? SETTING_MIGRATIONS_PATH : SETTING_SERVICES_PATH] =
        path_join(arena, staged->copy, staged->directory);
    const char *there = path_join(arena, staged->copy, place == NULL ? "" : place);
    if (file_make_directory(arena, there, 0700, err) != 0)
        return -1;
    staged->back = arena_strdup(arena, here);
    staged->git.view = staged->copy;
    return chdir(there) == 0 ? 0 : err_errno(err, ERR_PERMISSION, "cannot work in %s", there);
}

/* A submodule below the services has an index that the repository of the services knows nothing of. */
static int check_nested(const struct staged *staged, struct err *err)
{
    struct err none = {.arena = staged->arena};
    struct git here;
    const char *nested;
    if (git_open(staged->arena, ".", &here, &none) != 0 || strcmp(here.top, staged->git.top) == 0 ||
        (nested = inside(staged, here.top)) == NULL || !is_below(staged->directory, nested))
        return 0;
    err_set(err, ERR_INPUT, "%s is a git repository of its own, and the services lie in that of %s", here.top,
            staged->git.top);
    return err_hint(err, "name what is to be judged by its index: --migrations or --services-path with a directory in it");
}

static int look(struct staged *staged, const char *directory, const struct config *config, struct err *err)
{
    bool there = file_kind(directory) == FILE_DIRECTORY;
    struct strings rules = {0};
    if (git_open(staged->arena, there ? directory : config->root, &staged->git, err) != 0 ||
        git_path(&staged->git, directory, &staged->directory, err) != 0 || check_nested(staged, err) != 0)
        return -1;
    rule_files_find(staged->arena, config, &rules);
    vec_each(path, &rules)
        if (inside(staged, *path) != NULL)
            *vec_add(staged->arena, &staged->rules) = inside(staged, *path);
    if (config->file != NULL)
        staged->file = inside(staged, config->file);
    return ask_changes(staged, err);
}

int staged_open(struct arena *arena, struct config_options *options, const struct config *config,
                struct staged *staged, struct err *err)
{
    /* Modified since, or unknown to git, but for what discovery passes over. */
    static const char *const others[] = {"--modified", "--others", "--exclude=node_modules", "--exclude=vendor",
                                         "--exclude=.*", NULL};
    struct strings differing = {0};
    bool plain;
    *staged = (struct staged){.arena = arena};
    const char *directory = catalog_directory(arena, options, config, &plain);
    if (look(staged, directory, config, err) != 0)
        return -1;
    if (staged->names.count == 0)
        return 0;
    if (list(staged, others, &differing, err) != 0)
        return -1;
    if (differing.count == 0)
        return 0;
    if (make_copy(staged, err) != 0 || fill_copy(staged, &differing, err) != 0 || move(staged, options, plain, err) != 0) {
        staged_close(staged);
        return -1;
    }
    return 0;
}

/* Asking the file system for each of a thousand files of one directory would take its time. */
bool staged_holds(struct staged *staged, const char *path)
{
    struct arena *arena = staged->arena;
    const char *directory = path_directory(arena, path), *place = map_find(&staged->directories, directory);
    if (place == NULL) {
        place = inside(staged, directory);
        map_put(arena, &staged->directories, directory, arena_strdup(arena, place == NULL ? "/" : place));
        place = map_find(&staged->directories, directory);
    }
    return map_find(&staged->files, path_join(arena, place, path_base(path))) != NULL;
}

/* Names without place of a version that a staged file has, in its directory: a half that is missing, a number twice. */
static bool is_kin(const struct staged *staged, const char *path)
{
    struct arena *arena = staged->arena;
    uint64_t version = filename_read(path_base(path)).version;
    const char *directory = path_directory(arena, path);
    vec_each(name, &staged->names)
        if (is_migration(*name) && filename_read(path_base(*name)).version == version &&
            strcmp(path_directory(arena, *name), directory) == 0)
            return true;
    return false;
}

bool staged_concerns(const struct staged *staged, const struct finding *finding)
{
    const char *path = finding->place.file == NULL ? NULL : inside(staged, finding->place.file);
    if (path == NULL)
        return staged->declarations;
    if (map_find(&staged->files, path) != NULL)
        return true;
    if (!is_migration(path))
        return staged->declarations;
    return finding->place.line == 0 && is_kin(staged, path);
}

void staged_close(struct staged *staged)
{
    struct err err = {.arena = staged->arena};
    if (staged->back != NULL && chdir(staged->back) != 0)
        staged->back = NULL;
    if (staged->copy != NULL)
        file_remove_tree(staged->copy, &err);
    proc_remove_on_signals(NULL);
    staged->copy = NULL;
}
