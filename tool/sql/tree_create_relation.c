/* CREATE of what has rows or stands for them: tables, views, sequences, indexes. */
#include "sql/tree.h"

#include "sql/scan.h"

#include <string.h>

static void set_on_commit(struct action *action, OnCommitAction on_commit)
{
    action->flags |= on_commit == ONCOMMIT_DROP ? FLAG_ON_COMMIT_DROP : 0U;
}

static void read_like(struct tree *tree, struct action *action, const List *elements)
{
    const bits32 all = CREATE_TABLE_LIKE_DEFAULTS | CREATE_TABLE_LIKE_CONSTRAINTS | CREATE_TABLE_LIKE_INDEXES;
    static const struct {
        bits32 bit;
        const char *word;
    } parts[] = {
        {CREATE_TABLE_LIKE_DEFAULTS, "defaults"},   {CREATE_TABLE_LIKE_CONSTRAINTS, "constraints"},
        {CREATE_TABLE_LIKE_INDEXES, "indexes"},     {CREATE_TABLE_LIKE_IDENTITY, "identity"},
        {CREATE_TABLE_LIKE_GENERATED, "generated"},
    };
    ListCell *cell;
    foreach (cell, elements) {
        const TableLikeClause *like = lfirst(cell);
        if (!IsA(like, TableLikeClause))
            continue;
        action->table = tree_relation(tree, like->relation);
        action->flags |= like->options & all ? FLAG_LIKE_ALL : 0U;
        action->names = (struct strings){0};
        for (size_t i = 0; i < sizeof(parts) / sizeof(*parts); i++)
            if (like->options & parts[i].bit)
                *vec_add(tree->arena, &action->names) = parts[i].word;
    }
}

static void read_parents(struct tree *tree, struct action *action, const CreateStmt *statement)
{
    ListCell *cell;
    if (statement->partbound != NULL && statement->inhRelations != NIL) {
        action->table = tree_relation(tree, linitial(statement->inhRelations));
        tree_partition_bound(tree, action, statement->partbound);
        return;
    }
    foreach (cell, statement->inhRelations)
        *vec_add(tree->arena, &action->parents) = tree_relation(tree, lfirst(cell));
}

static char partition_strategy(const PartitionSpec *spec)
{
#if PG_VERSION_NUM >= 160000
    return (char)spec->strategy;
#else
    char letter = spec->strategy[0];
    return letter >= 'A' && letter <= 'Z' ? (char)(letter - 'A' + 'a') : letter;
#endif
}

static void check_columns_twice(struct tree *tree, struct action *action)
{
    struct tree_names names = {.tree = tree, .action = action};
    vec_each(column, &action->columns)
        tree_names_add(&names, column->name, column->at);
    tree_names_check(&names);
}

static void create_table(struct tree *tree, const CreateStmt *statement, bool foreign)
{
    struct action *action = foreign ? tree_add(tree, ACTION_CREATE_FOREIGN_TABLE, OBJECT_FOREIGN_TABLE)
                                    : tree_add(tree, ACTION_CREATE_TABLE, OBJECT_TABLE);
    tree_set_relation(tree, action, statement->relation);
    action->flags |= statement->if_not_exists ? FLAG_IF_NOT_EXISTS : 0U;
    set_on_commit(action, statement->oncommit);
    tree_columns(tree, &action->columns, &action->constraints, statement->tableElts);
    tree_columns(tree, &action->columns, &action->constraints, statement->constraints);
    read_like(tree, action, statement->tableElts);
    read_parents(tree, action, statement);
    if (statement->ofTypename != NULL)
        action->type = tree_type(tree, statement->ofTypename);
    if (statement->partspec != NULL) {
        action->partition_by = partition_strategy(statement->partspec);
        tree_keys(tree, &action->keys, statement->partspec->partParams);
    }
    check_columns_twice(tree, action);
}

/* The names in parentheses behind a relation's name have no place in the tree. */
static void check_aliases_twice(struct tree *tree, struct action *action, const List *aliases)
{
    struct tree_names names = {.tree = tree, .action = action};
    struct arena scratch = {0};
    struct scan scan;
    ListCell *cell;
    scan_open(&scan, &scratch, tree->text + action->name_at, action->start + action->length - action->name_at);
    struct token token = scan_next(&scan);
    while (token.symbol != '(' && token.kind != TOKEN_END && token.kind != TOKEN_FAULT)
        token = scan_next(&scan);
    foreach (cell, aliases) {
        do
            token = scan_next(&scan);
        while (token.kind == TOKEN_COMMENT || token.symbol == ',');
        tree_names_add(&names, strVal(lfirst(cell)), tree->located ? action->name_at + token.start : action->at);
    }
    scan_close(&scan);
    arena_release(&scratch);
    tree_names_check(&names);
}

static void check_outputs_twice(struct tree *tree, struct action *action, const List *aliases, const Node *query)
{
    if (aliases != NIL)
        check_aliases_twice(tree, action, aliases);
    else
        tree_outputs_twice(tree, action, query);
}

static void create_table_as(struct tree *tree, const CreateTableAsStmt *statement)
{
    bool table = statement->objtype == PG_OBJECT_TABLE;
    struct action *action = table ? tree_add(tree, ACTION_CREATE_TABLE_AS, OBJECT_TABLE)
                                  : tree_add(tree, ACTION_CREATE_MATERIALIZED_VIEW, OBJECT_MATERIALIZED_VIEW);
    tree_set_relation(tree, action, statement->into->rel);
    action->flags |= statement->if_not_exists ? FLAG_IF_NOT_EXISTS : 0U;
    action->flags |= statement->into->skipData ? FLAG_NO_DATA : 0U;
    set_on_commit(action, statement->into->onCommit);
    tree_strings(tree, &action->names, statement->into->colNames);
    tree_walk(tree, statement->query, action);
    check_outputs_twice(tree, action, statement->into->colNames, statement->query);
    if (!statement->into->skipData)
        tree_changes(tree, statement->query);
}

static void create_view(struct tree *tree, const ViewStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_CREATE_VIEW, OBJECT_VIEW);
    tree_set_relation(tree, action, statement->view);
    action->flags |= statement->replace ? FLAG_OR_REPLACE : 0U;
    tree_strings(tree, &action->names, statement->aliases);
    tree_walk(tree, statement->query, action);
    check_outputs_twice(tree, action, statement->aliases, statement->query);
}

void tree_owned_by(struct tree *tree, struct action *action, const List *options)
{
    const DefElem *owner = tree_option(options, "owned_by");
    if (owner == NULL || owner->arg == NULL || !IsA(owner->arg, List) || list_length((List *)owner->arg) < 2)
        return; /* or NONE */
    const List *names = (const List *)owner->arg;
    int count = list_length(names);
    action->table.name = tree_copy(tree, strVal(list_nth(names, count - 2)));
    action->table.schema = count > 2 ? tree_copy(tree, strVal(list_nth(names, count - 3))) : NULL;
    *vec_add(tree->arena, &action->names) = tree_copy(tree, strVal(list_nth(names, count - 1)));
}

static void create_sequence(struct tree *tree, const CreateSeqStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_CREATE_SEQUENCE, OBJECT_SEQUENCE);
    tree_set_relation(tree, action, statement->sequence);
    action->flags |= statement->if_not_exists ? FLAG_IF_NOT_EXISTS : 0U;
    tree_owned_by(tree, action, statement->options);
}

static bool is_plain(const IndexElem *element)
{
    return element->expr == NULL && element->collation == NIL && element->opclass == NIL &&
           element->ordering == SORTBY_DEFAULT && element->nulls_ordering == SORTBY_NULLS_DEFAULT;
}

/* A column alone needs no text. */
static void read_key_texts(struct tree *tree, struct action *action, const List *elements)
{
    struct strings texts = {0};
    size_t end = action->start + action->length, number = 0;
    bool plain = true;
    ListCell *cell;
    foreach (cell, elements)
        plain &= is_plain(lfirst_node(IndexElem, cell));
    if (plain || !tree->located || action->start >= end)
        return;
    written_list(tree->arena, "ON", tree->text + action->start, action->length, &texts);
    if (texts.count != action->keys.count)
        return;
    foreach (cell, elements) {
        if (!is_plain(lfirst_node(IndexElem, cell)))
            action->keys.at[number].text = texts.at[number];
        number++;
    }
}

static void create_index(struct tree *tree, const IndexStmt *statement)
{
    struct action *action = tree_add(tree, ACTION_CREATE_INDEX, OBJECT_INDEX);
    tree_set_relation(tree, action, statement->relation);
    action->table = action->name;
    /* An index lives where its table does. */
    action->name = (struct object_name){action->table.schema, tree_copy(tree, statement->idxname)};
    action->flags |= statement->unique ? FLAG_UNIQUE : 0U;
    action->flags |= statement->concurrent ? FLAG_CONCURRENTLY : 0U;
    action->flags |= statement->if_not_exists ? FLAG_IF_NOT_EXISTS : 0U;
    action->flags |= statement->whereClause != NULL ? FLAG_PARTIAL : 0U;
    action->text2 = tree_copy(tree, statement->accessMethod);
    action->expression = tree_written(tree, statement->whereClause, WRITTEN_WHERE, action->name_at);
    tree_keys(tree, &action->keys, statement->indexParams);
    read_key_texts(tree, action, statement->indexParams);
    ListCell *cell;
    foreach (cell, statement->indexIncludingParams) {
        const IndexElem *element = lfirst_node(IndexElem, cell);
        if (element->name != NULL)
            *vec_add(tree->arena, &action->including) = tree_copy(tree, element->name);
    }
}

bool tree_create_relation(struct tree *tree, Node *node)
{
    switch (nodeTag(node)) {
    case T_CreateStmt:
        create_table(tree, (const CreateStmt *)node, false);
        return true;
    case T_CreateForeignTableStmt:
        create_table(tree, &((const CreateForeignTableStmt *)node)->base, true);
        return true;
    case T_CreateTableAsStmt:
        create_table_as(tree, (const CreateTableAsStmt *)node);
        return true;
    case T_ViewStmt:
        create_view(tree, (const ViewStmt *)node);
        return true;
    case T_CreateSeqStmt:
        create_sequence(tree, (const CreateSeqStmt *)node);
        return true;
    case T_IndexStmt:
        create_index(tree, (const IndexStmt *)node);
        return true;
    default:
        return false;
    }
}
