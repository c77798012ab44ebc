/* What generated SQL names and nothing makes: relations, types, columns, and keys that references need. */
#include "write/generate_prove.h"

#include "base/str.h"
#include "review/names.h"
#include "review/use.h"
#include "text/nearest.h"

#include <string.h>

/* Of a schema into which no migration puts anything, nothing is known. */
static bool is_known_schema(const struct schema *schema, const char *name)
{
    vec_each(each, &schema->all)
        if ((*each)->complete && strcmp((*each)->schema, name) == 0)
            return true;
    return false;
}

/* The server's own, and what may be there though no migration says so. */
static bool may_be_there(const struct situation *situation, const struct object_name *name)
{
    const struct schema *schema = situation->schema;
    if (schema->unknown_happened || schema->extensions.entries != NULL || str_starts(name->name, "pg_"))
        return true;
    return name->schema != NULL && !is_known_schema(schema, name->schema);
}

/* What other systems call a type of PostgreSQL's; NULL: nothing that is known here. */
static const char *own_type(const char *name)
{
    static const char *const types[][2] = {
        {"string", "text"},        {"str", "text"},            {"longtext", "text"},      {"mediumtext", "text"},
        {"clob", "text"},          {"datetime", "timestamptz"}, {"int64", "bigint"},      {"long", "bigint"},
        {"int32", "integer"},      {"mediumint", "integer"},   {"int16", "smallint"},     {"short", "smallint"},
        {"tinyint", "smallint"},   {"double", "double precision"}, {"float64", "double precision"}, {"float32", "real"},
        {"number", "numeric"},     {"blob", "bytea"},          {"binary", "bytea"},       {"varbinary", "bytea"},
        {"bytes", "bytea"},        {"guid", "uuid"},           {"uniqueidentifier", "uuid"}, {"nvarchar", "varchar"}};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (strcmp(types[i][0], name) == 0)
            return types[i][1];
    return NULL;
}

static int no_object(const struct generation *generation, const char *kind, const struct object_name *name,
                     const struct strings *known, struct err *err)
{
    const char *nearest = strcmp(kind, "type") == 0 ? own_type(name->name) : NULL;
    const char *schema = name->schema != NULL ? name->schema : generate_schema(generation);
    if (nearest == NULL)
        nearest = nearest_find(name->name, known);
    err_set(err, ERR_USAGE, "there is no %s \"%s\" in %s", kind, name->name, schema);
    if (nearest != NULL)
        return err_hint(err, "did you mean %s?", nearest);
    return err_hint(err, "the migrations before make none; where it is made by something else, write the migration by hand");
}

static int find_relation(const struct generation *generation, const struct situation *situation, const struct use *use,
                         struct err *err)
{
    const struct object_name *made = &situation->action->name;
    struct strings known = {0};
    bool itself = use_made(situation->action) != USE_NONE && str_same(made->name, use->name.name) &&
                  str_same(made->schema, use->name.schema);
    if (itself || schema_relation(situation->schema, &use->name) != NULL || may_be_there(situation, &use->name))
        return 0;
    vec_each(each, &situation->schema->all)
        if ((*each)->exists && (*each)->kind != RELATION_INDEX)
            *vec_add(generation->arena, &known) = (*each)->name;
    return no_object(generation, "table or view", &use->name, &known, err);
}

static int find_type(const struct generation *generation, const struct situation *situation, const struct use *use,
                     struct err *err)
{
    struct strings known = {0};
    bool foreign = use->name.schema == NULL && own_type(use->name.name) != NULL;
    if (schema_type(situation->schema, &use->name) != NULL || schema_relation(situation->schema, &use->name) != NULL ||
        (may_be_there(situation, &use->name) && !foreign))
        return 0;
    vec_each(each, schema_types(situation->schema))
        if ((*each)->exists)
            *vec_add(generation->arena, &known) = (*each)->name;
    return no_object(generation, "type", &use->name, &known, err);
}

/* --- tables that are none */

/* What a view cannot have, or have done to it. */
static int refuse_view(const struct generation *generation, const struct situation *situation, struct err *err)
{
    static const bool of_tables[ACTION_KINDS] = {
        [ACTION_ADD_COLUMN] = true,    [ACTION_DROP_COLUMN] = true,   [ACTION_ADD_CONSTRAINT] = true,
        [ACTION_SET_NOT_NULL] = true,  [ACTION_CREATE_INDEX] = true,  [ACTION_CREATE_TRIGGER] = true,
        [ACTION_CREATE_POLICY] = true, [ACTION_UPDATE] = true,        [ACTION_INSERT] = true};
    const struct relation *table = situation->relation;
    bool plain = table != NULL && table->exists && table->kind == RELATION_VIEW;
    bool stored = table != NULL && table->exists && table->kind == RELATION_MATERIALIZED_VIEW;
    if (!of_tables[situation->action->kind] || (!plain && !stored) ||
        (stored && situation->action->kind == ACTION_CREATE_INDEX))
        return 0;
    err_set(err, ERR_USAGE, "%s.%s is a %sview: a migration of type %s is for a table", table->schema, table->name,
            plain ? "" : "materialized ", generation->type.name);
    return err_hint(err, "TABLE= says which one it is");
}

/* What only some environments have would be missing in the others. */
static int refuse_other_environment(const struct generation *generation, const struct situation *situation,
                                    const struct use *use, struct err *err)
{
    const struct relation *relation = use->class == USE_RELATION ? schema_relation(situation->schema, &use->name) : NULL;
    const struct migration *maker = relation == NULL ? NULL : relation->created_by;
    const struct migrations *migrations = &generation->request->service->migrations;
    bool shared = false;
    if (maker == NULL || maker->environment == NULL || str_same(maker->environment, generation->request->environment))
        return 0;
    vec_each(migration, migrations)
        shared |= (*migration)->environment == NULL;
    if (!shared)
        return 0;
    err_set(err, ERR_USAGE, "only %s has %s.%s: %s makes it", maker->environment, relation->schema, relation->name,
            migration_label(generation->arena, maker));
    return err_hint(err, "--for %s (FOR=%s) puts the migration there, too", maker->environment, maker->environment);
}

/* --- columns */

static int no_column(const struct generation *generation, const struct relation *table, const char *name, struct err *err)
{
    struct strings known = {0};
    vec_each(column, &table->columns)
        if (!column->dropped)
            *vec_add(generation->arena, &known) = column->name;
    const char *nearest = nearest_find(name, &known);
    err_set(err, ERR_USAGE, "table %s.%s has no column \"%s\"", table->schema, table->name, name);
    if (nearest != NULL)
        return err_hint(err, "did you mean %s?", nearest);
    return err_hint(err, "it has %s", words_join(generation->arena, &known));
}

static int find_columns(const struct generation *generation, const struct relation *table, const struct strings *names,
                        struct err *err)
{
    if (table == NULL || !table->complete)
        return 0;
    vec_each(name, names)
        if (!generate_has_column(table, *name))
            return no_column(generation, table, *name, err);
    return 0;
}

static int find_in_expression(const struct generation *generation, const struct relation *table,
                              const struct expression *expression, struct err *err)
{
    return expression == NULL || expression->opaque ? 0 : find_columns(generation, table, &expression->columns, err);
}

static int find_in_index(const struct generation *generation, const struct situation *situation, struct err *err)
{
    const struct action *action = situation->action;
    vec_each(key, &action->keys) {
        struct strings one = {0};
        if (key->column != NULL)
            *vec_add(generation->arena, &one) = key->column;
        if (find_columns(generation, situation->relation, &one, err) != 0 ||
            find_in_expression(generation, situation->relation, key->expression, err) != 0)
            return -1;
    }
    if (find_columns(generation, situation->relation, &action->including, err) != 0)
        return -1;
    return find_in_expression(generation, situation->relation, action->expression, err);
}

/* --- references */

static bool has_same(const struct strings *a, const struct strings *b)
{
    size_t found = 0;
    vec_each(name, a)
        vec_each(other, b)
            found += strcmp(*name, *other) == 0;
    return a->count == b->count && found == a->count;
}

static bool is_unique_index(const struct generation *generation, const struct relation *index, const struct strings *columns)
{
    struct strings keys = {0};
    if (!index->exists || (index->flags & FLAG_UNIQUE) == 0 || index->predicate != NULL || index->valid == TRUTH_NO)
        return false;
    vec_each(key, &index->keys) {
        if (key->column == NULL)
            return false;
        *vec_add(generation->arena, &keys) = key->column;
    }
    return has_same(&keys, columns);
}

static bool is_key(const struct generation *generation, const struct relation *table, const struct strings *columns)
{
    vec_each(constraint, &table->constraints)
        if (!constraint->dropped &&
            (constraint->kind == CONSTRAINT_PRIMARY_KEY || constraint->kind == CONSTRAINT_UNIQUE) &&
            has_same(&constraint->columns, columns))
            return true;
    vec_each(index, &table->indexes)
        if (is_unique_index(generation, *index, columns))
            return true;
    return false;
}

/* Types of one family can be compared with one another; NULL: the type stands alone, or is not known here. */
static const char *family_of(const struct schema *schema, const struct type_name *type)
{
    static const char *const families[][2] = {
        {"int2", "number"},    {"int4", "number"},    {"int8", "number"},         {"serial", "number"},
        {"bigserial", "number"}, {"smallserial", "number"}, {"numeric", "number"}, {"float4", "number"},
        {"float8", "number"},  {"text", "text"},      {"varchar", "text"},        {"bpchar", "text"},
        {"date", "time"},      {"timestamp", "time"}, {"timestamptz", "time"},    {"uuid", "uuid"},
        {"bool", "bool"},      {"bytea", "bytea"},    {"inet", "inet"},           {"cidr", "inet"}};
    struct object_name name = {type->schema, type->name};
    const struct type *own = schema_type(schema, &name);
    if (type->dimensions > 0)
        return NULL;
    if (own != NULL && own->exists && own->kind == TYPE_ENUM)
        return own->name;
    for (size_t i = 0; i < sizeof families / sizeof *families; i++)
        if (own == NULL && strcmp(families[i][0], type->name) == 0)
            return families[i][1];
    return NULL;
}

/* The column as the statement at hand defines it, else as it is. */
static const struct type_name *type_of(const struct situation *situation, const struct relation *table, const char *name)
{
    vec_each(column, &situation->action->columns)
        if (strcmp(column->name, name) == 0)
            return &column->type;
    const struct column *column = table == NULL ? NULL : relation_column(table, name);
    return column == NULL || column->type.name == NULL ? NULL : &column->type;
}

static int compare_types(const struct generation *generation, const struct situation *situation, const char *name,
                         const struct relation *referenced, const char *target, struct err *err)
{
    const struct type_name *from = type_of(situation, situation->relation, name);
    const struct column *column = relation_column(referenced, target);
    const struct type_name *to = column == NULL || column->type.name == NULL ? NULL : &column->type;
    const char *left = from == NULL ? NULL : family_of(situation->schema, from);
    const char *right = to == NULL ? NULL : family_of(situation->schema, to);
    if (left == NULL || right == NULL || strcmp(left, right) == 0)
        return 0;
    err_set(err, ERR_USAGE, "column \"%s\" is %s and cannot refer to %s.%s(%s), which is %s", name,
            names_type(generation->arena, from), referenced->schema, referenced->name, target,
            names_type(generation->arena, to));
    return err_hint(err, "what refers has the type of what it refers to");
}

static int check_reference(const struct generation *generation, const struct situation *situation,
                           const struct constraint_def *constraint, struct err *err)
{
    struct relation *referenced = constraint->referenced.name == NULL
                                      ? NULL : schema_relation(situation->schema, &constraint->referenced);
    if (referenced == NULL || !referenced->complete)
        return 0;
    struct strings targets = constraint->referenced_columns;
    if (targets.count == 0)
        targets = generate_primary_key(referenced);
    if (find_columns(generation, referenced, &targets, err) != 0)
        return -1;
    if (!is_key(generation, referenced, &targets)) {
        err_set(err, ERR_USAGE, "%s.%s has no primary or unique key of %s alone, and a reference needs one",
                referenced->schema, referenced->name, words_join(generation->arena, &targets));
        return err_hint(err, "refer to a primary key or to unique columns");
    }
    for (size_t i = 0; i < targets.count && i < constraint->columns.count; i++)
        if (compare_types(generation, situation, constraint->columns.at[i], referenced, targets.at[i], err) != 0)
            return -1;
    return 0;
}

static int check_constraints(const struct generation *generation, const struct situation *situation,
                             const struct constraint_defs *constraints, struct err *err)
{
    bool there = situation->action->kind == ACTION_ADD_CONSTRAINT;
    vec_each(constraint, constraints) {
        if (there && (find_columns(generation, situation->relation, &constraint->columns, err) != 0 ||
                      find_in_expression(generation, situation->relation, constraint->check, err) != 0))
            return -1;
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && check_reference(generation, situation, constraint, err) != 0)
            return -1;
    }
    return 0;
}

static int find_parts(const struct generation *generation, const struct situation *situation, struct err *err)
{
    const struct action *action = situation->action;
    vec_each(column, &action->columns)
        if (check_constraints(generation, situation, &column->constraints, err) != 0)
            return -1;
    if (check_constraints(generation, situation, &action->constraints, err) != 0)
        return -1;
    if (action->kind == ACTION_CREATE_INDEX)
        return find_in_index(generation, situation, err);
    return action->kind == ACTION_CREATE_POLICY
               ? find_in_expression(generation, situation->relation, action->expression, err) : 0;
}

int generate_find_lack(const struct generation *generation, const struct situation *situation, struct err *err)
{
    struct uses uses = {0};
    if (refuse_view(generation, situation, err) != 0)
        return -1;
    if (situation->action->place != PLACE_STATEMENT)
        return 0;
    uses_of(generation->arena, situation->action, &uses);
    vec_each(use, &uses) {
        if (!use->certain)
            continue;
        if ((use->class == USE_RELATION && find_relation(generation, situation, use, err) != 0) ||
            (use->class == USE_TYPE && find_type(generation, situation, use, err) != 0))
            return -1;
        if (refuse_other_environment(generation, situation, use, err) != 0)
            return -1;
    }
    return find_parts(generation, situation, err);
}
