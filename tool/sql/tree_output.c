/*
 * What the server calls a column of a query that has no AS: FigureColname in its parse_target.c.
 *
 * A name that is found is better than one that is made up, which is better than none.
 */
#include "sql/tree.h"

enum strength { NOTHING, MADE_UP, FOUND };
enum { DEEPEST = 100 };

static enum strength figure(const Node *node, const char **name, int depth);

static enum strength made(enum strength strength, const char **name, const char *text)
{
    *name = text;
    return strength;
}

/* The last name of a list; `*` is none. */
static enum strength last_name(const List *names, const char **name)
{
    const Node *last = names == NIL ? NULL : llast(names);
    return last != NULL && IsA(last, String) ? made(FOUND, name, strVal(last)) : NOTHING;
}

static enum strength figure_cast(const TypeCast *cast, const char **name, int depth)
{
    enum strength strength = figure(cast->arg, name, depth);
    if (strength == FOUND || cast->typeName == NULL || last_name(cast->typeName->names, name) == NOTHING)
        return strength;
    return MADE_UP;
}

static enum strength figure_sublink(const SubLink *link, const char **name, int depth)
{
    const SelectStmt *select = (const SelectStmt *)link->subselect;
    switch (link->subLinkType) {
    case EXISTS_SUBLINK:
        return made(FOUND, name, "exists");
    case ARRAY_SUBLINK:
        return made(FOUND, name, "array");
    case EXPR_SUBLINK:
        if (!IsA(select, SelectStmt) || select->targetList == NIL)
            return NOTHING;
        const ResTarget *target = linitial_node(ResTarget, select->targetList);
        return target->name != NULL ? made(FOUND, name, target->name) : figure(target->val, name, depth);
    default:
        return NOTHING;
    }
}

static enum strength figure_value(const SQLValueFunction *function, const char **name)
{
    static const char *const names[] = {
        [SVFOP_CURRENT_DATE] = "current_date", [SVFOP_CURRENT_TIME] = "current_time",
        [SVFOP_CURRENT_TIME_N] = "current_time", [SVFOP_CURRENT_TIMESTAMP] = "current_timestamp",
        [SVFOP_CURRENT_TIMESTAMP_N] = "current_timestamp", [SVFOP_LOCALTIME] = "localtime",
        [SVFOP_LOCALTIME_N] = "localtime", [SVFOP_LOCALTIMESTAMP] = "localtimestamp",
        [SVFOP_LOCALTIMESTAMP_N] = "localtimestamp", [SVFOP_CURRENT_ROLE] = "current_role",
        [SVFOP_CURRENT_USER] = "current_user", [SVFOP_USER] = "user", [SVFOP_SESSION_USER] = "session_user",
        [SVFOP_CURRENT_CATALOG] = "current_catalog", [SVFOP_CURRENT_SCHEMA] = "current_schema",
    };
    return made(FOUND, name, names[function->op]);
}

static enum strength figure_indirection(const A_Indirection *indirection, const char **name, int depth)
{
    const char *field = NULL;
    ListCell *cell;
    foreach (cell, indirection->indirection)
        if (IsA(lfirst(cell), String))
            field = strVal(lfirst(cell));
    return field != NULL ? made(FOUND, name, field) : figure(indirection->arg, name, depth);
}

static enum strength figure(const Node *node, const char **name, int depth)
{
    if (node == NULL || depth >= DEEPEST)
        return NOTHING;
    switch (nodeTag(node)) {
    case T_ColumnRef:
        return last_name(((const ColumnRef *)node)->fields, name);
    case T_A_Indirection:
        return figure_indirection((const A_Indirection *)node, name, depth + 1);
    case T_FuncCall:
        return last_name(((const FuncCall *)node)->funcname, name);
    case T_A_Expr:
        return ((const A_Expr *)node)->kind == AEXPR_NULLIF ? made(FOUND, name, "nullif") : NOTHING;
    case T_TypeCast:
        return figure_cast((const TypeCast *)node, name, depth + 1);
    case T_CollateClause:
        return figure(((const CollateClause *)node)->arg, name, depth + 1);
    case T_SubLink:
        return figure_sublink((const SubLink *)node, name, depth + 1);
    case T_CaseExpr: {
        const Node *otherwise = (const Node *)((const CaseExpr *)node)->defresult;
        return figure(otherwise, name, depth + 1) == FOUND ? FOUND : made(MADE_UP, name, "case");
    }
    case T_CoalesceExpr:
        return made(FOUND, name, "coalesce");
    case T_MinMaxExpr:
        return made(FOUND, name, ((const MinMaxExpr *)node)->op == IS_GREATEST ? "greatest" : "least");
    case T_A_ArrayExpr:
        return made(FOUND, name, "array");
    case T_RowExpr:
        return made(FOUND, name, "row");
    case T_GroupingFunc:
        return made(FOUND, name, "grouping");
    case T_SQLValueFunction:
        return figure_value((const SQLValueFunction *)node, name);
    default:
        return NOTHING;
    }
}

/* What is not looked into has a name that is not known here. */
static bool is_known(const Node *node)
{
    return !IsA(node, XmlExpr) && !IsA(node, XmlSerialize);
}

const char *tree_output_name(const Node *value)
{
    const char *name = "?column?";
    const Node *last = value != NULL && IsA(value, ColumnRef) ? llast(((const ColumnRef *)value)->fields) : NULL;
    if (value == NULL || !is_known(value) || (last != NULL && IsA(last, A_Star)))
        return NULL;
    figure(value, &name, 0);
    return name;
}
