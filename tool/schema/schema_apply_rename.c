/* RENAME and SET SCHEMA of everything that has a name, in a simulated schema. */
#include "base/str.h"
#include "schema/schema_relation.h"

static struct constraint *constraint_of(const struct relation *index)
{
    for (size_t i = 0; index->parent != NULL && i < index->parent->constraints.count; i++)
        if (!index->parent->constraints.at[i].dropped && index->parent->constraints.at[i].index == index)
            return &index->parent->constraints.at[i];
    return NULL;
}

static void name_constraint(struct schema *schema, const struct relation *relation, struct constraint *constraint,
                            const char *name)
{
    schema_count_constraint(schema, relation->schema, constraint->name, -1);
    schema_put(schema, constraint->name, schema_text(schema, name));
    schema_count_constraint(schema, relation->schema, name, 1);
}

static void rename_constraint(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct schema *schema = applying->schema;
    struct relation *relation = relation_enter(schema, action->table.name != NULL ? &action->table : &action->name,
                                               RELATION_TABLE);
    struct constraint *constraint = relation == NULL ? NULL : relation_constraint(relation, action->text);
    if (constraint == NULL || action->text2 == NULL || applying->maybe)
        return;
    name_constraint(schema, relation, constraint, action->text2);
    if (constraint->index != NULL)
        relation_move(schema, constraint->index, constraint->index->schema, action->text2);
}

/* An index that carries a constraint gives it its new name. */
static void rename_relation(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct schema *schema = applying->schema;
    struct relation *relation = relation_enter(schema, &action->name, RELATION_UNKNOWN);
    if (relation == NULL || action->text == NULL)
        return;
    struct object_name other = {relation->schema, action->text};
    if (applying->maybe) {
        relation_doubt(schema, relation);
        relation_enter(schema, &other, relation->kind);
        return;
    }
    relation_move(schema, relation, relation->schema, action->text);
    struct constraint *constraint = constraint_of(relation);
    if (constraint != NULL && relation->kind == RELATION_INDEX)
        name_constraint(schema, relation->parent, constraint, action->text);
}

static void move_type(struct schema *schema, struct type *type, const char *namespace, const char *name)
{
    char key[KEY_SIZE];
    schema_map(schema, &schema->types, schema_key(key, type->schema, type->name), NULL);
    vec_each(relation, &type->tables)
        vec_each(column, &(*relation)->columns)
            if (str_same(column->type.name, type->name) && str_same(column->type.schema, type->schema)) {
                schema_put(schema, column->type.schema, schema_text(schema, namespace));
                schema_put(schema, column->type.name, schema_text(schema, name));
            }
    schema_put(schema, type->schema, schema_text(schema, namespace));
    schema_put(schema, type->name, schema_text(schema, name));
    schema_map(schema, &schema->types, schema_key(key, namespace, name), type);
}

static void rename_type(const struct applying *applying)
{
    struct type *type = schema_type(applying->schema, &applying->action->name);
    if (type != NULL && applying->action->text != NULL && !applying->maybe)
        move_type(applying->schema, type, type->schema, applying->action->text);
}

static void move_function(struct schema *schema, struct function *function, const char *namespace, const char *name)
{
    char key[KEY_SIZE];
    schema_map(schema, &schema->functions, schema_key(key, function->schema, function->name), NULL);
    schema_put(schema, function->schema, schema_text(schema, namespace));
    schema_put(schema, function->name, schema_text(schema, name));
    schema_map(schema, &schema->functions, schema_key(key, namespace, name), function);
}

static void rename_function(const struct applying *applying)
{
    struct function *function = schema_function(applying->schema, &applying->action->name);
    if (function != NULL && applying->action->text != NULL && !applying->maybe)
        move_function(applying->schema, function, function->schema, applying->action->text);
}

/* All that is in it moves along. */
static void rename_schema(const struct applying *applying)
{
    struct schema *schema = applying->schema;
    const char *from = applying->action->name.name, *to = applying->action->text;
    if (from == NULL || to == NULL || applying->maybe)
        return;
    struct schema_namespace *namespace = map_find(&schema->namespaces, from);
    if (namespace != NULL)
        schema_put(schema, namespace->exists, false);
    namespace_make(schema, to);
    for (size_t i = 0; i < schema->all.count; i++)
        if (schema->all.at[i]->exists && str_same(schema->all.at[i]->schema, from))
            relation_move(schema, schema->all.at[i], to, schema->all.at[i]->name);
    vec_each(type, &schema->log->types)
        if ((*type)->exists && str_same((*type)->schema, from))
            move_type(schema, *type, to, (*type)->name);
    vec_each(function, &schema->log->functions)
        if ((*function)->exists && str_same((*function)->schema, from))
            move_function(schema, *function, to, (*function)->name);
}

void apply_rename(const struct applying *applying)
{
    static apply_action *const rows[OBJECT_KINDS] = {
        [OBJECT_TABLE] = rename_relation,       [OBJECT_VIEW] = rename_relation,
        [OBJECT_INDEX] = rename_relation,       [OBJECT_MATERIALIZED_VIEW] = rename_relation,
        [OBJECT_SEQUENCE] = rename_relation,    [OBJECT_FOREIGN_TABLE] = rename_relation,
        [OBJECT_COLUMN] = rename_column,        [OBJECT_CONSTRAINT] = rename_constraint,
        [OBJECT_TYPE] = rename_type,            [OBJECT_DOMAIN] = rename_type,
        [OBJECT_FUNCTION] = rename_function,    [OBJECT_SCHEMA] = rename_schema,
    };
    if (rows[applying->action->object] != NULL)
        rows[applying->action->object](applying);
}

static void set_schema_of_relation(const struct applying *applying)
{
    struct schema *schema = applying->schema;
    struct relation *relation = relation_enter(schema, &applying->action->name, RELATION_UNKNOWN);
    struct object_name other = {applying->action->text, applying->action->name.name};
    if (relation == NULL)
        return;
    if (!applying->maybe) {
        relation_move(schema, relation, other.schema, relation->name);
        return;
    }
    relation_doubt(schema, relation);
    relation_enter(schema, &other, relation->kind);
}

void apply_set_schema(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct schema *schema = applying->schema;
    if (action->text == NULL)
        return;
    if (action->object == OBJECT_TYPE || action->object == OBJECT_DOMAIN) {
        struct type *type = schema_type(schema, &action->name);
        if (type != NULL && !applying->maybe)
            move_type(schema, type, action->text, type->name);
    } else if (action->object == OBJECT_FUNCTION) {
        struct function *function = schema_function(schema, &action->name);
        if (function != NULL && !applying->maybe)
            move_function(schema, function, action->text, function->name);
    } else if (action->object != OBJECT_EXTENSION && action->object != OBJECT_STATISTICS &&
               action->object != OBJECT_OTHER) {
        set_schema_of_relation(applying);
    }
}
