/* Commands about whole relations: TRUNCATE, LOCK, VACUUM, CLUSTER, REINDEX, REFRESH, COMMENT, GRANT. */
#include "sql/tree.h"

#include <string.h>

static void truncate_tables(struct tree *tree, const TruncateStmt *statement)
{
    ListCell *cell;
    foreach (cell, statement->relations) {
        struct action *action = tree_add(tree, ACTION_TRUNCATE, OBJECT_TABLE);
        tree_set_relation(tree, action, lfirst(cell));
        action->flags |= statement->behavior == DROP_CASCADE ? FLAG_CASCADE : 0U;
        action->flags |= statement->restart_seqs ? FLAG_RESET : 0U;
    }
}

/* The server's numbers of lock modes are ours. */
static void lock_tables(struct tree *tree, const LockStmt *statement)
{
    ListCell *cell;
    foreach (cell, statement->relations) {
        struct action *action = tree_add(tree, ACTION_LOCK, OBJECT_TABLE);
        tree_set_relation(tree, action, lfirst(cell));
        action->lock = (enum lock_mode)statement->mode;
        action->flags |= statement->nowait ? FLAG_NOWAIT : 0U;
    }
}

static void vacuum(struct tree *tree, const VacuumStmt *statement)
{
    enum action_kind kind = statement->is_vacuumcmd ? ACTION_VACUUM : ACTION_ANALYZE;
    unsigned flags = statement->is_vacuumcmd && tree_is_on(tree_option(statement->options, "full")) ? FLAG_FULL : 0U;
    ListCell *cell;
    if (statement->rels == NIL)
        tree_add(tree, kind, OBJECT_TABLE)->flags |= flags | FLAG_ALL;
    foreach (cell, statement->rels) {
        const VacuumRelation *one = lfirst_node(VacuumRelation, cell);
        struct action *action = tree_add(tree, kind, OBJECT_TABLE);
        tree_set_relation(tree, action, one->relation);
        tree_strings(tree, &action->names, one->va_cols);
        action->flags |= flags;
    }
}

static void cluster(struct tree *tree, const ClusterStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_CLUSTER, OBJECT_TABLE);
    tree_set_relation(tree, action, statement->relation);
    action->flags |= statement->relation == NULL ? FLAG_ALL : 0U;
    action->text = tree_copy(tree, statement->indexname);
}

static void reindex(struct tree *tree, const ReindexStmt *statement)
{
    static const enum object_kind objects[] = {
        [REINDEX_OBJECT_INDEX] = OBJECT_INDEX,   [REINDEX_OBJECT_TABLE] = OBJECT_TABLE,
        [REINDEX_OBJECT_SCHEMA] = OBJECT_SCHEMA, [REINDEX_OBJECT_SYSTEM] = OBJECT_SYSTEM,
        [REINDEX_OBJECT_DATABASE] = OBJECT_DATABASE,
    };
    struct action *action = tree_add(tree, ACTION_REINDEX, objects[statement->kind]);
    tree_set_relation(tree, action, statement->relation);
    if (statement->relation == NULL)
        action->name.name = tree_copy(tree, statement->name);
    action->flags |= tree_is_on(tree_option(statement->params, "concurrently")) ? FLAG_CONCURRENTLY : 0U;
}

static void refresh(struct tree *tree, const RefreshMatViewStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_REFRESH, OBJECT_MATERIALIZED_VIEW);
    tree_set_relation(tree, action, statement->relation);
    action->flags |= statement->concurrent ? FLAG_CONCURRENTLY : 0U;
    action->flags |= statement->skipData ? FLAG_NO_DATA : 0U;
}

/* The name of what COMMENT is about: for columns and constraints, triggers and their like the table's comes first. */
static void comment(struct tree *tree, const CommentStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_COMMENT, tree_object(statement->objtype));
    action->name = tree_named(tree, statement->object);
    action->text = tree_copy(tree, statement->comment);
    const List *names = (const List *)statement->object;
    bool of_table = statement->objtype == PG_OBJECT_COLUMN || statement->objtype == OBJECT_TABCONSTRAINT ||
                    statement->objtype == PG_OBJECT_TRIGGER || statement->objtype == PG_OBJECT_RULE ||
                    statement->objtype == PG_OBJECT_POLICY;
    if (!of_table || !IsA(names, List) || list_length(names) < 2)
        return;
    int count = list_length(names);
    struct object_name table = {.name = action->name.schema};
    table.schema = count > 2 ? tree_copy(tree, strVal(list_nth(names, count - 3))) : NULL;
    if (statement->objtype == PG_OBJECT_COLUMN) {
        action->column = action->name.name;
        action->name = table;
    } else {
        action->name.schema = NULL;
        action->table = table;
    }
}

static void grant_role(struct tree *tree, const GrantRoleStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_GRANT, OBJECT_ROLE);
    action->flags |= statement->is_grant ? 0U : FLAG_REVOKE;
}

/* "select,insert"; ALL is "all", and a privilege on columns is none of those on the table. */
static const char *privileges(struct tree *tree, const GrantStmt *statement)
{
    const char *text = statement->privileges == NIL ? "all" : "";
    ListCell *cell;
    foreach (cell, statement->privileges) {
        const AccessPriv *privilege = castNode(AccessPriv, lfirst(cell));
        const char *name = privilege->priv_name == NULL ? "all" : privilege->priv_name;
        text = arena_printf(tree->arena, "%s%s%s%s", text, *text == '\0' ? "" : ",", name,
                            privilege->cols == NIL ? "" : " of columns");
    }
    return text;
}

static const char *grantees(struct tree *tree, const GrantStmt *statement)
{
    const char *text = "";
    ListCell *cell;
    foreach (cell, statement->grantees) {
        const RoleSpec *role = castNode(RoleSpec, lfirst(cell));
        if (role->roletype == ROLESPEC_CSTRING)
            text = arena_printf(tree->arena, "%s%s%s", text, *text == '\0' ? "" : ",", role->rolename);
    }
    return text;
}

static void grant(struct tree *tree, const GrantStmt *statement)
{
    enum object_kind object = tree_object(statement->objtype);
    struct action *action = tree_add(tree, ACTION_GRANT, object);
    action->flags |= statement->is_grant ? 0U : FLAG_REVOKE;
    ListCell *cell;
    foreach (cell, statement->privileges)
        tree_strings(tree, &action->including, lfirst_node(AccessPriv, cell)->cols);
    action->text = privileges(tree, statement);
    action->text2 = grantees(tree, statement);
    if (statement->targtype == ACL_TARGET_ALL_IN_SCHEMA)
        action->flags |= FLAG_ALL;
    foreach (cell, statement->objects) {
        struct object_name name = tree_named(tree, lfirst(cell));
        if (name.name == NULL)
            continue;
        action->name = name;
        *vec_add(tree->arena, &action->names) =
            name.schema == NULL ? name.name : arena_printf(tree->arena, "%s.%s", name.schema, name.name);
    }
    if (list_length(statement->objects) > 1)
        action->name = (struct object_name){0};
}

bool tree_maintain(struct tree *tree, Node *node)
{
    switch (nodeTag(node)) {
    case T_TruncateStmt: truncate_tables(tree, (const TruncateStmt *)node); return true;
    case T_LockStmt: lock_tables(tree, (const LockStmt *)node); return true;
    case T_VacuumStmt: vacuum(tree, (const VacuumStmt *)node); return true;
    case T_ClusterStmt: cluster(tree, (const ClusterStmt *)node); return true;
    case T_ReindexStmt: reindex(tree, (const ReindexStmt *)node); return true;
    case T_RefreshMatViewStmt: refresh(tree, (const RefreshMatViewStmt *)node); return true;
    case T_CommentStmt: comment(tree, (const CommentStmt *)node); return true;
    case T_GrantStmt: grant(tree, (const GrantStmt *)node); return true;
    case T_GrantRoleStmt: grant_role(tree, (const GrantRoleStmt *)node); return true;
    default: return false;
    }
}
