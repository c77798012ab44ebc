/* Columns that a statement names twice; PostgreSQL refuses it, but only when it runs. */
#include "sql/tree.h"

#include <string.h>

/* A row has no more columns, so the server would refuse a longer list for that. */
enum { MOST_COLUMNS = 1664 };

void tree_names_add(struct tree_names *names, const char *name, size_t at)
{
    if (name == NULL || names->names.count == MOST_COLUMNS)
        return;
    *vec_add(names->tree->arena, &names->names) = name;
    *vec_add(names->tree->arena, &names->places) = at;
}

static bool is_twice(const struct tree_names *names, size_t i)
{
    for (size_t other = 0; other < names->names.count; other++)
        if (other != i && strcmp(names->names.at[other], names->names.at[i]) == 0)
            return true;
    return false;
}

void tree_names_check(struct tree_names *names)
{
    struct arena *arena = names->tree->arena;
    for (size_t i = 0; i < names->names.count; i++)
        if (is_twice(names, i)) {
            *vec_add(arena, &names->action->assigned_twice) =
                (struct object_name){NULL, tree_copy(names->tree, names->names.at[i])};
            *vec_add(arena, &names->action->assigned_at) = names->places.at[i];
        }
}

static void check_targets(const struct tree *tree, struct action *action, const List *targets)
{
    struct tree_names names = {.tree = tree, .action = action};
    ListCell *cell;
    foreach (cell, targets) {
        const ResTarget *target = lfirst_node(ResTarget, cell);
        if (target->indirection == NIL) /* parts of an array or a composite may be several */
            tree_names_add(&names, target->name, tree_at(tree, target->location));
    }
    tree_names_check(&names);
}

void tree_writes_twice(const struct tree *tree, struct action *action, const Node *query)
{
    ListCell *cell;
    switch (nodeTag(query)) {
    case T_InsertStmt:
        check_targets(tree, action, ((const InsertStmt *)query)->cols);
        if (((const InsertStmt *)query)->onConflictClause != NULL)
            check_targets(tree, action, ((const InsertStmt *)query)->onConflictClause->targetList);
        break;
    case T_UpdateStmt:
        check_targets(tree, action, ((const UpdateStmt *)query)->targetList);
        break;
    case T_MergeStmt:
        foreach (cell, ((const MergeStmt *)query)->mergeWhenClauses)
            check_targets(tree, action, lfirst_node(MergeWhenClause, cell)->targetList);
        break;
    default:
        break;
    }
}

void tree_outputs_twice(const struct tree *tree, struct action *action, const Node *query)
{
    struct tree_names names = {.tree = tree, .action = action};
    ListCell *cell;
    if (query == NULL || !IsA(query, SelectStmt))
        return;
    const SelectStmt *select = (const SelectStmt *)query;
    while (select->op != SETOP_NONE)
        select = select->larg;
    foreach (cell, select->targetList) {
        const ResTarget *target = lfirst_node(ResTarget, cell);
        tree_names_add(&names, target->name != NULL ? target->name : tree_output_name(target->val),
                       tree_at(tree, target->location));
    }
    tree_names_check(&names);
}
