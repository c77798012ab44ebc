/* What an expression of the parse tree says. */
#include "sql/tree.h"

#include <string.h>

static int smaller(int a, int b)
{
    return a < 0 || (b >= 0 && b < a) ? b : a;
}

/* One step to the left, and where the node says that it is. */
static const Node *leftmost(const Node *node, int *location)
{
    switch (nodeTag(node)) {
    case T_A_Expr:
        *location = ((const A_Expr *)node)->location;
        return ((const A_Expr *)node)->lexpr;
    case T_TypeCast:
        *location = smaller(((const TypeCast *)node)->location, ((const TypeCast *)node)->typeName->location);
        return ((const TypeCast *)node)->arg;
    case T_BoolExpr:
        *location = ((const BoolExpr *)node)->location;
        return linitial(((const BoolExpr *)node)->args);
    case T_NullTest:
        *location = ((const NullTest *)node)->location;
        return (const Node *)((const NullTest *)node)->arg;
    case T_BooleanTest:
        *location = ((const BooleanTest *)node)->location;
        return (const Node *)((const BooleanTest *)node)->arg;
    case T_SubLink:
        *location = ((const SubLink *)node)->location;
        return ((const SubLink *)node)->testexpr;
    case T_CollateClause:
        *location = ((const CollateClause *)node)->location;
        return ((const CollateClause *)node)->arg;
    case T_A_Indirection:
        return ((const A_Indirection *)node)->arg;
    case T_FuncCall:
        *location = ((const FuncCall *)node)->location;
        return ((const FuncCall *)node)->args == NIL ? NULL : linitial(((const FuncCall *)node)->args);
    case T_ColumnRef:
    case T_ParamRef:
    case T_A_Const:
    case T_A_ArrayExpr:
    case T_CaseExpr:
    case T_CoalesceExpr:
    case T_MinMaxExpr:
    case T_RowExpr:
    case T_SQLValueFunction:
        *location = exprLocation(node); /* of others it recurses */
        return NULL;
    default:
        return NULL;
    }
}

int tree_location(const Node *node)
{
    int result = -1;
    while (node != NULL) {
        int location = -1;
        node = leftmost(node, &location);
        result = smaller(result, location);
    }
    return result;
}

static bool is_constant_array(const Node *node)
{
    while (IsA(node, TypeCast))
        node = ((const TypeCast *)node)->arg;
    if (!IsA(node, A_ArrayExpr))
        return false;
    ListCell *cell;
    bool negative;
    foreach (cell, ((const A_ArrayExpr *)node)->elements) {
        if (tree_literal(lfirst(cell), &negative) == NULL)
            return false;
    }
    return true;
}

/* true and false carry a cast that nobody wrote. */
static const char *written_cast(const struct tree *tree, const Node *node)
{
    if (!IsA(node, TypeCast))
        return NULL;
    const TypeCast *cast = (const TypeCast *)node;
    if (IsA(cast->arg, A_Const) && IsA(&((const A_Const *)cast->arg)->val, Boolean) && cast->location < 0)
        return NULL;
    return tree_name(tree, cast->typeName->names).name;
}

static void read_casts(const struct tree *tree, const Node *node, size_t count, struct expression *expression)
{
    struct type_name *casts = arena_alloc(tree->arena, count * sizeof(*casts));
    for (size_t i = count; i > 0; i--) {
        casts[i - 1] = tree_type(tree, ((const TypeCast *)node)->typeName);
        node = ((const TypeCast *)node)->arg;
    }
    expression->casts = casts;
    expression->cast_count = count;
}

static void read_shape(const struct tree *tree, const Node *node, struct expression *expression)
{
    bool negative;
    const A_Const *literal = tree_literal(node, &negative);
    expression->constant = literal != NULL || is_constant_array(node);
    expression->null = literal != NULL && literal->isnull;
    const Node *inner = node;
    size_t casts = 0;
    for (; IsA(inner, TypeCast); casts++)
        inner = ((const TypeCast *)inner)->arg;
    expression->cast_only = IsA(inner, ColumnRef);
    if (expression->cast_only)
        read_casts(tree, node, casts, expression);
    if (expression->cast_only || expression->constant)
        expression->cast_to = written_cast(tree, node);
}

static const char *column_of(const struct tree *tree, const Node *node)
{
    if (node == NULL || !IsA(node, ColumnRef) || !IsA(llast(((const ColumnRef *)node)->fields), String))
        return NULL;
    return tree_copy(tree, strVal(llast(((const ColumnRef *)node)->fields)));
}

static const List *elements_of(const Node *node)
{
    if (IsA(node, List))
        return (const List *)node;
    while (IsA(node, TypeCast))
        node = ((const TypeCast *)node)->arg;
    return IsA(node, A_ArrayExpr) ? ((const A_ArrayExpr *)node)->elements : NIL;
}

static bool add_comparison(const struct tree *tree, struct comparisons *comparisons, const char *column,
                           const char *operator, const List *values)
{
    struct comparison comparison = {.column = column, .operator = operator};
    ListCell *cell;
    foreach (cell, values) {
        bool known;
        const char *value = tree_constant(tree, lfirst(cell), &known);
        if (!known || value == NULL)
            return false;
        *vec_add(tree->arena, &comparison.values) = value;
    }
    if (column == NULL || operator == NULL)
        return false;
    *vec_add(tree->arena, comparisons) = comparison;
    return true;
}

/* Our own text of an operator, and what it is with its sides changed. */
static const char *operator_of(const A_Expr *expression, bool turned)
{
    static const char *const operators[][2] = {{"=", "="}, {"<>", "<>"}, {"<", ">"}, {"<=", ">="}, {">", "<"},
                                             {">=", "<="}};
    for (size_t i = 0; i < sizeof(operators) / sizeof(*operators); i++)
        if (list_length(expression->name) == 1 && strcmp(strVal(linitial(expression->name)), operators[i][0]) == 0)
            return operators[i][turned];
    return NULL;
}

/* "IN" and "NOT IN", which are written with ANY and ALL as well; NULL: with another operator. */
static const char *membership_of(const A_Expr *expression)
{
    const char *operator = operator_of(expression, false);
    if (operator != NULL && strcmp(operator, "=") == 0 && expression->kind != AEXPR_OP_ALL)
        return "IN";
    return operator != NULL && strcmp(operator, "<>") == 0 && expression->kind != AEXPR_OP_ANY ? "NOT IN" : NULL;
}

static bool add_operator(const struct tree *tree, struct comparisons *comparisons, const A_Expr *expression)
{
    bool turned = expression->lexpr != NULL && !IsA(expression->lexpr, ColumnRef);
    const char *column = column_of(tree, turned ? expression->rexpr : expression->lexpr);
    union ListCell cell = {.ptr_value = turned ? expression->lexpr : expression->rexpr};
    List value = {.type = T_List, .length = 1, .max_length = 1, .elements = &cell};
    switch (expression->kind) {
    case AEXPR_OP:
        return add_comparison(tree, comparisons, column, operator_of(expression, turned), &value);
    case AEXPR_IN:
    case AEXPR_OP_ANY:
    case AEXPR_OP_ALL: {
        const List *values = elements_of(expression->rexpr);
        const char *membership = membership_of(expression);
        return values != NIL && add_comparison(tree, comparisons, column, membership, values);
    }
    case AEXPR_BETWEEN: {
        union ListCell to = {.ptr_value = lsecond((List *)expression->rexpr)};
        List upper = {.type = T_List, .length = 1, .max_length = 1, .elements = &to};
        cell.ptr_value = linitial((List *)expression->rexpr);
        return add_comparison(tree, comparisons, column, ">=", &value) &&
               add_comparison(tree, comparisons, column, "<=", &upper);
    }
    default:
        return false;
    }
}

static bool add_conjunct(const struct tree *tree, struct comparisons *comparisons, const Node *node, int depth)
{
    if (IsA(node, BoolExpr) && ((const BoolExpr *)node)->boolop == AND_EXPR && depth < 50) {
        bool all = true;
        ListCell *cell;
        foreach (cell, ((const BoolExpr *)node)->args)
            all &= add_conjunct(tree, comparisons, lfirst(cell), depth + 1);
        return all;
    }
    if (IsA(node, A_Expr))
        return add_operator(tree, comparisons, (const A_Expr *)node);
    bool negated = false;
    for (; IsA(node, BoolExpr) && ((const BoolExpr *)node)->boolop == NOT_EXPR && depth < 50; depth++) {
        negated = !negated;
        node = linitial(((const BoolExpr *)node)->args);
    }
    if (!IsA(node, NullTest))
        return false;
    const NullTest *test = (const NullTest *)node;
    return add_comparison(tree, comparisons, column_of(tree, (const Node *)test->arg),
                          (test->nulltesttype == IS_NULL) != negated ? "IS NULL" : "IS NOT NULL", NIL);
}

static bool add_disjunct(const struct tree *tree, struct comparisons *comparisons, const Node *node, int depth)
{
    bool all = true;
    ListCell *cell;
    if (!IsA(node, BoolExpr) || ((const BoolExpr *)node)->boolop != OR_EXPR || depth >= 50) {
        size_t before = comparisons->count;
        return add_conjunct(tree, comparisons, node, depth) && comparisons->count == before + 1;
    }
    foreach (cell, ((const BoolExpr *)node)->args)
        all = all && add_disjunct(tree, comparisons, lfirst(cell), depth + 1);
    return all;
}

struct expression *tree_expression(struct tree *tree, Node *node)
{
    if (node == NULL)
        return NULL;
    struct expression *expression = arena_new(tree->arena, struct expression);
    expression->at = tree_at(tree, tree_location(node));
    read_shape(tree, node, expression);
    tree_walk_expression(tree, node, expression);
    expression->only_comparisons = add_conjunct(tree, &expression->all_of, node, 0);
    bool either = IsA(node, BoolExpr) && ((const BoolExpr *)node)->boolop == OR_EXPR;
    if (either && !add_disjunct(tree, &expression->any_of, node, 0))
        expression->any_of.count = 0;
    return expression;
}

struct expression *tree_written(struct tree *tree, Node *node, enum written_part part, size_t at)
{
    struct expression *expression = tree_expression(tree, node);
    size_t end = tree->end > 0 ? tree->end : tree->common.start + tree->common.length;
    if (expression != NULL && tree->located && at < end)
        expression->text = written(tree->arena, part, tree->text + at, end - at);
    return expression;
}
