/* Queries and what changes rows. */
#include "sql/tree.h"

#include <string.h>

/* SELECT set_config('lock_timeout', …) acts as SET does. */
static void add_settings(struct tree *tree, const SelectStmt *statement)
{
    ListCell *cell;
    foreach (cell, statement->targetList) {
        const Node *value = lfirst_node(ResTarget, cell)->val;
        if (IsA(value, FuncCall))
            tree_set_config(tree, (const FuncCall *)value);
    }
}

/* SELECT … INTO of the leftmost of a UNION. */
static const IntoClause *into_of(const SelectStmt *statement)
{
    while (statement->op != SETOP_NONE)
        statement = statement->larg;
    return statement->intoClause;
}

static void read_select(struct tree *tree, SelectStmt *statement)
{
    const IntoClause *into = into_of(statement);
    struct action *action = into != NULL ? tree_add(tree, ACTION_CREATE_TABLE_AS, OBJECT_TABLE)
                                         : tree_add(tree, ACTION_SELECT, OBJECT_NONE);
    if (into != NULL) {
        tree_set_relation(tree, action, into->rel);
        tree_outputs_twice(tree, action, (Node *)statement);
    } else {
        action->lock = statement->lockingClause != NIL ? LOCK_ROW_SHARE : LOCK_NONE;
    }
    action->expression = tree_expression(tree, statement->whereClause);
    action->flags |= statement->whereClause != NULL ? FLAG_WHERE : 0U;
    tree_walk(tree, (Node *)statement, action);
    add_settings(tree, statement);
}

static struct action *add_change(struct tree *tree, enum action_kind kind, const RangeVar *relation, Node *where)
{
    struct action *action = tree_add(tree, kind, OBJECT_TABLE);
    tree_set_relation(tree, action, relation);
    action->lock = LOCK_ROW_EXCLUSIVE;
    action->expression = tree_expression(tree, where);
    action->flags |= where != NULL ? FLAG_WHERE : 0U;
    return action;
}

static bool reads_rows(const Node *source)
{
    if (source == NULL || !IsA(source, SelectStmt))
        return false;
    const SelectStmt *select = (const SelectStmt *)source;
    return select->valuesLists == NIL && (select->fromClause != NIL || select->op != SETOP_NONE);
}

static void read_insert(struct tree *tree, InsertStmt *statement)
{
    struct action *action = add_change(tree, ACTION_INSERT, statement->relation, NULL);
    ListCell *cell;
    foreach (cell, statement->cols)
        *vec_add(tree->arena, &action->names) = tree_copy(tree, lfirst_node(ResTarget, cell)->name);
    action->flags |= reads_rows(statement->selectStmt) ? FLAG_READS_ROWS : 0U;
    if (statement->onConflictClause != NULL && statement->onConflictClause->infer != NULL)
        tree_keys(tree, &action->keys, statement->onConflictClause->infer->indexElems);
    tree_walk(tree, (Node *)statement, action);
}

static void read_update(struct tree *tree, UpdateStmt *statement)
{
    struct action *action = add_change(tree, ACTION_UPDATE, statement->relation, statement->whereClause);
    action->flags |= statement->fromClause != NIL ? FLAG_READS_ROWS : 0U;
    ListCell *cell;
    foreach (cell, statement->targetList)
        *vec_add(tree->arena, &action->names) = tree_copy(tree, lfirst_node(ResTarget, cell)->name);
    tree_walk(tree, (Node *)statement, action);
}

static void read_delete(struct tree *tree, DeleteStmt *statement)
{
    struct action *action = add_change(tree, ACTION_DELETE, statement->relation, statement->whereClause);
    action->flags |= statement->usingClause != NIL ? FLAG_READS_ROWS : 0U;
    tree_walk(tree, (Node *)statement, action);
}

static void read_merge(struct tree *tree, MergeStmt *statement)
{
    struct action *action = add_change(tree, ACTION_MERGE, statement->relation, NULL);
    action->flags |= FLAG_READS_ROWS;
    tree_walk(tree, (Node *)statement, action);
}

static void read_copy(struct tree *tree, const CopyStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_COPY, OBJECT_TABLE);
    tree_set_relation(tree, action, statement->relation);
    tree_strings(tree, &action->names, statement->attlist);
    action->lock = statement->is_from ? LOCK_ROW_EXCLUSIVE : LOCK_ACCESS_SHARE;
    action->flags |= statement->is_from ? 0U : FLAG_READS_ROWS;
    tree_walk_uses(tree, statement->query, action);
}

static void read_call(struct tree *tree, const CallStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_CALL, OBJECT_FUNCTION);
    action->name = tree_name(tree, statement->funccall->funcname);
    action->name_at = tree_at(tree, statement->funccall->location);
    tree_walk(tree, (Node *)statement->funccall, action);
}

/* EXPLAIN ANALYZE runs its query; without ANALYZE, and as PREPARE, it only takes the locks of planning it. */
static bool read_wrapped(struct tree *tree, Node *node)
{
    switch (nodeTag(node)) {
    case T_ExplainStmt:
        if (tree_is_on(tree_option(((ExplainStmt *)node)->options, "analyze")))
            tree_statement(tree, ((ExplainStmt *)node)->query);
        else
            tree_walk_uses(tree, ((ExplainStmt *)node)->query, tree_add(tree, ACTION_OTHER, OBJECT_NONE));
        return true;
    case T_PrepareStmt:
        tree_walk_uses(tree, ((PrepareStmt *)node)->query, tree_add(tree, ACTION_OTHER, OBJECT_NONE));
        return true;
    case T_DeclareCursorStmt:
        tree_statement(tree, ((DeclareCursorStmt *)node)->query);
        return true;
    case T_ExecuteStmt:
        tree_add(tree, ACTION_EXECUTE, OBJECT_NONE)->name.name = tree_copy(tree, ((ExecuteStmt *)node)->name);
        return true;
    default:
        return false;
    }
}

bool tree_query(struct tree *tree, Node *node)
{
    switch (nodeTag(node)) {
    case T_SelectStmt: read_select(tree, (SelectStmt *)node); return true;
    case T_InsertStmt: read_insert(tree, (InsertStmt *)node); return true;
    case T_UpdateStmt: read_update(tree, (UpdateStmt *)node); return true;
    case T_DeleteStmt: read_delete(tree, (DeleteStmt *)node); return true;
    case T_MergeStmt: read_merge(tree, (MergeStmt *)node); return true;
    case T_CopyStmt: read_copy(tree, (const CopyStmt *)node); return true;
    case T_CallStmt: read_call(tree, (const CallStmt *)node); return true;
    case T_DoStmt: tree_do(tree, (const DoStmt *)node); return true;
    default: return read_wrapped(tree, node);
    }
}
