/* What the values in the patterns of sentences say. */
#include "write/describing.h"

#include "review/facts.h"
#include "review/names.h"
#include "sql/identifier.h"
#include "sql/normalise.h"

#include <string.h>

enum { LONGEST_STATEMENT = 80, LONGEST_DEFINITION = 400 };

static const char *qualified(struct arena *arena, const char *schema, const char *name)
{
    struct str str = str_new(arena);
    if (schema != NULL) {
        identifier_add(&str, schema);
        str_add_char(&str, '.');
    }
    identifier_add(&str, name);
    return str.at;
}

const char *describe_name(struct arena *arena, const struct situation *situation, const struct object_name *name)
{
    const struct relation *relation;
    if (name->name == NULL)
        return NULL;
    relation = schema_relation(situation->schema, name);
    if (relation != NULL && relation->temporary)
        return qualified(arena, NULL, relation->name);
    return relation == NULL ? qualified(arena, name->schema, name->name) : qualified(arena, relation->schema, relation->name);
}

const char *describe_function(struct arena *arena, const struct object_name *name)
{
    return name->name == NULL ? NULL : qualified(arena, name->schema, name->name);
}

const char *describe_names(struct arena *arena, const struct strings *names)
{
    struct str str = str_new(arena);
    vec_each(name, names) {
        if (name != names->at)
            str_add(&str, ", ");
        identifier_add(&str, *name);
    }
    return str.at;
}

const char *describe_keys(struct arena *arena, const struct key_parts *keys)
{
    struct str str = str_new(arena);
    vec_each(key, keys) {
        if (key != keys->at)
            str_add(&str, ", ");
        if (key->text != NULL)
            str_add(&str, key->text);
        else if (key->column != NULL)
            identifier_add(&str, key->column);
        else
            str_add(&str, "(expression)");
    }
    return str.at;
}

static void add_values(struct str *str, const struct strings *values, const char *missing)
{
    vec_each(value, values)
        str_addf(str, "%s%s", value == values->at ? "" : ", ", *value == NULL ? missing : *value);
}

const char *describe_bound(struct arena *arena, const struct partition_bound *bound, bool is_default)
{
    struct str str = str_new(arena);
    if (is_default) {
        str_add(&str, "everything else");
    } else if (bound->strategy == 'l') {
        add_values(&str, &bound->values, "NULL");
    } else if (bound->strategy == 'r') {
        add_values(&str, &bound->from, "MINVALUE");
        str_add(&str, " … ");
        add_values(&str, &bound->to, "MAXVALUE");
    } else {
        str_add(&str, bound->strategy == 'h' ? "a part of the hashes" : "");
    }
    return str.at;
}

/* --- names */

/* Where something is made, its name means a place in the creation schema. */
static bool say_name(const struct saying *saying)
{
    const struct action *action = saying->action;
    struct object_name name = action->name;
    bool in_schema = (action->flags & FLAG_TEMPORARY) == 0 && action->object != OBJECT_SCHEMA && action->object != OBJECT_EXTENSION &&
                     action->object != OBJECT_DATABASE && action->object != OBJECT_ROLE &&
                     action->object != OBJECT_TRIGGER && action->object != OBJECT_POLICY && action->object != OBJECT_RULE;
    if (name.name == NULL)
        return false;
    if (in_schema && name.schema == NULL && schema_relation(saying->situation->schema, &name) == NULL)
        name.schema = schema_creation_schema(saying->situation->schema, &name);
    return say_code(saying, in_schema ? describe_name(saying->arena, saying->situation, &name)
                                  : qualified(saying->arena, name.schema, name.name));
}

static bool say_own_name(const struct saying *saying)
{
    return saying->action->name.name != NULL && say_code(saying, qualified(saying->arena, NULL, saying->action->name.name));
}

static bool say_table(const struct saying *saying)
{
    return say_code(saying, describe_name(saying->arena, saying->situation, &saying->action->table));
}

static bool say_partition_of(const struct saying *saying)
{
    bool part = saying->action->bound.strategy != 0 || (saying->action->flags & FLAG_DEFAULT_PARTITION) != 0;
    return part && say_table(saying);
}

static bool say_like(const struct saying *saying)
{
    bool part = saying->action->bound.strategy != 0 || (saying->action->flags & FLAG_DEFAULT_PARTITION) != 0;
    return !part && say_table(saying);
}

static bool say_index(const struct saying *saying)
{
    return saying->action->name.name != NULL && say_code(saying, qualified(saying->arena, NULL, saying->action->name.name));
}

static bool say_column(const struct saying *saying)
{
    const struct column_def *column = saying->describing->column;
    const char *name = column != NULL ? column->name : saying->action->column;
    return name != NULL && say_code(saying, qualified(saying->arena, NULL, name));
}

static bool say_parents(const struct saying *saying)
{
    vec_each(parent, &saying->action->parents) {
        if (parent != saying->action->parents.at)
            say_words(saying, ", ");
        say_code(saying, describe_name(saying->arena, saying->situation, parent));
    }
    return saying->action->parents.count > 0;
}

static bool say_uses(const struct saying *saying)
{
    struct strings said = {0};
    vec_each(use, &saying->action->uses) {
        const char *name = describe_name(saying->arena, saying->situation, &use->name);
        bool again = false;
        vec_each(one, &said)
            again |= str_same(*one, name);
        if (again)
            continue;
        if (said.count > 0)
            say_words(saying, ", ");
        *vec_add(saying->arena, &said) = name;
        say_code(saying, name);
    }
    return said.count > 0;
}

static bool say_calls(const struct saying *saying)
{
    const struct calls *calls = &saying->action->calls;
    vec_each(call, calls) {
        if (call != calls->at)
            say_words(saying, ", ");
        say_code(saying, qualified(saying->arena, call->schema, call->name));
    }
    return calls->count > 0;
}

static bool say_list(const struct saying *saying)
{
    const struct strings *names = &saying->action->names;
    vec_each(name, names) {
        if (name != names->at)
            say_words(saying, ", ");
        say_code(saying, *name);
    }
    if (names->count == 0 && saying->action->name.name != NULL)
        return say_name(saying);
    return names->count > 0;
}

static bool say_kind(const struct saying *saying)
{
    static const char *const kinds[OBJECT_KINDS] = {
        [OBJECT_TABLE] = "table", [OBJECT_VIEW] = "view", [OBJECT_MATERIALIZED_VIEW] = "materialized view",
        [OBJECT_FOREIGN_TABLE] = "foreign table", [OBJECT_INDEX] = "index", [OBJECT_SEQUENCE] = "sequence",
        [OBJECT_COLUMN] = "column", [OBJECT_CONSTRAINT] = "constraint", [OBJECT_SCHEMA] = "schema",
        [OBJECT_TYPE] = "type", [OBJECT_DOMAIN] = "domain", [OBJECT_FUNCTION] = "function",
        [OBJECT_TRIGGER] = "trigger", [OBJECT_RULE] = "rule", [OBJECT_POLICY] = "policy",
        [OBJECT_EXTENSION] = "extension", [OBJECT_STATISTICS] = "statistics", [OBJECT_DATABASE] = "database",
        [OBJECT_TABLESPACE] = "tablespace", [OBJECT_ROLE] = "role"};
    const char *kind = kinds[saying->action->object];
    return say_words(saying, kind == NULL ? "object" : kind);
}

/* --- words of the statement */

static bool say_text(const struct saying *saying)
{
    return say_code(saying, saying->action->text);
}

/* What is written behind the name of a function, a trigger, a sequence … */
static bool say_as_written(const struct saying *saying)
{
    const char *text = saying->action->definition;
    return text != NULL && say_code(saying, describe_cut(saying->arena, text, LONGEST_DEFINITION));
}

/* Where the definition does not tell it. */
static bool say_language(const struct saying *saying)
{
    return saying->action->definition == NULL && say_text(saying);
}

/* Which of several functions of a name is dropped. */
static bool say_arguments(const struct saying *saying)
{
    const struct action *action = saying->action;
    struct str text = str_new(saying->arena);
    if (action->object != OBJECT_FUNCTION)
        return false;
    vec_each(name, &action->names) {
        struct type_name type = {.name = *name};
        str_addf(&text, "%s%s", name == action->names.at ? "" : ", ", names_type(saying->arena, &type));
    }
    return text.length > 0 && say_code(saying, text.at);
}

static bool say_routine(const struct saying *saying)
{
    return say_words(saying, saying->action->procedure ? "procedure" : "function");
}

static bool say_text2(const struct saying *saying)
{
    return say_code(saying, saying->action->text2);
}

static bool say_method(const struct saying *saying)
{
    const char *method = saying->action->text2;
    return method != NULL && strcmp(method, "btree") != 0 && say_code(saying, method);
}

static bool say_keys(const struct saying *saying)
{
    return saying->action->keys.count > 0 && say_code(saying, describe_keys(saying->arena, &saying->action->keys));
}

static bool say_partitioning(const struct saying *saying)
{
    char strategy = saying->action->partition_by;
    if (strategy == 0)
        return false;
    say_words(saying, strategy == 'l' ? "the values of " : strategy == 'r' ? "ranges of " : "the hash of ");
    return say_keys(saying);
}

static bool say_bound(const struct saying *saying)
{
    bool is_default = (saying->action->flags & FLAG_DEFAULT_PARTITION) != 0;
    const char *bound = describe_bound(saying->arena, &saying->action->bound, is_default);
    return is_default ? say_words(saying, bound) : say_code(saying, bound);
}

static bool say_including(const struct saying *saying)
{
    return saying->action->including.count > 0 && say_code(saying, describe_names(saying->arena, &saying->action->including));
}

static bool say_type(const struct saying *saying)
{
    const struct column_def *column = saying->describing->column;
    const struct type_name *type = column != NULL ? &column->type : &saying->action->type;
    return type->name != NULL && say_code(saying, names_type(saying->arena, type));
}

static bool say_old_type(const struct saying *saying)
{
    const struct column *column = facts_known_column(saying->situation);
    return column != NULL && column->type.name != NULL && say_code(saying, names_type(saying->arena, &column->type));
}

static bool say_default(const struct saying *saying)
{
    const struct column_def *column = saying->describing->column;
    const struct expression *value = column != NULL ? column->default_value : saying->action->expression;
    return value != NULL && !value->null && say_code(saying, value->text);
}

static bool say_flag(const struct saying *saying, unsigned flags, const char *text)
{
    return (saying->action->flags & flags) != 0 && say_words(saying, text);
}

static bool say_concurrently(const struct saying *saying)
{
    return say_flag(saying, FLAG_CONCURRENTLY, ", concurrently");
}

static bool say_unless(const struct saying *saying)
{
    return say_flag(saying, FLAG_IF_NOT_EXISTS, ", unless it is there already");
}

static bool say_if(const struct saying *saying)
{
    return say_flag(saying, FLAG_IF_EXISTS, ", if it is there");
}

static bool say_lock(const struct saying *saying)
{
    return say_code(saying, lock_mode_names[saying->action->lock]);
}

/* The beginning of the statement, for what no row knows better. */
static bool say_statement(const struct saying *saying)
{
    const struct action *action = saying->action;
    if (action->body_of.name != NULL) /* that of the call */
        return false;
    const char *line = normalise_line(saying->arena, saying->situation->subject->text + action->start, action->length);
    return say_code(saying, describe_cut(saying->arena, line, LONGEST_STATEMENT));
}

static bool say_side(const struct saying *saying)
{
    char side = saying->action->side;
    return side != 0 && say_words(saying, side == 'a' ? "after" : "before");
}

static const struct {
    const char *name;
    say *say;
} values[] = {
    {"name", say_name}, {"own-name", say_own_name}, {"table", say_table}, {"partition-of", say_partition_of},
    {"like", say_like}, {"index", say_index}, {"column", say_column}, {"parents", say_parents}, {"uses", say_uses},
    {"calls", say_calls}, {"labels", say_list}, {"names", say_list}, {"kind", say_kind}, {"text", say_text},
    {"comment", say_text}, {"text2", say_text2}, {"method", say_method}, {"keys", say_keys},
    {"partitioning", say_partitioning}, {"bound", say_bound}, {"including", say_including}, {"where", say_where},
    {"type", say_type}, {"old-type", say_old_type}, {"default", say_default}, {"generated", say_generated},
    {"concurrently", say_concurrently}, {"unless", say_unless}, {"if", say_if}, {"lock", say_lock},
    {"statement", say_statement}, {"not-null", say_not_null}, {"identity", say_identity}, {"check", say_check},
    {"constraint-name", say_constraint_name}, {"constraint-columns", say_constraint_columns},
    {"referenced", say_referenced}, {"cascade", say_cascade}, {"not-valid", say_not_valid},
    {"using-index", say_using_index}, {"constraint", say_constraint}, {"column-constraints", say_column_constraints},
    {"definition", say_definition}, {"rows", say_rows}, {"on-conflict", say_on_conflict}, {"returning", say_returning},
    {"fields", say_fields}, {"row-changes", say_row_changes}, {"side", say_side},
    {"as-written", say_as_written}, {"language", say_language}, {"routine", say_routine}, {"arguments", say_arguments},
};

bool describe_value(void *context, const char *name, struct arena *arena, struct phrase_parts *parts)
{
    const struct describing *describing = context;
    struct saying saying = {describing, describing->situation, describing->situation->action, arena, parts};
    for (size_t i = 0; i < sizeof(values) / sizeof(*values); i++)
        if (strcmp(values[i].name, name) == 0)
            return values[i].say(&saying);
    return false;
}
