/* Types, domains, schemas and extensions of a simulated schema. */
#include "base/str.h"
#include "schema/schema_relation.h"

#include <string.h>

void namespace_make(struct schema *schema, const char *name)
{
    struct schema_namespace *namespace = arena_new(schema->arena, struct schema_namespace);
    *namespace = (struct schema_namespace){schema_text(schema, name), true, schema->migration, NULL};
    schema_map(schema, &schema->namespaces, name, namespace);
}

void apply_create_schema(const struct applying *applying)
{
    const char *name = applying->action->name.name;
    const struct schema_namespace *before = name == NULL ? NULL : map_find(&applying->schema->namespaces, name);
    if (name != NULL && (before == NULL || !before->exists))
        namespace_make(applying->schema, name);
}

void apply_create_extension(const struct applying *applying)
{
    static char there[] = "";
    if (applying->action->name.name != NULL)
        schema_map(applying->schema, &applying->schema->extensions, applying->action->name.name, there);
}

struct type_name type_resolve(struct schema *schema, const struct type_name *written, struct relation *user)
{
    struct type_name resolved = copy_type(schema->arena, written);
    struct object_name name = {written->schema, written->name};
    if (written->name == NULL || str_same(written->schema, "pg_catalog"))
        return resolved;
    struct type *type = schema_type(schema, &name);
    if (type == NULL)
        return resolved;
    resolved.schema = type->schema;
    resolved.name = type->name;
    if (user != NULL && (type->tables.count == 0 || type->tables.at[type->tables.count - 1] != user))
        *schema_add(schema, &type->tables) = user;
    return resolved;
}

struct type *type_enter(struct schema *schema, const struct object_name *name)
{
    char key[KEY_SIZE];
    struct type *type = schema_type(schema, name);
    if (type != NULL || name->name == NULL)
        return type;
    type = arena_new(schema->arena, struct type);
    type->schema = schema_text(schema, schema_creation_schema(schema, name));
    type->name = schema_text(schema, name->name);
    type->kind = TYPE_OTHER;
    schema_put(schema, type->exists, true);
    schema_map(schema, &schema->types, schema_key(key, type->schema, type->name), type);
    *schema_add(schema, &schema->log->types) = type;
    return type;
}

static enum type_kind kind_of(const struct action *action)
{
    if (action->kind == ACTION_CREATE_ENUM)
        return TYPE_ENUM;
    if (action->kind == ACTION_CREATE_DOMAIN)
        return TYPE_DOMAIN;
    return action->columns.count > 0 ? TYPE_COMPOSITE : TYPE_OTHER;
}

static bool constrains(const struct action *action)
{
    vec_each(def, &action->constraints)
        if (def->kind == CONSTRAINT_CHECK || def->kind == CONSTRAINT_NOT_NULL)
            return true;
    return false;
}

void apply_create_type(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct schema *schema = applying->schema;
    struct object_name name = {schema_creation_schema(schema, &action->name), action->name.name};
    if (name.name == NULL || (schema_type(schema, &name) != NULL && applying->maybe))
        return;
    char key[KEY_SIZE];
    if (schema_type(schema, &name) != NULL)
        schema_map(schema, &schema->types, schema_key(key, name.schema, name.name), NULL);
    struct type *type = type_enter(schema, &name);
    type->kind = kind_of(action);
    type->complete = !applying->maybe;
    type->labels = type->kind == TYPE_ENUM ? copy_strings(schema->arena, &action->names) : (struct strings){0};
    type->base = copy_type(schema->arena, &action->type);
    type->constrained = constrains(action);
    type->definition = schema_text(schema, action->definition);
    if (type->kind == TYPE_DOMAIN)
        domain_define(applying, type);
    type->created_by = schema->migration;
    type->transaction = applying->maybe ? 0 : schema->transaction;
}

/* Where BEFORE or AFTER put it; at the end where the neighbour is not known. */
static void add_label(struct schema *schema, struct strings *labels, const struct action *action, const char *label)
{
    size_t place = labels->count;
    for (size_t i = 0; action->side != 0 && i < labels->count; i++)
        if (str_same(labels->at[i], action->text2))
            place = i + (action->side == 'a');
    *schema_add(schema, labels) = label;
    for (size_t i = labels->count - 1; i > place; i--)
        schema_put(schema, labels->at[i], labels->at[i - 1]);
    if (place < labels->count - 1)
        schema_put(schema, labels->at[place], label);
}

/* A value is not to be used before COMMIT, unless its type is as new as it is. */
void apply_add_enum_value(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct schema *schema = applying->schema;
    struct type *type = type_enter(schema, &action->name);
    if (type == NULL || action->text == NULL || strings_hold(&type->labels, action->text))
        return;
    if (type->kind == TYPE_OTHER)
        schema_put(schema, type->kind, TYPE_ENUM);
    if (applying->maybe)
        schema_put(schema, type->complete, false);
    const char *label = schema_text(schema, action->text);
    add_label(schema, &type->labels, action, label);
    if (type->transaction != 0 && type->transaction == schema->transaction)
        return;
    if (type->new_labels.count == 0)
        *schema_add(schema, &schema->log->fresh_labels) = type;
    *schema_add(schema, &type->new_labels) = label;
}

void apply_rename_enum_value(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct type *type = schema_type(applying->schema, &action->name);
    if (type == NULL || applying->maybe)
        return;
    vec_each(label, &type->labels)
        if (str_same(*label, action->text))
            schema_put(applying->schema, *label, schema_text(applying->schema, action->text2));
}
