/* Conditions about sending a text: in which transactions, and what happens when it is sent again after a failure. */
#include "review/condition_rows.h"

#include "base/str.h"

#include <string.h>

static enum truth is_sent_alone(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(situation->subject->statements == 1 && !situation->schema->begun);
}

static bool is_partitioned(const struct situation *situation)
{
    return situation->relation != NULL && situation->relation->partition_by != 0;
}

/* PreventInTransactionBlock and its callers in PostgreSQL's source. */
static enum truth refused_in_transaction(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct action *action = situation->action;
    bool concurrently = (action->flags & FLAG_CONCURRENTLY) != 0;
    switch (action->kind) {
    case ACTION_DROP:
        return truth_of(action->object == OBJECT_DATABASE || action->object == OBJECT_TABLESPACE || concurrently);
    case ACTION_REINDEX:
        return truth_of(concurrently || action->object == OBJECT_SCHEMA || action->object == OBJECT_DATABASE ||
                        action->object == OBJECT_SYSTEM || is_partitioned(situation));
    case ACTION_CLUSTER:
        return truth_of((action->flags & FLAG_ALL) != 0 || is_partitioned(situation));
    case ACTION_CREATE_SUBSCRIPTION:
        return truth_of((action->flags & FLAG_CREATES_SLOT) != 0);
    case ACTION_ADD_ENUM_VALUE:
        return situation->schema->server_version == 0 ? TRUTH_UNKNOWN : truth_of(situation->schema->server_version < 12);
    case ACTION_VACUUM:
    case ACTION_CREATE_DATABASE:
    case ACTION_CREATE_TABLESPACE:
    case ACTION_ALTER_SYSTEM:
        return TRUTH_YES;
    default:
        return truth_of(concurrently && action->kind != ACTION_REFRESH);
    }
}

/* Work beside everybody else, which is slow on purpose. */
static enum truth long_without_blocking(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of((situation->action->flags & FLAG_CONCURRENTLY) != 0 ||
                    situation->action->kind == ACTION_VALIDATE_CONSTRAINT);
}

/* Whoever puts the text into a transaction ends it, too. */
static enum truth never_ended(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct actions *actions = situation->subject->actions;
    if (situation->action->kind != ACTION_BEGIN || situation->subject->assumed_transaction)
        return TRUTH_NO;
    for (size_t i = situation->number + 1; i < actions->count; i++) {
        const struct action *later = &actions->at[i];
        bool ends = (later->kind == ACTION_COMMIT || later->kind == ACTION_ROLLBACK) && (later->flags & FLAG_CHAIN) == 0;
        if (later->place == PLACE_STATEMENT && (ends || later->kind == ACTION_BEGIN))
            return TRUTH_NO;
    }
    return TRUTH_YES;
}

/* What an earlier action does to the name that an action makes. */
enum earlier { EARLIER_NOTHING, EARLIER_DROPS, EARLIER_MAKES };

static enum earlier about_constraint(const struct action *earlier, const struct action *action)
{
    if (action->text == NULL || !facts_same_name(&earlier->name, &action->name) || !str_same(earlier->text, action->text))
        return EARLIER_NOTHING;
    if (earlier->kind == ACTION_ADD_CONSTRAINT)
        return EARLIER_MAKES;
    return earlier->kind == ACTION_DROP_CONSTRAINT ? EARLIER_DROPS : EARLIER_NOTHING;
}

static const char *added_column(const struct action *action)
{
    return action->kind == ACTION_ADD_COLUMN && action->columns.count > 0 ? action->columns.at[0].name : NULL;
}

static enum earlier about_column(const struct action *earlier, const struct action *action)
{
    const char *column = added_column(action);
    if (!facts_same_name(&earlier->name, &action->name))
        return EARLIER_NOTHING;
    if (str_same(added_column(earlier), column))
        return EARLIER_MAKES;
    return earlier->kind == ACTION_DROP_COLUMN && str_same(earlier->column, column) ? EARLIER_DROPS : EARLIER_NOTHING;
}

static enum earlier about_object(const struct action *earlier, const struct action *action)
{
    if (action->name.name == NULL || !facts_same_name(&earlier->name, &action->name))
        return EARLIER_NOTHING;
    enum object_kind object = action->kind == ACTION_CREATE_INDEX ? OBJECT_INDEX : OBJECT_TABLE;
    if (earlier->kind == action->kind)
        return EARLIER_MAKES;
    return earlier->kind == ACTION_DROP && earlier->object == object ? EARLIER_DROPS : EARLIER_NOTHING;
}

/* The last of them before the action of that number. */
static enum earlier done_before(const struct situation *situation, size_t number, size_t *where)
{
    const struct actions *actions = situation->subject->actions;
    const struct action *action = &actions->at[number];
    for (size_t i = number; i-- > 0;) {
        const struct action *earlier = &actions->at[i];
        *where = i;
        bool constraint = action->kind == ACTION_ADD_CONSTRAINT || action->kind == ACTION_VALIDATE_CONSTRAINT;
        enum earlier done = constraint                          ? about_constraint(earlier, action)
                            : action->kind == ACTION_ADD_COLUMN ? about_column(earlier, action)
                                                                : about_object(earlier, action);
        if (earlier->place == PLACE_STATEMENT && done != EARLIER_NOTHING)
            return done;
    }
    return EARLIER_NOTHING;
}

static bool was_dropped(const struct situation *situation)
{
    size_t where;
    return done_before(situation, situation->number, &where) == EARLIER_DROPS;
}

static enum truth is_dropped_before(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(was_dropped(situation));
}

/* VALIDATE CONSTRAINT comes a second time when the ADD before it does. */
static bool was_added_again(const struct situation *situation)
{
    size_t where;
    return done_before(situation, situation->number, &where) == EARLIER_MAKES &&
           done_before(situation, where, &where) == EARLIER_DROPS;
}

static enum truth is_repeatable(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct action *action = situation->action;
    const unsigned passing = FLAG_TEMPORARY | FLAG_ON_COMMIT_DROP;
    bool tolerant = (action->flags & (FLAG_IF_NOT_EXISTS | FLAG_OR_REPLACE)) != 0;
    switch (action->kind) {
    case ACTION_CREATE_TABLE:
        return truth_of(tolerant || (action->flags & passing) == passing || was_dropped(situation));
    case ACTION_CREATE_INDEX:
        return truth_of(tolerant || action->name.name == NULL || was_dropped(situation));
    case ACTION_ADD_COLUMN:
    case ACTION_ADD_CONSTRAINT:
        return truth_of(tolerant || was_dropped(situation));
    case ACTION_VALIDATE_CONSTRAINT:
        return truth_of(was_added_again(situation));
    case ACTION_DROP:
        return truth_of((action->flags & FLAG_IF_EXISTS) != 0 || facts_is_continued(situation));
    case ACTION_DROP_COLUMN:
    case ACTION_DROP_CONSTRAINT:
        return truth_of((action->flags & FLAG_IF_EXISTS) != 0);
    default:
        return truth_of(tolerant);
    }
}

static enum truth goes_with_transaction(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    bool whole = situation->schema->in_transaction || situation->subject->statements == 1;
    return truth_of(whole && (situation->action->flags & FLAG_CONCURRENTLY) == 0);
}

static enum truth writes_many_rows(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return facts_writes_many_rows(situation);
}

static enum truth only_own_tables(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(facts_works_on_own(situation));
}

const struct condition_row rerun_conditions[] = {
    {.name = "sent-alone", .ask = is_sent_alone,
     .meaning = "the text is this one statement and has no BEGIN, so that it need not be in a transaction"},
    {.name = "refused-in-transaction", .ask = refused_in_transaction,
     .meaning = "PostgreSQL refuses the statement inside a transaction"},
    {.name = "long-without-blocking", .ask = long_without_blocking,
     .meaning = "CONCURRENTLY, or VALIDATE CONSTRAINT: it may take long, since others go on"},
    {.name = "never-ended", .ask = never_ended, .meaning = "the text has no COMMIT or ROLLBACK behind this BEGIN, and nobody else ends it"},
    {.name = "dropped-before", .ask = is_dropped_before,
     .meaning = "an earlier statement of the text drops the same name, and nothing has made it since"},
    {.name = "repeatable", .ask = is_repeatable,
     .meaning = "it is written to run a second time: IF EXISTS, IF NOT EXISTS, a DROP before it, an index without a name, "
                "VALIDATE CONSTRAINT of one that the text drops and adds"},
    {.name = "goes-with-transaction", .ask = goes_with_transaction,
     .meaning = "when the text fails, all of it is taken back: by the open transaction, or since it is one statement"},
    {.name = "writes-many-rows", .ask = writes_many_rows,
     .meaning = "it writes as many rows as a table has: INSERT … SELECT, COPY, MERGE, UPDATE and DELETE; not those that "
                "name a value of a unique key, and unknown where the migrations do not make the table and a column has "
                "one value"},
    {.name = "only-own-tables", .ask = only_own_tables,
     .meaning = "the open transaction made the table and all that it is filled from, or they are temporary"},
    {.name = NULL},
};
