/* ALTER without subcommands: sequences, enums, domains, functions, owners, schemas … */
#include "sql/tree.h"

#include <string.h>

static void alter_sequence(struct tree *tree, const AlterSeqStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_ALTER_SEQUENCE, OBJECT_SEQUENCE);
    tree_set_relation(tree, action, statement->sequence);
    action->flags |= statement->missing_ok ? FLAG_IF_EXISTS : 0U;
    tree_owned_by(tree, action, statement->options);
}

static void alter_enum(struct tree *tree, const AlterEnumStmt *statement)
{
    bool renames = statement->oldVal != NULL;
    struct action *action = tree_add(tree, renames ? ACTION_RENAME_ENUM_VALUE : ACTION_ADD_ENUM_VALUE, OBJECT_TYPE);
    action->name = tree_name(tree, statement->typeName);
    action->text = tree_copy(tree, renames ? statement->oldVal : statement->newVal);
    action->text2 = tree_copy(tree, renames ? statement->newVal : statement->newValNeighbor);
    action->flags |= statement->skipIfNewValExists ? FLAG_IF_NOT_EXISTS : 0U;
    action->flags |= statement->newValNeighbor != NULL ? FLAG_PLACED : 0U;
    if (statement->newValNeighbor != NULL)
        action->side = statement->newValIsAfter ? 'a' : 'b';
}

static enum action_kind domain_kind(char subtype)
{
    switch (subtype) {
    case 'O': return ACTION_ALTER_DOMAIN_SET_NOT_NULL;
    case 'N': return ACTION_ALTER_DOMAIN_DROP_NOT_NULL;
    case 'C': return ACTION_ALTER_DOMAIN_ADD_CONSTRAINT;
    case 'V': return ACTION_ALTER_DOMAIN_VALIDATE_CONSTRAINT;
    default: return ACTION_ALTER_DOMAIN_OTHER;
    }
}

static void alter_domain(struct tree *tree, const AlterDomainStmt *statement)
{
    struct action *action = tree_add(tree, domain_kind((char)statement->subtype), OBJECT_DOMAIN);
    action->name = tree_name(tree, statement->typeName);
    action->text = tree_copy(tree, statement->name);
    action->flags |= statement->missing_ok ? FLAG_IF_EXISTS : 0U;
    action->flags |= statement->behavior == DROP_CASCADE ? FLAG_CASCADE : 0U;
    if (statement->subtype == 'T') {
        action->expression = tree_expression(tree, statement->def);
        action->flags |= statement->def == NULL ? FLAG_RESET : 0U;
    }
    if (statement->def == NULL || !IsA(statement->def, Constraint))
        return;
    struct constraint_def *constraint = vec_add(tree->arena, &action->constraints);
    tree_constraint(tree, constraint, (const Constraint *)statement->def);
    action->text = constraint->name;
}

static void alter_function(struct tree *tree, const AlterFunctionStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_ALTER_FUNCTION, OBJECT_FUNCTION);
    action->name = tree_named(tree, (const Node *)statement->func);
    const DefElem *volatility = tree_option(statement->actions, "volatility");
    if (volatility != NULL && strcmp(strVal(volatility->arg), "volatile") == 0)
        action->flags |= FLAG_VOLATILE;
}

/* The name of what OWNER TO, SET SCHEMA and their like are about, and for triggers and policies their table. */
static void set_object(struct tree *tree, struct action *action, const RangeVar *relation, const Node *object)
{
    if (relation != NULL)
        tree_set_relation(tree, action, relation);
    else
        action->name = tree_named(tree, object);
}

static void alter_owner(struct tree *tree, const AlterOwnerStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_OWNER, tree_object(statement->objectType));
    set_object(tree, action, statement->relation, statement->object);
}

static void set_schema(struct tree *tree, const AlterObjectSchemaStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_SET_SCHEMA, tree_object(statement->objectType));
    set_object(tree, action, statement->relation, statement->object);
    action->text = tree_copy(tree, statement->newschema);
    action->flags |= statement->missing_ok ? FLAG_IF_EXISTS | FLAG_TABLE_IF_EXISTS : 0U;
}

static void alter_policy(struct tree *tree, const AlterPolicyStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_ALTER_OTHER, OBJECT_POLICY);
    action->name.name = tree_copy(tree, statement->policy_name);
    action->table = tree_relation(tree, statement->table);
    action->expression = tree_expression(tree, statement->qual != NULL ? statement->qual : statement->with_check);
    tree_walk_uses(tree, statement->qual, action);
    tree_walk_uses(tree, statement->with_check, action);
}

static void alter_named(struct tree *tree, enum action_kind kind, enum object_kind object, struct object_name name)
{
    tree_add(tree, kind, object)->name = name;
}

/* Of these only the object is told. */
static bool alter_simple(struct tree *tree, Node *node)
{
    struct object_name none = {0};
    switch (nodeTag(node)) {
    case T_AlterTypeStmt:
        alter_named(tree, ACTION_ALTER_OTHER, OBJECT_TYPE, tree_name(tree, ((AlterTypeStmt *)node)->typeName));
        return true;
    case T_AlterStatsStmt:
        alter_named(tree, ACTION_ALTER_OTHER, OBJECT_STATISTICS, tree_name(tree, ((AlterStatsStmt *)node)->defnames));
        return true;
    case T_AlterDatabaseStmt:
        none.name = tree_copy(tree, ((AlterDatabaseStmt *)node)->dbname);
        alter_named(tree, ACTION_ALTER_OTHER, OBJECT_DATABASE, none);
        return true;
    case T_AlterDatabaseSetStmt:
        none.name = tree_copy(tree, ((AlterDatabaseSetStmt *)node)->dbname);
        alter_named(tree, ACTION_ALTER_OTHER, OBJECT_DATABASE, none);
        return true;
    case T_AlterExtensionStmt:
        none.name = tree_copy(tree, ((AlterExtensionStmt *)node)->extname);
        alter_named(tree, ACTION_ALTER_OTHER, OBJECT_EXTENSION, none);
        return true;
    case T_AlterSystemStmt:
        none.name = tree_copy(tree, ((AlterSystemStmt *)node)->setstmt->name);
        alter_named(tree, ACTION_ALTER_SYSTEM, OBJECT_SYSTEM, none);
        return true;
    case T_AlterRoleStmt:
    case T_AlterRoleSetStmt:
        alter_named(tree, ACTION_ALTER_OTHER, OBJECT_ROLE, none);
        return true;
    case T_AlterCollationStmt:
    case T_AlterDatabaseRefreshCollStmt:
    case T_AlterDefaultPrivilegesStmt:
    case T_AlterEventTrigStmt:
    case T_AlterExtensionContentsStmt:
    case T_AlterFdwStmt:
    case T_AlterForeignServerStmt:
    case T_AlterObjectDependsStmt:
    case T_AlterOperatorStmt:
    case T_AlterOpFamilyStmt:
    case T_AlterPublicationStmt:
    case T_AlterSubscriptionStmt:
    case T_AlterTableSpaceOptionsStmt:
    case T_AlterTSConfigurationStmt:
    case T_AlterTSDictionaryStmt:
    case T_AlterUserMappingStmt:
        alter_named(tree, ACTION_ALTER_OTHER, OBJECT_OTHER, none);
        return true;
    default:
        return false;
    }
}

static void move_all(struct tree *tree, const AlterTableMoveAllStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_SET_TABLESPACE, tree_object(statement->objtype));
    action->flags |= FLAG_ALL;
    action->text = tree_copy(tree, statement->new_tablespacename);
}

bool tree_alter(struct tree *tree, Node *node)
{
    switch (nodeTag(node)) {
    case T_AlterTableMoveAllStmt: move_all(tree, (const AlterTableMoveAllStmt *)node); return true;
    case T_AlterSeqStmt: alter_sequence(tree, (const AlterSeqStmt *)node); return true;
    case T_AlterEnumStmt: alter_enum(tree, (const AlterEnumStmt *)node); return true;
    case T_AlterDomainStmt: alter_domain(tree, (const AlterDomainStmt *)node); return true;
    case T_AlterFunctionStmt: alter_function(tree, (const AlterFunctionStmt *)node); return true;
    case T_AlterOwnerStmt: alter_owner(tree, (const AlterOwnerStmt *)node); return true;
    case T_AlterObjectSchemaStmt: set_schema(tree, (const AlterObjectSchemaStmt *)node); return true;
    case T_AlterPolicyStmt: alter_policy(tree, (const AlterPolicyStmt *)node); return true;
    default: return alter_simple(tree, node);
    }
}
