/* ALTER … RENAME. */
#include "sql/tree.h"

/* Renaming an attribute of a composite type, or a domain's constraint, is neither of a relation. */
static enum action_kind kind_of(ObjectType type)
{
    switch (type) {
    case OBJECT_ATTRIBUTE: return ACTION_ALTER_OTHER;
    case OBJECT_DOMCONSTRAINT: return ACTION_ALTER_DOMAIN_OTHER;
    default: return ACTION_RENAME;
    }
}

static enum object_kind object_of(ObjectType type)
{
    switch (type) {
    case OBJECT_ATTRIBUTE: return OBJECT_TYPE;
    case OBJECT_DOMCONSTRAINT: return OBJECT_DOMAIN;
    default: return tree_object(type);
    }
}

static void set_part(struct tree *tree, struct action *action, const RenameStmt *statement)
{
    const char *part = tree_copy(tree, statement->subname);
    switch (statement->renameType) {
    case PG_OBJECT_COLUMN:
    case OBJECT_ATTRIBUTE:
        action->column = part;
        break;
    case OBJECT_TABCONSTRAINT:
    case OBJECT_DOMCONSTRAINT:
        action->text2 = action->text;
        action->text = part;
        action->table = statement->renameType == OBJECT_TABCONSTRAINT ? action->name : action->table;
        break;
    case PG_OBJECT_TRIGGER:
    case PG_OBJECT_RULE:
    case PG_OBJECT_POLICY:
        action->table = action->name;
        action->name = (struct object_name){NULL, part};
        break;
    default:
        if (action->name.name == NULL)
            action->name.name = part; /* databases, schemas, roles, tablespaces */
        break;
    }
}

bool tree_rename(struct tree *tree, Node *node)
{
    if (!IsA(node, RenameStmt))
        return false;
    const RenameStmt *statement = (const RenameStmt *)node;
    struct action *action = tree_add(tree, kind_of(statement->renameType), object_of(statement->renameType));
    if (statement->relation != NULL)
        tree_set_relation(tree, action, statement->relation);
    else
        action->name = tree_named(tree, statement->object);
    action->text = tree_copy(tree, statement->newname);
    action->flags |= statement->missing_ok ? FLAG_IF_EXISTS | FLAG_TABLE_IF_EXISTS : 0U;
    action->flags |= statement->behavior == DROP_CASCADE ? FLAG_CASCADE : 0U;
    set_part(tree, action, statement);
    return true;
}
