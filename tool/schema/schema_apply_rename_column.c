/* RENAME COLUMN, in a simulated schema: whatever mentions the column mentions its new name. */
#include "base/str.h"
#include "schema/schema_relation.h"
#include "sql/written.h"

/* A column's old and new name, where other things mention it. */
struct renaming {
    struct schema *schema;
    const char *from, *to;
};

static void in_strings(const struct renaming *renaming, struct strings *strings)
{
    if (!strings_hold(strings, renaming->from))
        return;
    struct strings copy = copy_strings(renaming->schema->arena, strings);
    vec_each(text, &copy)
        if (str_same(*text, renaming->from))
            *text = renaming->to;
    schema_put(renaming->schema, *strings, copy);
}

static const char *in_text(const struct renaming *renaming, const char *text)
{
    return text == NULL ? NULL : written_rename(renaming->schema->arena, text, renaming->from, renaming->to);
}

static const struct expression *in_expression(const struct renaming *renaming, const struct expression *expression)
{
    if (expression == NULL || !strings_hold(&expression->columns, renaming->from))
        return expression;
    struct expression *copy = copy_expression(renaming->schema->arena, expression);
    copy->text = in_text(renaming, copy->text);
    vec_each(column, &copy->columns)
        if (str_same(*column, renaming->from))
            *column = renaming->to;
    struct comparisons *lists[] = {&copy->all_of, &copy->any_of};
    for (size_t i = 0; i < sizeof lists / sizeof *lists; i++)
        vec_each(comparison, lists[i])
            if (str_same(comparison->column, renaming->from))
                comparison->column = renaming->to;
    return copy;
}

static void in_keys(const struct renaming *renaming, struct key_parts *keys)
{
    struct key_parts copy = copy_keys(renaming->schema->arena, keys);
    vec_each(key, &copy) {
        if (str_same(key->column, renaming->from))
            key->column = renaming->to;
        key->text = in_text(renaming, key->text);
        if (key->expression != NULL)
            key->expression = copy_expression(renaming->schema->arena, in_expression(renaming, key->expression));
    }
    schema_put(renaming->schema, *keys, copy);
}

static void in_constraint(const struct renaming *renaming, struct constraint *constraint)
{
    in_strings(renaming, &constraint->columns);
    if (constraint->check != NULL)
        schema_put(renaming->schema, constraint->check, in_expression(renaming, constraint->check));
}

static void in_index(const struct renaming *renaming, struct relation *index)
{
    in_keys(renaming, &index->keys);
    in_strings(renaming, &index->including);
    if (index->predicate != NULL)
        schema_put(renaming->schema, index->predicate, in_expression(renaming, index->predicate));
}

static void in_references(const struct renaming *renaming, struct relation *relation)
{
    vec_each(other, &relation->referencing)
        vec_each(constraint, &(*other)->constraints)
            if (!constraint->dropped && constraint->referenced == relation)
                in_strings(renaming, &constraint->referenced_columns);
}

static void rename_in(const struct renaming *renaming, struct relation *relation)
{
    struct column *column = relation_column(relation, renaming->from);
    if (column != NULL)
        schema_put(renaming->schema, column->name, renaming->to);
    vec_each(other, &relation->columns)
        if (other->generated_text != NULL)
            schema_put(renaming->schema, other->generated_text, in_text(renaming, other->generated_text));
    vec_each(constraint, &relation->constraints)
        in_constraint(renaming, constraint);
    vec_each(index, &relation->indexes)
        in_index(renaming, *index);
    vec_each(sequence, &relation->sequences)
        if (str_same((*sequence)->owner_column, renaming->from))
            schema_put(renaming->schema, (*sequence)->owner_column, renaming->to);
    if (relation->partition_keys.count > 0)
        in_keys(renaming, &relation->partition_keys);
    in_references(renaming, relation);
}

void rename_column(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct schema *schema = applying->schema;
    struct relation *relation = relation_enter(schema, &action->name, RELATION_TABLE);
    struct renaming renaming = {schema, action->column, schema_text(schema, action->text)};
    struct relation_refs family = {0};
    if (relation == NULL || renaming.from == NULL || renaming.to == NULL)
        return;
    relation_family(schema, relation, &family);
    vec_each(one, &family) {
        if (applying->maybe)
            relation_doubt(schema, *one);
        else
            rename_in(&renaming, *one);
    }
}
