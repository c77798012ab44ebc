/* ALTER TABLE, INDEX, VIEW, SEQUENCE … with subcommands: one action for each. */
#include "sql/tree.h"

#include <string.h>

/* How the parts of a subcommand become the parts of an action. */
enum part {
    NOTHING,
    COLUMN,        /* its name is a column */
    TEXT,          /* its name is a constraint, an index, a trigger, a tablespace … */
    DEFAULT,       /* a column, and an expression */
    ADD,           /* a column's definition */
    CONSTRAINT,    /* a constraint's definition */
    TYPE,          /* a column, its type and USING */
    PARTITION,
    OPTIONS,       /* (name = value, …) */
    COLUMN_OPTIONS,
    PARENT,        /* a table's name */
    IDENTITY       /* USING INDEX of REPLICA IDENTITY */
};

static const struct row {
    AlterTableType type;
    enum action_kind kind;
    enum part part;
    unsigned flags;
} rows[] = {
    {AT_AddColumn, ACTION_ADD_COLUMN, ADD, 0},
    {AT_DropColumn, ACTION_DROP_COLUMN, COLUMN, 0},
    {AT_AlterColumnType, ACTION_ALTER_COLUMN_TYPE, TYPE, 0},
    {AT_ColumnDefault, ACTION_SET_DEFAULT, DEFAULT, 0},
    {AT_SetNotNull, ACTION_SET_NOT_NULL, COLUMN, 0},
    {AT_DropNotNull, ACTION_DROP_NOT_NULL, COLUMN, 0},
    {AT_DropExpression, ACTION_DROP_EXPRESSION, COLUMN, 0},
#if PG_VERSION_NUM >= 170000
    {AT_SetExpression, ACTION_SET_EXPRESSION, DEFAULT, 0},
#endif
    {AT_AddIdentity, ACTION_ADD_IDENTITY, COLUMN, 0},
    {AT_SetIdentity, ACTION_ALTER_IDENTITY, COLUMN, 0},
    {AT_DropIdentity, ACTION_DROP_IDENTITY, COLUMN, 0},
    {AT_AddConstraint, ACTION_ADD_CONSTRAINT, CONSTRAINT, 0},
    {AT_AlterConstraint, ACTION_ALTER_CONSTRAINT, CONSTRAINT, 0},
    {AT_ValidateConstraint, ACTION_VALIDATE_CONSTRAINT, TEXT, 0},
    {AT_DropConstraint, ACTION_DROP_CONSTRAINT, TEXT, 0},
    {AT_AttachPartition, ACTION_ATTACH_PARTITION, PARTITION, 0},
    {AT_DetachPartition, ACTION_DETACH_PARTITION, PARTITION, 0},
    {AT_DetachPartitionFinalize, ACTION_DETACH_PARTITION, PARTITION, FLAG_FINALIZE},
    {AT_SetLogged, ACTION_SET_LOGGED, NOTHING, 0},
    {AT_SetUnLogged, ACTION_SET_UNLOGGED, NOTHING, 0},
    {AT_SetTableSpace, ACTION_SET_TABLESPACE, TEXT, 0},
    {AT_SetAccessMethod, ACTION_SET_ACCESS_METHOD, TEXT, 0},
    {AT_SetRelOptions, ACTION_SET_OPTIONS, OPTIONS, 0},
    {AT_ResetRelOptions, ACTION_SET_OPTIONS, OPTIONS, FLAG_RESET},
    {AT_SetStatistics, ACTION_SET_STATISTICS, COLUMN, 0},
    {AT_SetStorage, ACTION_SET_STORAGE, COLUMN, 0},
    {AT_SetCompression, ACTION_SET_COMPRESSION, COLUMN, 0},
    {AT_SetOptions, ACTION_SET_COLUMN_OPTIONS, COLUMN_OPTIONS, 0},
    {AT_ResetOptions, ACTION_SET_COLUMN_OPTIONS, COLUMN_OPTIONS, FLAG_RESET},
    {AT_ClusterOn, ACTION_CLUSTER_ON, TEXT, 0},
    {AT_DropCluster, ACTION_CLUSTER_ON, NOTHING, FLAG_RESET},
    {AT_EnableTrig, ACTION_TOGGLE_TRIGGER, TEXT, FLAG_ENABLE},
    {AT_EnableAlwaysTrig, ACTION_TOGGLE_TRIGGER, TEXT, FLAG_ENABLE},
    {AT_EnableReplicaTrig, ACTION_TOGGLE_TRIGGER, TEXT, FLAG_ENABLE},
    {AT_EnableTrigAll, ACTION_TOGGLE_TRIGGER, NOTHING, FLAG_ENABLE | FLAG_ALL},
    {AT_EnableTrigUser, ACTION_TOGGLE_TRIGGER, NOTHING, FLAG_ENABLE | FLAG_ALL},
    {AT_DisableTrig, ACTION_TOGGLE_TRIGGER, TEXT, 0},
    {AT_DisableTrigAll, ACTION_TOGGLE_TRIGGER, NOTHING, FLAG_ALL},
    {AT_DisableTrigUser, ACTION_TOGGLE_TRIGGER, NOTHING, FLAG_ALL},
    {AT_EnableRule, ACTION_TOGGLE_RULE, TEXT, FLAG_ENABLE},
    {AT_EnableAlwaysRule, ACTION_TOGGLE_RULE, TEXT, FLAG_ENABLE},
    {AT_EnableReplicaRule, ACTION_TOGGLE_RULE, TEXT, FLAG_ENABLE},
    {AT_DisableRule, ACTION_TOGGLE_RULE, TEXT, 0},
    {AT_EnableRowSecurity, ACTION_TOGGLE_ROW_SECURITY, NOTHING, FLAG_ENABLE},
    {AT_ForceRowSecurity, ACTION_TOGGLE_ROW_SECURITY, NOTHING, FLAG_ENABLE | FLAG_FORCE},
    {AT_DisableRowSecurity, ACTION_TOGGLE_ROW_SECURITY, NOTHING, 0},
    {AT_NoForceRowSecurity, ACTION_TOGGLE_ROW_SECURITY, NOTHING, FLAG_FORCE},
    {AT_ReplicaIdentity, ACTION_REPLICA_IDENTITY, IDENTITY, 0},
    {AT_AddInherit, ACTION_INHERIT, PARENT, 0},
    {AT_DropInherit, ACTION_NO_INHERIT, PARENT, 0},
    {AT_ChangeOwner, ACTION_OWNER, NOTHING, 0},
};

static const struct row other = {AT_AddColumn, ACTION_ALTER_TABLE_OTHER, NOTHING, 0};

static const struct row *find_row(AlterTableType type)
{
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (rows[i].type == type)
            return &rows[i];
    return &other;
}

static void read_options(struct tree *tree, struct action *action, const Node *options)
{
    ListCell *cell;
    if (options == NULL || !IsA(options, List))
        return;
    foreach (cell, (const List *)options)
        *vec_add(tree->arena, &action->names) = tree_copy(tree, lfirst_node(DefElem, cell)->defname);
    vec_each(name, &action->names)
        action->text = action->text == NULL ? *name : arena_printf(tree->arena, "%s, %s", action->text, *name);
}

static void read_type(struct tree *tree, struct action *action, const ColumnDef *definition)
{
    action->type = tree_type(tree, definition->typeName);
    action->expression = tree_expression(tree, definition->raw_default);
    if (definition->collClause != NULL)
        action->text2 = tree_name(tree, definition->collClause->collname).name;
}

static void read_constraint(struct tree *tree, struct action *action, const Constraint *definition)
{
    struct constraint_def *constraint = vec_add(tree->arena, &action->constraints);
    tree_constraint(tree, constraint, definition);
    action->text = constraint->name;
}

static void read_partition(struct tree *tree, struct action *action, const PartitionCmd *command)
{
    action->table = tree_relation(tree, command->name);
    action->flags |= command->concurrent ? FLAG_CONCURRENTLY : 0U;
    tree_partition_bound(tree, action, command->bound);
}

static void read_parts(struct tree *tree, struct action *action, const AlterTableCmd *command, enum part part)
{
    bool of_column = part == COLUMN || part == DEFAULT || part == TYPE || part == COLUMN_OPTIONS;
    if (of_column)
        action->column = tree_copy(tree, command->name);
    else if (part == TEXT)
        action->text = tree_copy(tree, command->name);
    if (command->def == NULL) {
        action->kind = part == DEFAULT ? ACTION_DROP_DEFAULT : action->kind;
        return;
    }
    switch (part) {
    case DEFAULT:
        action->expression = tree_written(tree, command->def, WRITTEN_DEFAULT, action->at);
        break;
    case ADD:
        tree_column(tree, vec_add(tree->arena, &action->columns), castNode(ColumnDef, command->def));
        action->column = action->columns.at[0].name;
        break;
    case CONSTRAINT:
        if (IsA(command->def, Constraint))
            read_constraint(tree, action, (const Constraint *)command->def);
#if PG_VERSION_NUM >= 180000
        if (IsA(command->def, ATAlterConstraint))
            action->text = tree_copy(tree, ((const ATAlterConstraint *)command->def)->conname);
#endif
        break;
    case TYPE:
        read_type(tree, action, castNode(ColumnDef, command->def));
        break;
    case PARTITION:
        read_partition(tree, action, castNode(PartitionCmd, command->def));
        break;
    case OPTIONS:
    case COLUMN_OPTIONS:
        read_options(tree, action, command->def);
        break;
    case PARENT:
        *vec_add(tree->arena, &action->parents) = tree_relation(tree, castNode(RangeVar, command->def));
        break;
    case IDENTITY:
        action->text = tree_copy(tree, castNode(ReplicaIdentityStmt, command->def)->name);
        break;
    default:
        break;
    }
}

/* ALTER TABLE IF EXISTS says nothing of a column or a constraint, which have words of their own. */
static unsigned existence(enum action_kind kind, bool table, bool command)
{
    unsigned flags = table ? FLAG_TABLE_IF_EXISTS : 0U;
    if (kind == ACTION_ADD_COLUMN)
        return flags | (command ? FLAG_IF_NOT_EXISTS : 0U);
    if (kind == ACTION_DROP_COLUMN || kind == ACTION_DROP_CONSTRAINT)
        return flags | (command ? FLAG_IF_EXISTS : 0U);
    return flags | (command || table ? FLAG_IF_EXISTS : 0U);
}

/* An attribute of a composite type is not a table's column. */
static void alter_type(struct tree *tree, const AlterTableStmt *statement, const AlterTableCmd *command, size_t at)
{
    struct action *action = tree_add(tree, ACTION_ALTER_OTHER, OBJECT_TYPE);
    action->name = tree_relation(tree, statement->relation);
    action->at = at;
    action->column = tree_copy(tree, command->name);
    action->flags |= command->behavior == DROP_CASCADE ? FLAG_CASCADE : 0U;
}

static void alter_table(struct tree *tree, const AlterTableStmt *statement, const AlterTableCmd *command, ObjectType type,
                        size_t at)
{
    const struct row *row = find_row(command->subtype);
    struct action *action = tree_add(tree, row->kind, tree_object(type));
    tree_set_relation(tree, action, statement->relation);
    action->at = at;
    action->flags |= row->flags | (command->behavior == DROP_CASCADE ? FLAG_CASCADE : 0U);
    read_parts(tree, action, command, row->part);
    action->flags |= existence(action->kind, statement->missing_ok, command->missing_ok);
}

bool tree_alter_table(struct tree *tree, Node *node)
{
    if (!IsA(node, AlterTableStmt))
        return false;
    const AlterTableStmt *statement = (const AlterTableStmt *)node;
    ObjectType type = statement->objtype;
    size_t at = tree_first_subcommand(tree, statement->relation);
    ListCell *cell;
    foreach (cell, statement->cmds) {
        if (cell != list_head(statement->cmds))
            at = tree_next_subcommand(tree, at);
        if (type == PG_OBJECT_TYPE)
            alter_type(tree, statement, lfirst(cell), at);
        else
            alter_table(tree, statement, lfirst(cell), type, at);
    }
    return true;
}
