/* Renaming a column by a copy and a trigger: where that works. */
#include "write/generate_rename.h"

#include "base/str.h"
#include "review/names.h"
#include "schema/schema_change.h"
#include "write/generating.h"

#include <string.h>

/* A request to rename, of a table that is there. */
static bool is_rename(const struct generation *generation)
{
    return generation->existing != NULL && generation->names[PARAMETER_OLD_NAME] != NULL &&
           generation->names[PARAMETER_NEW_NAME] != NULL;
}

static const char *sync_name(const struct generation *generation)
{
    return schema_object_name(generation->arena, generation->table.name, generation->names[PARAMETER_OLD_NAME], "sync");
}

/* The trigger of the first generation is what makes a column a copy. */
static bool has_sync(const struct generation *generation)
{
    struct object_name name = {generation->table.schema, sync_name(generation)};
    const struct function *function = schema_function(generation->schema, &name);
    return function != NULL && function->exists;
}

bool generate_is_contract(const struct generation *generation)
{
    return is_rename(generation) && generate_column(generation->existing, generation->names[PARAMETER_NEW_NAME]) != NULL;
}

static bool is_partition_key(const struct relation *table, const char *column)
{
    vec_each(key, &table->partition_keys) {
        if (str_same(key->column, column))
            return true;
        if (key->expression != NULL)
            vec_each(name, &key->expression->columns)
                if (strcmp(*name, column) == 0)
                    return true;
    }
    vec_each(partition, &table->partitions)
        if ((*partition)->exists && is_partition_key(*partition, column))
            return true;
    return false;
}

static const struct relation *heir(const struct relation *table)
{
    vec_each(child, &table->children)
        if ((*child)->exists)
            return *child;
    return NULL;
}

static int refuse_table(const struct relation *table, const struct column *column, struct err *err)
{
    const struct relation *child = heir(table), *parent = table->parent;
    if (parent == NULL && !column->own && table->parents.count > 0)
        parent = table->parents.at[0];
    if (table->kind != RELATION_TABLE) {
        err_set(err, ERR_USAGE, "%s.%s is no table", table->schema, table->name);
        return err_hint(err, "a column of a view has another name in a view that is made anew: type view");
    }
    if (parent != NULL) {
        err_set(err, ERR_USAGE, "%s.%s has the column \"%s\" from %s.%s", table->schema, table->name, column->name,
                parent->schema, parent->name);
        return err_hint(err, "rename it there");
    }
    if (child == NULL)
        return 0;
    err_set(err, ERR_USAGE, "%s.%s inherits from %s.%s, and the trigger that keeps both names equal would not see its rows",
            child->schema, child->name, table->schema, table->name);
    return err_hint(err, "write it by hand: ALTER TABLE … RENAME COLUMN, when no program uses the table");
}

static int refuse_column(const struct generation *generation, const struct column *column, struct err *err)
{
    const struct relation *table = generation->existing;
    const char *by_hand = "write it by hand: ALTER TABLE … RENAME COLUMN, when no program uses the table";
    if (column->generated != GENERATED_NOT) {
        err_set(err, ERR_USAGE, "column \"%s\" of %s.%s is generated: a trigger cannot see what it will hold", column->name,
                table->schema, table->name);
        return err_hint(err, "add one of the new name, generated in the same way, and drop this one when nobody uses it");
    }
    if (is_partition_key(table, column->name)) {
        err_set(err, ERR_USAGE, "%s.%s is partitioned by \"%s\": no trigger may fill it, since it says where a row goes",
                table->schema, table->name, column->name);
        return err_hint(err, "%s", by_hand);
    }
    return 0;
}

int generate_refuse_rename(const struct generation *generation, struct err *err)
{
    const struct column *old = !is_rename(generation)
                                   ? NULL : generate_column(generation->existing, generation->names[PARAMETER_OLD_NAME]);
    if (old == NULL)
        return 0;
    if (refuse_table(generation->existing, old, err) != 0 || refuse_column(generation, old, err) != 0)
        return -1;
    if (!generate_is_contract(generation))
        return 0;
    if (has_sync(generation))
        return generate_refuse_copy(generation, err);
    err_set(err, ERR_USAGE, "NEW_NAME: %s.%s has a column \"%s\" already, which is no copy of \"%s\"", generation->table.schema,
            generation->table.name, generation->names[PARAMETER_NEW_NAME], old->name);
    return err_hint(err, "take another name");
}

/* Types of which all servers have an operator "="; of others the texts are compared. */
static bool has_equality(const struct column *column)
{
    static const char *const types[] = {"int2", "int4", "int8", "numeric", "float4", "float8", "text", "varchar", "bpchar",
                                        "bool", "date", "time", "timetz", "timestamp", "timestamptz", "interval", "uuid",
                                        "bytea", "jsonb", "inet", "cidr"};
    for (size_t i = 0; i < sizeof types / sizeof *types; i++)
        if (column->type.name != NULL && column->type.dimensions == 0 && strcmp(column->type.name, types[i]) == 0)
            return true;
    return false;
}

/* A name that no column has, for the moment of the change. */
static const char *spare_name(const struct generation *generation, const char *name)
{
    const char *spare = schema_object_name(generation->arena, name, NULL, "swap");
    for (int i = 1; generate_column(generation->existing, spare) != NULL; i++)
        spare = schema_object_name(generation->arena, name, NULL, arena_printf(generation->arena, "swap%d", i));
    return spare;
}

static void set_roles(struct arena *arena, struct data *map, const char *key, const char *kept, const char *copy)
{
    struct data *roles = data_set(map, key, data_map(arena));
    data_set_text(arena, roles, "kept", kept);
    data_set_text(arena, roles, "copy", copy);
}

/* Of a domain its base: what a domain demands is held by the column that stays, and would be held against every row anew. */
static const char *type_of_copy(const struct generation *generation, const struct column *column)
{
    const struct type_name *type = &column->type;
    while (type->name != NULL && type->dimensions == 0) {
        const struct object_name name = {type->schema, type->name};
        const struct type *found = schema_type(generation->schema, &name);
        if (found == NULL || !found->exists || found->kind != TYPE_DOMAIN || found->base.name == NULL)
            break;
        type = &found->base;
    }
    return type->name == NULL ? NULL : names_type(generation->arena, type);
}

void generate_set_rename(const struct generation *generation, struct data *map)
{
    struct arena *arena = generation->arena;
    const char *old = generation->names[PARAMETER_OLD_NAME], *new = generation->names[PARAMETER_NEW_NAME];
    const struct column *column = !is_rename(generation) ? NULL : generate_column(generation->existing, old);
    if (column == NULL)
        return;
    data_set_text(arena, map, "copy_type", type_of_copy(generation, column));
    data_set_bool(arena, map, "expanded", generate_is_contract(generation));
    data_set_text(arena, map, "sync", sync_name(generation));
    data_set_text(arena, map, "spare", spare_name(generation, old));
    data_set_text(arena, map, "as_text", has_equality(column) ? "" : "::text");
    set_roles(arena, map, "before_swap", old, new);
    set_roles(arena, map, "after_swap", new, old);
    generate_set_copy(generation, map);
}
