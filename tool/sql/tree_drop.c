/* DROP: one action for each object. */
#include "sql/tree.h"

static struct action *add_drop(struct tree *tree, enum object_kind object, bool if_exists, bool cascade)
{
    struct action *action = tree_add(tree, ACTION_DROP, object);
    action->flags |= if_exists ? FLAG_IF_EXISTS : 0U;
    action->flags |= cascade ? FLAG_CASCADE : 0U;
    return action;
}

/* Triggers, rules and policies: the table's name, and theirs. */
static void set_part_of_table(struct tree *tree, struct action *action, const List *names)
{
    int count = list_length(names);
    action->name = (struct object_name){NULL, tree_copy(tree, strVal(list_nth(names, count - 1)))};
    if (count > 1)
        action->table.name = tree_copy(tree, strVal(list_nth(names, count - 2)));
    if (count > 2)
        action->table.schema = tree_copy(tree, strVal(list_nth(names, count - 3)));
}

static void set_arguments(struct tree *tree, struct action *action, const ObjectWithArgs *function)
{
    ListCell *cell;
    foreach (cell, function->objargs)
        if (lfirst(cell) != NULL)
            *vec_add(tree->arena, &action->names) = tree_name(tree, lfirst_node(TypeName, cell)->names).name;
}

static void drop_objects(struct tree *tree, const DropStmt *statement)
{
    ObjectType type = statement->removeType;
    bool of_table = type == PG_OBJECT_TRIGGER || type == PG_OBJECT_RULE || type == PG_OBJECT_POLICY;
    ListCell *cell;
    foreach (cell, statement->objects) {
        struct action *action =
            add_drop(tree, tree_object(type), statement->missing_ok, statement->behavior == DROP_CASCADE);
        action->flags |= statement->concurrent ? FLAG_CONCURRENTLY : 0U;
        if (of_table && IsA(lfirst(cell), List))
            set_part_of_table(tree, action, lfirst(cell));
        else
            action->name = tree_named(tree, lfirst(cell));
        if (IsA(lfirst(cell), ObjectWithArgs))
            set_arguments(tree, action, lfirst(cell));
        if (type == OBJECT_TRANSFORM || type == OBJECT_CAST)
            action->name = (struct object_name){0};
    }
}

bool tree_drop(struct tree *tree, Node *node)
{
    ListCell *cell;
    switch (nodeTag(node)) {
    case T_DropStmt:
        drop_objects(tree, (const DropStmt *)node);
        return true;
    case T_DropdbStmt:
        add_drop(tree, OBJECT_DATABASE, ((DropdbStmt *)node)->missing_ok, false)->name.name =
            tree_copy(tree, ((DropdbStmt *)node)->dbname);
        return true;
    case T_DropTableSpaceStmt:
        add_drop(tree, OBJECT_TABLESPACE, ((DropTableSpaceStmt *)node)->missing_ok, false)->name.name =
            tree_copy(tree, ((DropTableSpaceStmt *)node)->tablespacename);
        return true;
    case T_DropSubscriptionStmt:
        add_drop(tree, OBJECT_OTHER, ((DropSubscriptionStmt *)node)->missing_ok, false)->name.name =
            tree_copy(tree, ((DropSubscriptionStmt *)node)->subname);
        return true;
    case T_DropUserMappingStmt:
        add_drop(tree, OBJECT_OTHER, ((DropUserMappingStmt *)node)->missing_ok, false);
        return true;
    case T_DropRoleStmt:
        foreach (cell, ((DropRoleStmt *)node)->roles)
            add_drop(tree, OBJECT_ROLE, ((DropRoleStmt *)node)->missing_ok, false)->name.name =
                tree_copy(tree, lfirst_node(RoleSpec, cell)->rolename);
        return true;
    case T_DropOwnedStmt:
        tree_add(tree, ACTION_DROP_OWNED, OBJECT_ROLE)->flags |=
            ((DropOwnedStmt *)node)->behavior == DROP_CASCADE ? FLAG_CASCADE : 0U;
        return true;
    default:
        return false;
    }
}
