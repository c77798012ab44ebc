/* Finding tables and columns of the simulated schema, and saying which one may have been meant. */
#include "write/generating.h"

#include "base/str.h"
#include "review/names.h"
#include "text/nearest.h"

#include <string.h>
#include <strings.h>

const char *generate_schema(const struct generation *generation)
{
    const struct service *service = generation->request->service;
    return service->schema != NULL ? service->schema : "public";
}

static bool is_table(const struct relation *relation)
{
    return relation->exists && relation->kind != RELATION_INDEX && relation->kind != RELATION_SEQUENCE &&
           relation->kind != RELATION_COMPOSITE;
}

struct relation *generate_relation(const struct generation *generation, const struct object_name *name)
{
    struct relation *found = schema_relation(generation->schema, name);
    return found != NULL && is_table(found) ? found : NULL;
}

struct relation *generate_relation_like(const struct generation *generation, struct object_name *name)
{
    static const char *const endings[] = {"", "s", "es"};
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        struct object_name plural = {name->schema, arena_printf(generation->arena, "%s%s", name->name, endings[i])};
        struct relation *found = generate_relation(generation, &plural);
        if (found != NULL) {
            *name = (struct object_name){found->schema, found->name};
            return found;
        }
    }
    size_t length = strlen(name->name);
    if (length == 0 || name->name[length - 1] != 'y')
        return NULL;
    struct object_name plural = {name->schema, arena_printf(generation->arena, "%.*sies", (int)(length - 1), name->name)};
    struct relation *found = generate_relation(generation, &plural);
    if (found != NULL)
        *name = (struct object_name){found->schema, found->name};
    return found;
}

const struct column *generate_column(const struct relation *relation, const char *name)
{
    const struct column *column = relation_column(relation, name);
    return column == NULL || column->dropped ? NULL : column;
}

static bool is_system_column(const char *name)
{
    static const char *const names[] = {"ctid", "xmin", "xmax", "cmin", "cmax", "tableoid"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

bool generate_has_column(const struct relation *relation, const char *name)
{
    return generate_column(relation, name) != NULL || is_system_column(name) || strcmp(name, relation->name) == 0;
}

/* Only those that the name could have meant: of its schema where it has one. */
static struct strings tables(const struct generation *generation, const char *schema)
{
    struct strings names = {0};
    const char *own = generate_schema(generation);
    vec_each(each, &generation->schema->all) {
        const struct relation *relation = *each;
        if (!is_table(relation) || (schema != NULL && strcmp(schema, relation->schema) != 0))
            continue;
        bool ours = schema != NULL || strcmp(own, relation->schema) == 0;
        *vec_add(generation->arena, &names) =
            ours ? relation->name : arena_printf(generation->arena, "%s.%s", relation->schema, relation->name);
    }
    return names;
}

int generate_no_table(const struct generation *generation, enum parameter parameter, const struct object_name *name,
                      struct err *err)
{
    enum { FEW = 12 };
    struct strings known = tables(generation, name->schema);
    const char *nearest = nearest_find(name->name, &known);
    const char *variable = parameter_rows[parameter].variable;
    err_set(err, ERR_USAGE, "there is no table \"%s\" in %s", name->name,
            name->schema != NULL ? name->schema : generate_schema(generation));
    if (nearest != NULL)
        return err_hint(err, "did you mean %s?  %s= says which one it is", nearest, variable);
    if (known.count > 0 && known.count <= FEW)
        return err_hint(err, "%s= says which one it is: %s", variable, words_join(generation->arena, &known));
    return err_hint(err, "%s= says which one it is; the migrations before make %zu tables there", variable, known.count);
}

int generate_no_column(const struct generation *generation, enum parameter parameter, const struct relation *relation,
                       const char *name, struct err *err)
{
    struct strings known = {0};
    vec_each(column, &relation->columns)
        if (!column->dropped)
            *vec_add(generation->arena, &known) = column->name;
    const char *nearest = nearest_find(name, &known);
    err_set(err, ERR_USAGE, "%s: table %s.%s has no column \"%s\"", parameter_rows[parameter].variable, relation->schema,
            relation->name, name);
    if (nearest != NULL)
        return err_hint(err, "did you mean %s?", nearest);
    return err_hint(err, "it has %s", words_join(generation->arena, &known));
}

struct strings generate_primary_key(const struct relation *relation)
{
    struct strings none = {0};
    if (relation != NULL)
        vec_each(constraint, &relation->constraints)
            if (constraint->kind == CONSTRAINT_PRIMARY_KEY && !constraint->dropped)
                return constraint->columns;
    return none;
}

const char *generate_type_text(const struct generation *generation, const char *text)
{
    static const char setof[] = "setof ";
    struct arena *arena = generation->arena;
    bool set = strncasecmp(text, setof, strlen(setof)) == 0;
    struct type_name type;
    if (clause_type(arena, set ? text + strlen(setof) : text, &type) != NULL || type.schema != NULL)
        return text;
    const struct object_name name = {.name = type.name};
    const struct type *made = schema_type(generation->schema, &name);
    const struct relation *row = generate_relation(generation, &name);
    if ((made == NULL || !made->exists) && row == NULL)
        return text;
    type.schema = made != NULL && made->exists ? made->schema : row->schema;
    return arena_printf(arena, "%s%s", set ? "SETOF " : "", names_type(arena, &type));
}
