/* What is there already under a name that generated SQL would give to something new. */
#include "write/generate_prove.h"

#include "base/str.h"
#include "review/use.h"

#include <string.h>

static int there_is(const struct generation *generation, const char *kind, const char *name,
                    const struct migration *made_by, struct err *err)
{
    err_set(err, ERR_USAGE, "there is a%s %s %s already", strchr("aeiou", *kind) != NULL ? "n" : "", kind, name);
    if (made_by == NULL || made_by == generation->schema->migration)
        return err_hint(err, "take another name");
    return err_hint(err, "%s makes it; take another name", migration_label(generation->arena, made_by));
}

static const char *kind_of(const struct relation *relation)
{
    static const char *const kinds[] = {
        [RELATION_TABLE] = "table", [RELATION_VIEW] = "view", [RELATION_MATERIALIZED_VIEW] = "materialized view",
        [RELATION_FOREIGN_TABLE] = "foreign table", [RELATION_INDEX] = "index", [RELATION_SEQUENCE] = "sequence",
        [RELATION_COMPOSITE] = "type", [RELATION_UNKNOWN] = "relation"};
    return kinds[relation->kind];
}

/* Indexes are made in the schema of their table. */
static struct object_name name_of(const struct situation *situation)
{
    const struct action *action = situation->action;
    const char *schema = action->kind == ACTION_CREATE_INDEX && situation->relation != NULL
                             ? situation->relation->schema : schema_creation_schema(situation->schema, &action->name);
    return (struct object_name){schema, action->name.name};
}

/* Tables, views and sequences are types, too, so that each is in the way of a type of its name. */
static int find_object(const struct generation *generation, const struct situation *situation, enum use_class class,
                       struct err *err)
{
    struct object_name name = name_of(situation);
    const struct relation *relation = schema_relation(situation->schema, &name);
    const struct type *type = situation->action->kind == ACTION_CREATE_INDEX ? NULL : schema_type(situation->schema, &name);
    const char *shown = generate_qualified(generation->arena, name.schema, name.name);
    if (relation != NULL && relation->exists && (class == USE_RELATION || relation->kind != RELATION_INDEX))
        return there_is(generation, kind_of(relation), shown, relation->created_by, err);
    if (type != NULL && type->exists)
        return there_is(generation, "type", shown, type->created_by, err);
    return 0;
}

static bool is_same_list(const struct strings *a, const struct strings *b)
{
    for (size_t i = 0; i < a->count && i < b->count; i++)
        if (strcmp(a->at[i], b->at[i]) != 0)
            return false;
    return a->count == b->count;
}

static bool is_equal(const struct situation *situation, const struct constraint *constraint, const struct constraint_def *def)
{
    if (constraint->dropped || constraint->kind != def->kind)
        return false;
    if (def->kind == CONSTRAINT_CHECK)
        return constraint->check != NULL && constraint->check->text != NULL && def->check != NULL && def->check->text != NULL &&
               strcmp(constraint->check->text, def->check->text) == 0;
    if (def->kind != CONSTRAINT_FOREIGN_KEY || constraint->referenced != schema_relation(situation->schema, &def->referenced))
        return false;
    struct strings targets = constraint->referenced_columns;
    if (targets.count == 0)
        targets = generate_primary_key(constraint->referenced);
    return is_same_list(&constraint->columns, &def->columns) && is_same_list(&targets, &def->referenced_columns);
}

/* One that says the same under another name. */
static int find_equal(const struct generation *generation, const struct situation *situation, struct err *err)
{
    const struct relation *table = situation->relation;
    const char *type = generation->type.name;
    if (table == NULL || situation->subject->direction == DIRECTION_DOWN || situation->action->constraints.count == 0 ||
        (strcmp(type, "check") != 0 && strcmp(type, "foreign-key") != 0))
        return 0;
    vec_each(constraint, &table->constraints)
        if (is_equal(situation, constraint, &situation->action->constraints.at[0])) {
            err_set(err, ERR_USAGE, "%s.%s has an equal constraint already: %s", table->schema, table->name, constraint->name);
            return err_hint(err, "a second one would only cost");
        }
    return 0;
}

static int find_constraint(const struct generation *generation, const struct situation *situation, struct err *err)
{
    const struct relation *table = situation->relation;
    const char *name = situation->action->text;
    const struct constraint *constraint = table == NULL || name == NULL ? NULL : relation_constraint(table, name);
    if (constraint == NULL)
        return 0;
    err_set(err, ERR_USAGE, "%s.%s has a constraint %s already", table->schema, table->name, name);
    return err_hint(err, generation->type.constraint != NULL ||
                                 migration_type_parameter(&generation->type, PARAMETER_CONSTRAINT) != NULL
                             ? "CONSTRAINT= gives the new one another name" : "take another name");
}

static int find_extension(const struct generation *generation, const struct situation *situation, struct err *err)
{
    const char *name = situation->action->name.name;
    return name == NULL || map_find(&situation->schema->extensions, name) == NULL
               ? 0 : there_is(generation, "extension", name, NULL, err);
}

/* --- what the simulated schema does not hold: triggers, policies, functions by their arguments */

struct search {
    const struct action *wanted;
    const char *schema;            /* of the table, or of the function */
    bool there;
};

static bool is_same(const struct search *search, const struct action *action)
{
    const struct action *wanted = search->wanted;
    bool function = wanted->kind == ACTION_CREATE_FUNCTION;
    const struct object_name *name = function ? &action->name : &action->table;
    if (action->object != wanted->object || !str_same(action->name.name, wanted->name.name) || name->name == NULL ||
        !generate_is_about(name, search->schema, function ? wanted->name.name : wanted->table.name))
        return false;
    for (size_t i = 0; function && i < action->names.count && i < wanted->names.count; i++)
        if (!str_same(action->names.at[i], wanted->names.at[i]))
            return false;
    return !function || action->names.count == wanted->names.count;
}

static void look(void *context, const struct action *action, const char *statement)
{
    struct search *search = context;
    (void)statement;
    if ((action->kind == search->wanted->kind || action->kind == ACTION_DROP) && is_same(search, action))
        search->there = action->kind != ACTION_DROP;
}

/* What the half itself takes away before is not there any more. */
static int find_earlier(const struct generation *generation, const struct situation *situation, struct err *err)
{
    const struct action *wanted = situation->action;
    bool function = wanted->kind == ACTION_CREATE_FUNCTION;
    const struct object_name name = function ? wanted->name : wanted->table;
    struct search search = {.wanted = wanted, .schema = name.schema != NULL ? name.schema : generate_schema(generation)};
    if (situation->subject->direction == DIRECTION_DOWN || name.name == NULL)
        return 0;
    generate_each_action(generation, look, &search);
    for (size_t i = 0; i < situation->number; i++)
        look(&search, &situation->subject->actions->at[i], NULL);
    if (!search.there)
        return 0;
    err_set(err, ERR_USAGE, "there is a %s %s%s%s already",
            function ? "function" : wanted->kind == ACTION_CREATE_TRIGGER ? "trigger" : "policy", wanted->name.name,
            function ? "" : " on ", function ? "" : generate_qualified(generation->arena, search.schema, name.name));
    return err_hint(err, "OBJECT= gives the new one another name");
}

int generate_find_clash(const struct generation *generation, const struct situation *situation, struct err *err)
{
    const struct action *action = situation->action;
    enum use_class class = use_made(action);
    if (action->place != PLACE_STATEMENT || (action->flags & (FLAG_IF_NOT_EXISTS | FLAG_OR_REPLACE)) != 0)
        return 0;
    if (class == USE_RELATION || class == USE_TYPE)
        return find_object(generation, situation, class, err);
    if (action->kind == ACTION_CREATE_TRIGGER || action->kind == ACTION_CREATE_POLICY || class == USE_FUNCTION)
        return find_earlier(generation, situation, err);
    if (action->kind == ACTION_ADD_CONSTRAINT)
        return find_constraint(generation, situation, err) != 0 ? -1 : find_equal(generation, situation, err);
    return action->kind == ACTION_CREATE_EXTENSION ? find_extension(generation, situation, err) : 0;
}
