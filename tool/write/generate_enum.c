/* An enum that gets values, and what is of it: to take them away again, the type is made anew, and all of that follows. */
#include "write/generating.h"

#include "base/str.h"
#include "schema/schema_change.h"
#include "text/nearest.h"

#include <string.h>

/* What depends on the type, and whether all of it can be made to follow. */
struct enum_uses {
    const struct generation *generation;
    const struct type *type;
    struct data *columns, *checks, *indexes, *views;
    struct strings blockers;
    struct relation_refs seen;      /* views */
    struct relation_refs tables;
};

static bool is_of(const struct column *column, const struct type *type)
{
    return !column->dropped && column->type.name != NULL && strcmp(column->type.name, type->name) == 0 &&
           (column->type.schema == NULL || strcmp(column->type.schema, type->schema) == 0);
}

static void block(struct enum_uses *uses, const char *what, const char *schema, const char *name)
{
    struct arena *arena = uses->generation->arena;
    *vec_add(arena, &uses->blockers) =
        arena_printf(arena, "%s %s", what, schema == NULL ? name : generate_qualified(arena, schema, name));
}

static bool mentions(const struct expression *expression, const char *column)
{
    if (expression != NULL)
        vec_each(one, &expression->columns)
            if (strcmp(*one, column) == 0)
                return true;
    return false;
}

static bool is_computed_from(const struct relation *index, const char *column)
{
    vec_each(key, &index->keys)
        if (mentions(key->expression, column))
            return true;
    return mentions(index->predicate, column);
}

/* PostgreSQL makes plain indexes and keys follow, but not what holds constants of the old type. */
static void add_definitions(struct enum_uses *uses, const struct relation *table, const char *column)
{
    struct arena *arena = uses->generation->arena;
    vec_each(constraint, &table->constraints) {
        if (constraint->dropped || constraint->kind != CONSTRAINT_CHECK || !mentions(constraint->check, column))
            continue;
        const char *sql = generate_constraint_sql(arena, constraint);
        if (sql == NULL) {
            block(uses, "constraint", NULL, constraint->name);
            continue;
        }
        struct data *item = data_add(uses->checks, data_map(arena));
        data_set_text(arena, item, "table", generate_qualified(arena, table->schema, table->name));
        data_set_text(arena, item, "name", constraint->name);
        data_set_text(arena, item, "sql", sql);
    }
    vec_each(each, &table->indexes) {
        const struct relation *index = *each;
        if (!index->exists || !is_computed_from(index, column))
            continue;
        const char *sql = generate_index_sql(arena, table, index);
        if (sql == NULL) {
            block(uses, "index", index->schema, index->name);
            continue;
        }
        struct data *item = data_add(uses->indexes, data_map(arena));
        data_set_text(arena, item, "name", generate_qualified(arena, index->schema, index->name));
        data_set_text(arena, item, "sql", sql);
    }
}

static void add_column(struct enum_uses *uses, const struct relation *table, const struct column *column)
{
    struct arena *arena = uses->generation->arena;
    struct data *item = data_add(uses->columns, data_map(arena));
    data_set_text(arena, item, "table", generate_qualified(arena, table->schema, table->name));
    data_set_text(arena, item, "name", column->name);
    data_set_text(arena, item, "default", column->default_text);
    data_set_bool(arena, item, "array", column->type.dimensions > 0);
    add_definitions(uses, table, column->name);
    vec_each(key, &table->partition_keys)
        if (str_same(key->column, column->name) || mentions(key->expression, column->name))
            block(uses, "the partitions of", table->schema, table->name);
    vec_each(other, &table->columns)
        if (!other->dropped && other->generated != GENERATED_NOT)
            block(uses, "the generated column", table->name, other->name);
}

static void add_view(struct enum_uses *uses, struct relation *view)
{
    struct arena *arena = uses->generation->arena;
    vec_each(seen, &uses->seen)
        if (*seen == view)
            return;
    *vec_add(arena, &uses->seen) = view;
    if (!view->exists)
        return;
    struct strings statements = generate_view_statements(uses->generation, view);
    if (statements.count == 0) {
        block(uses, view->kind == RELATION_VIEW ? "the view" : "the materialized view", view->schema, view->name);
        return;
    }
    struct data *item = data_add(uses->views, data_map(arena));
    data_set_text(arena, item, "name", generate_qualified(arena, view->schema, view->name));
    data_set_texts(arena, item, "statements", &statements);
    for (size_t i = 0; i < view->views.count; i++)
        add_view(uses, view->views.at[i]);
}

/* Inherited columns, those of partitions too, follow their parent's. */
static void add_table(struct enum_uses *uses, struct relation *table)
{
    bool found = false;
    vec_each(column, &table->columns) {
        if (!is_of(column, uses->type) || table->parent != NULL || (table->parents.count > 0 && !column->own))
            continue;
        found = true;
        if (table->kind == RELATION_TABLE)
            add_column(uses, table, column);
        else
            block(uses, table->kind == RELATION_COMPOSITE ? "the type" : "the foreign table", table->schema, table->name);
    }
    if (!found || table->kind != RELATION_TABLE)
        return;
    *vec_add(uses->generation->arena, &uses->tables) = table;
    for (size_t i = 0; i < table->views.count; i++)
        add_view(uses, table->views.at[i]);
}

static bool is_on_table(const struct enum_uses *uses, const struct action *action)
{
    vec_each(table, &uses->tables)
        if (generate_is_about(&action->table, (*table)->schema, (*table)->name))
            return true;
    return false;
}

/* Functions that take or return it, and policies and triggers on its tables that may ask for the column. */
static void look_at(void *context, const struct action *action, const char *statement)
{
    struct enum_uses *uses = context;
    const struct schema *schema = uses->generation->schema;
    bool taken = action->type.name != NULL && strcmp(action->type.name, uses->type->name) == 0;
    (void)statement;
    if (action->kind == ACTION_CREATE_FUNCTION) {
        const struct function *function = schema_function(schema, &action->name);
        vec_each(name, &action->names)
            taken = taken || strcmp(*name, uses->type->name) == 0;
        if (taken && function != NULL && function->exists)
            block(uses, "the function", function->schema, function->name);
    }
    if (action->kind == ACTION_CREATE_POLICY && is_on_table(uses, action))
        block(uses, "the policy", NULL, action->name.name);
    if (action->kind == ACTION_CREATE_TRIGGER && is_on_table(uses, action) && action->expression != NULL)
        block(uses, "the trigger", NULL, action->name.name);
}

static void add_domains(struct enum_uses *uses)
{
    vec_each(each, schema_types(uses->generation->schema))
        if ((*each)->exists && (*each)->kind == TYPE_DOMAIN && (*each)->base.name != NULL &&
            strcmp((*each)->base.name, uses->type->name) == 0)
            block(uses, "the domain", (*each)->schema, (*each)->name);
}

struct data *generate_enum_data(const struct generation *generation, const struct type *type)
{
    struct arena *arena = generation->arena;
    struct data *map = data_map(arena);
    struct enum_uses uses = {.generation = generation, .type = type,
                             .columns = data_set(map, "columns", data_list(arena)),
                             .checks = data_set(map, "checks", data_list(arena)),
                             .indexes = data_set(map, "indexes", data_list(arena)),
                             .views = data_set(map, "views", data_list(arena))};
    const char *old = schema_object_name(arena, type->name, NULL, "old");
    data_set_text(arena, map, "sql", generate_qualified(arena, type->schema, type->name));
    data_set_text(arena, map, "old", old);
    data_set_text(arena, map, "old_sql", generate_qualified(arena, type->schema, old));
    data_set_texts(arena, map, "labels", &type->labels);
    vec_each(table, &type->tables)
        if ((*table)->exists)
            add_table(&uses, *table);
    generate_each_action(generation, look_at, &uses);
    add_domains(&uses);
    data_set_text(arena, map, "blockers", uses.blockers.count == 0 ? NULL : words_join(arena, &uses.blockers));
    struct data *drops = data_set(map, "dropped_views", data_list(arena));
    for (size_t i = uses.seen.count; i > 0; i--)
        if (uses.seen.at[i - 1]->exists)
            data_add_text(arena, drops, generate_qualified(arena, uses.seen.at[i - 1]->schema, uses.seen.at[i - 1]->name));
    return map;
}
