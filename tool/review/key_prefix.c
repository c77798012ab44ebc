#include "review/key_prefix.h"

#include "review/facts.h"

#include <string.h>

static bool holds(const struct strings *columns, const char *name)
{
    vec_each(column, columns)
        if (name != NULL && strcmp(*column, name) == 0)
            return true;
    return false;
}

static bool keys_begin(const struct key_parts *keys, const struct strings *columns)
{
    if (keys->count < columns->count)
        return false;
    for (size_t i = 0; i < columns->count; i++)
        if (!holds(columns, keys->at[i].column))
            return false;
    return true;
}

static bool names_begin(const struct strings *names, const struct strings *columns)
{
    if (names->count < columns->count)
        return false;
    for (size_t i = 0; i < columns->count; i++)
        if (!holds(columns, names->at[i]))
            return false;
    return true;
}

static bool is_key(enum constraint_kind kind)
{
    return kind == CONSTRAINT_UNIQUE || kind == CONSTRAINT_PRIMARY_KEY;
}

static bool table_has(const struct relation *relation, const struct strings *columns)
{
    vec_each(index, &relation->indexes)
        if ((*index)->exists && (*index)->valid != TRUTH_NO && ((*index)->flags & FLAG_PARTIAL) == 0 &&
            keys_begin(&(*index)->keys, columns))
            return true;
    vec_each(constraint, &relation->constraints)
        if (!constraint->dropped && is_key(constraint->kind) && names_begin(&constraint->columns, columns))
            return true;
    return false;
}

static bool constraints_have(const struct constraint_defs *constraints, const struct strings *columns)
{
    vec_each(constraint, constraints)
        if (is_key(constraint->kind) && names_begin(&constraint->columns, columns))
            return true;
    return false;
}

static bool action_makes(const struct action *action, const struct object_name *table, const struct strings *columns)
{
    if (action->kind == ACTION_CREATE_INDEX)
        return facts_same_name(&action->table, table) && (action->flags & FLAG_PARTIAL) == 0 &&
               keys_begin(&action->keys, columns);
    if (!facts_same_name(&action->name, table))
        return false;
    vec_each(column, &action->columns)
        if (constraints_have(&column->constraints, columns))
            return true;
    return constraints_have(&action->constraints, columns);
}

enum truth key_prefix_is_indexed(const struct situation *situation, const struct strings *columns)
{
    const struct actions *actions = situation->subject->actions;
    const struct relation *relation = situation->relation;
    struct object_name table = facts_table(situation);
    if (columns->count == 0)
        return TRUTH_UNKNOWN;
    if (relation != NULL && table_has(relation, columns))
        return TRUTH_YES;
    for (size_t i = situation->number; i < actions->count; i++)
        if (action_makes(&actions->at[i], &table, columns))
            return TRUTH_YES;
    return facts_makes_table(situation) || (relation != NULL && relation->complete) ? TRUTH_NO : TRUTH_UNKNOWN;
}
