#include "review/names.h"

#include "base/str.h"
#include "review/facts.h"
#include "sql/identifier.h"

#include <string.h>

/* t_a_b_idx.  The server would cut at 63 bytes, in its own way. */
static const char *made_up(struct arena *arena, const char *table, const struct strings *columns, const char *ending)
{
    struct str name = str_new(arena);
    str_add(&name, table == NULL ? "table" : table);
    if (columns != NULL)
        vec_each(column, columns)
            str_addf(&name, "_%s", *column);
    str_addf(&name, "_%s", ending);
    return name.at;
}

static const char *made_up_index(struct arena *arena, const struct action *action)
{
    struct strings columns = {0};
    vec_each(key, &action->keys)
        *vec_add(arena, &columns) = key->column == NULL ? "expr" : key->column;
    return made_up(arena, action->table.name, &columns, "idx");
}

struct object_name names_index(struct arena *arena, const struct situation *situation)
{
    const struct action *action = situation->action;
    const struct constraint_def *constraint = facts_constraint_def(situation);
    if (action->kind == ACTION_CREATE_INDEX)
        return (struct object_name){NULL, action->name.name != NULL ? action->name.name : made_up_index(arena, action)};
    if (action->object == OBJECT_INDEX)
        return action->name;
    if (constraint == NULL)
        return (struct object_name){NULL, action->kind == ACTION_CLUSTER || action->kind == ACTION_CLUSTER_ON ||
                                                  action->kind == ACTION_REPLICA_IDENTITY
                                              ? action->text
                                              : NULL};
    if (constraint->using_index != NULL)
        return (struct object_name){NULL, constraint->using_index};
    return (struct object_name){NULL, made_up(arena, facts_table(situation).name, &constraint->columns, "idx")};
}

const char *names_constraint(struct arena *arena, const struct situation *situation)
{
    static const char *const endings[] = {
        [CONSTRAINT_CHECK] = "check", [CONSTRAINT_FOREIGN_KEY] = "fkey", [CONSTRAINT_UNIQUE] = "key",
        [CONSTRAINT_PRIMARY_KEY] = "pkey", [CONSTRAINT_EXCLUSION] = "excl", [CONSTRAINT_NOT_NULL] = "not_null"};
    const struct action *action = situation->action;
    const struct constraint_def *constraint = facts_constraint_def(situation);
    const char *table = facts_table(situation).name;
    if (constraint == NULL && facts_column(situation) != NULL) {
        struct strings column = {0};
        *vec_add(arena, &column) = facts_column(situation);
        return made_up(arena, table, &column, "not_null");
    }
    if (constraint == NULL)
        return action->object == OBJECT_CONSTRAINT || action->kind == ACTION_VALIDATE_CONSTRAINT ||
                       action->kind == ACTION_DROP_CONSTRAINT || action->kind == ACTION_ALTER_CONSTRAINT
                   ? action->text
                   : NULL;
    if (constraint->name != NULL)
        return constraint->name;
    bool key = constraint->kind == CONSTRAINT_PRIMARY_KEY;
    return made_up(arena, table, key ? NULL : &constraint->columns, endings[constraint->kind]);
}

/* The names of pg_type that nobody writes. */
static const char *friendly(const char *name)
{
    static const char *const names[][2] = {
        {"int2", "smallint"}, {"int4", "integer"}, {"int8", "bigint"}, {"bpchar", "char"}, {"bool", "boolean"},
        {"float4", "real"}, {"float8", "double precision"}, {"varbit", "bit varying"},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strcmp(names[i][0], name) == 0)
            return names[i][1];
    return NULL;
}

/* The modifier of an interval is a mask that nobody writes. */
const char *names_type(struct arena *arena, const struct type_name *type)
{
    struct str str = str_new(arena);
    bool builtin = str_same(type->schema, "pg_catalog");
    const char *name = builtin ? friendly(type->name) : NULL;
    if (type->schema != NULL && !builtin) {
        identifier_add(&str, type->schema);
        str_add_char(&str, '.');
    }
    if (name != NULL || builtin)
        str_add(&str, name != NULL ? name : type->name);
    else
        identifier_add(&str, type->name);
    for (int i = 0; i < type->modifier_count && !(builtin && strcmp(type->name, "interval") == 0); i++)
        str_addf(&str, "%s%d%s", i == 0 ? "(" : ", ", type->modifiers[i], i + 1 == type->modifier_count ? ")" : "");
    for (int i = 0; i < type->dimensions; i++)
        str_add(&str, "[]");
    return str.at;
}
