/* CREATE of what has no rows: schemas, types, functions, triggers, policies, databases … */
#include "sql/tree.h"

#include <string.h>

static void create_schema(struct tree *tree, const CreateSchemaStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_CREATE_SCHEMA, OBJECT_SCHEMA);
    const char *name = statement->schemaname;
    if (name == NULL && statement->authrole != NULL)
        name = statement->authrole->rolename;
    const char *schema = tree_copy(tree, name);
    action->name.name = schema;
    action->flags |= statement->if_not_exists ? FLAG_IF_NOT_EXISTS : 0U;
    ListCell *cell;
    foreach (cell, statement->schemaElts) {
        size_t first = tree->actions->count;
        tree_statement(tree, lfirst(cell));
        for (size_t i = first; i < tree->actions->count; i++) {
            struct action *element = &tree->actions->at[i];
            if (element->name.schema == NULL && element->object != OBJECT_TRIGGER)
                element->name.schema = schema;
            if (element->table.schema == NULL && element->table.name != NULL)
                element->table.schema = schema;
        }
    }
}

static void create_enum(struct tree *tree, const CreateEnumStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_CREATE_ENUM, OBJECT_TYPE);
    action->name = tree_name(tree, statement->typeName);
    tree_strings(tree, &action->names, statement->vals);
}

static void create_domain(struct tree *tree, const CreateDomainStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_CREATE_DOMAIN, OBJECT_DOMAIN);
    action->name = tree_name(tree, statement->domainname);
    action->type = tree_type(tree, statement->typeName);
    ListCell *cell;
    foreach (cell, statement->constraints) {
        const Constraint *constraint = lfirst_node(Constraint, cell);
        if (constraint->contype == CONSTR_CHECK || constraint->contype == CONSTR_NOTNULL)
            tree_constraint(tree, vec_add(tree->arena, &action->constraints), constraint);
        else if (constraint->contype == CONSTR_DEFAULT)
            action->expression =
                tree_written(tree, constraint->raw_expr, WRITTEN_DEFAULT, tree_at(tree, constraint->location));
    }
}

static void create_composite(struct tree *tree, const CompositeTypeStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_CREATE_TYPE, OBJECT_TYPE);
    action->name = tree_relation(tree, statement->typevar);
    tree_columns(tree, &action->columns, &action->constraints, statement->coldeflist);
}

/* CREATE TYPE, AGGREGATE, OPERATOR, COLLATION, TEXT SEARCH … */
static void define(struct tree *tree, const DefineStmt *statement)
{
    enum action_kind kind = statement->kind == PG_OBJECT_TYPE ? ACTION_CREATE_TYPE
                            : statement->kind == OBJECT_AGGREGATE ? ACTION_CREATE_FUNCTION
                                                                  : ACTION_CREATE_OTHER;
    struct action *action = tree_add(tree, kind, tree_object(statement->kind));
    action->name = tree_name(tree, statement->defnames);
    action->flags |= statement->replace ? FLAG_OR_REPLACE : 0U;
    action->flags |= statement->if_not_exists ? FLAG_IF_NOT_EXISTS : 0U;
}

static bool is_declared_stable(const CreateFunctionStmt *statement)
{
    const DefElem *volatility = tree_option(statement->options, "volatility");
    return volatility != NULL && strcmp(strVal(volatility->arg), "volatile") != 0;
}

static void create_function(struct tree *tree, const CreateFunctionStmt *statement)
{
    size_t function = tree->actions->count;
    struct action *action = tree_add(tree, ACTION_CREATE_FUNCTION, OBJECT_FUNCTION);
    action->name = tree_name(tree, statement->funcname);
    action->type = tree_type(tree, statement->returnType);
    action->flags |= statement->replace ? FLAG_OR_REPLACE : 0U;
    action->flags |= is_declared_stable(statement) ? 0U : FLAG_VOLATILE;
    const DefElem *language = tree_option(statement->options, "language");
    action->text = language != NULL ? tree_copy(tree, strVal(language->arg)) : "sql";
    ListCell *cell;
    foreach (cell, statement->parameters) {
        const FunctionParameter *parameter = lfirst_node(FunctionParameter, cell);
        if (parameter->mode != FUNC_PARAM_OUT && parameter->mode != FUNC_PARAM_TABLE)
            *vec_add(tree->arena, &action->names) = tree_name(tree, parameter->argType->names).name;
    }
    tree_function_body(tree, statement, function);
}

static void create_trigger(struct tree *tree, const CreateTrigStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_CREATE_TRIGGER, OBJECT_TRIGGER);
    action->name.name = tree_copy(tree, statement->trigname);
    action->table = tree_relation(tree, statement->relation);
    action->flags |= statement->replace ? FLAG_OR_REPLACE : 0U;
    action->expression = tree_expression(tree, statement->whenClause);
    struct object_name function = tree_name(tree, statement->funcname);
    *vec_add(tree->arena, &action->calls) =
        (struct call){.schema = function.schema, .name = function.name, .at = action->at, .constant_arguments = true};
}

static void create_rule(struct tree *tree, const RuleStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_CREATE_RULE, OBJECT_RULE);
    action->name.name = tree_copy(tree, statement->rulename);
    action->table = tree_relation(tree, statement->relation);
    action->flags |= (statement->replace ? FLAG_OR_REPLACE : 0U) | (statement->instead ? FLAG_INSTEAD : 0U);
    ListCell *cell;
    foreach (cell, statement->actions)
        tree_walk_uses(tree, lfirst(cell), action);
}

static void create_policy(struct tree *tree, const CreatePolicyStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_CREATE_POLICY, OBJECT_POLICY);
    action->name.name = tree_copy(tree, statement->policy_name);
    action->table = tree_relation(tree, statement->table);
    action->expression = tree_expression(tree, statement->qual != NULL ? statement->qual : statement->with_check);
    tree_walk_uses(tree, statement->qual, action);
    tree_walk_uses(tree, statement->with_check, action);
}

static void create_statistics(struct tree *tree, const CreateStatsStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_CREATE_STATISTICS, OBJECT_STATISTICS);
    action->name = tree_name(tree, statement->defnames);
    if (statement->relations != NIL && IsA(linitial(statement->relations), RangeVar))
        action->table = tree_relation(tree, linitial(statement->relations));
    action->flags |= statement->if_not_exists ? FLAG_IF_NOT_EXISTS : 0U;
}

static void create_subscription(struct tree *tree, const CreateSubscriptionStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_CREATE_SUBSCRIPTION, OBJECT_OTHER);
    const DefElem *slot = tree_option(statement->options, "create_slot");
    const DefElem *connect = tree_option(statement->options, "connect");
    action->name.name = tree_copy(tree, statement->subname);
    if (slot != NULL ? tree_is_on(slot) : connect == NULL || tree_is_on(connect))
        action->flags |= FLAG_CREATES_SLOT;
}

static void create_named(struct tree *tree, enum action_kind kind, enum object_kind object, const char *name,
                         bool if_not_exists)
{
    struct action *action = tree_add(tree, kind, object);
    action->name.name = tree_copy(tree, name);
    action->flags |= if_not_exists ? FLAG_IF_NOT_EXISTS : 0U;
}

static bool create_simple(struct tree *tree, const Node *node)
{
    switch (nodeTag(node)) {
    case T_CreateExtensionStmt: {
        const CreateExtensionStmt *extension = (const CreateExtensionStmt *)node;
        create_named(tree, ACTION_CREATE_EXTENSION, OBJECT_EXTENSION, extension->extname, extension->if_not_exists);
        return true;
    }
    case T_CreatedbStmt:
        create_named(tree, ACTION_CREATE_DATABASE, OBJECT_DATABASE, ((const CreatedbStmt *)node)->dbname, false);
        return true;
    case T_CreateTableSpaceStmt:
        create_named(tree, ACTION_CREATE_TABLESPACE, OBJECT_TABLESPACE,
                     ((const CreateTableSpaceStmt *)node)->tablespacename, false);
        return true;
    case T_CreateRoleStmt:
        create_named(tree, ACTION_CREATE_OTHER, OBJECT_ROLE, ((const CreateRoleStmt *)node)->role, false);
        return true;
    case T_CreateRangeStmt:
        tree_add(tree, ACTION_CREATE_TYPE, OBJECT_TYPE)->name =
            tree_name(tree, ((const CreateRangeStmt *)node)->typeName);
        return true;
    case T_CreateAmStmt:
    case T_CreateCastStmt:
    case T_CreateConversionStmt:
    case T_CreateEventTrigStmt:
    case T_CreateFdwStmt:
    case T_CreateForeignServerStmt:
    case T_CreateOpClassStmt:
    case T_CreateOpFamilyStmt:
    case T_CreatePLangStmt:
    case T_CreatePublicationStmt:
    case T_CreateTransformStmt:
    case T_CreateUserMappingStmt:
    case T_ImportForeignSchemaStmt:
        tree_add(tree, ACTION_CREATE_OTHER, OBJECT_OTHER);
        return true;
    default:
        return false;
    }
}

bool tree_create(struct tree *tree, Node *node)
{
    switch (nodeTag(node)) {
    case T_CreateSchemaStmt: create_schema(tree, (const CreateSchemaStmt *)node); return true;
    case T_CreateEnumStmt: create_enum(tree, (const CreateEnumStmt *)node); return true;
    case T_CreateDomainStmt: create_domain(tree, (const CreateDomainStmt *)node); return true;
    case T_CompositeTypeStmt: create_composite(tree, (const CompositeTypeStmt *)node); return true;
    case T_DefineStmt: define(tree, (const DefineStmt *)node); return true;
    case T_CreateFunctionStmt: create_function(tree, (const CreateFunctionStmt *)node); return true;
    case T_CreateTrigStmt: create_trigger(tree, (const CreateTrigStmt *)node); return true;
    case T_RuleStmt: create_rule(tree, (const RuleStmt *)node); return true;
    case T_CreatePolicyStmt: create_policy(tree, (const CreatePolicyStmt *)node); return true;
    case T_CreateStatsStmt: create_statistics(tree, (const CreateStatsStmt *)node); return true;
    case T_CreateSubscriptionStmt: create_subscription(tree, (const CreateSubscriptionStmt *)node); return true;
    default: return create_simple(tree, node);
    }
}
