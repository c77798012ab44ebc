/* PREPARE and EXECUTE: the query runs where it is executed. */
#include "sql/tree.h"
#include "sql/tree_read.h"

#include <string.h>

static struct prepared_query *find(const struct tree *tree, const char *name)
{
    for (size_t i = tree->prepared->count; name != NULL && i > 0; i--)
        if (tree->prepared->at[i - 1].name != NULL && strcmp(tree->prepared->at[i - 1].name, name) == 0)
            return &tree->prepared->at[i - 1];
    return NULL;
}

/* PREPARE itself only takes the locks of planning it. */
static void prepare(struct tree *tree, const PrepareStmt *statement)
{
    tree_walk_uses(tree, statement->query, tree_add(tree, ACTION_OTHER, OBJECT_NONE));
    struct prepared_query query = {.name = tree_copy(tree, statement->name)};
    struct actions *actions = tree->actions;
    tree->actions = &query.actions;
    tree_statement(tree, statement->query);
    tree->actions = actions;
    *vec_add(tree->arena, tree->prepared) = query;
}

static void execute(struct tree *tree, const ExecuteStmt *statement)
{
    const struct prepared_query *query = find(tree, statement->name);
    if (query == NULL) {
        tree_add(tree, ACTION_EXECUTE, OBJECT_NONE)->name.name = tree_copy(tree, statement->name);
        return;
    }
    vec_each(prepared, &query->actions) {
        struct action action = *prepared, *here = tree_add(tree, prepared->kind, prepared->object);
        action.place = here->place;
        action.statement = here->statement;
        action.at = action.name_at = here->at;
        action.start = here->start;
        action.length = here->length;
        action.body_of = here->body_of;
        *here = action;
    }
}

static void deallocate(struct tree *tree, const char *name)
{
    tree_add(tree, ACTION_OTHER, OBJECT_OTHER);
    vec_each(query, tree->prepared)
        if (name == NULL || (query->name != NULL && strcmp(query->name, name) == 0))
            query->name = NULL;
}

bool tree_prepared(struct tree *tree, Node *node)
{
    switch (nodeTag(node)) {
    case T_PrepareStmt: prepare(tree, (const PrepareStmt *)node); return true;
    case T_ExecuteStmt: execute(tree, (const ExecuteStmt *)node); return true;
    case T_DeallocateStmt: deallocate(tree, ((const DeallocateStmt *)node)->name); return true;
    default: return false;
    }
}
