/* Objects that are no tables: what a type demands of them, and what templates may ask about them. */
#include "write/generating.h"

#include "base/str.h"
#include "schema/schema_change.h"
#include "text/nearest.h"

#include <string.h>
#include <strings.h>

static const char *schema_of(const struct generation *generation)
{
    return generation->object.schema != NULL ? generation->object.schema : generate_schema(generation);
}

static struct type *find_enum(const struct generation *generation)
{
    struct object_name name = {schema_of(generation), generation->object.name};
    struct type *type = name.name == NULL ? NULL : schema_type(generation->schema, &name);
    return type != NULL && type->exists && type->kind == TYPE_ENUM ? type : NULL;
}

static struct strings enums_in_use(const struct generation *generation)
{
    struct strings names = {0};
    struct map seen = {0};
    vec_each(each, &generation->schema->all)
        vec_each(column, &(*each)->columns) {
            struct object_name name = {column->type.schema, column->type.name};
            struct type *type = name.name == NULL || column->dropped ? NULL : schema_type(generation->schema, &name);
            if (type == NULL || !type->exists || type->kind != TYPE_ENUM || map_find(&seen, type->name) != NULL)
                continue;
            map_put(generation->arena, &seen, type->name, type);
            *vec_add(generation->arena, &names) = type->name;
        }
    return names;
}

static int no_enum(const struct generation *generation, struct err *err)
{
    struct strings known = enums_in_use(generation);
    const char *nearest = nearest_find(generation->object.name, &known);
    err_set(err, ERR_USAGE, "there is no enum \"%s\" in %s", generation->object.name, schema_of(generation));
    if (nearest != NULL)
        return err_hint(err, "did you mean %s?  OBJECT= says which one it is", nearest);
    return err_hint(err, "OBJECT= says which one it is%s%s", known.count == 0 ? "" : ": ",
                    known.count == 0 ? "" : words_join(generation->arena, &known));
}

static int check_labels(const struct generation *generation, const struct type *type, struct err *err)
{
    const char *values = generation->parameters[PARAMETER_VALUES];
    struct strings added = values == NULL ? (struct strings){0} : clause_split(generation->arena, values, ',');
    enum { LONGEST = 63 };
    vec_each(value, &added)
        if (strlen(*value) > LONGEST + (**value == '\'' ? 2 : 0))
            return err_set(err, ERR_USAGE, "VALUES: \"%s\" is too long: PostgreSQL takes %d bytes", *value, LONGEST);
    vec_each(value, &added)
        vec_each(label, &type->labels)
            if (strcmp(*value, *label) == 0)
                return err_set(err, ERR_USAGE, "VALUES: enum %s.%s has a value \"%s\" already", type->schema, type->name,
                               *value);
    return 0;
}

static int is_there(const struct generation *generation, const char *kind, const struct migration *made_by, struct err *err)
{
    err_set(err, ERR_USAGE, "there is a %s %s already", kind, generation->object.name);
    if (made_by == NULL)
        return err_hint(err, "OBJECT= gives the new one another name");
    return err_hint(err, "%s makes it; OBJECT= gives the new one another name", migration_label(generation->arena, made_by));
}

int generate_check_object(const struct generation *generation, struct err *err)
{
    struct object_name name = {schema_of(generation), generation->object.name};
    const struct type *type = find_enum(generation);
    const struct relation *relation;
    const struct schema_namespace *namespace;
    switch (generation->type.object) {
    case TYPE_OBJECT_ENUM:
        return type == NULL ? no_enum(generation, err) : check_labels(generation, type, err);
    case TYPE_OBJECT_VIEW:
        relation = generate_relation(generation, &name);
        return relation == NULL ? 0 : is_there(generation, "table or view", relation->created_by, err);
    case TYPE_OBJECT_SCHEMA:
        if (str_starts(name.name, "pg_"))
            return err_set(err, ERR_USAGE, "OBJECT: \"%s\": PostgreSQL keeps names that begin with pg_ for itself", name.name);
        namespace = map_find(&generation->schema->namespaces, name.name);
        return namespace == NULL || !namespace->exists ? 0 : is_there(generation, "schema", namespace->created_by, err);
    case TYPE_OBJECT_ANY:
        break;
    }
    return 0;
}

/* The delimiter of a body that does not hold it. */
static const char *delimiter(struct arena *arena, const char *body)
{
    const char *quote = "$$";
    for (int i = 1; body != NULL && strstr(body, quote) != NULL; i++)
        quote = arena_printf(arena, "$body%d$", i);
    return quote;
}

static bool is_plpgsql(const char *body)
{
    size_t space = body == NULL ? 0 : strspn(body, " \t\r\n");
    return body != NULL && (strncasecmp(body + space, "BEGIN", 5) == 0 || strncasecmp(body + space, "DECLARE", 7) == 0);
}

static const char *joined(struct arena *arena, const char *first, const char *second, const char *label)
{
    return first == NULL ? NULL : schema_object_name(arena, first, second, label);
}

void generate_set_object(const struct generation *generation, struct data *map)
{
    struct arena *arena = generation->arena;
    const struct relation *existing = generation->existing;
    const char *body = generation->parameters[PARAMETER_BODY];
    const char *privileges = generation->parameters[PARAMETER_PRIVILEGES];
    const struct type *type = generation->type.object == TYPE_OBJECT_ENUM ? find_enum(generation) : NULL;
    data_set(map, "enum", type == NULL ? data_text(arena, NULL) : generate_enum_data(generation, type));
    data_set_bool(arena, map, "inserts", privileges != NULL && strcasecmp(privileges, "INSERT") == 0);
    data_set_text(arena, map, "quote", delimiter(arena, body));
    data_set_bool(arena, map, "plpgsql", is_plpgsql(body));
    data_set_bool(arena, map, "touches", existing != NULL && body == NULL && generate_column(existing, "updated_at") != NULL);
    data_set_bool(arena, map, "row_security", existing != NULL && existing->row_security);
    data_set_text(arena, map, "touch", joined(arena, generation->table.name, NULL, "touch"));
    data_set_text(arena, map, "policy", joined(arena, generation->table.name, generation->names[PARAMETER_ROLE], "policy"));
}
