/* Any statement of the parse tree: to the reader of its family. */
#include "sql/tree.h"

void tree_statement(struct tree *tree, Node *node)
{
    if (!tree_create_relation(tree, node) && !tree_alter_table(tree, node) && !tree_query(tree, node) &&
        !tree_session(tree, node) && !tree_drop(tree, node) && !tree_maintain(tree, node) && !tree_create(tree, node) &&
        !tree_rename(tree, node) && !tree_alter(tree, node))
        tree_add(tree, ACTION_OTHER, OBJECT_OTHER);
}
