/* Conditions about the object that is dropped, renamed or altered, and about what else the text does to its name. */
#include "review/condition_rows.h"

#include "base/str.h"

static bool ends_transaction(const struct action *action)
{
    return action->kind == ACTION_COMMIT || action->kind == ACTION_ROLLBACK;
}

/* The kind of object that an action makes; OBJECT_NONE: none. */
static enum object_kind made_kind(const struct action *action)
{
    static const struct { enum action_kind action; enum object_kind object; } makers[] = {
        {ACTION_CREATE_TABLE, OBJECT_TABLE}, {ACTION_CREATE_TABLE_AS, OBJECT_TABLE},
        {ACTION_CREATE_VIEW, OBJECT_VIEW}, {ACTION_CREATE_MATERIALIZED_VIEW, OBJECT_MATERIALIZED_VIEW},
        {ACTION_CREATE_FOREIGN_TABLE, OBJECT_FOREIGN_TABLE}, {ACTION_CREATE_SEQUENCE, OBJECT_SEQUENCE},
        {ACTION_CREATE_INDEX, OBJECT_INDEX}, {ACTION_CREATE_SCHEMA, OBJECT_SCHEMA}, {ACTION_CREATE_ENUM, OBJECT_TYPE},
        {ACTION_CREATE_DOMAIN, OBJECT_DOMAIN}, {ACTION_CREATE_TYPE, OBJECT_TYPE},
        {ACTION_CREATE_FUNCTION, OBJECT_FUNCTION}, {ACTION_CREATE_TRIGGER, OBJECT_TRIGGER},
        {ACTION_CREATE_RULE, OBJECT_RULE}, {ACTION_CREATE_POLICY, OBJECT_POLICY},
        {ACTION_CREATE_EXTENSION, OBJECT_EXTENSION}, {ACTION_CREATE_STATISTICS, OBJECT_STATISTICS},
        {ACTION_CREATE_DATABASE, OBJECT_DATABASE}, {ACTION_CREATE_TABLESPACE, OBJECT_TABLESPACE},
    };
    for (size_t i = 0; i < sizeof makers / sizeof *makers; i++)
        if (makers[i].action == action->kind)
            return makers[i].object;
    return OBJECT_NONE;
}

static bool makes(const struct action *maker, const struct action *action)
{
    return made_kind(maker) == action->object && facts_same_name(&maker->name, &action->name) &&
           (action->table.name == NULL || facts_same_name(&maker->table, &action->table));
}

/* Of what the simulated schema does not keep: did an earlier action of this transaction make it? */
static enum truth made_earlier(const struct situation *situation)
{
    for (size_t i = situation->number; situation->schema->in_transaction && i-- > 0;) {
        const struct action *earlier = &situation->subject->actions->at[i];
        if (ends_transaction(earlier))
            break;
        if (earlier->place == PLACE_STATEMENT && makes(earlier, situation->action))
            return TRUTH_YES;
    }
    return TRUTH_NO;
}

static enum truth made_now(const struct situation *situation, size_t transaction)
{
    return truth_of(transaction != 0 && transaction == situation->schema->transaction);
}

static enum truth type_is_new(const struct situation *situation)
{
    const struct type *type = schema_type(situation->schema, &situation->action->name);
    return type == NULL ? TRUTH_NO : made_now(situation, type->transaction);
}

static enum truth object_is_new(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct column *column = facts_known_column(situation);
    const struct constraint *constraint = facts_known_constraint(situation);
    if (facts_name_is_new(situation, &situation->action->name) == TRUTH_YES)
        return TRUTH_YES;
    if (column != NULL || constraint != NULL)
        return made_now(situation, column != NULL ? column->transaction : constraint->transaction);
    switch (situation->action->object) {
    case OBJECT_TABLE: case OBJECT_VIEW: case OBJECT_MATERIALIZED_VIEW: case OBJECT_FOREIGN_TABLE:
    case OBJECT_INDEX: case OBJECT_SEQUENCE:
        return facts_name_is_new(situation, &situation->action->name);
    case OBJECT_TYPE: case OBJECT_DOMAIN:
        return type_is_new(situation);
    default:
        return made_earlier(situation);
    }
}

static enum truth replaced_by_view(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct actions *actions = situation->subject->actions;
    if (!situation->schema->in_transaction)
        return TRUTH_NO;
    for (size_t i = situation->number + 1; i < actions->count && !ends_transaction(&actions->at[i]); i++)
        if (actions->at[i].kind == ACTION_CREATE_VIEW && actions->at[i].place != PLACE_BODY &&
            facts_same_name(&actions->at[i].name, &situation->action->name))
            return TRUTH_YES;
    return TRUTH_NO;
}

static enum truth recreated_later(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct actions *actions = situation->subject->actions;
    for (size_t i = situation->number + 1; i < actions->count; i++)
        if (actions->at[i].place != PLACE_BODY && makes(&actions->at[i], situation->action))
            return TRUTH_YES;
    return TRUTH_NO;
}

static enum truth made_by_text(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    for (size_t i = 0; i < situation->number; i++)
        if (makes(&situation->subject->actions->at[i], situation->action))
            return TRUTH_YES;
    return TRUTH_NO;
}

const struct condition_row object_conditions[] = {
    {.name = "object-is-new", .ask = object_is_new,
     .meaning = "the open transaction made what is dropped, renamed or altered"},
    {.name = "object-is-of-text", .ask = made_by_text,
     .meaning = "the same text made it before, in whatever transaction"},
    {.name = "replaced-by-view", .ask = replaced_by_view,
     .meaning = "later in the same transaction a view with the old name is made"},
    {.name = "recreated-later", .ask = recreated_later,
     .meaning = "later in the text an object of the same kind and name is made"},
    {.name = NULL},
};
