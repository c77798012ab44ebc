/* Transaction control and settings. */
#include "sql/tree.h"

#include <string.h>

static void transaction(struct tree *tree, const TransactionStmt *statement)
{
    static const enum action_kind kinds[] = {
        [TRANS_STMT_BEGIN] = ACTION_BEGIN,
        [TRANS_STMT_START] = ACTION_BEGIN,
        [TRANS_STMT_COMMIT] = ACTION_COMMIT,
        [TRANS_STMT_ROLLBACK] = ACTION_ROLLBACK,
        [TRANS_STMT_SAVEPOINT] = ACTION_SAVEPOINT,
        [TRANS_STMT_RELEASE] = ACTION_RELEASE,
        [TRANS_STMT_ROLLBACK_TO] = ACTION_ROLLBACK_TO,
        [TRANS_STMT_PREPARE] = ACTION_OTHER,
        [TRANS_STMT_COMMIT_PREPARED] = ACTION_OTHER,
        [TRANS_STMT_ROLLBACK_PREPARED] = ACTION_OTHER,
    };
    struct action *action = tree_add(tree, kinds[statement->kind], OBJECT_NONE);
    action->name.name = tree_copy(tree, statement->savepoint_name);
    action->flags |= statement->chain ? FLAG_CHAIN : 0U;
}

static void set_variable(struct tree *tree, const VariableSetStmt *statement)
{
    if (statement->kind == VAR_SET_MULTI || statement->kind == VAR_SET_CURRENT) {
        tree_add(tree, ACTION_OTHER, OBJECT_NONE);
        return;
    }
    struct action *action = tree_add(tree, ACTION_SET, OBJECT_NONE);
    action->name.name = tree_copy(tree, statement->name);
    action->flags |= statement->is_local ? FLAG_LOCAL : 0U;
    action->flags |= statement->kind != VAR_SET_VALUE ? FLAG_RESET : 0U;
    action->flags |= statement->kind == VAR_RESET_ALL ? FLAG_ALL : 0U;
    ListCell *cell;
    foreach (cell, statement->args) {
        bool known;
        const char *value = tree_constant(tree, lfirst(cell), &known);
        if (value == NULL)
            continue;
        *vec_add(tree->arena, &action->names) = value;
        action->text = action->text == NULL ? value : arena_printf(tree->arena, "%s, %s", action->text, value);
    }
}

/* The names of a search_path that is given as one text, folded as the server folds them. */
static void split_names(struct tree *tree, struct strings *names, const char *text)
{
    while (*text != 0) {
        text += strspn(text, " \t\r\n,");
        bool quoted = *text == '"';
        const char *begin = text + quoted;
        size_t length = quoted ? strcspn(begin, "\"") : strcspn(begin, " \t\r\n,");
        if (length > 0) {
            char *name = arena_strndup(tree->arena, begin, length);
            for (char *at = name; !quoted && *at != 0; at++)
                *at = *at >= 'A' && *at <= 'Z' ? (char)(*at - 'A' + 'a') : *at;
            *vec_add(tree->arena, names) = name;
        }
        text = begin + length + (quoted && begin[length] == '"');
    }
}

void tree_set_config(struct tree *tree, const FuncCall *function)
{
    if (list_length(function->args) != 3 || strcmp(strVal(llast(function->funcname)), "set_config") != 0)
        return;
    bool known[3];
    const char *name = tree_constant(tree, linitial(function->args), &known[0]);
    const char *value = tree_constant(tree, lsecond(function->args), &known[1]);
    const char *local = tree_constant(tree, lthird(function->args), &known[2]);
    if (name == NULL || !known[1] || local == NULL)
        return;
    struct action *action = tree_add(tree, ACTION_SET, OBJECT_NONE);
    action->at = tree_at(tree, function->location);
    action->name.name = name;
    action->text = value;
    action->flags |= strcmp(local, "true") == 0 || strcmp(local, "t") == 0 ? FLAG_LOCAL : 0U;
    action->flags |= value == NULL ? FLAG_RESET : 0U;
    if (value == NULL)
        return;
    if (strcasecmp(name, "search_path") == 0)
        split_names(tree, &action->names, value);
    else
        *vec_add(tree->arena, &action->names) = value;
}

bool tree_session(struct tree *tree, Node *node)
{
    switch (nodeTag(node)) {
    case T_TransactionStmt:
        transaction(tree, (const TransactionStmt *)node);
        return true;
    case T_VariableSetStmt:
        set_variable(tree, (const VariableSetStmt *)node);
        return true;
    case T_DiscardStmt: /* ALL resets all settings, too */
        if (((const DiscardStmt *)node)->target != DISCARD_ALL)
            return false;
        tree_add(tree, ACTION_SET, OBJECT_NONE)->flags |= FLAG_RESET | FLAG_ALL;
        return true;
    default:
        return false;
    }
}
