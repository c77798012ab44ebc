#include "model/environment.h"

#include "base/file.h"
#include "model/content.h"
#include "model/field.h"
#include "text/json.h"
#include "text/nearest.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define LENGTH(table) (sizeof(table) / sizeof((table)[0]))

static const char common_directory[] = "common";

static const struct field file_fields[] = {
    {.key = "environments"},
    {.key = "current_environment"},
    {.key = "migration_locking"},
};

struct locking {
    int enabled;
    long timeout_seconds, max_concurrent_migrations;
};

static const struct field locking_fields[] = {
    {.key = "enabled", .type = FIELD_FLAG, .offset = offsetof(struct locking, enabled)},
    {.key = "timeout_seconds", .type = FIELD_NUMBER, .offset = offsetof(struct locking, timeout_seconds)},
    {.key = "max_concurrent_migrations", .type = FIELD_NUMBER,
     .offset = offsetof(struct locking, max_concurrent_migrations)},
};

static const struct field environment_fields[] = {
    {.key = "description", .type = FIELD_TEXT, .offset = offsetof(struct environment, description)},
    {.key = "migrations"},
    {.key = "seed_files", .type = FIELD_TEXTS, .offset = offsetof(struct environment, seed_files)},
    {.key = "config"},
};

#define FLAG(name, member) {.key = name, .type = FIELD_FLAG, .offset = offsetof(struct environment, member)}
static const struct field config_fields[] = {
    FLAG("allow_destructive_operations", allow_destructive),
    FLAG("skip_validation", skip_validation),
    FLAG("auto_rollback_on_failure", auto_rollback),
    FLAG("require_approval", require_approval),
    FLAG("maintenance_window_required", maintenance_window),
    FLAG("backup_required", backup_required),
};
#undef FLAG

static void read_locking(struct source *source, const struct node *node, struct environment_file *file)
{
    if (node->kind != NODE_MAP) {
        field_wrong_type(source->report, node, "an object");
        return;
    }
    struct locking locking = {.enabled = -1, .timeout_seconds = -1, .max_concurrent_migrations = -1};
    field_read_all(source->report, node, "migration_locking", locking_fields, LENGTH(locking_fields), &locking);
    file->lock_timeout = locking.timeout_seconds;
    file->lock_place = field_place(source->report, node->place);
    if (locking.enabled == 0)
        report_warning(source->report, "locking-disabled", file->lock_place, NULL,
                       "migration_locking.enabled is false, but skein always takes the migration lock");
}

static void read_members(struct source *source, const struct node *root, struct environment_file *file)
{
    field_read_all(source->report, root, file->path, file_fields, LENGTH(file_fields), NULL);
    const struct node *environments = node_find(root, "environments");
    const struct node *current = node_find(root, "current_environment");
    const struct node *locking = node_find(root, "migration_locking");
    if (environments != NULL && environments->kind == NODE_MAP)
        file->environments = environments;
    else
        report_error(source->report, "wrong-type", field_place(source->report, root->place),
                     "see formats.md: {\"environments\": {\"development\": {}}}",
                     "%s has no object \"environments\"", file->path);
    if (current != NULL && current->kind == NODE_TEXT) {
        file->current = arena_strdup(source->arena, current->text);
        file->current_place = field_place(source->report, current->place);
    } else if (current != NULL && current->kind != NODE_NULL) {
        field_wrong_type(source->report, current, "a text");
    }
    if (locking != NULL && locking->kind != NODE_NULL)
        read_locking(source, locking, file);
}

void environment_open(struct source *source, const char *directory, struct environment_file *file)
{
    *file = (struct environment_file){.lock_timeout = -1};
    file->path = path_join(source->arena, directory, "environments.json");
    struct err err = {.arena = source->arena};
    char *content;
    size_t length;
    struct node *root;
    if (faccessat(AT_FDCWD, file->path, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
        return;
    if (content_read(source->scratch, file->path, source->limit, &content, &length, &err) != 0 ||
        json_read(source->scratch, file->path, content, length, &root, &err) != 0) {
        report_err(source->report, "environments", &err);
        return;
    }
    if (root->kind != NODE_MAP) {
        report_error(source->report, "wrong-type", field_place(source->report, root->place), NULL,
                     "%s: expected an object, found %s", file->path, node_kind_name(root->kind));
        return;
    }
    file->present = true;
    read_members(source, root, file);
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
    for (size_t i = bare ? 0 : 1; i < (bare ? LENGTH(places) : 2); i++) {
        char *path = path_join(source->scratch, places[i], entry);
        struct err err = {.arena = source->scratch};
        (void)err;
        if (faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
            return path_directory(source->arena, path);
    }
    return NULL;
}

static void report_missing(struct source *source, const struct node *item, const char *directory,
                           const char *environment)
{
    struct strings known = {0};
    struct file_entries entries = {0};
    struct err err = {.arena = source->scratch};
    const char *folder = path_join(source->scratch, directory, path_directory(source->scratch, item->text));
    if (strchr(item->text, '/') == NULL)
        folder = path_join(source->scratch, directory, environment);
    if (file_kind(folder) == FILE_DIRECTORY && file_list(source->scratch, folder, &entries, &err) == 0)
        vec_each(entry, &entries)
            *vec_add(source->scratch, &known) = entry->name;
    const char *hint = field_nearest(source->report, path_base(item->text), &known);
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
        const char *found = find_listed(source, directory, environment, item->text);
        if (found == NULL) {
            report_missing(source, item, directory, environment);
            continue;
        }
        struct place *place = arena_new(source->arena, struct place);
        *place = field_place(source->report, item->place);
        source_add_file(source, found, path_base(item->text), environment, place);
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

static void add_migrations(struct source *source, const char *directory, const struct node *node,
                           const char *environment)
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

static void read_environment(struct source *source, const struct node *node, struct environment *environment)
{
    const char *what = arena_printf(source->arena, "environment %s", environment->name);
    const struct node *config = node_find(node, "config");
    field_read_all(source->report, node, what, environment_fields, LENGTH(environment_fields), environment);
    environment->place = field_place(source->report, node->key_place);
    if (config == NULL || config->kind == NODE_NULL)
        return;
    if (config->kind == NODE_MAP)
        field_read_all(source->report, config, "config", config_fields, LENGTH(config_fields), environment);
    else
        field_wrong_type(source->report, config, "an object");
}

static void report_unknown(struct source *source, const struct environment_file *file,
                           const struct environment *environment)
{
    bool from_file = str_same(environment->name, file->current);
    struct place place = from_file ? file->current_place : report_file(file->path);
    const char *near = nearest_find(environment->name, &environment->known);
    const char *known = words_join(source->arena, &environment->known);
    const char *hint = near == NULL ? arena_printf(source->arena, "it has %s", known)
                                    : arena_printf(source->arena, "it has %s; did you mean %s?", known, near);
    report_failure(source->report, "unknown-environment", ERR_USAGE, place, hint,
                   "%s has no environment \"%s\"", file->path, environment->name);
}

/* Directories of migrations beside an absent environments.json: probably forgotten. */
static void warn_unread(struct source *source, const char *directory)
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

void environment_init(struct environment *environment, const char *name)
{
    *environment = (struct environment){.name = name, .allow_destructive = -1, .skip_validation = -1,
                                        .auto_rollback = -1, .require_approval = -1, .maintenance_window = -1,
                                        .backup_required = -1};
}

void environment_read(struct source *source, const char *directory, const struct environment_file *file,
                      const char *name, struct environment *environment)
{
    environment_init(environment, name);
    const char *common = path_join(source->arena, directory, common_directory);
    source_add_directory(source, directory, NULL);
    if (file_kind(common) == FILE_DIRECTORY)
        source_add_directory(source, common, NULL);
    if (!file->present && faccessat(AT_FDCWD, file->path, F_OK, AT_SYMLINK_NOFOLLOW) != 0)
        warn_unread(source, directory);
    if (file->environments == NULL)
        return;
    node_each(node, file->environments)
        *vec_add(source->arena, &environment->known) = arena_strdup(source->arena, node->key);
    const struct node *chosen = node_find(file->environments, name);
    if (chosen == NULL) {
        report_unknown(source, file, environment);
    } else if (chosen->kind != NODE_MAP) {
        field_wrong_type(source->report, chosen, "an object");
    } else {
        read_environment(source, chosen, environment);
        add_migrations(source, directory, node_find(chosen, "migrations"), name);
    }
}
