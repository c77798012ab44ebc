#include "model/dependency.h"

#include "base/file.h"
#include "model/content.h"
#include "model/elsewhere.h"
#include "model/field.h"
#include "model/filename.h"
#include "text/json.h"
#include "text/nearest.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#define LENGTH(table) (sizeof(table) / sizeof((table)[0]))

static const char *const risk_levels[] = {"low", "medium", "high", "critical", NULL};
static const char *const migration_types[] = {"table", "index", "data", "schema", NULL};

#define MEMBER(name, kind, member) {.key = name, .type = kind, .offset = offsetof(struct declaration, member)}
static const struct field entry_fields[] = {
    MEMBER("description", FIELD_TEXT, description),
    {.key = "depends_on"},
    {.key = "dependencies"},
    {.key = "cross_service_dependencies"},
    MEMBER("affects_tables", FIELD_TEXTS, affects_tables),
    MEMBER("estimated_duration", FIELD_TEXT, estimated_duration),
    {"risk_level", FIELD_TEXT, offsetof(struct declaration, risk_level), risk_levels},
    MEMBER("rollback_safe", FIELD_FLAG, rollback_safe),
    {"migration_type", FIELD_TEXT, offsetof(struct declaration, migration_type), migration_types},
    MEMBER("environment", FIELD_TEXT, environment),
    MEMBER("created_at", FIELD_TEXT, created_at),
};
#undef MEMBER

#define MEMBER(kind, member) {.key = #member, .type = kind, .offset = offsetof(struct global_config, member)}
static const struct field global_fields[] = {
    MEMBER(FIELD_NUMBER, max_parallel_migrations),
    MEMBER(FIELD_FLAG, require_approval_for_high_risk),
    MEMBER(FIELD_FLAG, auto_backup_before_destructive),
    MEMBER(FIELD_FLAG, validate_after_migration),
};
#undef MEMBER

/* Reading one service's file. */
struct reading {
    const struct report *report;
    struct service *service;
    struct references *references;
    const char *path;
    bool *ordered;   /* by position in service->migrations: its entry says what it depends on */
    struct elsewhere elsewhere;
};

static void add_references(struct reading *reading, struct migration *migration, const char *service,
                           const struct node *list)
{
    if (list->kind != NODE_LIST) {
        field_wrong_type(reading->report, list, "a list of versions");
        return;
    }
    node_each(item, list) {
        if (item->kind != NODE_TEXT && item->kind != NODE_NUMBER) {
            field_wrong_type(reading->report, item, "a version such as \"000001\"");
            continue;
        }
        *vec_add(reading->references->scratch, &reading->references->list) = (struct reference){
            migration, NULL, service, arena_strdup(reading->references->scratch, item->text),
            {reading->path, item->place.line, item->place.column}};
    }
}

static void read_needs(struct reading *reading, struct migration *migration, size_t position, const struct node *entry)
{
    static const char *const keys[] = {"depends_on", "dependencies"};
    for (size_t i = 0; i < LENGTH(keys); i++) {
        const struct node *list = node_find(entry, keys[i]);
        if (list == NULL || list->kind == NODE_NULL)
            continue;
        reading->ordered[position] = true;
        migration->declaration.needs_key = keys[i];
        add_references(reading, migration, NULL, list);
    }
    const struct node *cross = node_find(entry, "cross_service_dependencies");
    if (cross == NULL || cross->kind == NODE_NULL)
        return;
    if (cross->kind != NODE_MAP) {
        field_wrong_type(reading->report, cross, "an object: {\"auth-service\": [\"000004\"]}");
        return;
    }
    node_each(service, cross)
        add_references(reading, migration, arena_strdup(reading->references->scratch, service->key), service);
}

static size_t position_of(const struct service *service, const struct migration *migration)
{
    size_t low = 0, high = service->migrations.count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        if (service->migrations.at[middle]->version <= migration->version)
            low = middle;
        else
            high = middle;
    }
    return low;
}

/* The migration of a key; NULL when this environment has none, after saying what is wrong if anything is. */
static struct migration *entry_migration(struct reading *reading, const struct node *entry)
{
    uint64_t version;
    const char *name;
    struct place place = {reading->path, entry->key_place.line, entry->key_place.column};
    if (!filename_reference(entry->key, &version, &name)) {
        report_error(reading->report, "bad-version", place, "write a version: 000002 or 000002_name",
                     "\"%s\" is not the version of a migration", entry->key);
        return NULL;
    }
    struct migration *migration = service_find(reading->service, version);
    if (migration != NULL && (name == NULL || strcmp(name, migration->name) == 0))
        return migration;
    if (!elsewhere_has(reading->references->scratch, &reading->elsewhere, reading->service->migrations_directory,
                       version))
        report_warning(reading->report, "orphaned-dependency-entry", place, "remove it, or add the migration",
                       "\"%s\" has an entry but no file", entry->key);
    return NULL;
}

static bool counts_here(struct reading *reading, const struct node *entry)
{
    const struct node *said = node_find(entry, "environment");
    return said == NULL || said->kind != NODE_TEXT || strcmp(said->text, reading->service->environment.name) == 0;
}

static struct spot spot_of(const struct node *entry, const char *key)
{
    const struct node *member = node_find(entry, key);
    return member == NULL ? (struct spot){0} : (struct spot){member->place.line, member->place.column};
}

static void note_spots(struct declaration *declaration, const struct node *entry)
{
    declaration->risk_at = spot_of(entry, "risk_level");
    declaration->rollback_at = spot_of(entry, "rollback_safe");
    declaration->tables_at = spot_of(entry, "affects_tables");
}

static bool claim(struct reading *reading, struct migration *migration, const struct node *entry)
{
    struct place place = {reading->path, entry->key_place.line, entry->key_place.column};
    if (migration->declaration.present) {
        report_error(reading->report, "duplicate-dependency-entry", place, "keep one of them",
                     "\"%s\" has a second entry; the first is in line %d", entry->key,
                     migration->declaration.place.line);
        return false;
    }
    migration->declaration.present = true;
    migration->declaration.place = place;
    migration->declaration.key = arena_strdup(reading->report->arena, entry->key);
    migration->declaration.short_form = entry->kind == NODE_LIST;
    return true;
}

static void read_entry(struct reading *reading, const struct node *entry)
{
    if (entry->kind != NODE_MAP && entry->kind != NODE_LIST) {
        field_wrong_type(reading->report, entry, "an object");
        return;
    }
    if (entry->kind == NODE_MAP && !counts_here(reading, entry))
        return;
    struct migration *migration = entry_migration(reading, entry);
    if (migration == NULL || !claim(reading, migration, entry))
        return;
    size_t position = position_of(reading->service, migration);
    if (entry->kind == NODE_LIST) {
        reading->ordered[position] = true;
        add_references(reading, migration, NULL, entry);
        return;
    }
    const char *what = arena_printf(reading->report->arena, "the entry of %s", entry->key);
    field_read_all(reading->report, entry, what, entry_fields, LENGTH(entry_fields), &migration->declaration);
    note_spots(&migration->declaration, entry);
    read_needs(reading, migration, position, entry);
}

static void read_global(struct reading *reading, const struct node *node)
{
    if (node->kind != NODE_MAP) {
        field_wrong_type(reading->report, node, "an object");
        return;
    }
    reading->service->global.place = (struct place){reading->path, node->place.line, node->place.column};
    field_read_all(reading->report, node, "global_config", global_fields, LENGTH(global_fields),
                   &reading->service->global);
}

static void unknown_member(struct reading *reading, const struct node *member)
{
    static const char *const keys[] = {"migrations", "global_config", "releases"};
    struct strings known = {(const char **)(void *)keys, LENGTH(keys), LENGTH(keys)};
    struct place place = {reading->path, member->key_place.line, member->key_place.column};
    report_warning(reading->report, "unknown-key", place, field_nearest(reading->report, member->key, &known),
                   "unknown key \"%s\" in %s", member->key, reading->path);
}

static void read_document(struct reading *reading, const struct node *root)
{
    uint64_t version;
    const char *name;
    if (root->kind != NODE_MAP) {
        field_wrong_type(reading->report, root, "an object");
        return;
    }
    node_each(member, root)
        if (strcmp(member->key, "migrations") == 0 && member->kind == NODE_MAP)
            node_each(entry, member)
                read_entry(reading, entry);
        else if (strcmp(member->key, "migrations") == 0)
            field_wrong_type(reading->report, member, "an object");
        else if (strcmp(member->key, "global_config") == 0)
            read_global(reading, member);
        else if (strcmp(member->key, "releases") == 0)
            release_read(reading->report, reading->service, reading->path, member, &reading->elsewhere);
        else if (filename_reference(member->key, &version, &name))
            read_entry(reading, member);
        else
            unknown_member(reading, member);
}

static void read_file(struct reading *reading)
{
    struct arena scratch = {0};
    struct err err = {.arena = reading->report->arena};
    long long limit = config_number(&reading->service->config, SETTING_MAX_FILE_SIZE);
    char *content;
    size_t length;
    struct node *root;
    if (content_read(&scratch, reading->path, limit, &content, &length, &err) != 0 ||
        json_read(&scratch, reading->path, content, length, &root, &err) != 0)
        report_err(reading->report, "dependencies", &err);
    else
        read_document(reading, root);
    arena_release(&scratch);
}

/* Each migration whose order nobody declared needs the one before it. */
static void imply(struct reading *reading)
{
    const struct migrations *migrations = &reading->service->migrations;
    for (size_t i = 1; i < migrations->count; i++) {
        struct migration *migration = migrations->at[i];
        if (!reading->ordered[i])
            *vec_add(reading->references->scratch, &reading->references->list) = (struct reference){
                .migration = migration, .target = migrations->at[i - 1], .place = migration->declaration.place};
    }
}

void dependency_read(const struct report *report, struct service *service, struct references *references)
{
    struct reading reading = {.report = report, .service = service, .references = references};
    reading.path = path_join(report->arena, service->migrations_directory, "dependencies.json");
    reading.ordered = arena_alloc(references->scratch, service->migrations.count + 1);
    service->global = (struct global_config){-1, -1, -1, -1, {0}};
    if (faccessat(AT_FDCWD, reading.path, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
        read_file(&reading);
    imply(&reading);
}

void dependency_imply(struct service *service, struct references *references)
{
    struct reading reading = {.service = service, .references = references};
    reading.ordered = arena_alloc(references->scratch, service->migrations.count + 1);
    imply(&reading);
}
