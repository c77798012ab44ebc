#include "write/declare.h"

#include "base/str.h"
#include "model/filename.h"
#include "text/json_edit.h"
#include "text/nearest.h"

#include <string.h>

/* How the keys of a file are written. */
struct key_style {
    bool zeros;    /* "000003", not "3" */
    bool names;    /* "000003_add_name" */
};

static struct key_style style_of(const struct node *migrations)
{
    struct key_style style = {.zeros = true};
    if (migrations != NULL)
        node_each(member, migrations) {
            uint64_t version;
            const char *name;
            if (!filename_reference(member->key, &version, &name))
                continue;
            style.names = name != NULL;
            style.zeros = member->key[0] == '0' || strspn(member->key, "0123456789") >= 4;
        }
    return style;
}

static const char *key_of(struct arena *arena, const struct declare_entry *entry, const struct key_style *style)
{
    const char *digits = entry->version;
    if (!style->zeros) {
        digits += strspn(digits, "0");
        digits -= *digits == '\0' && digits > entry->version;
    }
    return style->names ? arena_printf(arena, "%s_%s", digits, entry->name) : digits;
}

static void add_text(struct arena *arena, struct json_part *map, const char *key, const char *text)
{
    if (text != NULL)
        json_part_add(map, json_part_text(arena, key, text));
}

static void add_texts(struct arena *arena, struct json_part *map, const char *key, const struct strings *texts)
{
    struct json_part *list = json_part_add(map, json_part_list(arena, key));
    vec_each(text, texts)
        json_part_add(list, json_part_text(arena, NULL, *text));
}

static struct json_part *part_of(struct arena *arena, const char *key, const struct declare_entry *entry)
{
    struct json_part *map = json_part_map(arena, key);
    add_text(arena, map, "description", entry->description);
    if (entry->ordered)
        add_texts(arena, map, "depends_on", &entry->depends_on);
    if (entry->crosses.count > 0) {
        struct json_part *crosses = json_part_add(map, json_part_map(arena, "cross_service_dependencies"));
        vec_each(cross, &entry->crosses)
            add_texts(arena, crosses, cross->service, &cross->versions);
    }
    if (entry->affects_tables.count > 0)
        add_texts(arena, map, "affects_tables", &entry->affects_tables);
    add_text(arena, map, "risk_level", entry->risk_level);
    if (entry->rollback_unsafe)
        json_part_add(map, json_part_raw(arena, "rollback_safe", "false"));
    add_text(arena, map, "migration_type", entry->kind);
    add_text(arena, map, "environment", entry->environment);
    return map;
}

/* Nothing but versions with lists: "000003": ["000001"]. */
static bool is_short_form(const struct node *root)
{
    const struct node *first = root->first;
    uint64_t version;
    const char *name;
    return first != NULL && node_find(root, "migrations") == NULL && first->kind == NODE_LIST &&
           filename_reference(first->key, &version, &name);
}

static int check_new(const struct source *source, const struct node *migrations, const struct declare_entry *entry,
                     struct err *err)
{
    uint64_t wanted = 0, version;
    const char *name;
    filename_reference(entry->version, &wanted, &name);
    node_each(member, migrations) {
        bool same = filename_reference(member->key, &version, &name) && version == wanted;
        const struct node *environment = member->kind == NODE_MAP ? node_find(member, "environment") : NULL;
        if (!same || (entry->environment != NULL && environment != NULL && environment->text != NULL &&
                      strcmp(environment->text, entry->environment) != 0))
            continue;
        source_fail_at(source, member->key_place, err, "there is an entry \"%s\" already", member->key);
        return err_hint(err, "it declares something of a migration that is not there; remove it");
    }
    return 0;
}

static int expect_map(const struct source *source, const struct node *node, struct err *err)
{
    return node->kind == NODE_MAP ? 0 : source_fail_at(source, node->place, err, "this is %s; expected an object",
                                                       node_kind_name(node->kind));
}

static char *new_document(struct arena *arena, struct json_part *member)
{
    struct json_part *root = json_part_map(arena, NULL);
    json_part_add(root, member);
    return json_edit_new(arena, root);
}

int declare_dependency(struct arena *arena, const char *path, const char *old, const struct declare_entry *entry,
                       char **text, struct err *err)
{
    struct source source = {path, old, old == NULL ? 0 : strlen(old)};
    struct key_style style = style_of(NULL);
    struct node *root = NULL;
    if (old == NULL) {
        struct json_part *migrations = json_part_map(arena, "migrations");
        json_part_add(migrations, part_of(arena, key_of(arena, entry, &style), entry));
        *text = new_document(arena, migrations);
        return 0;
    }
    if (json_read(arena, path, old, source.length, &root, err) != 0 || expect_map(&source, root, err) != 0)
        return -1;
    bool short_form = is_short_form(root);
    const struct node *migrations = short_form ? root : node_find(root, "migrations");
    if (migrations == NULL) {
        struct json_part *part = json_part_map(arena, "migrations");
        json_part_add(part, part_of(arena, key_of(arena, entry, &style), entry));
        *text = json_edit_add(arena, &source, root, part);
        return 0;
    }
    if (expect_map(&source, migrations, err) != 0 || check_new(&source, migrations, entry, err) != 0)
        return -1;
    style = style_of(migrations);
    struct json_part *part = part_of(arena, key_of(arena, entry, &style), entry);
    if (short_form && entry->crosses.count == 0 && entry->ordered) {
        part = json_part_list(arena, part->key);
        vec_each(version, &entry->depends_on)
            json_part_add(part, json_part_text(arena, NULL, *version));
    }
    *text = json_edit_add(arena, &source, migrations, part);
    return 0;
}

int declare_release(struct arena *arena, const char *path, const char *old, const char *name, const char *version,
                    char **text, struct err *err)
{
    struct source source = {path, old, old == NULL ? 0 : strlen(old)};
    struct json_part *entry = json_part_text(arena, name, version), *member = json_part_map(arena, "releases");
    struct node *root = NULL;
    member->grows = true;
    if (old == NULL) {
        json_part_add(member, entry);
        *text = new_document(arena, member);
        return 0;
    }
    if (json_read(arena, path, old, source.length, &root, err) != 0 || expect_map(&source, root, err) != 0)
        return -1;
    const struct node *releases = node_find(root, "releases");
    if (releases != NULL && expect_map(&source, releases, err) != 0)
        return -1;
    if (releases == NULL)
        json_part_add(member, entry);
    *text = json_edit_add(arena, &source, releases == NULL ? root : releases, releases == NULL ? member : entry);
    return 0;
}

static int read_environment(struct arena *arena, const struct source *source, const char *name, const struct node **one,
                            struct err *err)
{
    struct node *root = NULL;
    struct strings known = {0};
    if (json_read(arena, source->path, source->content, source->length, &root, err) != 0 || expect_map(source, root, err) != 0)
        return -1;
    const struct node *environments = node_find(root, "environments");
    *one = environments == NULL ? NULL : node_find(environments, name);
    if (*one != NULL)
        return expect_map(source, *one, err);
    if (environments != NULL)
        node_each(each, environments)
            *vec_add(arena, &known) = each->key;
    err_set(err, ERR_USAGE, "%s: there is no environment \"%s\"", source->path, name);
    return err_hint(err, "it has %s", words_join(arena, &known));
}

int declare_directory(struct arena *arena, const char *path, const char *text, const char *environment,
                      const char **directory, bool *listed, struct err *err)
{
    struct source source = {path, text, strlen(text)};
    const struct node *one;
    if (read_environment(arena, &source, environment, &one, err) != 0)
        return -1;
    const struct node *migrations = node_find(one, "migrations");
    *listed = migrations == NULL || migrations->kind != NODE_TEXT;
    *directory = *listed ? environment : migrations->text;
    return 0;
}

int declare_environment(struct arena *arena, const char *path, const char *old, const char *environment,
                        const char *file, char **text, struct err *err)
{
    struct source source = {path, old, strlen(old)};
    const struct node *one;
    if (read_environment(arena, &source, environment, &one, err) != 0)
        return -1;
    const struct node *list = node_find(one, "migrations");
    struct json_part *item = json_part_text(arena, NULL, file);
    if (list != NULL && list->kind == NODE_LIST) {
        *text = json_edit_add(arena, &source, list, item);
        return 0;
    }
    if (list != NULL && list->kind != NODE_NULL)
        return source_fail_at(&source, list->place, err, "migrations is %s; expected a list", node_kind_name(list->kind));
    struct json_part *member = json_part_list(arena, "migrations");
    json_part_add(member, item);
    *text = json_edit_add(arena, &source, one, member);
    return 0;
}

/* The list has files: only then it counts, and the directory does not. */
int declare_seed(struct arena *arena, const char *path, const char *old, const char *environment, const char *file,
                 size_t number, char **text, struct err *err)
{
    struct source source = {path, old, strlen(old)};
    const struct node *one, *before;
    if (read_environment(arena, &source, environment, &one, err) != 0)
        return -1;
    const struct node *list = node_find(one, "seed_files");
    if (list == NULL || list->kind != NODE_LIST)
        return source_fail_at(&source, one->place, err, "seed_files is no list");
    for (before = list->first; before != NULL && number > 0; number--)
        before = before->next;
    struct json_part *item = json_part_text(arena, NULL, file);
    *text = before == NULL ? json_edit_add(arena, &source, list, item)
                           : json_edit_insert(arena, &source, list, before, item);
    return 0;
}
