#include "review/lineage.h"

#include <string.h>

enum { KEY_SIZE = 160 };

/* "1user_service.users", in `room` where it fits. */
static const char *key_of(struct arena *arena, char *room, enum use_class class, const char *schema, const char *name)
{
    const char *first = schema == NULL ? "" : schema;
    size_t length = strlen(first), size = strlen(name) + 1; /* with its end */
    char *key = length + size + 2 <= KEY_SIZE ? room : arena_alloc(arena, length + size + 2);
    key[0] = (char)('0' + class);
    memcpy(key + 1 + length + 1, name, size);
    for (size_t i = 0; i < length; i++)
        key[1 + i] = first[i];
    key[1 + length] = '.';
    return key;
}

static struct lineage *get(struct lineages *lineages, enum use_class class, const char *schema, const char *name)
{
    char room[KEY_SIZE];
    const char *key = key_of(lineages->arena, room, class, schema, name);
    struct lineage *lineage = map_find(&lineages->names, key);
    if (lineage != NULL)
        return lineage;
    key = arena_strdup(lineages->arena, key);
    lineage = arena_new(lineages->arena, struct lineage);
    lineage->name = schema == NULL ? key + 2 : key + 1;
    lineage->schema = schema == NULL ? NULL : arena_strdup(lineages->arena, schema);
    map_put(lineages->arena, &lineages->names, key, lineage);
    return lineage;
}

/* A name that is there: its schema, and who made it as far as the simulated schema knows. */
struct found {
    const char *schema, *name;
    const struct migration *maker;
    bool exists;
};

static struct found found_relation(const struct schema *schema, const struct object_name *name)
{
    const struct relation *relation = schema_relation(schema, name);
    if (relation == NULL || !relation->exists)
        return (struct found){0};
    return (struct found){relation->schema, relation->name, relation->created_by, true};
}

static struct found find(const struct schema *schema, const struct use *use)
{
    if (use->class == USE_TYPE) {
        const struct type *type = schema_type(schema, &use->name);
        if (type != NULL && type->exists)
            return (struct found){type->schema, type->name, type->created_by, true};
    }
    if (use->class == USE_FUNCTION) {
        const struct function *function = schema_function(schema, &use->name);
        if (function == NULL || !function->exists)
            return (struct found){0};
        return (struct found){function->schema, function->name, function->created_by, true};
    }
    return found_relation(schema, &use->name); /* the type of a table's rows has its name */
}

struct lineage *lineage_of(struct lineages *lineages, const struct schema *schema, const struct use *use, bool *known)
{
    struct found found = find(schema, use);
    const char *where = found.exists ? found.schema : schema_creation_schema(schema, &use->name);
    struct lineage *lineage = get(lineages, use->class, where, found.exists ? found.name : use->name.name);
    *known = found.exists && (found.maker != NULL || lineage->maker != NULL);
    if (lineage->maker == NULL)
        lineage->maker = found.maker;
    return lineage;
}

/* Those who used it before are answered. */
static void make(struct lineage *lineage, const struct migration *maker, const struct action *action, bool maybe)
{
    struct early_use *early = lineage->early;
    lineage->maker = maker;
    lineage->dropper = NULL;
    lineage->early = NULL;
    for (; early != NULL; early = early->next) {
        if (early->user == maker && early->statement == action->statement)
            continue;
        early->maker = maker;
        early->maybe = maybe;
    }
}

/* What is dropped was there: nobody used it too early. */
static void take(struct lineage *lineage, const struct migration *dropper)
{
    lineage->maker = NULL;
    lineage->dropper = dropper;
    lineage->early = NULL;
}

/* The name of an index is that of its table's schema; others say theirs. */
static const char *schema_of_made(const struct schema *schema, const struct action *action)
{
    if (action->kind != ACTION_CREATE_INDEX)
        return schema_creation_schema(schema, &action->name);
    const struct relation *table = schema_relation(schema, &action->table);
    return table != NULL ? table->schema : schema_creation_schema(schema, &action->table);
}

static void note_made(struct lineages *lineages, const struct schema *schema, const struct action *action,
                      enum use_class class)
{
    bool maybe = (action->flags & (FLAG_IF_NOT_EXISTS | FLAG_OR_REPLACE)) != 0;
    struct lineage *lineage = get(lineages, class, schema_of_made(schema, action), action->name.name);
    if (maybe && lineage->maker != NULL)
        return;
    make(lineage, schema->migration, action, maybe);
}

static void note_moved(struct lineages *lineages, const struct schema *schema, const struct action *action,
                       enum use_class class)
{
    bool known;
    struct use use = {.class = class, .name = action->name};
    struct found found = find(schema, &use);
    struct lineage *from = lineage_of(lineages, schema, &use, &known);
    const char *where = found.exists ? found.schema : schema_creation_schema(schema, &action->name);
    struct lineage *to = action->kind == ACTION_RENAME ? get(lineages, class, where, action->text)
                                                      : get(lineages, class, action->text, action->name.name);
    take(from, schema->migration);
    make(to, schema->migration, action, false);
}

static void note_dropped(struct lineages *lineages, const struct schema *schema, const struct action *action,
                         enum use_class class)
{
    bool known;
    struct use use = {.class = class, .name = action->name};
    if (class != USE_FUNCTION) /* of several with a name, one may go */
        take(lineage_of(lineages, schema, &use, &known), schema->migration);
}

/* It may happen or not: it makes what nobody made for certain, and answers nobody. */
static void note_branch(struct lineages *lineages, const struct schema *schema, const struct action *action,
                        enum use_class class)
{
    struct lineage *lineage = get(lineages, class, schema_of_made(schema, action), action->name.name);
    if (lineage->maker == NULL && use_made(action) != USE_NONE)
        lineage->maker = schema->migration;
    lineage->early = NULL;
    lineage->dropper = NULL;
}

void lineages_note(struct lineages *lineages, const struct schema *schema, const struct action *action)
{
    enum use_class made = use_made(action), class = use_class_of(action->object);
    bool moves = action->kind == ACTION_RENAME || action->kind == ACTION_SET_SCHEMA;
    if (action->place == PLACE_BODY || action->name.name == NULL || (made == USE_NONE && class == USE_NONE))
        return;
    if (action->place == PLACE_BRANCH)
        note_branch(lineages, schema, action, made != USE_NONE ? made : class);
    else if (made != USE_NONE)
        note_made(lineages, schema, action, made);
    else if (moves && action->object != OBJECT_COLUMN && action->text != NULL)
        note_moved(lineages, schema, action, class);
    else if (action->kind == ACTION_DROP)
        note_dropped(lineages, schema, action, class);
}
