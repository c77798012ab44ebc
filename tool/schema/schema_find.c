/* What names mean in a simulated schema at a moment. */
#include "base/str.h"
#include "schema/schema_change.h"

#include <string.h>

static const char temporary[] = "pg_temp";

/* As much of a name as fits: names have at most 63 bytes here. */
static size_t put(char *to, const char *text)
{
    size_t length = strnlen(text, KEY_SIZE / 2 - 1);
    memcpy(to, text, length);
    to[length] = '\0';
    return length;
}

/* The separator is in no name that anybody writes, so that "a.b"."c" is not "a"."b.c". */
const char *schema_key(char key[KEY_SIZE], const char *schema, const char *name)
{
    size_t length = put(key, schema);
    key[length] = '\x1f';
    put(key + length + 1, name);
    return key;
}

static bool is_column_of_any(const struct relation_refs *relations, const char *name)
{
    vec_each(one, relations)
        if (relation_column(*one, name) != NULL)
            return true;
    return false;
}

/* What is no column that anybody knows may be a row as a whole. */
bool relation_mentions(const struct relation *view, const char *column)
{
    vec_each(name, &view->mentions)
        if (strcmp(*name, column) == 0 || strcmp(*name, "*") == 0 || !is_column_of_any(&view->reads, *name))
            return true;
    return view->mentions.count == 0;
}

static void *find_in(const struct map *map, const char *schema, const char *name)
{
    char key[KEY_SIZE];
    return map_find(map, schema_key(key, schema, name));
}

static void *find(const struct schema *schema, const struct map *map, const struct object_name *name)
{
    void *found = NULL;
    if (name->name == NULL)
        return NULL;
    if (name->schema != NULL)
        return find_in(map, name->schema, name->name);
    if (schema->log->temporaries.count > 0)
        found = find_in(map, temporary, name->name);
    for (size_t i = 0; found == NULL && i < schema->search_path.count; i++)
        found = find_in(map, schema->search_path.at[i], name->name);
    return found;
}

struct relation *schema_relation(const struct schema *schema, const struct object_name *name)
{
    return find(schema, &schema->relations, name);
}

struct type *schema_type(const struct schema *schema, const struct object_name *name)
{
    return find(schema, &schema->types, name);
}

struct function *schema_function(const struct schema *schema, const struct object_name *name)
{
    return find(schema, &schema->functions, name);
}

struct relation *schema_statistics(const struct schema *schema, const struct object_name *name)
{
    return find(schema, &schema->statistics, name);
}

const char *schema_creation_schema(const struct schema *schema, const struct object_name *name)
{
    if (name->schema != NULL)
        return name->schema;
    vec_each(entry, &schema->search_path) {
        const struct schema_namespace *namespace = map_find(&schema->namespaces, *entry);
        if (!str_same(*entry, "$user") && (namespace == NULL || namespace->exists))
            return *entry;
    }
    return "public";
}

struct column *relation_column(const struct relation *relation, const char *name)
{
    vec_each(column, &relation->columns)
        if (!column->dropped && str_same(column->name, name))
            return column;
    return NULL;
}

bool relation_goes_with(const struct relation *relation, const struct relation *referenced)
{
    vec_each(constraint, &relation->constraints)
        if (constraint->referenced == referenced && constraint->on_delete_cascade && !constraint->dropped)
            return true;
    return false;
}

struct constraint *relation_constraint(const struct relation *relation, const char *name)
{
    vec_each(constraint, &relation->constraints)
        if (!constraint->dropped && str_same(constraint->name, name))
            return constraint;
    return NULL;
}

bool relation_is_new(const struct schema *schema, const struct relation *relation)
{
    return relation->transaction != 0 && relation->transaction == schema->transaction;
}

enum truth relation_holds_rows(const struct schema *schema, const struct relation *relation)
{
    bool is_own = relation->temporary || relation_is_new(schema, relation);
    return is_own || relation->has_rows != TRUTH_NO ? relation->has_rows : TRUTH_UNKNOWN;
}

const struct function_refs *schema_functions(const struct schema *schema)
{
    return &schema->log->functions;
}

const struct type_refs *schema_types(const struct schema *schema)
{
    return &schema->log->types;
}
