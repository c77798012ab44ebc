/* Columns of a simulated schema. */
#include "base/str.h"
#include "schema/schema_relation.h"

#include <string.h>

bool strings_hold(const struct strings *strings, const char *text)
{
    vec_each(one, strings)
        if (str_same(*one, text))
            return true;
    return false;
}

void column_set_not_null(struct schema *schema, struct column *column, enum truth truth)
{
    if (column->not_null != truth)
        schema_put(schema, column->not_null, truth);
}

/* serial is an integer with a sequence. */
static bool serial_type(const struct type_name *type, const char **integer)
{
    static const struct {
        const char *name, *integer;
    } rows[] = {{"serial", "int4"},    {"serial4", "int4"},     {"bigserial", "int8"},
                {"serial8", "int8"},   {"smallserial", "int2"}, {"serial2", "int2"}};
    if (type->name == NULL || type->dimensions > 0 || (type->schema != NULL && strcmp(type->schema, "pg_catalog") != 0))
        return false;
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++)
        if (strcmp(type->name, rows[i].name) == 0)
            return *integer = rows[i].integer, true;
    return false;
}

void sequence_make(const struct applying *applying, struct relation *relation, const char *column)
{
    struct schema *schema = applying->schema;
    const char *name = schema_choose_relation(schema, relation->schema, relation->name, column, "seq", false);
    struct relation *sequence = relation_make(applying, RELATION_SEQUENCE, relation->schema, name);
    sequence->parent = relation;
    sequence->owner_column = schema_text(schema, column);
    relation_place(schema, sequence);
    *schema_add(schema, &relation->sequences) = sequence;
}

static bool has_default(const struct column_def *def)
{
    return def->default_value != NULL && !def->default_value->null;
}

static enum truth truth_in(const struct applying *applying, bool truth)
{
    return applying->maybe ? TRUTH_UNKNOWN : truth_of(truth);
}

static struct column column_of(const struct applying *applying, struct relation *relation, const struct column_def *def)
{
    struct schema *schema = applying->schema;
    const char *integer = NULL;
    bool serial = serial_type(&def->type, &integer);
    struct column column = {
        .name = schema_text(schema, def->name),
        .collation = schema_text(schema, def->collation),
        .not_null = truth_in(applying, def->not_null || serial || def->identity != 0),
        .has_default = serial || has_default(def),
        .identity = def->identity != 0,
        .by_default = def->identity == 'd',
        .generated = def->generated,
        .default_text = has_default(def) ? schema_text(schema, def->default_value->text) : NULL,
        .generated_text = def->generated_from == NULL ? NULL : schema_text(schema, def->generated_from->text),
        .own = true,
        .transaction = applying->maybe ? 0 : schema->transaction,
        .migration = schema->migration,
    };
    if (serial)
        column.type = (struct type_name){.schema = "pg_catalog", .name = integer};
    else
        column.type = type_resolve(schema, &def->type, relation);
    return column;
}

/* PARTITION OF p (a NOT NULL DEFAULT 1), INHERITS: the parent's column, and what is said beside it. */
static void merge(struct schema *schema, struct column *column, const struct column *added)
{
    if (added->not_null == TRUTH_YES)
        column_set_not_null(schema, column, TRUTH_YES);
    if (added->has_default && !column->has_default)
        schema_put(schema, column->has_default, true);
    if (added->default_text != NULL)
        schema_put(schema, column->default_text, added->default_text);
    if (added->identity && !column->identity)
        schema_put(schema, column->identity, true);
    if (added->own && !column->own)
        schema_put(schema, column->own, true);
}

static void put_column(struct schema *schema, struct relation *relation, const struct column *column)
{
    struct column *before = relation_column(relation, column->name);
    if (before == NULL)
        *schema_add(schema, &relation->columns) = *column;
    else
        merge(schema, before, column);
}

void column_add(const struct applying *applying, struct relation *relation, const struct column_def *def)
{
    struct column column = column_of(applying, relation, def);
    const char *integer = NULL;
    put_column(applying->schema, relation, &column);
    if (column.identity || serial_type(&def->type, &integer))
        sequence_make(applying, relation, def->name);
}

void column_inherit(const struct applying *applying, struct relation *relation, const struct column *column)
{
    struct column copy = *column;
    copy.type = type_resolve(applying->schema, &column->type, relation);
    copy.transaction = applying->maybe ? 0 : applying->schema->transaction;
    copy.migration = applying->schema->migration;
    copy.own = false;
    if (applying->maybe)
        copy.not_null = TRUTH_UNKNOWN;
    put_column(applying->schema, relation, &copy);
}

bool keys_mention(const struct key_parts *keys, const char *column)
{
    vec_each(key, keys)
        if (str_same(key->column, column) || (key->expression != NULL && strings_hold(&key->expression->columns, column)))
            return true;
    return false;
}

static bool index_mentions(const struct relation *index, const char *column)
{
    return keys_mention(&index->keys, column) || strings_hold(&index->including, column) ||
           (index->predicate != NULL && strings_hold(&index->predicate->columns, column));
}

static bool constraint_mentions(const struct constraint *constraint, const char *column)
{
    return strings_hold(&constraint->columns, column) ||
           (constraint->check != NULL && strings_hold(&constraint->check->columns, column)) ||
           (constraint->index != NULL && constraint->index->exists && index_mentions(constraint->index, column));
}

static void drop_indexes(struct schema *schema, struct relation *relation, const char *column)
{
    for (size_t i = relation->indexes.count; i > 0; i--)
        if (i <= relation->indexes.count && index_mentions(relation->indexes.at[i - 1], column))
            relation_drop(schema, relation->indexes.at[i - 1]);
}

static void drop_references(struct schema *schema, struct relation *relation, const char *column)
{
    for (size_t i = relation->referencing.count; i > 0; i--) {
        struct relation *other = i <= relation->referencing.count ? relation->referencing.at[i - 1] : NULL;
        for (size_t j = 0; other != NULL && j < other->constraints.count; j++) {
            struct constraint *constraint = &other->constraints.at[j];
            if (!constraint->dropped && constraint->referenced == relation &&
                strings_hold(&constraint->referenced_columns, column))
                constraint_drop(schema, other, constraint);
        }
    }
}

void column_drop(struct schema *schema, struct relation *relation, struct column *column)
{
    const char *name = column->name;
    schema_put(schema, column->dropped, true);
    vec_each(constraint, &relation->constraints)
        if (!constraint->dropped && constraint_mentions(constraint, name))
            constraint_drop(schema, relation, constraint);
    drop_indexes(schema, relation, name);
    drop_references(schema, relation, name);
    for (size_t i = relation->sequences.count; i > 0; i--)
        if (str_same(relation->sequences.at[i - 1]->owner_column, name))
            relation_drop(schema, relation->sequences.at[i - 1]);
}
