/*
 * What a query or an expression mentions: relations, functions, columns.
 *
 * raw_expression_tree_walker has no guard for the stack; the depth is counted here, and what lies deeper is not
 * looked at.
 */
#include "sql/tree.h"

#include <string.h>

enum { DEEPEST = 500 };

/* Names of WITH that hide relations, innermost first. */
struct scope {
    const char *name;
    const struct scope *up;
};

struct walk {
    struct tree *tree;
    struct expression *expression;   /* of an expression; NULL: of a query */
    struct action *action;           /* NULL: relations are not asked for */
    struct calls *calls;             /* NULL: functions are not asked for */
    const struct scope *scope;
    const RangeVar *target;          /* of the INSERT, UPDATE … at hand: it is known already */
    const List *locking;             /* FOR UPDATE and its like of the SELECT at hand */
    bool writes;                     /* what it writes is a use too; else only what its parts write */
    int depth;
};

static bool walk(Node *node, void *context);

static struct call *add_call(const struct walk *walking, const char *schema, const char *name, int location)
{
    struct call *call = vec_add(walking->tree->arena, walking->calls);
    *call = (struct call){.schema = schema, .name = name, .at = tree_at(walking->tree, location), .constant_arguments = true};
    return call;
}

static void add_function(const struct walk *walking, const FuncCall *function)
{
    struct object_name name = tree_name(walking->tree, function->funcname);
    struct call *call = add_call(walking, name.schema, name.name, function->location);
    call->arguments = list_length(function->args);
    ListCell *cell;
    foreach (cell, function->args) {
        bool negative;
        call->constant_arguments &= tree_literal(lfirst(cell), &negative) != NULL;
    }
    if (function->args != NIL)
        call->first = tree_copy(walking->tree, tree_string(linitial(function->args)));
}

static const char *value_function(SQLValueFunctionOp op)
{
    switch (op) {
    case SVFOP_CURRENT_ROLE:
    case SVFOP_CURRENT_USER:
    case SVFOP_USER:
        return "current_user";
    case SVFOP_SESSION_USER:
        return "session_user";
    case SVFOP_CURRENT_CATALOG:
        return "current_database";
    case SVFOP_CURRENT_SCHEMA:
        return "current_schema";
    default:
        return "now";
    }
}

static void add_column(const struct walk *walking, const ColumnRef *reference)
{
    const Node *last = llast(reference->fields);
    if (!IsA(last, String))
        return;
    vec_each(column, &walking->expression->columns)
        if (strcmp(*column, strVal(last)) == 0)
            return;
    *vec_add(walking->tree->arena, &walking->expression->columns) = tree_copy(walking->tree, strVal(last));
}

static void add_use(const struct walk *walking, const RangeVar *range, enum lock_mode lock)
{
    *vec_add(walking->tree->arena, &walking->action->uses) = (struct relation_use){
        tree_relation(walking->tree, range), tree_at(walking->tree, range->location), lock};
}

static bool is_of_with(const struct walk *walking, const RangeVar *range)
{
    if (range->schemaname == NULL)
        for (const struct scope *scope = walking->scope; scope != NULL; scope = scope->up)
            if (strcmp(scope->name, range->relname) == 0)
                return true;
    return false;
}

/* Does FOR UPDATE … [OF …] mean this one? */
static bool is_locked(const struct walk *walking, const RangeVar *range)
{
    const char *name = range->alias != NULL ? range->alias->aliasname : range->relname;
    ListCell *clause, *one;
    foreach (clause, walking->locking) {
        const List *relations = lfirst_node(LockingClause, clause)->lockedRels;
        if (relations == NIL)
            return true;
        foreach (one, relations) {
            if (strcmp(lfirst_node(RangeVar, one)->relname, name) == 0)
                return true;
        }
    }
    return false;
}

static void walk_relation(struct walk *walking, const RangeVar *range)
{
    if (walking->action != NULL && range != walking->target && !is_of_with(walking, range))
        add_use(walking, range, is_locked(walking, range) ? LOCK_ROW_SHARE : LOCK_ACCESS_SHARE);
}

/* The members of WITH: each sees those before it, and all see all when it is RECURSIVE. */
static void walk_with(struct walk *walking, const WithClause *with, struct scope *scopes)
{
    int count = 0;
    ListCell *cell;
    if (with->recursive)
        foreach (cell, with->ctes) {
            scopes[count] = (struct scope){lfirst_node(CommonTableExpr, cell)->ctename, walking->scope};
            walking->scope = &scopes[count++];
        }
    foreach (cell, with->ctes) {
        const CommonTableExpr *member = lfirst_node(CommonTableExpr, cell);
        walk(member->ctequery, walking);
        if (with->recursive)
            continue;
        scopes[count] = (struct scope){member->ctename, walking->scope};
        walking->scope = &scopes[count++];
    }
}

/* A query, in which names of WITH hide relations.  `target` is the relation that it writes. */
static void walk_query(struct walk *walking, Node *node, const WithClause *with, const RangeVar *target,
                       const List *locking)
{
    struct walk outer = *walking;
    struct arena scratch = {0};
    if (walking->action != NULL)
        tree_writes_twice(walking->tree, walking->action, node);
    if (with != NULL)
        walk_with(walking, with, arena_alloc(&scratch, sizeof(struct scope) * (size_t)list_length(with->ctes)));
    if (target != NULL && walking->action != NULL && (walking->writes || outer.depth > 1))
        add_use(walking, target, LOCK_ROW_EXCLUSIVE);
    walking->target = target;
    walking->locking = locking;
    raw_expression_tree_walker(node, walk, walking);
    walking->scope = outer.scope;
    walking->target = outer.target;
    walking->locking = outer.locking;
    arena_release(&scratch);
}

static void mention(struct walk *walking, const char *name)
{
    struct strings *mentions = &walking->action->mentions;
    vec_each(one, mentions)
        if (strcmp(*one, name) == 0)
            return;
    *vec_add(walking->tree->arena, mentions) = tree_copy(walking->tree, name);
}

/* What a view stands on, down to the columns. */
static void mention_columns(struct walk *walking, const Node *node)
{
    const struct action *action = walking->action;
    ListCell *cell;
    if (action == NULL || (action->kind != ACTION_CREATE_VIEW && action->kind != ACTION_CREATE_MATERIALIZED_VIEW))
        return;
    if (IsA(node, ColumnRef)) {
        const Node *last = llast(((const ColumnRef *)node)->fields);
        mention(walking, IsA(last, String) ? strVal(last) : "*");
    } else {
        if (((const JoinExpr *)node)->isNatural)
            mention(walking, "*");
        foreach (cell, ((const JoinExpr *)node)->usingClause)
            mention(walking, strVal(lfirst(cell)));
    }
}

/* True: nothing below it is left to look at. */
static bool walk_node(Node *node, struct walk *walking)
{
    switch (nodeTag(node)) {
    case T_JoinExpr:
        mention_columns(walking, node);
        return false;
    case T_ColumnRef:
        mention_columns(walking, node);
        if (walking->expression != NULL)
            add_column(walking, (const ColumnRef *)node);
        return true;
    case T_FuncCall:
        if (walking->calls != NULL)
            add_function(walking, (const FuncCall *)node);
        return false;
    case T_SQLValueFunction:
        if (walking->calls != NULL)
            add_call(walking, "pg_catalog", value_function(((const SQLValueFunction *)node)->op),
                     ((const SQLValueFunction *)node)->location);
        return true;
    case T_SubLink:
        if (walking->expression == NULL)
            return false;
        walking->expression->opaque = true;
        walk(((SubLink *)node)->testexpr, walking); /* the query's columns are of other tables */
        return true;
    case T_RangeVar:
        walk_relation(walking, (const RangeVar *)node);
        return true;
    case T_WithClause:
    case T_IntoClause:
    case T_LockingClause:
    case T_TypeName:
        return true;
    case T_SelectStmt:
        walk_query(walking, node, ((SelectStmt *)node)->withClause, NULL, ((SelectStmt *)node)->lockingClause);
        return true;
    case T_InsertStmt:
        walk_query(walking, node, ((InsertStmt *)node)->withClause, ((InsertStmt *)node)->relation, NIL);
        return true;
    case T_UpdateStmt:
        walk_query(walking, node, ((UpdateStmt *)node)->withClause, ((UpdateStmt *)node)->relation, NIL);
        return true;
    case T_DeleteStmt:
        walk_query(walking, node, ((DeleteStmt *)node)->withClause, ((DeleteStmt *)node)->relation, NIL);
        return true;
    case T_MergeStmt:
        walk_query(walking, node, ((MergeStmt *)node)->withClause, ((MergeStmt *)node)->relation, NIL);
        return true;
    default:
        return false;
    }
}

/* True would end the walk; this never says it. */
static bool walk(Node *node, void *context)
{
    struct walk *walking = context;
    if (node == NULL)
        return false;
    if (walking->depth >= DEEPEST) {
        if (walking->expression != NULL)
            walking->expression->opaque = true;
        return false;
    }
    walking->depth++;
    if (!walk_node(node, walking))
        raw_expression_tree_walker(node, walk, walking);
    walking->depth--;
    return false;
}

void tree_walk(struct tree *tree, Node *node, struct action *action)
{
    struct walk walking = {.tree = tree, .action = action, .calls = &action->calls};
    walk(node, &walking);
}

void tree_walk_uses(struct tree *tree, Node *node, struct action *action)
{
    struct walk walking = {.tree = tree, .action = action, .writes = true};
    walk(node, &walking);
}

void tree_walk_expression(struct tree *tree, Node *node, struct expression *expression)
{
    struct walk walking = {.tree = tree, .expression = expression, .calls = &expression->calls};
    walk(node, &walking);
}
