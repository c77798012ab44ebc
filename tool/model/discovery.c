#include "model/discovery.h"

#include "base/file.h"
#include "model/relative.h"
#include "model/report.h"
#include "model/service.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { DEEPEST = 3 };

struct walk {
    const struct loading *loading;
    struct arena scratch;
    const char *root;           /* the tree, without symlinks */
    const char *migrations;     /* name of the directory that makes a service */
};

static struct report walk_report(const struct walk *walk, const char *service)
{
    return (struct report){walk->loading->arena, walk->loading->findings, service};
}

static void add_service(struct walk *walk, const char *directory, const char *migrations)
{
    struct arena *arena = walk->loading->arena;
    struct service *service = arena_new(arena, struct service);
    const char *absolute = path_absolute(arena, directory);
    service->name = path_base(absolute);
    service->directory = relative_path(arena, absolute);
    service->migrations_directory = path_join(arena, service->directory, migrations);
    *vec_add(arena, &walk->loading->catalog->services) = service;
}

/* A service may name its migrations directory in its own configuration; complaints come when it is read. */
static const char *configured_migrations(struct walk *walk, const char *directory)
{
    struct err err = {.arena = &walk->scratch};
    struct findings findings = {0};
    struct config config;
    const char *path = service_config_path(&walk->scratch, directory);
    if (path == NULL || config_read_service(&walk->scratch, walk->loading->options, walk->loading->catalog->config,
                                            path, &config, &findings, &err) != 0)
        return NULL;
    const struct value *value = &config.values[SETTING_MIGRATIONS_PATH];
    return value->origin == ORIGIN_SERVICE ? value->text : NULL;
}

/* True when the directory is a service, or would be one but for what is now a finding. */
static bool take_service(struct walk *walk, const char *directory, const struct file_entries *entries)
{
    const char *own = configured_migrations(walk, directory);
    if (own != NULL) {
        add_service(walk, directory, own);
        return true;
    }
    if (strchr(walk->migrations, '/') != NULL) {
        if (file_kind(path_join(&walk->scratch, directory, walk->migrations)) != FILE_DIRECTORY)
            return false;
        add_service(walk, directory, walk->migrations);
        return true;
    }
    vec_each(entry, entries) {
        if (strcmp(entry->name, walk->migrations) != 0 || entry->kind == FILE_REGULAR)
            continue;
        if (entry->kind == FILE_DIRECTORY) {
            add_service(walk, directory, walk->migrations);
            return true;
        }
        const char *path = path_join(walk->loading->arena, directory, entry->name);
        struct report report = walk_report(walk, NULL);
        report_error(&report, "unreadable-directory", report_file(path), "remove it or make it a directory",
                     "%s leads nowhere or in a circle", path);
        return true;
    }
    return false;
}

/* Is `path` the directory, or below it?  Both without symlinks. */
static bool holds(const char *directory, const char *path)
{
    size_t length = strlen(directory);
    return strncmp(path, directory, length) == 0 && (path[length] == '/' || path[length] == '\0');
}

/* A symlink back into the tree is another name of what is found there anyway. */
static bool leads_back(const struct walk *walk, const char *path)
{
    char real[PATH_MAX], parent[PATH_MAX];
    struct arena scratch = {0};
    bool back = true;
    if (readlink(path, real, sizeof(real)) < 0)
        return false;
    if (realpath(path, real) != NULL && realpath(path_directory(&scratch, path), parent) != NULL) {
        const char *expected = path_join(&scratch, parent, path_base(path));
        back = strcmp(real, expected) != 0 && (holds(walk->root, real) || holds(real, walk->root));
    }
    arena_release(&scratch);
    return back;
}

struct pending {
    const char *directory;
    int depth;
};
VEC(pending_list, struct pending);

/* Hidden directories and other people's packages, which may well have migrations of their own. */
static bool is_foreign(const char *name)
{
    return name[0] == '.' || strcmp(name, "node_modules") == 0 || strcmp(name, "vendor") == 0;
}

static void look_below(struct walk *walk, const char *directory, int depth, const struct file_entries *entries,
                       struct pending_list *pending)
{
    vec_each(entry, entries) {
        if (entry->kind != FILE_DIRECTORY || is_foreign(entry->name))
            continue;
        const char *path = path_join(&walk->scratch, directory, entry->name);
        if (!leads_back(walk, path))
            *vec_add(&walk->scratch, pending) = (struct pending){path, depth + 1};
    }
}

static int compare_services(const void *left, const void *right)
{
    const struct service *a = *(struct service *const *)left, *b = *(struct service *const *)right;
    int order = strcmp(a->name, b->name);
    return order != 0 ? order : strcmp(a->directory, b->directory);
}

static void sort_services(struct walk *walk)
{
    struct services *services = &walk->loading->catalog->services;
    if (services->count != 0)
        qsort(services->at, services->count, sizeof(*services->at), compare_services);
    for (size_t i = 0; i < services->count; i++) {
        struct service *service = services->at[i], *before = i == 0 ? NULL : services->at[i - 1];
        service->number = i;
        if (before == NULL || strcmp(before->name, service->name) != 0)
            continue;
        struct report report = walk_report(walk, service->name);
        report_error(&report, "duplicate-service", report_file(service->directory), "rename one of the directories",
                     "two services are named %s: %s and %s", service->name, before->directory, service->directory);
    }
}

static void walk_tree(struct walk *walk, struct pending_list *pending)
{
    for (size_t i = 0; i < pending->count; i++) {
        struct pending at = pending->at[i];
        struct file_entries entries = {0};
        struct err err = {.arena = walk->loading->arena};
        if (file_list(&walk->scratch, at.directory, &entries, &err) != 0) {
            struct report report = walk_report(walk, NULL);
            report_err(&report, "unreadable-directory", &err);
        } else if (!take_service(walk, at.directory, &entries) && at.depth < DEEPEST) {
            look_below(walk, at.directory, at.depth, &entries, pending);
        }
    }
}

/* "./migrations/" is "migrations": entries of a directory are compared with it. */
static char *without_dots(struct arena *arena, const char *path)
{
    while (strncmp(path, "./", 2) == 0)
        path += 2;
    char *copy = arena_strdup(arena, path);
    for (size_t length = strlen(copy); length > 1 && copy[length - 1] == '/'; length--)
        copy[length - 1] = '\0';
    return copy;
}

int discovery_run(const struct loading *loading, const char *directory, struct err *err)
{
    char root[PATH_MAX];
    struct walk walk = {.loading = loading};
    walk.migrations = without_dots(loading->arena, config_text(loading->catalog->config, SETTING_MIGRATIONS_PATH));
    enum file_kind kind = file_kind(directory);
    if ((kind != FILE_DIRECTORY && kind != FILE_OTHER) || realpath(directory, root) == NULL) {
        err_set(err, ERR_INPUT, kind == FILE_REGULAR ? "%s is a file; a directory of services was expected"
                                                     : "there is no directory %s", directory);
        err_hint(err, "create %s/<service>/migrations, or name a directory of migrations with --migrations",
                 directory);
        return err_at(err, directory, 0, 0);
    }
    walk.root = root;
    struct file_entries entries = {0};
    struct pending_list pending = {0};
    int result = file_list(&walk.scratch, directory, &entries, err);
    if (result == 0) {
        look_below(&walk, directory, 0, &entries, &pending);
        walk_tree(&walk, &pending);
        sort_services(&walk);
    }
    if (result == 0 && loading->catalog->services.count == 0) {
        struct report report = walk_report(&walk, NULL);
        report_warning(&report, "no-services", report_file(arena_strdup(loading->arena, directory)),
                       arena_printf(loading->arena, "a service is a directory below it that holds a directory %s",
                                    walk.migrations),
                       "%s holds no service", directory);
    }
    arena_release(&walk.scratch);
    return result;
}

static bool same_database(const struct config *a, const struct config *b)
{
    static const enum setting settings[] = {SETTING_DATABASE_URL, SETTING_DATABASE_HOST, SETTING_DATABASE_PORT,
                                            SETTING_DATABASE_NAME};
    for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
        if (!str_same(config_text(a, settings[i]), config_text(b, settings[i])))
            return false;
    return true;
}

static int compare_schemas(const void *left, const void *right)
{
    const struct service *a = *(struct service *const *)left, *b = *(struct service *const *)right;
    int order = strcmp(a->schema, b->schema);
    return order != 0 ? order : (a->number > b->number) - (a->number < b->number);
}

void discovery_check_schemas(const struct loading *loading)
{
    const struct services *services = &loading->catalog->services;
    struct arena scratch = {0};
    struct service **sorted = arena_alloc(&scratch, (services->count + 1) * sizeof(*sorted));
    if (services->count != 0)
        memcpy(sorted, services->at, services->count * sizeof(*sorted));
    qsort(sorted, services->count, sizeof(*sorted), compare_schemas);
    for (size_t i = 1; i < services->count; i++) {
        const struct service *a = sorted[i - 1], *b = sorted[i];
        if (strcmp(a->schema, b->schema) != 0 || !same_database(&a->config, &b->config))
            continue;
        struct report report = {loading->arena, loading->findings, b->name};
        report_error(&report, "same-schema", report_file(b->directory), "name another schema in config.yaml",
                     "%s and %s share the schema %s of one database", a->name, b->name, b->schema);
    }
    arena_release(&scratch);
}
