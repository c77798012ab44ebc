#include "model/environment.h"

#include "base/file.h"
#include "model/content.h"
#include "model/field.h"
#include "model/listing.h"
#include "text/json.h"
#include "text/nearest.h"

#include <fcntl.h>
#include <unistd.h>

#define LENGTH(table) (sizeof(table) / sizeof((table)[0]))

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
                     "write {\"environments\": {\"development\": {}}}",
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
    file->there = faccessat(AT_FDCWD, file->path, F_OK, AT_SYMLINK_NOFOLLOW) == 0;
    if (!file->there)
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
    read_members(source, root, file);
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
                   "there is no environment \"%s\"", environment->name);
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
    listing_add_base(source, directory);
    if (!file->there)
        listing_warn_unread(source, directory);
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
        listing_add(source, directory, node_find(chosen, "migrations"), name);
    }
}
