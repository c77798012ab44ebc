/* ALTER TABLE on columns, in a simulated schema. */
#include "base/str.h"
#include "schema/schema_relation.h"

/* The table and, unless ONLY is written, those that take its columns. */
static struct relation_refs tables_of(const struct applying *applying)
{
    struct relation_refs family = {0};
    struct relation *relation;
    if (applying->action->object == OBJECT_TYPE || applying->action->object == OBJECT_DOMAIN)
        return family;
    relation = relation_enter(applying->schema, &applying->action->name, RELATION_TABLE);
    if (relation == NULL)
        return family;
    if (applying->action->flags & FLAG_ONLY)
        *vec_add(applying->schema->arena, &family) = relation;
    else
        relation_family(applying->schema, relation, &family);
    return family;
}

static void doubt(const struct applying *applying, struct relation *relation)
{
    if (applying->maybe && relation->complete)
        schema_put(applying->schema, relation->complete, false);
}

void apply_add_column(const struct applying *applying)
{
    struct relation_refs tables = tables_of(applying);
    if (applying->action->columns.count == 0)
        return;
    const struct column_def *def = &applying->action->columns.at[0];
    vec_each(table, &tables) {
        struct relation *top = tables.at[0];
        if (relation_column(*table, def->name) != NULL)
            continue;
        doubt(applying, *table);
        if (*table == top)
            column_add(applying, top, def);
        else if (relation_column(top, def->name) != NULL)
            column_inherit(applying, *table, relation_column(top, def->name));
        if (*table == top)
            constraints_define(applying, top);
    }
}

/* A change of one column, in every table that has it. */
typedef void change_column(const struct applying *applying, struct relation *relation, struct column *column);

static void change(const struct applying *applying, change_column *one)
{
    struct relation_refs tables = tables_of(applying);
    vec_each(table, &tables) {
        struct column *column = relation_column(*table, applying->action->column);
        doubt(applying, *table);
        if (column == NULL && !(*table)->complete && applying->action->column != NULL) {
            column = schema_add(applying->schema, &(*table)->columns);
            *column = (struct column){.name = schema_text(applying->schema, applying->action->column)};
        }
        if (column != NULL)
            one(applying, *table, column);
    }
}

/* A name says not always whose column it is: the view may be gone. */
static void doubt_views(struct schema *schema, struct relation *relation, const char *column)
{
    vec_each(view, &relation->views)
        if (relation_mentions(*view, column))
            relation_doubt(schema, *view);
}

static void drop_column(const struct applying *applying, struct relation *relation, struct column *column)
{
    struct schema *schema = applying->schema;
    bool heir = relation->parent == NULL && relation != schema_relation(schema, &applying->action->name);
    if (heir && column->own)
        return;
    if (applying->action->flags & FLAG_CASCADE)
        doubt_views(schema, relation, column->name);
    if (!applying->maybe) {
        column_drop(schema, relation, column);
        return;
    }
    schema_put(schema, column->type.name, NULL);
    column_set_not_null(schema, column, TRUTH_UNKNOWN);
}

void apply_drop_column(const struct applying *applying)
{
    change(applying, drop_column);
}

static void change_type(const struct applying *applying, struct relation *relation, struct column *column)
{
    struct type_name type = {0};
    if (!applying->maybe)
        type = type_resolve(applying->schema, &applying->action->type, relation);
    schema_put(applying->schema, column->type, type);
    schema_put(applying->schema, column->collation, NULL);
}

void apply_column_type(const struct applying *applying)
{
    change(applying, change_type);
}

static void set_default(const struct applying *applying, struct relation *relation, struct column *column)
{
    const struct expression *value = applying->action->expression;
    (void)relation;
    schema_put(applying->schema, column->has_default, value == NULL || !value->null);
    schema_put(applying->schema, column->default_text,
               value == NULL || value->null || applying->maybe ? NULL : schema_text(applying->schema, value->text));
}

void apply_set_default(const struct applying *applying)
{
    change(applying, set_default);
}

static void drop_default(const struct applying *applying, struct relation *relation, struct column *column)
{
    (void)relation;
    if (!applying->maybe) {
        schema_put(applying->schema, column->has_default, false);
        schema_put(applying->schema, column->default_text, NULL);
    }
}

void apply_drop_default(const struct applying *applying)
{
    change(applying, drop_default);
}

static void set_truth(const struct applying *applying, struct column *column, enum truth truth)
{
    if (column->not_null != truth)
        column_set_not_null(applying->schema, column, applying->maybe ? TRUTH_UNKNOWN : truth);
}

static void set_not_null(const struct applying *applying, struct relation *relation, struct column *column)
{
    (void)relation;
    set_truth(applying, column, TRUTH_YES);
}

void apply_set_not_null(const struct applying *applying)
{
    change(applying, set_not_null);
}

/* PostgreSQL 18 has a constraint for it, which goes too. */
static void drop_not_null(const struct applying *applying, struct relation *relation, struct column *column)
{
    set_truth(applying, column, TRUTH_NO);
    vec_each(constraint, &relation->constraints)
        if (!applying->maybe && !constraint->dropped && constraint->kind == CONSTRAINT_NOT_NULL &&
            strings_hold(&constraint->columns, column->name))
            constraint_drop(applying->schema, relation, constraint);
}

void apply_drop_not_null(const struct applying *applying)
{
    change(applying, drop_not_null);
}

/* DROP EXPRESSION makes an ordinary column; SET EXPRESSION leaves what it was. */
static void change_expression(const struct applying *applying, struct relation *relation, struct column *column)
{
    (void)relation;
    if (applying->action->kind == ACTION_DROP_EXPRESSION && !applying->maybe)
        schema_put(applying->schema, column->generated, GENERATED_NOT);
}

void apply_expression(const struct applying *applying)
{
    change(applying, change_expression);
}

static void add_identity(const struct applying *applying, struct relation *relation, struct column *column)
{
    if (column->identity)
        return;
    schema_put(applying->schema, column->identity, true);
    sequence_make(applying, relation, column->name);
}

void apply_add_identity(const struct applying *applying)
{
    change(applying, add_identity);
}

static void drop_identity(const struct applying *applying, struct relation *relation, struct column *column)
{
    if (applying->maybe || !column->identity)
        return;
    schema_put(applying->schema, column->identity, false);
    for (size_t i = relation->sequences.count; i > 0; i--)
        if (str_same(relation->sequences.at[i - 1]->owner_column, column->name))
            relation_drop(applying->schema, relation->sequences.at[i - 1]);
}

void apply_drop_identity(const struct applying *applying)
{
    change(applying, drop_identity);
}
