#include "model/keys.h"

#include "base/str.h"
#include "text/nearest.h"

#include <string.h>

/* Keys that are known and that no setting is read from: they say what is so anyway, or are switches of checks. */
static const char *const others[] = {
    "database.driver", "migrations.database.driver",
    "validation.check_constraints", "validation.check_indexes", "validation.check_foreign_keys",
    "validation.schema_consistency",
    "migrations.validation.check_constraints", "migrations.validation.check_indexes",
    "migrations.validation.check_foreign_keys", "migrations.validation.schema_consistency",
};

#define LENGTH(array) (sizeof(array) / sizeof *(array))

/* An application has keys of its own at the top, such as `timeout` or `environment`, that are not meant for us. */
static bool is_read(const char *key, enum key_scope scope)
{
    return scope == KEYS_OF_REPOSITORY || str_starts(key, "database.") || str_starts(key, "migration.") ||
           str_starts(key, "migrations.") || strcmp(key, "schema") == 0;
}

static const struct node *find_path(const struct node *document, const char *path)
{
    const struct node *at = document;
    while (at != NULL && at->kind == NODE_MAP) {
        size_t length = strcspn(path, ".");
        const struct node *next = NULL;
        node_each(child, at)
            if (span_equals((struct span){path, length}, child->key))
                next = child;
        if (path[length] == '\0')
            return next;
        at = next;
        path += length + 1;
    }
    return NULL;
}

/* Calls `visit` with every key that is known in this scope. */
static void each_known(enum key_scope scope, void (*visit)(void *context, const char *key), void *context)
{
    for (size_t i = 0; i < SETTINGS; i++)
        for (const char *const *key = setting_rows[i].keys; *key != NULL; key++)
            if (is_read(*key, scope))
                visit(context, *key);
    for (size_t i = 0; i < LENGTH(others); i++)
        if (is_read(others[i], scope))
            visit(context, others[i]);
}

/* What is known about one path: is it a key, is it a section, what is known below it? */
struct knowledge {
    struct arena *arena;
    const char *path;
    bool is_key, is_section;
    struct strings below;
};

static void learn(void *context, const char *key)
{
    struct knowledge *knowledge = context;
    size_t length = strlen(knowledge->path);
    bool top = length == 0;
    if (strcmp(key, knowledge->path) == 0)
        knowledge->is_key = true;
    if (!top && !(strncmp(key, knowledge->path, length) == 0 && key[length] == '.'))
        return;
    knowledge->is_section = true;
    const char *rest = top ? key : key + length + 1;
    const char *name = arena_strndup(knowledge->arena, rest, strcspn(rest, "."));
    vec_each(known, &knowledge->below)
        if (strcmp(*known, name) == 0)
            return;
    *vec_add(knowledge->arena, &knowledge->below) = name;
}

static struct knowledge know(struct arena *arena, const char *path, enum key_scope scope)
{
    struct knowledge knowledge = {.arena = arena, .path = path};
    each_known(scope, learn, &knowledge);
    return knowledge;
}

static int fail_at(struct err *err, struct place place)
{
    return err_at(err, place.file, place.line, place.column);
}

int keys_find(const struct node *document, enum key_scope scope, enum setting setting, const struct node **found,
              struct err *err)
{
    const char *first = NULL;
    *found = NULL;
    if (scope == KEYS_OF_APPLICATION && (setting == SETTING_ENVIRONMENT || setting == SETTING_SERVICES_PATH))
        return 0; /* of the repository, not of a service */
    for (const char *const *key = setting_rows[setting].keys; *key != NULL; key++) {
        const struct node *node = is_read(*key, scope) ? find_path(document, *key) : NULL;
        if (node == NULL || node->kind == NODE_NULL || (node->kind == NODE_MAP && know(err->arena, *key, scope).is_section))
            continue;
        if (node->text == NULL && setting_rows[setting].tree)
            continue;
        if (node->text == NULL) {
            err_set(err, ERR_INPUT, "%s is %s; expected a plain value", *key, node_kind_name(node->kind));
            return fail_at(err, node->place);
        }
        if (*found != NULL && strcmp((*found)->text, node->text) != 0) {
            err_set(err, ERR_INPUT, "%s and %s mean the same and differ", first, *key);
            err_hint(err, "remove one of them; %s is in line %d", first, (*found)->key_place.line);
            return fail_at(err, node->key_place);
        }
        if (*found == NULL) {
            *found = node;
            first = *key;
        }
    }
    return 0;
}

void keys_trees(struct arena *arena, const struct node *document, enum key_scope scope, enum setting setting,
                struct config_trees *trees)
{
    for (const char *const *key = setting_rows[setting].keys; *key != NULL; key++) {
        const struct node *node = is_read(*key, scope) ? find_path(document, *key) : NULL;
        if (node != NULL && (node->kind == NODE_LIST || node->kind == NODE_MAP))
            *vec_add(arena, trees) = node;
    }
}

struct check {
    struct arena *arena, *scratch;
    enum key_scope scope;
    struct findings *findings;
    struct err *err;
};

static void warn_of(const struct check *check, const struct node *child, const char *section,
                    const struct strings *known)
{
    const char *nearest = nearest_find(child->key, known);
    if (nearest == NULL && check->scope == KEYS_OF_APPLICATION && !str_starts(section, "migration"))
        return;
    const char *hint = nearest != NULL
                           ? arena_printf(check->arena, "did you mean \"%s\"?", nearest)
                           : arena_printf(check->arena, "known here: %s", words_join(check->scratch, known));
    finding_add(check->arena, check->findings, SEVERITY_WARNING, "unknown-key", ERR_INPUT, child->key_place, NULL, hint,
                *section == '\0' ? "unknown key \"%s\"%s" : "unknown key \"%s\" in %s", child->key, section);
}

/* A section that is no map.  In an application's file the key may mean something else to the application. */
static int report_section(const struct check *check, const struct node *child, const struct knowledge *knowledge)
{
    const char *hint = arena_printf(check->arena, "known in it: %s", words_join(check->scratch, &knowledge->below));
    const char *kind = node_kind_name(child->kind);
    if (check->scope == KEYS_OF_APPLICATION) {
        finding_add(check->arena, check->findings, SEVERITY_WARNING, "not-a-map", ERR_INPUT, child->place, NULL, hint,
                    "%s is %s, not a map; it is not read", knowledge->path, kind);
        return 0;
    }
    err_set(check->err, ERR_INPUT, "%s is %s; expected a map", knowledge->path, kind);
    err_hint(check->err, "%s", hint);
    return fail_at(check->err, child->place);
}

static int check_map(const struct check *check, const struct node *map, const char *section);

static int check_key(const struct check *check, const struct node *child, const char *section,
                     const struct strings *known)
{
    const char *path = *section == '\0' ? child->key : arena_printf(check->scratch, "%s.%s", section, child->key);
    struct knowledge knowledge = know(check->scratch, path, check->scope);
    if (strchr(child->key, '.') != NULL || (!knowledge.is_key && !knowledge.is_section)) {
        warn_of(check, child, section, known);
        return 0;
    }
    if (child->kind == NODE_MAP && knowledge.is_section)
        return check_map(check, child, path);
    return knowledge.is_key || child->kind == NODE_NULL ? 0 : report_section(check, child, &knowledge);
}

static int check_map(const struct check *check, const struct node *map, const char *section)
{
    struct knowledge here = know(check->scratch, section, check->scope);
    node_each(child, map)
        if (check_key(check, child, section, &here.below) != 0)
            return -1;
    return 0;
}

int keys_check(struct arena *arena, const struct node *document, enum key_scope scope, struct findings *findings,
               struct err *err)
{
    struct arena scratch = {0};
    const struct check check = {arena, &scratch, scope, findings, err};
    if (document->kind != NODE_MAP) {
        err_set(err, ERR_INPUT, "the file holds %s; expected a map", node_kind_name(document->kind));
        return fail_at(err, document->place);
    }
    int result = check_map(&check, document, "");
    arena_release(&scratch);
    return result;
}
