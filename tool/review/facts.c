#include "review/facts.h"

#include "base/str.h"

#include <string.h>

static bool is_one_of(enum object_kind kind, const enum object_kind *kinds)
{
    for (; *kinds != OBJECT_NONE; kinds++)
        if (*kinds == kind)
            return true;
    return false;
}

/* Objects of a table: action->table names it. */
static bool belongs_to_table(const struct action *action)
{
    static const enum object_kind kinds[] = {OBJECT_TRIGGER, OBJECT_RULE, OBJECT_POLICY, OBJECT_NONE};
    static const enum action_kind makers[] = {ACTION_CREATE_INDEX, ACTION_CREATE_TRIGGER, ACTION_CREATE_RULE,
                                              ACTION_CREATE_POLICY};
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (action->kind == makers[i])
            return true;
    return is_one_of(action->object, kinds);
}

struct object_name facts_table(const struct situation *situation)
{
    const struct action *action = situation->action;
    const struct relation *relation = situation->relation;
    if (belongs_to_table(action))
        return action->table;
    if (action->object == OBJECT_INDEX)
        return relation == NULL ? (struct object_name){0} : (struct object_name){relation->schema, relation->name};
    return action->name;
}

struct object_name facts_parent(const struct situation *situation)
{
    const struct action *action = situation->action;
    switch (action->kind) {
    case ACTION_ATTACH_PARTITION:
    case ACTION_DETACH_PARTITION:
        return action->name;
    case ACTION_CREATE_TABLE:
    case ACTION_CREATE_FOREIGN_TABLE:
        return action->parents.count > 0 ? action->parents.at[0] : action->table;
    default:
        return action->parents.count > 0 ? action->parents.at[0] : (struct object_name){0};
    }
}

struct object_name facts_partition(const struct situation *situation)
{
    const struct action *action = situation->action;
    bool moves = action->kind == ACTION_ATTACH_PARTITION || action->kind == ACTION_DETACH_PARTITION;
    return moves ? action->table : action->kind == ACTION_CREATE_TABLE ? action->name : (struct object_name){0};
}

const struct column_def *facts_column_def(const struct situation *situation)
{
    const struct action *action = situation->action;
    if (situation->column != NULL)
        return situation->column;
    return action->kind == ACTION_ADD_COLUMN && action->columns.count > 0 ? &action->columns.at[0] : NULL;
}

const char *facts_column(const struct situation *situation)
{
    const struct action *action = situation->action;
    const struct column_def *column = facts_column_def(situation);
    if (column != NULL)
        return column->name;
    if (situation->assignment < action->assigned_twice.count)
        return action->assigned_twice.at[situation->assignment].name;
    return action->column;
}

const struct column *facts_known_column(const struct situation *situation)
{
    const char *name = facts_column(situation);
    return situation->relation == NULL || name == NULL ? NULL : relation_column(situation->relation, name);
}

const struct expression *facts_default(const struct situation *situation)
{
    const struct column_def *column = facts_column_def(situation);
    if (column != NULL)
        return column->default_value;
    return situation->action->kind == ACTION_SET_DEFAULT ? situation->action->expression : NULL;
}

const struct type_name *facts_type(const struct situation *situation)
{
    const struct column_def *column = facts_column_def(situation);
    if (column != NULL)
        return &column->type;
    return situation->action->type.name != NULL ? &situation->action->type : NULL;
}

const struct constraint_def *facts_constraint_def(const struct situation *situation)
{
    const struct action *action = situation->action;
    const struct column_def *column = facts_column_def(situation);
    if (situation->constraint != NULL)
        return situation->constraint;
    if (action->constraints.count == 1)
        return &action->constraints.at[0];
    return column != NULL && column->constraints.count == 1 ? &column->constraints.at[0] : NULL;
}

const struct constraint *facts_known_constraint(const struct situation *situation)
{
    const struct action *action = situation->action;
    bool named = action->kind == ACTION_VALIDATE_CONSTRAINT || action->kind == ACTION_DROP_CONSTRAINT ||
                 action->kind == ACTION_ALTER_CONSTRAINT ||
                 (action->kind == ACTION_RENAME && action->object == OBJECT_CONSTRAINT);
    const char *name = action->kind == ACTION_RENAME ? action->column : action->text;
    return named && name != NULL && situation->relation != NULL ? relation_constraint(situation->relation, name) : NULL;
}

const struct relation *facts_index(const struct situation *situation)
{
    const struct action *action = situation->action;
    const struct constraint_def *constraint = facts_constraint_def(situation);
    struct object_name name = action->name;
    if (constraint != NULL && constraint->using_index != NULL)
        name = (struct object_name){action->name.schema, constraint->using_index};
    else if (action->object != OBJECT_INDEX && action->kind != ACTION_CREATE_INDEX)
        return NULL;
    else if (action->kind == ACTION_CREATE_INDEX)
        name.schema = action->table.schema;
    const struct relation *index = name.name == NULL ? NULL : schema_relation(situation->schema, &name);
    return index != NULL && index->kind == RELATION_INDEX ? index : NULL;
}

bool facts_makes_table(const struct situation *situation)
{
    switch (situation->action->kind) {
    case ACTION_CREATE_TABLE:
    case ACTION_CREATE_TABLE_AS:
    case ACTION_CREATE_FOREIGN_TABLE:
    case ACTION_CREATE_MATERIALIZED_VIEW:
        return situation->relation == NULL || !situation->relation->exists;
    default:
        return false;
    }
}

enum truth facts_name_is_new(const struct situation *situation, const struct object_name *name)
{
    if (name->name == NULL)
        return TRUTH_NO;
    const struct relation *relation = schema_relation(situation->schema, name);
    if (relation == NULL)
        return situation->schema->unknown_happened ? TRUTH_UNKNOWN : TRUTH_NO;
    return truth_of(relation_is_new(situation->schema, relation));
}

bool facts_is_visible(const struct situation *situation, const struct relation *relation)
{
    return relation == NULL || !(relation->temporary || relation_is_new(situation->schema, relation));
}

bool facts_same_name(const struct object_name *one, const struct object_name *other)
{
    return str_same(one->name, other->name) &&
           (one->schema == NULL || other->schema == NULL || strcmp(one->schema, other->schema) == 0);
}

bool facts_is_called(const struct situation *situation)
{
    return situation->action->body_of.name != NULL && situation->action->place != PLACE_BODY;
}

bool facts_is_fired_later(const struct situation *situation)
{
    const struct actions *actions = situation->subject->actions;
    return facts_is_called(situation) && situation->number < actions->count &&
           actions->at[situation->number].kind == ACTION_CREATE_TRIGGER;
}

bool facts_is_continued(const struct situation *situation)
{
    const struct actions *actions = situation->subject->actions;
    if (facts_is_called(situation))
        return true;
    return situation->number > 0 && actions->at[situation->number - 1].statement == situation->action->statement;
}

enum truth facts_any_touch(const struct situation *situation, size_t member)
{
    enum truth any = TRUTH_NO;
    vec_each(touch, &situation->effect->touches) {
        enum truth one = *(const enum truth *)(const void *)((const char *)touch + member);
        if (!facts_is_visible(situation, touch->relation) || one == TRUTH_NO)
            continue;
        if (one == TRUTH_YES)
            return TRUTH_YES;
        any = TRUTH_UNKNOWN;
    }
    return any;
}
