/* What the columns of a new table say of the table itself: its key, and what refers to it; and to how many others it refers. */
#include "write/generate_new.h"

#include "base/str.h"

#include <string.h>

static struct column_spec *find_spec(const struct generation *generation, const char *name)
{
    vec_each(spec, &generation->columns)
        if (strcmp(spec->name, name) == 0)
            return spec;
    return NULL;
}

static struct column_spec *find_key(const struct generation *generation)
{
    vec_each(spec, &generation->columns)
        if (spec->primary_key)
            return spec;
    return NULL;
}

static bool is_itself(const struct generation *generation, const struct object_name *name)
{
    return generation->existing == NULL && str_same(generation->table.name, name->name) &&
           (name->schema == NULL || str_same(name->schema, generation->table.schema));
}

/* It has the type of the key, which nothing before tells. */
static void refer_to_itself(struct generation *generation, struct column_spec *spec, const struct column_spec *key)
{
    if (spec->references_column == NULL)
        spec->references_column = key == NULL ? "id" : key->name;
    struct column_spec *target = find_spec(generation, spec->references_column);
    if (target != NULL && target->type == NULL && target->references.name == NULL)
        target->type = generate_usual_type(target->name);
    if (spec->type == NULL)
        spec->type = target == NULL ? "bigint" : target->type;
}

void generate_settle_new(struct generation *generation)
{
    struct column_spec *id = find_spec(generation, "id");
    if (generation->type.existing_table != DEMAND_NO || generation->table.name == NULL)
        return;
    if (find_key(generation) == NULL && id != NULL)
        id->primary_key = true;
    vec_each(spec, &generation->columns)
        if (is_itself(generation, &spec->references))
            refer_to_itself(generation, spec, find_key(generation));
}

/* The first other table that the columns refer to; NULL: none. */
static const struct object_name *first_reference(const struct generation *generation)
{
    vec_each(spec, &generation->columns)
        if (spec->references.name != NULL && !is_itself(generation, &spec->references))
            return &spec->references;
    return NULL;
}

static bool is_another(const struct generation *generation, const struct object_name *name)
{
    const struct object_name *first = first_reference(generation);
    return name->name != NULL && first != NULL && !is_itself(generation, name) &&
           (!str_same(first->name, name->name) || !str_same(first->schema, name->schema));
}

bool generate_refers_to_several(const struct generation *generation)
{
    vec_each(spec, &generation->columns)
        if (is_another(generation, &spec->references))
            return true;
    return false;
}

/* A new table has those to one other table at once; with those to more, all of them would be locked together. */
bool generate_refers_later(const struct generation *generation, const struct column_spec *spec)
{
    return generation->type.existing_table != DEMAND_NO ? spec->references.name != NULL
                                                        : is_another(generation, &spec->references);
}
