/* Columns, constraints, keys and partition bounds of the parse tree. */
#include "sql/tree.h"

#include <string.h>

static const struct {
    ConstrType type;
    enum constraint_kind kind;
} constraint_kinds[] = {
    {CONSTR_CHECK, CONSTRAINT_CHECK},         {CONSTR_PRIMARY, CONSTRAINT_PRIMARY_KEY}, {CONSTR_UNIQUE, CONSTRAINT_UNIQUE},
    {CONSTR_EXCLUSION, CONSTRAINT_EXCLUSION}, {CONSTR_FOREIGN, CONSTRAINT_FOREIGN_KEY}, {CONSTR_NOTNULL, CONSTRAINT_NOT_NULL},
};

/* False for what is no constraint of its own: DEFAULT, GENERATED, DEFERRABLE … */
static bool constraint_kind(const Constraint *definition, enum constraint_kind *kind)
{
    for (size_t i = 0; i < sizeof(constraint_kinds) / sizeof(*constraint_kinds); i++)
        if (constraint_kinds[i].type == definition->contype) {
            *kind = constraint_kinds[i].kind;
            return true;
        }
    return false;
}

static void read_exclusion(struct tree *tree, struct constraint_def *constraint, const Constraint *definition)
{
    ListCell *cell;
    foreach (cell, definition->exclusions) {
        const IndexElem *element = linitial_node(IndexElem, (List *)lfirst(cell));
        if (element->name != NULL)
            *vec_add(tree->arena, &constraint->columns) = tree_copy(tree, element->name);
    }
}

static const char *action_of(char type)
{
    switch (type) {
    case FKCONSTR_ACTION_CASCADE: return "CASCADE";
    case FKCONSTR_ACTION_RESTRICT: return "RESTRICT";
    case FKCONSTR_ACTION_SETNULL: return "SET NULL";
    case FKCONSTR_ACTION_SETDEFAULT: return "SET DEFAULT";
    default: return NULL;
    }
}

static const char *options_of(struct tree *tree, const Constraint *definition)
{
    const char *deleted = action_of(definition->fk_del_action), *updated = action_of(definition->fk_upd_action);
    return arena_printf(tree->arena, "%s%s%s%s%s%s%s", definition->fk_matchtype == FKCONSTR_MATCH_FULL ? " MATCH FULL" : "",
                        deleted == NULL ? "" : " ON DELETE ", deleted == NULL ? "" : deleted,
                        updated == NULL ? "" : " ON UPDATE ", updated == NULL ? "" : updated,
                        definition->deferrable ? " DEFERRABLE" : "", definition->initdeferred ? " INITIALLY DEFERRED" : "");
}

void tree_constraint(struct tree *tree, struct constraint_def *constraint, const Constraint *definition)
{
    constraint->at = tree_at(tree, definition->location);
    constraint->name = tree_copy(tree, definition->conname);
    constraint->not_valid = definition->skip_validation;
    constraint->options = options_of(tree, definition);
    constraint->no_inherit = definition->is_no_inherit;
    constraint->deferrable = definition->deferrable;
    constraint->using_index = tree_copy(tree, definition->indexname);
    (void)constraint_kind(definition, &constraint->kind);
    tree_strings(tree, &constraint->columns, definition->keys);
    tree_strings(tree, &constraint->columns, definition->fk_attrs);
    read_exclusion(tree, constraint, definition);
    if (constraint->kind == CONSTRAINT_CHECK)
        constraint->check = tree_written(tree, definition->raw_expr, WRITTEN_CHECK, constraint->at);
    if (definition->pktable == NULL)
        return;
    constraint->referenced = tree_relation(tree, definition->pktable);
    tree_strings(tree, &constraint->referenced_columns, definition->pk_attrs);
    constraint->on_delete_cascade = definition->fk_del_action == FKCONSTR_ACTION_CASCADE;
}

static enum generated generated_kind(const Constraint *definition)
{
#if PG_VERSION_NUM >= 180000
    if (definition->generated_kind == 'v')
        return GENERATED_VIRTUAL;
#endif
    (void)definition;
    return GENERATED_STORED;
}

/* DEFERRABLE, behind a constraint of a column, is an element of its own. */
static void read_attribute(struct tree *tree, struct column_def *column, const Constraint *definition)
{
    const char *text = definition->contype == CONSTR_ATTR_DEFERRABLE ? " DEFERRABLE"
                       : definition->contype == CONSTR_ATTR_DEFERRED ? " INITIALLY DEFERRED" : NULL;
    if (text == NULL || column->constraints.count == 0)
        return;
    struct constraint_def *last = &column->constraints.at[column->constraints.count - 1];
    last->options = arena_printf(tree->arena, "%s%s", last->options, text);
}

/* What is written behind a column's type. */
static void read_column_constraint(struct tree *tree, struct column_def *column, const Constraint *definition)
{
    switch (definition->contype) {
    case CONSTR_DEFAULT:
        column->default_value = tree_written(tree, definition->raw_expr, WRITTEN_DEFAULT, tree_at(tree, definition->location));
        return;
    case CONSTR_IDENTITY:
        column->identity = definition->generated_when;
        return;
    case CONSTR_GENERATED:
        column->generated = generated_kind(definition);
        column->generated_from = tree_written(tree, definition->raw_expr, WRITTEN_AS, tree_at(tree, definition->location));
        return;
    case CONSTR_NOTNULL:
        column->not_null = true;
        return;
    case CONSTR_PRIMARY:
        column->not_null = true;
        break;
    default:
        break;
    }
    bool deferrable = definition->contype == CONSTR_ATTR_DEFERRABLE || definition->contype == CONSTR_ATTR_DEFERRED;
    if (deferrable && column->constraints.count > 0)
        column->constraints.at[column->constraints.count - 1].deferrable = true;
    enum constraint_kind kind;
    if (!constraint_kind(definition, &kind)) {
        read_attribute(tree, column, definition);
        return;
    }
    struct constraint_def *constraint = vec_add(tree->arena, &column->constraints);
    tree_constraint(tree, constraint, definition);
    constraint->on_column = true;
    constraint->columns.count = 0;
    *vec_add(tree->arena, &constraint->columns) = column->name;
}

void tree_column(struct tree *tree, struct column_def *column, const ColumnDef *definition)
{
    column->at = tree_at(tree, definition->location);
    column->name = tree_copy(tree, definition->colname);
    column->type = tree_type(tree, definition->typeName);
    if (definition->collClause != NULL)
        column->collation = tree_name(tree, definition->collClause->collname).name;
    column->not_null = definition->is_not_null;
    column->default_value = tree_expression(tree, definition->raw_default);
    ListCell *cell;
    foreach (cell, definition->constraints)
        read_column_constraint(tree, column, lfirst_node(Constraint, cell));
}

void tree_columns(struct tree *tree, struct column_defs *columns, struct constraint_defs *constraints, const List *elements)
{
    ListCell *cell;
    foreach (cell, elements) {
        const Node *element = lfirst(cell);
        if (IsA(element, ColumnDef))
            tree_column(tree, vec_add(tree->arena, columns), (const ColumnDef *)element);
        else if (IsA(element, Constraint))
            tree_constraint(tree, vec_add(tree->arena, constraints), (const Constraint *)element);
    }
}

void tree_keys(struct tree *tree, struct key_parts *keys, const List *elements)
{
    ListCell *cell;
    foreach (cell, elements) {
        const Node *element = lfirst(cell);
        const char *name = NULL;
        Node *expression = NULL;
        if (IsA(element, IndexElem)) {
            name = ((const IndexElem *)element)->name;
            expression = ((const IndexElem *)element)->expr;
        } else if (IsA(element, PartitionElem)) {
            name = ((const PartitionElem *)element)->name;
            expression = ((const PartitionElem *)element)->expr;
        }
        *vec_add(tree->arena, keys) = (struct key_part){tree_copy(tree, name), tree_expression(tree, expression), NULL};
    }
}

/* MINVALUE and MAXVALUE come as names of columns. */
static bool is_infinite(const Node *node)
{
    if (!IsA(node, ColumnRef) || list_length(((const ColumnRef *)node)->fields) != 1)
        return false;
    const Node *name = linitial(((const ColumnRef *)node)->fields);
    return IsA(name, String) && (strcmp(strVal(name), "minvalue") == 0 || strcmp(strVal(name), "maxvalue") == 0);
}

static bool read_bounds(const struct tree *tree, struct strings *values, const List *list)
{
    bool understood = true;
    ListCell *cell;
    foreach (cell, list) {
        bool known;
        *vec_add(tree->arena, values) = tree_constant(tree, lfirst(cell), &known);
        understood &= known || is_infinite(lfirst(cell));
    }
    return understood;
}

void tree_partition_bound(struct tree *tree, struct action *action, const PartitionBoundSpec *bound)
{
    if (bound == NULL)
        return;
    struct partition_bound *result = &action->bound;
    action->flags |= bound->is_default ? FLAG_DEFAULT_PARTITION : 0U;
    result->strategy = bound->strategy;
    result->understood = read_bounds(tree, &result->values, bound->listdatums);
    result->understood &= read_bounds(tree, &result->from, bound->lowerdatums);
    result->understood &= read_bounds(tree, &result->to, bound->upperdatums);
}
