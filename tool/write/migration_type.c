#include "write/migration_type.h"

#include "base/path.h"
#include "text/nearest.h"
#include "text/yaml.h"

#include <string.h>

struct reading {
    struct arena *arena;
    struct source source;
    struct err *err;
};

static int fail_expected(const struct reading *reading, const struct node *node, const char *what)
{
    return source_fail_at(&reading->source, node->place, reading->err, "%s is %s; expected %s",
                          node->key == NULL ? "this" : node->key, node_kind_name(node->kind), what);
}

static int fail_unknown(const struct reading *reading, const struct node *node, const char *what, const char *word,
                        const struct strings *known)
{
    const char *nearest = nearest_find(word, known);
    struct place place = what[0] == 'k' ? node->key_place : node->place;
    source_fail_at(&reading->source, place, reading->err, "unknown %s \"%s\"", what, word);
    if (nearest != NULL)
        return err_hint(reading->err, "did you mean \"%s\"?", nearest);
    return err_hint(reading->err, "there are %s", words_join(reading->arena, known));
}

/* A key without a value leaves *text as it is. */
static int read_text(const struct reading *reading, const struct node *node, const char **text)
{
    if (node->kind == NODE_LIST || node->kind == NODE_MAP)
        return fail_expected(reading, node, "a text");
    *text = node->kind == NODE_NULL ? *text : node->text;
    return 0;
}

/* One of the words, by number; `yes` and `no` are texts in YAML 1.2, true and false are not. */
static int read_word(const struct reading *reading, const struct node *node, const char *const words[], int *word)
{
    struct strings known = {0};
    const char *text = node->kind == NODE_BOOL ? (node->truth ? "yes" : "no") : node->text;
    if (text == NULL)
        return fail_expected(reading, node, "a word");
    for (int i = 0; words[i] != NULL; i++) {
        *word = i;
        if (strcmp(words[i], text) == 0)
            return 0;
        *vec_add(reading->arena, &known) = words[i];
    }
    return fail_unknown(reading, node, "word", text, &known);
}

static int read_demand(const struct reading *reading, const struct node *node, enum demand *demand)
{
    static const char *const words[] = {"either", "yes", "no", NULL};
    int word = 0;
    if (read_word(reading, node, words, &word) != 0)
        return -1;
    *demand = (enum demand)word;
    return 0;
}

static int read_truth(const struct reading *reading, const struct node *node, bool *truth)
{
    static const char *const words[] = {"no", "yes", NULL};
    int word = 0;
    if (read_word(reading, node, words, &word) != 0)
        return -1;
    *truth = word == 1;
    return 0;
}

static int read_kind(const struct reading *reading, const struct node *node, const char **kind)
{
    static const char *const words[] = {"table", "index", "data", "schema", NULL};
    int word = 0;
    if (read_word(reading, node, words, &word) != 0)
        return -1;
    *kind = words[word];
    return 0;
}

static int read_type_object(const struct reading *reading, const struct node *node, enum type_object *object)
{
    static const char *const words[] = {"any", "enum", "view", "schema", NULL};
    int word = 0;
    if (read_word(reading, node, words, &word) != 0)
        return -1;
    *object = (enum type_object)word;
    return 0;
}

static int unknown_key(const struct reading *reading, const struct node *node, const char *const keys[])
{
    struct strings known = {0};
    for (size_t i = 0; keys[i] != NULL; i++)
        *vec_add(reading->arena, &known) = keys[i];
    return fail_unknown(reading, node, "key", node->key, &known);
}

static void read_patterns(const struct reading *reading, const char *text, struct strings *patterns)
{
    for (; text != NULL && *text != '\0'; text += *text == '|') {
        size_t length = strcspn(text, "|");
        *vec_add(reading->arena, patterns) = arena_strndup(reading->arena, text, length);
        text += length;
    }
}

static int read_parameter(const struct reading *reading, const struct node *node, struct type_parameter *parameter)
{
    static const char *const keys[] = {"derive", "about", "required", "unless", NULL};
    const char *derive = NULL;
    struct strings known = {0};
    parameter->parameter = parameter_find(node->key);
    parameter->about = "";
    if (parameter->parameter == PARAMETERS) {
        parameter_names(reading->arena, &known);
        return fail_unknown(reading, node, "key", node->key, &known);
    }
    parameter->about = parameter_rows[parameter->parameter].about;
    if (node->kind != NODE_MAP)
        return node->kind == NODE_NULL ? 0 : fail_expected(reading, node, "a map with derive, about and required");
    node_each(child, node) {
        int status = strcmp(child->key, "derive") == 0     ? read_text(reading, child, &derive)
                     : strcmp(child->key, "unless") == 0   ? read_text(reading, child, &parameter->unless)
                     : strcmp(child->key, "about") == 0    ? read_text(reading, child, &parameter->about)
                     : strcmp(child->key, "required") == 0 ? read_truth(reading, child, &parameter->required)
                                                           : unknown_key(reading, child, keys);
        if (status != 0)
            return -1;
    }
    read_patterns(reading, derive, &parameter->derive);
    return 0;
}

static int read_parameters(const struct reading *reading, const struct node *node, struct migration_type *type)
{
    if (node->kind != NODE_MAP)
        return fail_expected(reading, node, "a map from parameters to what is said about them");
    node_each(child, node)
        if (read_parameter(reading, child, vec_add(reading->arena, &type->parameters)) != 0)
            return -1;
    return 0;
}

static int read_template_name(const struct reading *reading, const struct node *node, const char **name)
{
    if (node->kind != NODE_TEXT)
        return fail_expected(reading, node, "the name of a template");
    *name = arena_printf(reading->arena, "migration/%s", node->text);
    return 0;
}

static bool is_key(const char *const keys[], const char *key)
{
    for (size_t i = 0; keys[i] != NULL; i++)
        if (strcmp(keys[i], key) == 0)
            return true;
    return false;
}

/* Of a migration, or of a seed: that one's template is where the other has its up half. */
static int read_step(const struct reading *reading, const struct node *node, bool seed, struct type_step *step)
{
    static const char *const migration_keys[] = {"suffix", "up", "down", "transaction", "when", "unless", "kind",
                                                 "rollback_safe", NULL},
                            *const seed_keys[] = {"suffix", "rows", "when", "unless", NULL};
    const char *const *keys = seed ? seed_keys : migration_keys;
    *step = (struct type_step){.suffix = "", .transaction = true, .rollback_safe = true};
    if (node->kind != NODE_MAP)
        return fail_expected(reading, node, seed ? "a map with rows" : "a map with up and down");
    node_each(child, node) {
        int status = !is_key(keys, child->key)                ? unknown_key(reading, child, keys)
                     : strcmp(child->key, "suffix") == 0      ? read_text(reading, child, &step->suffix)
                     : strcmp(child->key, "down") == 0        ? read_template_name(reading, child, &step->down)
                     : strcmp(child->key, "transaction") == 0 ? read_truth(reading, child, &step->transaction)
                     : strcmp(child->key, "rollback_safe") == 0 ? read_truth(reading, child, &step->rollback_safe)
                     : strcmp(child->key, "when") == 0        ? read_text(reading, child, &step->when)
                     : strcmp(child->key, "unless") == 0      ? read_text(reading, child, &step->unless)
                     : strcmp(child->key, "kind") == 0        ? read_kind(reading, child, &step->kind)
                                                              : read_template_name(reading, child, &step->up);
        if (status != 0)
            return -1;
    }
    if (step->up == NULL || (step->down == NULL && !seed))
        return source_fail_at(&reading->source, node->place, reading->err,
                              seed ? "a seed needs rows" : "a migration needs up and down");
    return 0;
}

static int read_steps(const struct reading *reading, const struct node *node, struct migration_type *type)
{
    bool seeds = strcmp(node->key, "seeds") == 0;
    if (node->kind != NODE_LIST || node->first == NULL)
        return fail_expected(reading, node, seeds ? "a list of seeds" : "a list of migrations");
    if (type->steps.count > 0)
        return source_fail_at(&reading->source, node->key_place, reading->err,
                              "a type makes migrations or seeds, and not both");
    type->makes_seeds = seeds;
    node_each(child, node)
        if (read_step(reading, child, seeds, vec_add(reading->arena, &type->steps)) != 0)
            return -1;
    return 0;
}

static int read_words(const struct reading *reading, const struct node *node, struct migration_type *type)
{
    if (node->kind != NODE_LIST)
        return fail_expected(reading, node, "a list of words");
    type->limits_words = true;
    node_each(child, node)
        if (read_text(reading, child, vec_add(reading->arena, &type->column_words)) != 0)
            return -1;
    return 0;
}

static int read_member(const struct reading *reading, const struct node *node, struct migration_type *type)
{
    static const char *const keys[] = {"summary", "example", "kind", "existing_table", "existing_columns", "constraint",
                                       "column_words", "object", "parameters", "migrations", "seeds", NULL};
    if (strcmp(node->key, "summary") == 0)
        return read_text(reading, node, &type->summary);
    if (strcmp(node->key, "example") == 0)
        return read_text(reading, node, &type->example);
    if (strcmp(node->key, "kind") == 0)
        return read_kind(reading, node, &type->kind);
    if (strcmp(node->key, "existing_table") == 0)
        return read_demand(reading, node, &type->existing_table);
    if (strcmp(node->key, "existing_columns") == 0)
        return read_demand(reading, node, &type->existing_columns);
    if (strcmp(node->key, "column_words") == 0)
        return read_words(reading, node, type);
    if (strcmp(node->key, "object") == 0)
        return read_type_object(reading, node, &type->object);
    if (strcmp(node->key, "constraint") == 0)
        return read_text(reading, node, &type->constraint);
    if (strcmp(node->key, "parameters") == 0)
        return read_parameters(reading, node, type);
    if (strcmp(node->key, "migrations") == 0 || strcmp(node->key, "seeds") == 0)
        return read_steps(reading, node, type);
    return unknown_key(reading, node, keys);
}

static int unknown_type(const struct template_set *set, const char *name, struct err *err)
{
    struct strings known = {0};
    migration_type_names(set, &known);
    const char *nearest = nearest_find(name, &known);
    err_set(err, ERR_USAGE, "there is no type of migration \"%s\"", name);
    return err_hint(err, "%s%s%sthe types are %s", nearest == NULL ? "" : "did you mean ", nearest == NULL ? "" : nearest,
                    nearest == NULL ? "" : "? ", words_join(set->arena, &known));
}

int migration_type_read(struct template_set *set, const char *name, struct migration_type *type, struct err *err)
{
    struct reading reading = {.arena = set->arena, .err = err};
    struct strings known = {0};
    struct node *root;
    bool there = false;
    migration_type_names(set, &known);
    vec_each(each, &known)
        there = there || strcmp(*each, name) == 0;
    if (!there)
        return unknown_type(set, name, err);
    *type = (struct migration_type){.name = name, .summary = "", .example = "add_user_profiles", .kind = "schema", .constraint = "check"};
    if (template_set_read(set, arena_printf(set->arena, "migration/%s.yaml", name), &reading.source, err) != 0 ||
        yaml_read(set->arena, reading.source.path, reading.source.content, reading.source.length, &root, err) != 0)
        return -1;
    if (root->kind != NODE_MAP)
        return fail_expected(&reading, root, "a map with summary, parameters and migrations");
    node_each(child, root)
        if (read_member(&reading, child, type) != 0)
            return -1;
    if (type->steps.count == 0)
        return source_fail_at(&reading.source, root->place, err, "the type has neither migrations nor seeds");
    vec_each(step, &type->steps)
        step->kind = step->kind == NULL ? type->kind : step->kind;
    return 0;
}

void migration_type_names(const struct template_set *set, struct strings *names)
{
    vec_each(file, &set->files) {
        const char *base = path_base(file->name);
        if (str_starts(file->name, "migration/") && base == file->name + strlen("migration/") && str_ends(base, ".yaml"))
            *vec_add(set->arena, names) = arena_strndup(set->arena, base, strlen(base) - strlen(".yaml"));
    }
}

const struct type_parameter *migration_type_parameter(const struct migration_type *type, enum parameter parameter)
{
    vec_each(each, &type->parameters)
        if (each->parameter == parameter)
            return each;
    return NULL;
}
