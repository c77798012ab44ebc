#include "sql/tree_read.h"

#include "sql/excerpt.h"
#include "sql/tree.h"

#include <string.h>

static bool has_definition(enum action_kind kind)
{
    static const enum action_kind kinds[] = {
        ACTION_CREATE_FUNCTION, ACTION_ALTER_FUNCTION, ACTION_CREATE_TRIGGER, ACTION_CREATE_POLICY, ACTION_CREATE_SEQUENCE,
        ACTION_ALTER_SEQUENCE, ACTION_CREATE_DOMAIN, ACTION_ALTER_DOMAIN_SET_NOT_NULL, ACTION_ALTER_DOMAIN_DROP_NOT_NULL,
        ACTION_ALTER_DOMAIN_ADD_CONSTRAINT, ACTION_ALTER_DOMAIN_OTHER, ACTION_CREATE_TYPE};
    for (size_t i = 0; i < sizeof(kinds) / sizeof(*kinds); i++)
        if (kinds[i] == kind)
            return true;
    return false;
}

/* What a statement of the text itself says behind the name. */
static void set_definition(const struct tree *tree, struct action *action, const Node *node)
{
    action->procedure = IsA(node, CreateFunctionStmt) && ((const CreateFunctionStmt *)node)->is_procedure;
    if (tree->located && has_definition(action->kind))
        action->definition = excerpt_definition(tree->arena, tree->text + action->start, action->length);
}

static void read_statement(struct tree *tree, const char *sql, size_t length, const RawStmt *raw)
{
    size_t begin = (size_t)raw->stmt_location;
    size_t end = raw->stmt_len > 0 ? begin + (size_t)raw->stmt_len : length;
    begin = tree_skip_blank(sql, begin, end);
    while (end > begin && strchr(" \t\n\r\f\v;", sql[end - 1]) != NULL)
        end--;
    size_t outer = tree->common.at;
    if (tree->located)
        tree->common.at = tree->base + begin;
    if (tree->nesting == 0) {
        tree->common.start = tree->common.at;
        tree->common.length = end - begin;
    }
    size_t first = tree->actions->count;
    tree_statement(tree, raw->stmt);
    if (tree->nesting == 0 && tree->actions->count > first)
        set_definition(tree, &tree->actions->at[first], raw->stmt);
    if (tree->nesting == 0)
        tree->common.statement++;
    tree->common.at = outer;
}

/* libpg_query counts characters from 1. */
static size_t byte_offset(const char *sql, int position)
{
    size_t at = 0;
    for (int i = 1; i < position && sql[at] != 0; i++)
        do
            at++;
        while (((unsigned char)sql[at] & 0xC0) == 0x80);
    return at;
}

PgQueryInternalParsetreeAndError tree_parse(const char *sql)
{
#ifdef PG_QUERY_PARSE_MODE_BITS
    return pg_query_raw_parse(sql, PG_QUERY_PARSE_DEFAULT);
#else
    return pg_query_raw_parse(sql); /* before libpg_query 15-4.2.4 */
#endif
}

bool tree_read(struct tree *tree, const char *sql, struct action_fault *fault)
{
    MemoryContext context = pg_query_enter_memory_context();
    PgQueryInternalParsetreeAndError result = tree_parse(sql);
    bool accepted = result.error == NULL;
    if (accepted) {
        size_t length = strlen(sql);
        ListCell *cell;
        foreach (cell, result.tree)
            read_statement(tree, sql, length, lfirst_node(RawStmt, cell));
    } else {
        *fault = (struct action_fault){tree->base + byte_offset(sql, result.error->cursorpos),
                                       arena_strdup(tree->arena, result.error->message), NULL};
        pg_query_free_error(result.error);
    }
    free(result.stderr_buffer);
    pg_query_exit_memory_context(context);
    return accepted;
}

bool tree_read_piece(struct tree_reading *reading, size_t base, const char *sql, struct action_fault *fault)
{
    struct tree tree = {.arena = reading->arena, .actions = reading->actions, .text = reading->text,
                        .length = reading->length, .common.statement = reading->statement, .base = base, .located = true,
                        .prepared = &reading->prepared};
    bool accepted = tree_read(&tree, sql, fault);
    reading->statement = tree.common.statement;
    return accepted;
}
