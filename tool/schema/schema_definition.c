/* What is written of functions, triggers, policies, sequences, domains and types, in a simulated schema. */
#include "base/str.h"
#include "schema/schema_relation.h"

#include <string.h>

const char *definition_more(struct schema *schema, const char *before, const char *text)
{
    if (text == NULL || before == NULL)
        return before != NULL ? before : schema_text(schema, text);
    return arena_printf(schema->arena, "%s; %s", before, text);
}

const char *definition_arguments(struct arena *arena, const struct strings *types)
{
    struct str text = str_new(arena);
    vec_each(type, types)
        str_addf(&text, "%s%s", type == types->at ? "" : ", ", *type);
    return text.length == 0 ? "" : text.at;
}

/* One that is there already is replaced. */
void definition_set(const struct applying *applying, struct definitions *definitions, const char *name)
{
    struct schema *schema = applying->schema;
    const struct action *action = applying->action;
    struct definition fresh = {.name = schema_text(schema, name), .text = schema_text(schema, action->definition),
                               .policy = action->object == OBJECT_POLICY, .procedure = action->procedure,
                               .created_by = schema->migration};
    if (name == NULL)
        return;
    vec_each(one, definitions)
        if (!one->dropped && one->policy == fresh.policy && strcmp(one->name, name) == 0) {
            schema_put(schema, *one, fresh);
            return;
        }
    *schema_add(schema, definitions) = fresh;
}

void definition_forget(const struct applying *applying, struct definitions *definitions, const char *name, bool policy)
{
    vec_each(one, definitions)
        if (one->policy == policy && !applying->maybe && (name == NULL || strcmp(one->name, name) == 0))
            schema_put(applying->schema, one->dropped, true);
}

/* A trigger or a policy of a table. */
void apply_create_attached(const struct applying *applying)
{
    struct relation *relation = relation_enter(applying->schema, &applying->action->table, RELATION_TABLE);
    if (relation != NULL)
        definition_set(applying, &relation->attached, applying->action->name.name);
}

void apply_drop_attached(const struct applying *applying)
{
    struct relation *relation = schema_relation(applying->schema, &applying->action->table);
    if (relation != NULL)
        definition_forget(applying, &relation->attached, applying->action->name.name,
                          applying->action->object == OBJECT_POLICY);
}

/* Nobody looks at which of several is meant. */
void apply_change_function(const struct applying *applying)
{
    struct function *function = schema_function(applying->schema, &applying->action->name);
    if (function == NULL || function->definitions.count != 1)
        return;
    struct definition *one = &function->definitions.at[0];
    schema_put(applying->schema, one->text, definition_more(applying->schema, one->text, applying->action->definition));
}
