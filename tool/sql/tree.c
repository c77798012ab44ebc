#include "sql/tree.h"

#include <string.h>

size_t tree_at(const struct tree *tree, int location)
{
    return location < 0 || !tree->located ? tree->common.at : tree->base + (size_t)location;
}

struct action *tree_add(struct tree *tree, enum action_kind kind, enum object_kind object)
{
    struct action *action = vec_add(tree->arena, tree->actions);
    *action = tree->common;
    action->kind = kind;
    action->object = object;
    action->name_at = tree->common.at;
    return action;
}

const char *tree_copy(const struct tree *tree, const char *text)
{
    return text == NULL ? NULL : arena_strdup(tree->arena, text);
}

struct object_name tree_relation(const struct tree *tree, const RangeVar *range)
{
    if (range == NULL)
        return (struct object_name){0};
    return (struct object_name){tree_copy(tree, range->schemaname), tree_copy(tree, range->relname)};
}

struct object_name tree_name(const struct tree *tree, const List *names)
{
    int count = list_length(names);
    if (count == 0 || !IsA(list_nth(names, count - 1), String))
        return (struct object_name){0};
    const Node *schema = count > 1 ? list_nth(names, count - 2) : NULL;
    return (struct object_name){schema != NULL && IsA(schema, String) ? tree_copy(tree, strVal(schema)) : NULL,
                                tree_copy(tree, strVal(list_nth(names, count - 1)))};
}

struct object_name tree_named(const struct tree *tree, const Node *object)
{
    if (object == NULL)
        return (struct object_name){0};
    switch (nodeTag(object)) {
    case T_String:
        return (struct object_name){NULL, tree_copy(tree, strVal(object))};
    case T_List:
        return tree_name(tree, (const List *)object);
    case T_TypeName:
        return tree_name(tree, ((const TypeName *)object)->names);
    case T_ObjectWithArgs:
        return tree_name(tree, ((const ObjectWithArgs *)object)->objname);
    case T_RangeVar:
        return tree_relation(tree, (const RangeVar *)object);
    default:
        return (struct object_name){0};
    }
}

void tree_strings(const struct tree *tree, struct strings *strings, const List *list)
{
    ListCell *cell;
    foreach (cell, list) {
        if (IsA(lfirst(cell), String))
            *vec_add(tree->arena, strings) = tree_copy(tree, strVal(lfirst(cell)));
    }
}

struct type_name tree_type(const struct tree *tree, const TypeName *type)
{
    if (type == NULL)
        return (struct type_name){0};
    struct object_name name = tree_name(tree, type->names);
    struct type_name result = {.schema = name.schema, .name = name.name, .dimensions = list_length(type->arrayBounds),
                               .at = tree_at(tree, type->location)};
    ListCell *cell;
    foreach (cell, type->typmods) {
        const A_Const *modifier = lfirst(cell);
        if (result.modifier_count < 2 && IsA(modifier, A_Const) && IsA(&modifier->val, Integer))
            result.modifiers[result.modifier_count++] = intVal(&modifier->val);
    }
    return result;
}

enum object_kind tree_object(ObjectType type)
{
    switch (type) {
    case PG_OBJECT_TABLE: return OBJECT_TABLE;
    case PG_OBJECT_VIEW: return OBJECT_VIEW;
    case OBJECT_MATVIEW: return OBJECT_MATERIALIZED_VIEW;
    case PG_OBJECT_FOREIGN_TABLE: return OBJECT_FOREIGN_TABLE;
    case PG_OBJECT_INDEX: return OBJECT_INDEX;
    case PG_OBJECT_SEQUENCE: return OBJECT_SEQUENCE;
    case PG_OBJECT_COLUMN: return OBJECT_COLUMN;
    case OBJECT_TABCONSTRAINT:
    case OBJECT_DOMCONSTRAINT: return OBJECT_CONSTRAINT;
    case PG_OBJECT_SCHEMA: return OBJECT_SCHEMA;
    case PG_OBJECT_TYPE: return OBJECT_TYPE;
    case PG_OBJECT_DOMAIN: return OBJECT_DOMAIN;
    case OBJECT_AGGREGATE:
    case OBJECT_PROCEDURE:
    case OBJECT_ROUTINE:
    case PG_OBJECT_FUNCTION: return OBJECT_FUNCTION;
    case PG_OBJECT_TRIGGER: return OBJECT_TRIGGER;
    case PG_OBJECT_RULE: return OBJECT_RULE;
    case PG_OBJECT_POLICY: return OBJECT_POLICY;
    case PG_OBJECT_EXTENSION: return OBJECT_EXTENSION;
    case OBJECT_STATISTIC_EXT: return OBJECT_STATISTICS;
    case PG_OBJECT_DATABASE: return OBJECT_DATABASE;
    case PG_OBJECT_TABLESPACE: return OBJECT_TABLESPACE;
    case PG_OBJECT_ROLE: return OBJECT_ROLE;
    default: return OBJECT_OTHER;
    }
}

void tree_set_relation(const struct tree *tree, struct action *action, const RangeVar *range)
{
    if (range == NULL)
        return;
    action->name = tree_relation(tree, range);
    action->name_at = tree_at(tree, range->location);
    action->flags |= range->inh ? 0U : FLAG_ONLY;
    action->flags |= range->relpersistence == 't' ? FLAG_TEMPORARY : 0U;
    action->flags |= range->relpersistence == 'u' ? FLAG_UNLOGGED : 0U;
}

const DefElem *tree_option(const List *options, const char *name)
{
    const DefElem *found = NULL;
    ListCell *cell;
    foreach (cell, options) {
        const DefElem *option = lfirst(cell);
        if (IsA(option, DefElem) && strcmp(option->defname, name) == 0)
            found = option;
    }
    return found;
}

bool tree_is_on(const DefElem *option)
{
    static const char *const noes[] = {"off", "false", "0", "no", "f", "n"};
    if (option == NULL || option->arg == NULL)
        return option != NULL;
    switch (nodeTag(option->arg)) {
    case T_Integer:
        return intVal(option->arg) != 0;
    case T_Boolean:
        return boolVal(option->arg);
    case T_String:
        for (size_t i = 0; i < sizeof(noes) / sizeof(*noes); i++)
            if (strcasecmp(strVal(option->arg), noes[i]) == 0)
                return false;
        return true;
    default:
        return true;
    }
}
