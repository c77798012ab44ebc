/* What DO blocks and functions hold, as actions behind theirs. */
#include "sql/plpgsql.h"
#include "sql/tree.h"

#include <string.h>

/* Bodies in texts of bodies; nobody goes deeper, and each level is on the stack. */
enum { DEEPEST = 8 };

static enum action_place place_of(const struct tree *tree, bool branch)
{
    enum action_place outer = tree->common.place;
    if (outer == PLACE_STATEMENT || outer == PLACE_DO)
        return branch ? PLACE_BRANCH : PLACE_DO;
    return outer;
}

static void add_unknown(struct tree *tree)
{
    tree_add(tree, ACTION_EXECUTE, OBJECT_NONE);
}

/* Where a string's text stands in the text as it is read, from `from` on; false: it is written in another way. */
static bool find_text(const struct tree *tree, size_t from, size_t to, const char *text, size_t *at)
{
    size_t length = strlen(text);
    if (!tree->located || from > to || to > tree->length || length == 0)
        return false;
    const char *found = memmem(tree->text + from, to - from, text, length);
    if (found != NULL)
        *at = (size_t)(found - tree->text);
    return found != NULL;
}

/* The reading of a text that stands in the one that is read now. */
static struct tree enter(const struct tree *tree, const char *text, size_t from, size_t to)
{
    struct tree inner = *tree;
    inner.nesting++;
    inner.located = find_text(tree, from, to, text, &inner.base);
    inner.end = inner.base + strlen(text);
    return inner;
}

static void read_text(struct tree *tree, const char *sql)
{
    struct action_fault fault;
    if (tree->nesting > DEEPEST || !tree_read(tree, sql, &fault))
        add_unknown(tree);
}

/* EXECUTE 'text': `sql` is SELECT 'text'. */
static void read_dynamic(struct tree *tree, const char *sql, size_t from, size_t to)
{
    char *text = NULL;
    MemoryContext context = pg_query_enter_memory_context();
    PgQueryInternalParsetreeAndError result = tree_parse(sql);
    if (result.error == NULL && list_length(result.tree) == 1) {
        const SelectStmt *select = (const SelectStmt *)linitial_node(RawStmt, result.tree)->stmt;
        if (IsA(select, SelectStmt) && list_length(select->targetList) == 1)
            text = tree_dynamic(tree->arena, linitial_node(ResTarget, select->targetList)->val);
    }
    if (result.error != NULL)
        pg_query_free_error(result.error);
    free(result.stderr_buffer);
    pg_query_exit_memory_context(context);
    struct tree inner = enter(tree, text == NULL ? "" : text, from, to);
    if (text == NULL)
        add_unknown(&inner);
    else
        read_text(&inner, text);
}

/* An expression that reads no table is nobody's concern. */
static void read_expression(struct tree *tree, const char *sql)
{
    struct action_fault fault;
    size_t count = tree->actions->count;
    if (tree_read(tree, sql, &fault) && tree->actions->count == count + 1 && tree->actions->at[count].uses.count == 0)
        tree->actions->count = count;
}

static void read_part(const struct tree *body, const struct plpgsql_part *part)
{
    struct tree tree = *body;
    tree.common.place = place_of(body, part->branch);
    tree.common.branch = body->common.branch || part->branch;
    tree.common.at = body->located ? body->base + part->start : body->common.at;
    tree.base = body->base + part->base;
    size_t from = body->base + part->start, to = body->base + part->end;
    tree.end = to;
    if (part->kind == PLPGSQL_EXECUTE)
        read_dynamic(&tree, part->sql, from, to);
    else if (part->kind == PLPGSQL_EXPRESSION)
        read_expression(&tree, part->sql);
    else
        read_text(&tree, part->sql);
}

static void read_plpgsql(struct tree *tree, const char *body)
{
    struct arena scratch = {0};
    struct plpgsql_parts parts = {0};
    bool whole = tree->nesting <= DEEPEST && plpgsql_read(&scratch, body, strlen(body), &parts);
    vec_each(part, &parts)
        read_part(tree, part);
    if (!whole)
        add_unknown(tree);
    arena_release(&scratch);
}

static const char *text_of(const Node *node)
{
    if (node != NULL && IsA(node, List))
        node = linitial((const List *)node);
    return node != NULL && IsA(node, String) ? strVal(node) : NULL;
}

static const char *option_text(const List *options, const char *name)
{
    const DefElem *option = tree_option(options, name);
    return option == NULL ? NULL : text_of(option->arg);
}

static bool is_language(const char *language, const char *name)
{
    return language != NULL && strcasecmp(language, name) == 0;
}

/* The reading of the string behind AS. */
static struct tree enter_body(const struct tree *tree, const DefElem *as, const char *body)
{
    size_t end = tree->common.start + tree->common.length;
    return enter(tree, body, as == NULL ? end : tree_at(tree, as->location), end);
}

void tree_do(struct tree *tree, const DoStmt *statement)
{
    const char *language = option_text(statement->args, "language");
    const char *body = option_text(statement->args, "as");
    tree_add(tree, ACTION_DO, OBJECT_NONE)->text = language == NULL ? "plpgsql" : tree_copy(tree, language);
    struct tree inner = enter_body(tree, tree_option(statement->args, "as"), body == NULL ? "" : body);
    inner.common.place = place_of(tree, false);
    if (body != NULL && (language == NULL || is_language(language, "plpgsql")))
        read_plpgsql(&inner, body);
    else
        add_unknown(&inner);
}

/* BEGIN ATOMIC … END, or RETURN. */
static void read_atomic(struct tree *tree, Node *node)
{
    ListCell *outer, *cell;
    if (IsA(node, ReturnStmt)) {
        tree_walk(tree, ((ReturnStmt *)node)->returnval, tree_add(tree, ACTION_SELECT, OBJECT_NONE));
        return;
    }
    if (!IsA(node, List))
        return;
    foreach (outer, (List *)node) {
        if (lfirst(outer) == NULL || !IsA(lfirst(outer), List))
            continue;
        foreach (cell, (List *)lfirst(outer)) {
            Node *statement = lfirst(cell);
            if (statement != NULL && IsA(statement, ReturnStmt))
                tree_walk(tree, ((ReturnStmt *)statement)->returnval, tree_add(tree, ACTION_SELECT, OBJECT_NONE));
            else if (statement != NULL)
                tree_statement(tree, statement);
        }
    }
}

/* What a function's statements use is what it uses. */
static void collect_uses(struct tree *tree, size_t function)
{
    struct relation_uses uses = {0};
    for (size_t i = function + 1; i < tree->actions->count; i++) {
        const struct action *action = &tree->actions->at[i];
        if (action->lock == LOCK_ROW_EXCLUSIVE && action->name.name != NULL)
            *vec_add(tree->arena, &uses) = (struct relation_use){action->name, action->name_at, action->lock};
        vec_each(use, &action->uses)
            *vec_add(tree->arena, &uses) = *use;
    }
    tree->actions->at[function].uses = uses;
}

void tree_function_body(struct tree *tree, const CreateFunctionStmt *statement, size_t function)
{
    const char *language = tree->actions->at[function].text;
    const char *body = option_text(statement->options, "as");
    struct tree inner = enter_body(tree, tree_option(statement->options, "as"), body == NULL ? "" : body);
    inner.common.place = PLACE_BODY;
    inner.common.body_of = tree->actions->at[function].name;
    if (statement->sql_body != NULL) {
        inner.base = tree->base;
        inner.located = tree->located;
        read_atomic(&inner, statement->sql_body);
        body = NULL;
    }
    if (body != NULL && is_language(language, "plpgsql"))
        read_plpgsql(&inner, body);
    else if (body != NULL && is_language(language, "sql"))
        read_text(&inner, body);
    collect_uses(tree, function);
}
