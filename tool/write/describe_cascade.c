/* What goes along with something that is dropped with CASCADE, as far as the chain knows it: a detail for each. */
#include "write/describing.h"

#include "base/str.h"

enum { MOST_DETAILS = 30 };

struct taking {
    struct arena *arena;
    const struct schema *schema;
    struct phrase *phrase;
    struct relation_refs gone;  /* told already, and what is dropped itself */
    size_t left_out;
};

static void tell(struct taking *taking, const char *kind, const char *name, const char *of)
{
    struct arena *arena = taking->arena;
    if (taking->phrase->detail_count >= MOST_DETAILS) {
        taking->left_out++;
        return;
    }
    struct phrase_parts *parts = &phrase_add_detail(arena, taking->phrase)->parts;
    phrase_say(arena, parts, arena_printf(arena, "takes the %s ", kind));
    phrase_code(arena, parts, name);
    if (of != NULL) {
        phrase_say(arena, parts, " of ");
        phrase_code(arena, parts, of);
    }
}

static bool is_gone(const struct taking *taking, const struct relation *relation)
{
    vec_each(one, &taking->gone)
        if (*one == relation)
            return true;
    return false;
}

static const char *name_of(struct taking *taking, const char *schema, const char *name)
{
    return describe_function(taking->arena, &(struct object_name){schema, name});
}

static const char *kind_of(const struct relation *relation)
{
    switch (relation->kind) {
    case RELATION_VIEW: return "view";
    case RELATION_MATERIALIZED_VIEW: return "materialized view";
    case RELATION_SEQUENCE: return "sequence";
    case RELATION_FOREIGN_TABLE: return "foreign table";
    default: return "table";
    }
}

static void take_keys(struct taking *taking, const struct relation *relation)
{
    vec_each(other, &relation->referencing) {
        if (!(*other)->exists || is_gone(taking, *other))
            continue;
        vec_each(constraint, &(*other)->constraints)
            if (!constraint->dropped && constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->referenced == relation)
                tell(taking, "foreign key", constraint->name == NULL ? "…" : constraint->name,
                     name_of(taking, (*other)->schema, (*other)->name));
    }
}

static void take(struct taking *taking, struct relation *relation, bool told);

static void take_all(struct taking *taking, const struct relation_refs *relations)
{
    for (size_t i = 0; i < relations->count; i++)
        take(taking, relations->at[i], true);
}

static void take(struct taking *taking, struct relation *relation, bool told)
{
    if (!relation->exists || is_gone(taking, relation) || relation->kind == RELATION_INDEX)
        return;
    *vec_add(taking->arena, &taking->gone) = relation;
    if (told && (relation->kind != RELATION_SEQUENCE || relation->parent == NULL))
        tell(taking, kind_of(relation), name_of(taking, relation->schema, relation->name), NULL);
    take_keys(taking, relation);
    take_all(taking, &relation->partitions);
    take_all(taking, &relation->children);
    take_all(taking, &relation->views);
}

static void take_columns(struct taking *taking, const struct type *type)
{
    for (size_t i = 0; type != NULL && i < type->tables.count; i++) {
        const struct relation *relation = type->tables.at[i];
        for (size_t j = 0; relation->exists && j < relation->columns.count; j++)
            if (column_is_of(&relation->columns.at[j], type))
                tell(taking, "column", relation->columns.at[j].name, name_of(taking, relation->schema, relation->name));
    }
}

/* Whatever is in it goes first, so that keys among its tables are no news. */
static void take_schema(struct taking *taking, const char *name)
{
    const struct relation_refs *all = &taking->schema->all;
    const struct type_refs *types = schema_types(taking->schema);
    for (size_t i = 0; i < all->count; i++) {
        struct relation *relation = all->at[i];
        bool own = relation->exists && str_same(relation->schema, name) && relation->kind != RELATION_INDEX;
        if (own && (relation->kind != RELATION_SEQUENCE || relation->parent == NULL))
            tell(taking, kind_of(relation), name_of(taking, relation->schema, relation->name), NULL);
        if (own)
            *vec_add(taking->arena, &taking->gone) = relation;
    }
    for (size_t i = 0; i < types->count; i++)
        if (types->at[i]->exists && str_same(types->at[i]->schema, name) && types->at[i]->kind != TYPE_OTHER)
            tell(taking, "type", name_of(taking, name, types->at[i]->name), NULL);
    for (size_t i = 0, count = taking->gone.count; i < count; i++) {
        take_keys(taking, taking->gone.at[i]);
        take_all(taking, &taking->gone.at[i]->views);
    }
}

void describe_cascade(struct arena *arena, struct phrase *phrase, const struct situation *situation)
{
    const struct action *action = situation->action;
    struct taking taking = {.arena = arena, .schema = situation->schema, .phrase = phrase};
    if (action->kind != ACTION_DROP || (action->flags & FLAG_CASCADE) == 0 || action->name.name == NULL)
        return;
    struct relation *relation = schema_relation(situation->schema, &action->name);
    if (action->object == OBJECT_SCHEMA)
        take_schema(&taking, action->name.name);
    else if (action->object == OBJECT_TYPE || action->object == OBJECT_DOMAIN)
        take_columns(&taking, schema_type(situation->schema, &action->name));
    else if (relation != NULL && action->object != OBJECT_INDEX && action->object != OBJECT_FUNCTION)
        take(&taking, relation, false);
    if (taking.left_out > 0)
        phrase_say(arena, &phrase_add_detail(arena, phrase)->parts, arena_printf(arena, "and %zu more", taking.left_out));
}
