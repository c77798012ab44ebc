/*
 * Reading PostgreSQL's raw parse tree: what the readers of its nodes (sql/tree_*.c) share; only they may include this.
 * A tree lives in libpg_query's memory until its text is read; what an action says is copied.
 */
#ifndef SQL_TREE_H
#define SQL_TREE_H

#include "sql/action.h"
#include "sql/tree_server.h"
#include "sql/written.h"

/* A text while it is read. */
struct tree {
    struct arena *arena;
    struct actions *actions;
    const char *text;          /* the whole */
    size_t length;
    struct action common;      /* what all actions of the statement have: number, place, extent, function */
    size_t end;                /* of that string in the text; 0: that of the statement */
    size_t base;               /* where the string that was parsed begins in the text */
    bool located;              /* false: it stands nowhere in the text as it was parsed */
    int nesting;               /* DO in EXECUTE in DO … */
    struct prepared_queries *prepared;
};

/* Byte offset in the text of a node's location; that of the statement where there is none. */
size_t tree_at(const struct tree *tree, int location);

/* A new action with what is common.  It moves when the next one is added. */
struct action *tree_add(struct tree *tree, enum action_kind kind, enum object_kind object);

const char *tree_copy(const struct tree *tree, const char *text);            /* NULL: NULL */
struct object_name tree_relation(const struct tree *tree, const RangeVar *range);
struct object_name tree_name(const struct tree *tree, const List *names);     /* of String, the last is the name */
struct object_name tree_named(const struct tree *tree, const Node *object);   /* of String, List, TypeName or function */
void tree_strings(const struct tree *tree, struct strings *strings, const List *list); /* of String, others passed over */
struct type_name tree_type(const struct tree *tree, const TypeName *type);
enum object_kind tree_object(ObjectType type);
void tree_set_relation(const struct tree *tree, struct action *action, const RangeVar *range); /* name, name_at, flags */

/* An option (name value, …) of a list of DefElem: NULL when it is not there. */
const DefElem *tree_option(const List *options, const char *name);
bool tree_is_on(const DefElem *option);   /* as defGetBoolean reads it; NULL is false */

/* tree_place.c: past blanks and comments; where the subcommands of ALTER TABLE begin. */
size_t tree_skip_blank(const char *sql, size_t at, size_t end);
size_t tree_first_subcommand(const struct tree *tree, const RangeVar *relation);
size_t tree_next_subcommand(const struct tree *tree, size_t at);

/* tree_value.c: a literal behind signs and casts; NULL when it is something else. */
const A_Const *tree_literal(const Node *node, bool *negative);

/* A constant as text; *known is false for what is no constant, and NULL with *known is SQL's NULL. */
const char *tree_constant(const struct tree *tree, const Node *node, bool *known);

/* The text of a string literal, or NULL. */
const char *tree_string(const Node *node);

/* tree_expression.c */
struct expression *tree_expression(struct tree *tree, Node *node);            /* NULL: NULL */
struct expression *tree_written(struct tree *tree, Node *node, enum written_part part, size_t at); /* with its text */
int tree_location(const Node *node);                                          /* leftmost */

/* tree_walk.c: relations and functions of a query or an expression go into the action's uses and calls. */
void tree_walk(struct tree *tree, Node *node, struct action *action);
void tree_walk_uses(struct tree *tree, Node *node, struct action *action);  /* only the relations, written ones too */
void tree_walk_expression(struct tree *tree, Node *node, struct expression *expression);

/* tree_definition.c */
void tree_columns(struct tree *tree, struct column_defs *columns, struct constraint_defs *constraints, const List *elements);
void tree_column(struct tree *tree, struct column_def *column, const ColumnDef *definition);
void tree_constraint(struct tree *tree, struct constraint_def *constraint, const Constraint *definition);
void tree_keys(struct tree *tree, struct key_parts *keys, const List *elements);
void tree_partition_bound(struct tree *tree, struct action *action, const PartitionBoundSpec *bound);
void tree_owned_by(struct tree *tree, struct action *action, const List *options); /* of a sequence */

/* tree_twice.c: columns that are named twice. */
struct tree_names {
    const struct tree *tree;
    struct action *action;
    struct strings names;
    struct offsets places;
};
void tree_names_add(struct tree_names *names, const char *name, size_t at);
void tree_names_check(struct tree_names *names);
void tree_writes_twice(const struct tree *tree, struct action *action, const Node *query);   /* INSERT, UPDATE, MERGE */
void tree_outputs_twice(const struct tree *tree, struct action *action, const Node *query);  /* that becomes a relation */
const char *tree_output_name(const Node *value); /* of a query's column without AS; NULL: `*`, or not known */

/* One reader per family of statements; false: the node is none of theirs. */
bool tree_create(struct tree *tree, Node *node);
bool tree_create_relation(struct tree *tree, Node *node);
bool tree_alter(struct tree *tree, Node *node);
bool tree_alter_table(struct tree *tree, Node *node);
bool tree_rename(struct tree *tree, Node *node);
bool tree_drop(struct tree *tree, Node *node);
bool tree_query(struct tree *tree, Node *node);
void tree_changes(struct tree *tree, Node *query); /* what a query changes, as actions of its own */
bool tree_prepared(struct tree *tree, Node *node); /* PREPARE, EXECUTE, DEALLOCATE */
bool tree_session(struct tree *tree, Node *node);
bool tree_maintain(struct tree *tree, Node *node);

void tree_set_config(struct tree *tree, const FuncCall *function);  /* if it is set_config() */
void tree_statement(struct tree *tree, Node *node);                 /* any statement, as actions */

/* tree_body.c: what DO and CREATE FUNCTION hold; `function` is the number of its action. */
void tree_do(struct tree *tree, const DoStmt *statement);
void tree_function_body(struct tree *tree, const CreateFunctionStmt *statement, size_t function);
char *tree_dynamic(struct arena *arena, const Node *node);   /* the constant text of an expression, or NULL */

/* Its memory context is entered before, and left when the tree is read. */
PgQueryInternalParsetreeAndError tree_parse(const char *sql);

/*
 * tree_read.c: parses a string, statement by statement; false when the grammar refuses it, and then nothing is added.
 * With a fault, it says why.
 */
bool tree_read(struct tree *tree, const char *sql, struct action_fault *fault);

#endif
