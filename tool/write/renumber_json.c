/* Numbers of migrations in dependencies.json and environments.json. */
#include "write/renumber.h"

#include "base/path.h"
#include "text/json_edit.h"

#include <stdlib.h>
#include <string.h>

/* A scalar or a key that gets another text. */
struct change {
    const struct node *node;
    bool key;
    const char *text;
};

struct changing {
    struct arena *arena;
    const struct renumber_groups *groups;
    const struct node *base;     /* `migrations` of the file on the base; NULL: none */
    const struct node *released; /* `releases` of it; NULL: none */
    bool left;
    struct changes { struct change *at; size_t count, room; } changes;
};

/* The group that a reference means: the one that moves. */
static const struct renumber_group *meant(const struct changing *changing, const char *text, const char **name)
{
    uint64_t version;
    if (!filename_reference(text, &version, name))
        return NULL;
    vec_each(group, changing->groups)
        if (group->new_digits != NULL && group->version == version && (*name == NULL || strcmp(*name, group->name) == 0))
            return group;
    return NULL;
}

/* As it was written: with or without leading zeros, with or without the name. */
static const char *reworded(struct arena *arena, const struct renumber_group *group, const char *old, const char *name)
{
    const char *digits = group->new_digits;
    if (*old != '0')
        while (*digits == '0' && digits[1] != '\0')
            digits++;
    return name == NULL ? digits : arena_printf(arena, "%s_%s", digits, name);
}

static void change(struct changing *changing, const struct node *node, bool key)
{
    const char *name, *old = key ? node->key : node->text;
    const struct renumber_group *group = old == NULL ? NULL : meant(changing, old, &name);
    if (group != NULL)
        *vec_add(changing->arena, &changing->changes) =
            (struct change){node, key, reworded(changing->arena, group, old, name)};
}

static void change_list(struct changing *changing, const struct node *list)
{
    if (list != NULL && list->kind == NODE_LIST)
        node_each(item, list)
            change(changing, item, false);
}

static const struct node *migrations_of(const struct node *root)
{
    if (root == NULL || root->kind != NODE_MAP)
        return NULL;
    const struct node *migrations = node_find(root, "migrations");
    return migrations == NULL ? root : migrations->kind == NODE_MAP ? migrations : NULL;
}

static bool is_known_on_base(const struct changing *changing, const char *key)
{
    uint64_t version;
    const char *name;
    bool reference = filename_reference(key, &version, &name);
    vec_each(group, changing->groups)
        if (reference && group->version == version && group->on_base)
            return true;
    return false;
}

/* An entry of the base means what is there, and depends on nothing that is new. */
static bool is_on_base(const struct changing *changing, const char *key, bool own)
{
    bool there = changing->base != NULL && node_find(changing->base, key) != NULL;
    return there && (!own || is_known_on_base(changing, key));
}

static void change_entry(struct changing *changing, const struct node *entry, const char *service, bool own)
{
    const struct node *crosses = entry->kind == NODE_MAP ? node_find(entry, "cross_service_dependencies") : NULL;
    const char *name;
    const struct renumber_group *group = own ? meant(changing, entry->key, &name) : NULL;
    bool stays = group != NULL && name == NULL && renumber_is_shared(changing->groups, group);
    if (is_on_base(changing, entry->key, own)) {
        changing->left = changing->left || stays;
        return;
    }
    if (own) {
        change(changing, entry, true);
        change_list(changing, entry);
        change_list(changing, node_find(entry, "depends_on"));
        change_list(changing, node_find(entry, "dependencies"));
    }
    if (crosses != NULL && crosses->kind == NODE_MAP)
        change_list(changing, node_find(crosses, service));
}

static const struct node *releases_of(const struct node *root)
{
    const struct node *releases = root == NULL || root->kind != NODE_MAP ? NULL : node_find(root, "releases");
    return releases != NULL && releases->kind == NODE_MAP ? releases : NULL;
}

/* A release of the base ends with what is there; a new one with what moves. */
static void change_releases(struct changing *changing, const struct node *releases)
{
    node_each(release, releases)
        if (changing->released == NULL || node_find(changing->released, release->key) == NULL)
            change(changing, release, false);
}

static const struct place *place_of(const struct change *one)
{
    return one->key ? &one->node->key_place : &one->node->place;
}

static int compare(const void *left, const void *right)
{
    const struct place *a = place_of(left), *b = place_of(right);
    return a->line != b->line ? a->line - b->line : a->column - b->column;
}

/* From the end, so that the places before stay true. */
static const char *carry_out(const struct changing *changing, const char *path, const char *text)
{
    if (changing->changes.count > 0)
        qsort(changing->changes.at, changing->changes.count, sizeof(*changing->changes.at), compare);
    for (size_t i = changing->changes.count; i > 0; i--) {
        const struct change *one = &changing->changes.at[i - 1];
        struct source source = {path, text, strlen(text)};
        text = json_edit_replace(changing->arena, &source, one->node, one->key, one->text);
    }
    return text;
}

int renumber_dependencies(struct arena *arena, const char *path, const char *text, const char *base,
                          const char *service, bool own, const struct renumber_groups *groups, const char **edited,
                          bool *left, struct err *err)
{
    struct changing changing = {.arena = arena, .groups = groups};
    struct err unused = {.arena = arena};
    struct node *root = NULL, *base_root = NULL;
    if (json_read(arena, path, text, strlen(text), &root, err) != 0)
        return -1;
    if (base != NULL && json_read(arena, path, base, strlen(base), &base_root, &unused) == 0) {
        changing.base = migrations_of(base_root);
        changing.released = releases_of(base_root);
    }
    const struct node *migrations = migrations_of(root);
    if (migrations != NULL)
        node_each(entry, migrations)
            change_entry(&changing, entry, service, own);
    if (own && releases_of(root) != NULL)
        change_releases(&changing, releases_of(root));
    *edited = carry_out(&changing, path, text);
    *left = *left || changing.left;
    return 0;
}

int renumber_releases(struct arena *arena, const char *path, const char *text, const char *theirs, const char **edited,
                      struct strings *taken, struct err *err)
{
    struct node *root = NULL, *other = NULL;
    *edited = text;
    if (json_read(arena, path, theirs, strlen(theirs), &other, err) != 0)
        return -1;
    for (const struct node *base = releases_of(other) == NULL ? NULL : releases_of(other)->first; base != NULL; base = base->next) {
        const struct source source = {path, *edited, strlen(*edited)};
        if (json_read(arena, path, *edited, source.length, &root, err) != 0)
            return -1;
        const struct node *mine = releases_of(root) == NULL ? NULL : node_find(releases_of(root), base->key);
        if (mine == NULL || mine->text == NULL || base->text == NULL || strcmp(mine->text, base->text) == 0)
            continue;
        *edited = json_edit_replace(arena, &source, mine, false, base->text);
        *vec_add(arena, taken) = base->key;
    }
    return 0;
}

/* The entry of a migration by its new number; NULL: none. */
static const struct node *entry_of(const struct node *migrations, const struct renumber_group *group)
{
    uint64_t wanted = strtoull(group->new_digits, NULL, 10), version;
    const char *name;
    node_each(entry, migrations)
        if (filename_reference(entry->key, &version, &name) && version == wanted)
            return entry;
    return NULL;
}

int renumber_entries(struct arena *arena, const char *path, const char *text, const char *moved,
                     const struct renumber_groups *groups, const char **edited, struct err *err)
{
    const struct source from = {path, moved, strlen(moved)};
    struct node *moved_root = NULL;
    if (json_read(arena, path, moved, strlen(moved), &moved_root, err) != 0)
        return -1;
    *edited = text;
    vec_each(group, groups) {
        const struct source to = {path, *edited, strlen(*edited)};
        struct node *root = NULL;
        if (group->new_digits == NULL || migrations_of(moved_root) == NULL)
            continue;
        const struct node *entry = entry_of(migrations_of(moved_root), group);
        if (json_read(arena, path, *edited, to.length, &root, err) != 0)
            return -1;
        const struct node *migrations = migrations_of(root);
        if (entry != NULL && migrations != NULL && entry_of(migrations, group) == NULL)
            *edited = json_edit_add(arena, &to, migrations,
                                    json_part_raw(arena, entry->key, json_edit_written(arena, &from, entry)));
    }
    return 0;
}

/* development/000003_x.up.sql */
static void change_file(struct changing *changing, const struct node *item)
{
    struct filename file = filename_read(item->text == NULL ? "" : path_base(item->text));
    if (file.kind != FILENAME_HALF && file.kind != FILENAME_SINGLE)
        return;
    vec_each(group, changing->groups) {
        if (group->new_digits == NULL || group->version != file.version || !span_equals(file.name, group->name))
            continue;
        size_t before = (size_t)(file.digits.at - item->text);
        *vec_add(changing->arena, &changing->changes) =
            (struct change){item, false, arena_printf(changing->arena, "%.*s%s%s", (int)before, item->text,
                                                      group->new_digits, file.digits.at + file.digits.length)};
        return;
    }
}

int renumber_environments(struct arena *arena, const char *path, const char *text, const struct renumber_groups *groups,
                          const char **edited, struct err *err)
{
    struct changing changing = {.arena = arena, .groups = groups};
    struct node *root = NULL;
    if (json_read(arena, path, text, strlen(text), &root, err) != 0)
        return -1;
    const struct node *environments = root->kind == NODE_MAP ? node_find(root, "environments") : NULL;
    if (environments != NULL && environments->kind == NODE_MAP)
        node_each(one, environments) {
            const struct node *list = one->kind == NODE_MAP ? node_find(one, "migrations") : NULL;
            if (list != NULL && list->kind == NODE_LIST)
                node_each(item, list)
                    change_file(&changing, item);
        }
    *edited = carry_out(&changing, path, text);
    return 0;
}
