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

static bool is_of_with(const List *members, const struct object_name *name)
{
    ListCell *cell;
    foreach (cell, members)
        if (name->schema == NULL && strcmp(lfirst_node(CommonTableExpr, cell)->ctename, name->name) == 0)
            return true;
    return false;
}

/* A statement of its own; what it assigns twice is the outer one's already, and other names of WITH are no relations. */
static void read_inner(struct tree *tree, Node *change, const List *members)
{
    size_t first = tree->actions->count;
    tree_query(tree, change);
    for (; first < tree->actions->count; first++) {
        struct action *action = &tree->actions->at[first];
        struct relation_uses *uses = &action->uses;
        action->assigned_twice.count = action->assigned_at.count = 0;
        for (size_t i = uses->count; i > 0; i--)
            if (is_of_with(members, &uses->at[i - 1].name))
                uses->at[i - 1] = uses->at[--uses->count];
    }
}

static void read_with(struct tree *tree, const WithClause *with)
{
    ListCell *cell;
    foreach (cell, with == NULL ? NIL : with->ctes)
        if (!IsA(lfirst_node(CommonTableExpr, cell)->ctequery, SelectStmt))
            read_inner(tree, lfirst_node(CommonTableExpr, cell)->ctequery, with->ctes);
}

void tree_changes(struct tree *tree, Node *query)
{
    if (query != NULL && IsA(query, SelectStmt))
        read_with(tree, ((const SelectStmt *)query)->withClause);
    else if (query != NULL)
        read_inner(tree, query, NIL);
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
    read_with(tree, statement->withClause);
}

static struct action *add_change(struct tree *tree, enum action_kind kind, const RangeVar *relation, Node *where,
                                 const List *returning)
{
    struct action *action = tree_add(tree, kind, OBJECT_TABLE);
    tree_set_relation(tree, action, relation);
    action->lock = LOCK_ROW_EXCLUSIVE;
    action->returning = returning != NIL;
    action->expression = tree_written(tree, where, WRITTEN_WHERE, action->name_at);
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

/* Which rows of a query's, or how many. */
static void read_source(struct tree *tree, const SelectStmt *select, struct action *action)
{
    if (select == NULL || select->valuesLists != NIL)
        action->rows = select == NULL ? 1 : (size_t)list_length(select->valuesLists);
    else if (select->op == SETOP_NONE && select->withClause == NULL)
        action->expression = tree_written(tree, select->whereClause, WRITTEN_WHERE, action->name_at);
}

static void read_conflict(struct tree *tree, const OnConflictClause *conflict, struct action *action)
{
    if (conflict != NULL)
        action->on_conflict = conflict->action == ONCONFLICT_NOTHING ? 'n' : 'u';
    if (conflict != NULL && conflict->infer != NULL)
        tree_keys(tree, &action->keys, conflict->infer->indexElems);
}

static void read_insert(struct tree *tree, InsertStmt *statement)
{
    struct action *action = add_change(tree, ACTION_INSERT, statement->relation, NULL, statement->returningList);
    ListCell *cell;
    read_source(tree, (const SelectStmt *)statement->selectStmt, action);
    foreach (cell, statement->cols)
        *vec_add(tree->arena, &action->names) = tree_copy(tree, lfirst_node(ResTarget, cell)->name);
    action->flags |= reads_rows(statement->selectStmt) ? FLAG_READS_ROWS : 0U;
    read_conflict(tree, statement->onConflictClause, action);
    tree_walk(tree, (Node *)statement, action);
    read_with(tree, statement->withClause);
}

static void read_update(struct tree *tree, UpdateStmt *statement)
{
    struct action *action = add_change(tree, ACTION_UPDATE, statement->relation, statement->whereClause,
                                       statement->returningList);
    action->flags |= statement->fromClause != NIL ? FLAG_READS_ROWS : 0U;
    ListCell *cell;
    foreach (cell, statement->targetList)
        *vec_add(tree->arena, &action->names) = tree_copy(tree, lfirst_node(ResTarget, cell)->name);
    tree_walk(tree, (Node *)statement, action);
    read_with(tree, statement->withClause);
}

static void read_delete(struct tree *tree, DeleteStmt *statement)
{
    struct action *action = add_change(tree, ACTION_DELETE, statement->relation, statement->whereClause,
                                       statement->returningList);
    action->flags |= statement->usingClause != NIL ? FLAG_READS_ROWS : 0U;
    tree_walk(tree, (Node *)statement, action);
    read_with(tree, statement->withClause);
}

static void read_when(struct tree *tree, const MergeWhenClause *when, const char *condition, struct action *action)
{
    struct merge_clause *clause = vec_add(tree->arena, &action->merge);
    *clause = (struct merge_clause){.matched = when->matched, .condition = condition,
                                    .change = when->commandType == CMD_INSERT   ? 'i'
                                              : when->commandType == CMD_UPDATE ? 'u'
                                              : when->commandType == CMD_DELETE ? 'd'
                                                                                : 'n'};
    ListCell *cell;
    foreach (cell, when->commandType == CMD_UPDATE ? when->targetList : NIL)
        *vec_add(tree->arena, &clause->columns) = tree_copy(tree, lfirst_node(ResTarget, cell)->name);
}

static void read_whens(struct tree *tree, const List *whens, struct action *action)
{
    size_t end = tree->end > 0 ? tree->end : tree->common.start + tree->common.length, number = 0;
    struct strings conditions = {0};
    ListCell *cell;
    if (tree->located && action->name_at < end)
        written_whens(tree->arena, tree->text + action->name_at, end - action->name_at, &conditions);
    foreach (cell, whens) {
        bool known = conditions.count == (size_t)list_length(whens);
        read_when(tree, lfirst_node(MergeWhenClause, cell), known ? conditions.at[number++] : NULL, action);
    }
}

static void read_merge(struct tree *tree, MergeStmt *statement)
{
    struct action *action = add_change(tree, ACTION_MERGE, statement->relation, NULL, NIL);
    action->flags |= FLAG_READS_ROWS;
    read_whens(tree, statement->mergeWhenClauses, action);
    tree_walk(tree, (Node *)statement, action);
    read_with(tree, statement->withClause);
}

static void read_copy(struct tree *tree, const CopyStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_COPY, OBJECT_TABLE);
    tree_set_relation(tree, action, statement->relation);
    tree_strings(tree, &action->names, statement->attlist);
    action->lock = statement->is_from ? LOCK_ROW_EXCLUSIVE : LOCK_ACCESS_SHARE;
    action->flags |= statement->is_from ? 0U : FLAG_READS_ROWS;
    tree_walk_uses(tree, statement->query, action);
    tree_changes(tree, statement->query);
}

static void read_call(struct tree *tree, const CallStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_CALL, OBJECT_FUNCTION);
    action->name = tree_name(tree, statement->funccall->funcname);
    action->name_at = tree_at(tree, statement->funccall->location);
    tree_walk(tree, (Node *)statement->funccall, action);
}

/* EXPLAIN ANALYZE runs its query; without ANALYZE it only takes the locks of planning it. */
static bool read_wrapped(struct tree *tree, Node *node)
{
    switch (nodeTag(node)) {
    case T_ExplainStmt:
        if (tree_is_on(tree_option(((ExplainStmt *)node)->options, "analyze")))
            tree_statement(tree, ((ExplainStmt *)node)->query);
        else
            tree_walk_uses(tree, ((ExplainStmt *)node)->query, tree_add(tree, ACTION_OTHER, OBJECT_NONE));
        return true;
    case T_DeclareCursorStmt:
        tree_statement(tree, ((DeclareCursorStmt *)node)->query);
        return true;
    default:
        return tree_prepared(tree, node);
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
