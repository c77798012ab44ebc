/* What DO blocks and functions hold, as actions behind theirs. */
#include "sql/tree.h"

void tree_do(struct tree *tree, const DoStmt *statement)
{
    (void)statement;
    tree_add(tree, ACTION_DO, OBJECT_NONE);
    tree_add(tree, ACTION_EXECUTE, OBJECT_NONE)->place = PLACE_DO;
}

void tree_function_body(struct tree *tree, const CreateFunctionStmt *statement, size_t function)
{
    (void)tree, (void)statement, (void)function;
}
