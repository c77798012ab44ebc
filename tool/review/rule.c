#include "review/rule_reading.h"

#include "base/file.h"
#include "base/str.h"
#include "model/relative.h"
#include "review/rule_built_in.h"
#include "text/nearest.h"
#include "text/yaml.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum { LARGEST_FILE = 1 << 20 };

static const char default_file[] = "skein-rules.yaml";

static int read_text(struct rule_reading *reading, const char *text, size_t length)
{
    struct node *root = NULL;
    reading->source.content = text;
    reading->source.length = length;
    if (yaml_read(reading->arena, reading->source.path, text, length, &root, reading->err) != 0)
        return -1;
    return rule_read_document(reading, root);
}

static int read_built_in(struct rule_reading *reading)
{
    for (const struct built_in_rules *file = built_in_rules; file->name != NULL; file++) {
        reading->group = file->name;
        reading->source.path = file->path;
        if (rule_read_document(reading, file->root) != 0)
            return -1;
    }
    reading->group = NULL;
    return 0;
}

static int read_file(struct rule_reading *reading, const char *path)
{
    char *content = NULL;
    size_t length = 0;
    reading->source = (struct source){.path = relative_path(reading->arena, path_absolute(reading->arena, path))};
    if (file_read(reading->arena, path, LARGEST_FILE, &content, &length, reading->err) != 0) {
        struct stat status;
        if (stat(path, &status) == 0 && status.st_size > LARGEST_FILE)
            err_hint(reading->err, "a file of rules has no business being so large; several may stand in one directory");
        return -1;
    }
    return read_text(reading, content, length);
}

/* A file, or all of a directory that end in .yaml or .yml. */
static int read_path(struct rule_reading *reading, const char *path)
{
    struct file_entries entries = {0};
    if (file_kind(path) != FILE_DIRECTORY)
        return read_file(reading, path);
    if (file_list(reading->arena, path, &entries, reading->err) != 0)
        return -1;
    vec_each(entry, &entries) {
        bool yaml = str_ends(entry->name, ".yaml") || str_ends(entry->name, ".yml");
        if (yaml && entry->kind == FILE_REGULAR && read_file(reading, path_join(reading->arena, path, entry->name)) != 0)
            return -1;
    }
    return 0;
}

/* "a.yaml, b.yaml" */
static int read_paths(struct rule_reading *reading, const char *root, const char *paths)
{
    for (paths += strspn(paths, " ,"); *paths != '\0'; paths += strspn(paths, " ,")) {
        size_t length = strcspn(paths, ",");
        const char *path = arena_strndup(reading->arena, paths, length);
        if (read_path(reading, path_join(reading->arena, root, path)) != 0)
            return -1;
        paths += length;
    }
    return 0;
}

/* What stands under `rules` in the configuration: a list of paths, or a map from ids. */
static int read_tree(struct rule_reading *reading, const char *root, const struct node *tree)
{
    reading->source = (struct source){.path = tree->place.file};
    if (tree->kind == NODE_MAP)
        return rule_read_document(reading, tree);
    node_each(item, tree) {
        if (item->text == NULL)
            return rule_fail(reading, item->place, "this is %s; expected the path of a file", node_kind_name(item->kind));
        if (read_path(reading, path_join(reading->arena, root, item->text)) != 0)
            return -1;
    }
    return 0;
}

/* Files first: what the configuration itself says about a rule is nearer. */
static int read_repository(struct rule_reading *reading, const struct config *config)
{
    struct config_trees trees = {0};
    const char *paths = config_text(config, SETTING_RULES), *file = path_join(reading->arena, config->root, default_file);
    bool listed = paths != NULL;
    config_trees(reading->arena, config, SETTING_RULES, &trees);
    if (paths != NULL && read_paths(reading, config->root, paths) != 0)
        return -1;
    for (int maps = 0; maps < 2; maps++) {
        vec_each(tree, &trees) {
            bool is_map = (*tree)->kind == NODE_MAP;
            listed = listed || !is_map;
            if (is_map == (maps == 1) && (is_map || paths == NULL) && read_tree(reading, config->root, *tree) != 0)
                return -1;
        }
        if (maps == 0 && !listed && file_kind(file) != FILE_NONE && read_file(reading, file) != 0)
            return -1;
    }
    return 0;
}

static int by_id(const void *one, const void *other)
{
    return strcmp((*(struct rule *const *)one)->id, (*(struct rule *const *)other)->id);
}

static void add_to_kinds(struct arena *arena, struct rule_set *rules, struct rule *rule)
{
    vec_each(kind, &rule->kinds) {
        struct rules *of_kind = &rules->by_kind[kind->action];
        if (of_kind->count == 0 || of_kind->at[of_kind->count - 1] != rule)
            *vec_add(arena, of_kind) = rule;
    }
}

/* Sorts, and finds anew which rules look at which kinds. */
static void register_all(struct arena *arena, struct rule_set *rules)
{
    if (rules->all.count > 0)
        qsort(rules->all.at, rules->all.count, sizeof *rules->all.at, by_id);
    for (size_t i = 0; i < ACTION_KINDS; i++)
        rules->by_kind[i].count = 0;
    vec_each(rule, &rules->all)
        if ((*rule)->on && !(*rule)->check)
            add_to_kinds(arena, rules, *rule);
}

static struct rule_reading reading_of(struct arena *arena, const struct config *config, struct rule_set *rules,
                                      struct err *err)
{
    return (struct rule_reading){.arena = arena, .environment = config_text(config, SETTING_ENVIRONMENT),
                                 .rules = rules, .err = err};
}

int rules_read(struct arena *arena, const struct config *config, struct rule_set *rules, struct err *err)
{
    struct rule_reading reading = reading_of(arena, config, rules, err);
    *rules = (struct rule_set){0};
    if (read_built_in(&reading) != 0 || read_repository(&reading, config) != 0)
        return -1;
    register_all(arena, rules);
    return 0;
}

int rules_read_file(struct arena *arena, const struct config *config, const char *path, struct rule_set *rules,
                    struct err *err)
{
    struct rule_reading reading = reading_of(arena, config, rules, err);
    if (read_file(&reading, path) != 0)
        return -1;
    register_all(arena, rules);
    return 0;
}

static bool has_counterpart(const struct rule *rule, const char *name)
{
    vec_each(counterpart, &rule->counterparts)
        if (strcmp(counterpart->name, name) == 0)
            return true;
    return false;
}

struct rule *rules_find(const struct rule_set *rules, const char *name)
{
    vec_each(rule, &rules->all)
        if (strcmp((*rule)->id, name) == 0)
            return *rule;
    vec_each(rule, &rules->all)
        if (has_counterpart(*rule, name))
            return *rule;
    return NULL;
}

bool rules_is_counterpart(const struct rule_set *rules, const char *id, const char *name)
{
    vec_each(rule, &rules->all)
        if (strcmp((*rule)->id, id) == 0)
            return has_counterpart(*rule, name);
    return false;
}

const struct strings *rules_names(struct arena *arena, const struct rule_set *rules)
{
    struct strings *names = arena_new(arena, struct strings);
    vec_each(rule, &rules->all)
        *vec_add(arena, names) = (*rule)->id;
    return names;
}

static int unknown_rule(struct arena *arena, const struct rule_set *rules, const char *name, struct err *err)
{
    struct strings known = *rules_names(arena, rules);
    vec_each(rule, &rules->all)
        vec_each(counterpart, &(*rule)->counterparts)
            *vec_add(arena, &known) = counterpart->name;
    const char *nearest = nearest_find(name, &known);
    err_set(err, ERR_USAGE, "there is no rule \"%s\"", name);
    return nearest != NULL ? err_hint(err, "did you mean \"%s\"?", nearest) : err_hint(err, "skein rules lists them");
}

struct rule *rules_get(struct arena *arena, const struct rule_set *rules, const char *name, struct err *err)
{
    struct rule *rule = rules_find(rules, name);
    if (rule == NULL)
        unknown_rule(arena, rules, name, err);
    return rule;
}

int rules_only(struct arena *arena, struct rule_set *rules, const struct strings *names, struct err *err)
{
    vec_each(rule, &rules->all)
        (*rule)->on = (*rule)->always;
    vec_each(name, names) {
        bool found = false;
        vec_each(rule, &rules->all) {
            bool same = strcmp((*rule)->id, *name) == 0 || has_counterpart(*rule, *name);
            (*rule)->on = (*rule)->on || same;
            found = found || same;
        }
        if (!found)
            return unknown_rule(arena, rules, *name, err);
    }
    register_all(arena, rules);
    return 0;
}
