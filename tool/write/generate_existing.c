/* What is there already, as templates ask for it: columns and what hangs on them, keys, the labels of an enum. */
#include "write/generating.h"

#include "base/str.h"
#include "review/names.h"
#include "schema/schema_change.h"
#include "text/quote.h"

#include <string.h>

const char *generate_identifier(struct arena *arena, const char *name)
{
    return quote_is_needless(name) ? name : quote_identifier(arena, name);
}

void generate_add_identifier(struct str *out, const char *name)
{
    str_add(out, generate_identifier(out->arena, name));
}

const char *generate_qualified(struct arena *arena, const char *schema, const char *name)
{
    struct str out = str_new(arena);
    generate_add_identifier(&out, schema);
    str_add_char(&out, '.');
    generate_add_identifier(&out, name);
    return out.at;
}

bool generate_names_column(const struct strings *columns, const char *name)
{
    vec_each(column, columns)
        if (strcmp(*column, name) == 0)
            return true;
    return false;
}

static void add_columns(struct str *out, const struct strings *columns)
{
    str_add(out, "(");
    for (size_t i = 0; i < columns->count; i++) {
        str_add(out, i == 0 ? "" : ", ");
        generate_add_identifier(out, columns->at[i]);
    }
    str_add(out, ")");
}

static void add_foreign_key(struct str *out, const struct constraint *constraint)
{
    str_add(out, "FOREIGN KEY ");
    add_columns(out, &constraint->columns);
    str_addf(out, " REFERENCES %s", generate_qualified(out->arena, constraint->referenced->schema, constraint->referenced->name));
    if (constraint->referenced_columns.count > 0) {
        str_add(out, " ");
        add_columns(out, &constraint->referenced_columns);
    }
}

/* NULL where the migrations do not tell all of it. */
const char *generate_constraint_sql(struct arena *arena, const struct constraint *constraint)
{
    struct str out = str_new(arena);
    bool is_check = constraint->kind == CONSTRAINT_CHECK, is_key = constraint->kind == CONSTRAINT_FOREIGN_KEY;
    if (constraint->understood == TRUTH_NO || (is_check && (constraint->check == NULL || constraint->check->text == NULL)) ||
        (is_key && constraint->referenced == NULL))
        return NULL;
    if (is_check)
        str_addf(&out, "CHECK (%s)", constraint->check->text);
    else if (is_key)
        add_foreign_key(&out, constraint);
    else if (constraint->kind == CONSTRAINT_UNIQUE || constraint->kind == CONSTRAINT_PRIMARY_KEY) {
        str_add(&out, constraint->kind == CONSTRAINT_UNIQUE ? "UNIQUE " : "PRIMARY KEY ");
        add_columns(&out, &constraint->columns);
    } else
        return NULL;
    str_add(&out, constraint->options == NULL ? "" : constraint->options);
    str_add(&out, (is_check || is_key) && constraint->valid == TRUTH_NO ? " NOT VALID" : "");
    return out.at;
}

static bool index_uses(const struct relation *index, const char *column)
{
    vec_each(key, &index->keys)
        if ((key->column != NULL && strcmp(key->column, column) == 0) ||
            (key->expression != NULL && generate_names_column(&key->expression->columns, column)))
            return true;
    return generate_names_column(&index->including, column) ||
           (index->predicate != NULL && generate_names_column(&index->predicate->columns, column));
}

static bool is_of_constraint(const struct relation *table, const struct relation *index)
{
    vec_each(constraint, &table->constraints)
        if (!constraint->dropped && constraint->index == index)
            return true;
    return false;
}

const char *generate_index_sql(struct arena *arena, const struct relation *table, const struct relation *index)
{
    struct str out = str_new(arena);
    str_addf(&out, "CREATE %sINDEX ", (index->flags & FLAG_UNIQUE) != 0 ? "UNIQUE " : "");
    generate_add_identifier(&out, index->name);
    str_addf(&out, " ON %s", generate_qualified(arena, table->schema, table->name));
    if (index->method != NULL && strcmp(index->method, "btree") != 0)
        str_addf(&out, " USING %s", index->method);
    str_add(&out, " (");
    for (size_t i = 0; i < index->keys.count; i++) {
        const struct key_part *key = &index->keys.at[i];
        if (key->text == NULL && key->column == NULL)
            return NULL;
        str_add(&out, i == 0 ? "" : ", ");
        if (key->text != NULL)
            str_add(&out, key->text);
        else
            generate_add_identifier(&out, key->column);
    }
    str_add(&out, ")");
    if (index->including.count > 0) {
        str_add(&out, " INCLUDE ");
        add_columns(&out, &index->including);
    }
    if (index->predicate != NULL && index->predicate->text == NULL)
        return NULL;
    if (index->predicate != NULL)
        str_addf(&out, " WHERE %s", index->predicate->text);
    return out.at;
}

static void add_definition(struct arena *arena, struct data *list, const char *name, const char *sql)
{
    if (sql == NULL)
        return;
    struct data *item = data_add(list, data_map(arena));
    data_set_text(arena, item, "name", name);
    data_set_text(arena, item, "sql", sql);
}

static void set_dependents(struct arena *arena, struct data *map, const struct relation *table, const char *column)
{
    struct data *constraints = data_set(map, "constraints", data_list(arena));
    struct data *indexes = data_set(map, "indexes", data_list(arena));
    vec_each(constraint, &table->constraints)
        if (!constraint->dropped &&
            (generate_names_column(&constraint->columns, column) ||
             (constraint->check != NULL && generate_names_column(&constraint->check->columns, column))))
            add_definition(arena, constraints, constraint->name, generate_constraint_sql(arena, constraint));
    vec_each(each, &table->indexes) {
        const struct relation *index = *each;
        if (index->exists && index_uses(index, column) && !is_of_constraint(table, index))
            add_definition(arena, indexes, index->name, generate_index_sql(arena, table, index));
    }
}

bool generate_is_indexed(const struct relation *table, const char *column)
{
    if (table != NULL)
        vec_each(each, &table->indexes) {
            const struct relation *index = *each;
            if (index->exists && index->valid != TRUTH_NO && index->predicate == NULL && index->keys.count > 0 &&
                index->keys.at[0].column != NULL && strcmp(index->keys.at[0].column, column) == 0)
                return true;
        }
    return false;
}

/* The options of the statements that made a sequence and changed it, but for whose it is: that is said when it is there. */
static struct strings sequence_options(struct arena *arena, const char *definition)
{
    static const char owned[] = "OWNED BY";
    struct strings parts = definition == NULL ? (struct strings){0} : clause_split(arena, definition, ';'), options = {0};
    vec_each(part, &parts) {
        const char *at = strcasestr(*part, owned), *text = *part;
        if (at != NULL) {
            const char *name = at + strlen(owned) + strspn(at + strlen(owned), " \t\r\n");
            text = arena_printf(arena, "%.*s%s", (int)(at - *part), *part, name + strcspn(name, " \t\r\n"));
        }
        if (text[strspn(text, " \t\r\n")] != '\0')
            *vec_add(arena, &options) = text;
    }
    return options;
}

static const char *set_no_sequence(struct arena *arena, struct data *map, const char *serial, const char *value)
{
    data_set_text(arena, map, "serial", serial);
    data_set(map, "sequence", data_text(arena, NULL));
    return value;
}

/*
 * The sequence that goes with a column.  Of serial it has the name that the server chooses, and comes back by that word;
 * another one is made before the column.  The column's default.
 */
static const char *set_sequence(struct arena *arena, struct data *map, const struct relation *table, const struct column *column)
{
    static const struct {
        const char *integer, *serial;
    } rows[] = {{"int4", "serial"}, {"int8", "bigserial"}, {"int2", "smallserial"}};
    const struct relation *sequence = NULL;
    vec_each(each, &table->sequences)
        if ((*each)->exists && str_same((*each)->owner_column, column->name) && !column->identity)
            sequence = *each;
    if (sequence == NULL)
        return set_no_sequence(arena, map, NULL, column->default_text);
    const char *made = column->has_default && column->default_text == NULL ? "" : NULL, *serial = NULL;
    for (size_t i = 0; made != NULL && i < sizeof rows / sizeof *rows; i++)
        if (str_same(column->type.name, rows[i].integer))
            serial = rows[i].serial;
    if (serial != NULL && column->not_null == TRUTH_YES && sequence->definition == NULL && str_same(sequence->schema, table->schema) &&
        strcmp(sequence->name, schema_object_name(arena, table->name, column->name, "seq")) == 0)
        return set_no_sequence(arena, map, serial, NULL);
    const char *name = generate_qualified(arena, sequence->schema, sequence->name);
    struct strings options = sequence_options(arena, sequence->definition);
    data_set_text(arena, map, "serial", NULL);
    struct data *item = data_set(map, "sequence", data_map(arena));
    data_set_text(arena, item, "name", name);
    data_set_text(arena, item, "column", column->name);
    data_set_text(arena, item, "type", serial == NULL ? NULL : names_type(arena, &column->type));
    data_set_texts(arena, item, "options", &options);
    return serial == NULL ? column->default_text : arena_printf(arena, "nextval(%s)", quote_literal(arena, name));
}

static void fill_column(struct arena *arena, struct data *map, const struct relation *table, const struct column *column)
{
    struct strings key = generate_primary_key(table);
    bool not_null = column->not_null == TRUTH_YES, is_key = generate_names_column(&key, column->name);
    data_set_text(arena, map, "name", column->name);
    data_set_text(arena, map, "type", column->type.name == NULL ? NULL : names_type(arena, &column->type));
    data_set_bool(arena, map, "not_null", not_null);
    data_set_bool(arena, map, "has_default", column->has_default);
    data_set_text(arena, map, "default", set_sequence(arena, map, table, column));
    data_set_text(arena, map, "collation", column->collation);
    data_set_text(arena, map, "computed", column->generated == GENERATED_STORED ? column->generated_text : NULL);
    data_set_text(arena, map, "identity", !column->identity ? NULL : column->by_default ? "BY DEFAULT" : "ALWAYS");
    data_set_bool(arena, map, "required", not_null && !column->has_default && !column->identity && !is_key);
    set_dependents(arena, map, table, column->name);
}

struct data *generate_old_column(const struct generation *generation, const char *name)
{
    const struct column *column =
        generation->existing == NULL || name == NULL ? NULL : generate_column(generation->existing, name);
    if (column == NULL)
        return data_text(generation->arena, NULL);
    struct data *map = data_map(generation->arena);
    fill_column(generation->arena, map, generation->existing, column);
    struct strings said = generate_column_statements(generation, generation->existing, name);
    data_set_texts(generation->arena, map, "said", &said);
    return map;
}

struct data *generate_existing_data(const struct generation *generation)
{
    struct arena *arena = generation->arena;
    struct relation *relation = generation->existing;
    if (relation == NULL)
        return data_text(arena, NULL);
    struct data *map = data_map(arena), *list = data_set(map, "columns", data_list(arena));
    vec_each(column, &relation->columns)
        if (!column->dropped)
            fill_column(arena, data_add(list, data_map(arena)), relation, column);
    data_set_bool(arena, map, "partitioned", relation->partition_by != 0);
    return map;
}
