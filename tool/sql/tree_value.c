/* Constants of the parse tree as text. */
#include "sql/tree.h"

#include <string.h>

static const char *literal(const struct tree *tree, const A_Const *constant)
{
    const Node *value = (const Node *)&constant->val;
    switch (nodeTag(value)) {
    case T_Integer:
        return arena_printf(tree->arena, "%d", intVal(value));
    case T_Float:
        return tree_copy(tree, ((const Float *)value)->fval);
    case T_Boolean:
        return boolVal(value) ? "true" : "false";
    case T_String:
        return tree_copy(tree, strVal(value));
    case T_BitString:
        return tree_copy(tree, ((const BitString *)value)->bsval);
    default:
        return NULL;
    }
}

static bool is_sign(const Node *node, char sign)
{
    const A_Expr *expression = (const A_Expr *)node;
    return IsA(node, A_Expr) && expression->kind == AEXPR_OP && expression->lexpr == NULL &&
           list_length(expression->name) == 1 && strVal(linitial(expression->name))[0] == sign &&
           strVal(linitial(expression->name))[1] == 0;
}

const A_Const *tree_literal(const Node *node, bool *negative)
{
    *negative = false;
    for (int depth = 0; node != NULL && depth < 100; depth++) {
        if (IsA(node, TypeCast)) {
            node = ((const TypeCast *)node)->arg;
        } else if (is_sign(node, '-') || is_sign(node, '+')) {
            *negative ^= is_sign(node, '-');
            node = ((const A_Expr *)node)->rexpr;
        } else {
            break;
        }
    }
    return node != NULL && IsA(node, A_Const) ? (const A_Const *)node : NULL;
}

const char *tree_constant(const struct tree *tree, const Node *node, bool *known)
{
    bool negative;
    const A_Const *constant = tree_literal(node, &negative);
    *known = constant != NULL;
    if (constant == NULL || constant->isnull)
        return NULL;
    const char *text = literal(tree, constant);
    return negative ? arena_printf(tree->arena, "-%s", text) : text;
}

const char *tree_string(const Node *node)
{
    bool negative;
    const A_Const *constant = tree_literal(node, &negative);
    return constant != NULL && !constant->isnull && IsA(&constant->val, String) ? strVal(&constant->val) : NULL;
}
