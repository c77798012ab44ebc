/* Conditions about sending a text: in which transactions, and what happens when it is sent again after a failure. */
#include "model/condition_rows.h"

#include "sql/classify.h"

#include <string.h>

static enum truth is_sent_alone(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(situation->subject->statements == 1 && !situation->schema->begun);
}

/* What tokens tell, and what they do not: all schemas at once. */
static enum truth refused_in_transaction(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct action *action = situation->action;
    struct arena scratch = {0};
    struct tokens tokens = {0};
    struct statement statement = {0};
    struct scan scan;
    char *text = arena_strndup(&scratch, situation->subject->text + action->start, action->length);
    scan_open(&scan, &scratch, text, action->length);
    for (struct token token = scan_next(&scan); token.kind != TOKEN_END && token.kind != TOKEN_FAULT;
         token = scan_next(&scan))
        if (token.kind != TOKEN_COMMENT)
            *vec_add(&scratch, &tokens) = token;
    classify(&scratch, text, &tokens, &statement);
    bool alone = classify_is_alone(statement.kind);
    scan_close(&scan);
    arena_release(&scratch);
    if (action->kind == ACTION_ADD_ENUM_VALUE)
        return situation->schema->server_version == 0 ? TRUTH_UNKNOWN : truth_of(situation->schema->server_version < 12);
    return truth_of(alone);
}

/* What blocks neither readers nor writers while it works. */
static enum truth long_without_blocking(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct action *action = situation->action;
    bool vacuum = action->kind == ACTION_VACUUM && (action->flags & FLAG_FULL) == 0;
    return truth_of((action->flags & FLAG_CONCURRENTLY) != 0 || vacuum || action->kind == ACTION_VALIDATE_CONSTRAINT ||
                    action->kind == ACTION_ANALYZE);
}

static bool is_of_transaction(const struct action *action)
{
    return action->kind == ACTION_COMMIT || action->kind == ACTION_ROLLBACK;
}

static enum truth never_ended(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct actions *actions = situation->subject->actions;
    for (size_t i = situation->number + 1; i < actions->count; i++)
        if (is_of_transaction(&actions->at[i]))
            return TRUTH_NO;
    return truth_of(situation->action->kind == ACTION_BEGIN);
}

static const struct action *dropped_before(const struct situation *situation)
{
    const struct action *action = situation->action;
    const struct constraint_def *constraint = facts_constraint_def(situation);
    for (size_t i = situation->number; i-- > 0;) {
        const struct action *earlier = &situation->subject->actions->at[i];
        bool object = earlier->kind == ACTION_DROP && facts_same_name(&earlier->name, &action->name);
        bool part = earlier->kind == ACTION_DROP_CONSTRAINT && constraint != NULL && constraint->name != NULL &&
                    facts_same_name(&earlier->name, &action->name) && earlier->text != NULL &&
                    strcmp(earlier->text, constraint->name) == 0;
        if ((object || part) && action->name.name != NULL)
            return earlier;
    }
    return NULL;
}

static enum truth is_dropped_before(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(dropped_before(situation) != NULL);
}

/* Done a second time, these change nothing and complain of nothing. */
static bool changes_nothing(enum action_kind kind)
{
    static const enum action_kind kinds[] = {
        ACTION_SET_DEFAULT, ACTION_DROP_DEFAULT, ACTION_SET_NOT_NULL, ACTION_DROP_NOT_NULL, ACTION_SET_LOGGED,
        ACTION_SET_UNLOGGED, ACTION_SET_TABLESPACE, ACTION_SET_ACCESS_METHOD, ACTION_SET_OPTIONS, ACTION_SET_STATISTICS,
        ACTION_SET_STORAGE, ACTION_SET_COMPRESSION, ACTION_SET_COLUMN_OPTIONS, ACTION_CLUSTER_ON, ACTION_TOGGLE_TRIGGER,
        ACTION_TOGGLE_RULE, ACTION_TOGGLE_ROW_SECURITY, ACTION_REPLICA_IDENTITY, ACTION_OWNER, ACTION_VALIDATE_CONSTRAINT,
    };
    for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++)
        if (kinds[i] == kind)
            return true;
    return false;
}

static enum truth is_repeatable(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct action *earlier = dropped_before(situation);
    bool cleared = earlier != NULL && (earlier->flags & FLAG_IF_EXISTS) != 0;
    unsigned tolerant = FLAG_IF_EXISTS | FLAG_IF_NOT_EXISTS | FLAG_OR_REPLACE;
    return truth_of(cleared || (situation->action->flags & tolerant) != 0 || changes_nothing(situation->action->kind));
}

static enum truth goes_with_transaction(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    bool temporary = (situation->action->flags & FLAG_TEMPORARY) != 0 ||
                     (situation->relation != NULL && situation->relation->temporary);
    return truth_of(situation->schema->in_transaction || temporary);
}

/* Of rows found by one value of a column only the column's uniqueness tells how many they are. */
static enum truth writes_many_rows(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct action *action = situation->action;
    switch (action->kind) {
    case ACTION_INSERT:
        return truth_of((action->flags & FLAG_READS_ROWS) != 0);
    case ACTION_COPY:
    case ACTION_MERGE:
        return TRUTH_YES;
    case ACTION_UPDATE:
    case ACTION_DELETE:
        break;
    default:
        return TRUTH_NO;
    }
    if (action->expression != NULL)
        vec_each(comparison, &action->expression->all_of)
            if (strcmp(comparison->operator, "=") == 0)
                return TRUTH_UNKNOWN;
    return TRUTH_YES;
}

const struct condition_row rerun_conditions[] = {
    {.name = "sent-alone", .ask = is_sent_alone,
     .meaning = "the text is this one statement and has no BEGIN, so that it need not be in a transaction"},
    {.name = "refused-in-transaction", .ask = refused_in_transaction,
     .meaning = "PostgreSQL refuses the statement inside a transaction"},
    {.name = "long-without-blocking", .ask = long_without_blocking,
     .meaning = "it may take long, but blocks neither readers nor writers: CONCURRENTLY, VALIDATE, VACUUM, ANALYZE"},
    {.name = "never-ended", .ask = never_ended, .meaning = "the text has no COMMIT or ROLLBACK behind this BEGIN"},
    {.name = "dropped-before", .ask = is_dropped_before,
     .meaning = "an earlier statement of the text drops an object or constraint of that name"},
    {.name = "repeatable", .ask = is_repeatable,
     .meaning = "a second time it does no harm: IF EXISTS, IF NOT EXISTS, OR REPLACE, a DROP … IF EXISTS before it, or "
                "it only says again what is so, as SET DEFAULT does"},
    {.name = "goes-with-transaction", .ask = goes_with_transaction,
     .meaning = "a transaction is open that takes it back when the text fails, or it is about a temporary table"},
    {.name = "writes-many-rows", .ask = writes_many_rows,
     .meaning = "it writes as many rows as a table has: INSERT … SELECT, COPY, MERGE, UPDATE and DELETE; unknown where "
                "their WHERE asks for one value of a column"},
    {.name = NULL},
};
