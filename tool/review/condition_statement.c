/* Conditions about the words of a statement. */
#include "review/condition_rows.h"

#include <string.h>

static enum truth has_flag(const struct situation *situation, const struct condition *condition)
{
    return truth_of((situation->action->flags & condition->row->flag) != 0);
}

static enum truth several_objects(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    size_t count = 0;
    vec_each(action, situation->subject->actions)
        count += action->statement == situation->action->statement && action->kind == situation->action->kind;
    return truth_of(count > 1);
}

static enum truth first_of_statement(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(!facts_is_continued(situation));
}

static enum truth object_again(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct actions *actions = situation->subject->actions;
    for (size_t i = situation->number; i-- > 0 && actions->at[i].statement == situation->action->statement;)
        if (facts_same_name(&actions->at[i].name, &situation->action->name))
            return TRUTH_YES;
    return TRUTH_NO;
}

static enum truth alone(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(situation->subject->statements == 1);
}

static enum truth is_placed_in(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(situation->action->place != PLACE_STATEMENT);
}

/* Of an index, a trigger and the like it is the table's name that may have a schema. */
static enum truth unqualified(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct action *action = situation->action;
    struct object_name name = action->object == OBJECT_INDEX && action->kind != ACTION_CREATE_INDEX
                                  ? action->name
                                  : facts_table(situation);
    bool has_schema = action->object != OBJECT_SCHEMA && action->object != OBJECT_DATABASE &&
                      action->object != OBJECT_EXTENSION && action->object != OBJECT_TABLESPACE &&
                      action->object != OBJECT_ROLE && action->object != OBJECT_SYSTEM;
    return truth_of(has_schema && name.name != NULL && name.schema == NULL);
}

static enum truth name_longer_than(const struct situation *situation, const struct condition *condition)
{
    return truth_of(situation->identifier != NULL && strlen(situation->identifier) > (size_t)condition->number);
}

#define FLAG_ROW(text, bit, sentence) {.name = text, .flag = bit, .ask = has_flag, .meaning = sentence}

const struct condition_row statement_conditions[] = {
    FLAG_ROW("concurrently", FLAG_CONCURRENTLY, "CONCURRENTLY is written"),
    FLAG_ROW("if-exists", FLAG_IF_EXISTS, "IF EXISTS is written"),
    FLAG_ROW("if-not-exists", FLAG_IF_NOT_EXISTS, "IF NOT EXISTS is written"),
    FLAG_ROW("or-replace", FLAG_OR_REPLACE, "OR REPLACE is written"),
    FLAG_ROW("cascade", FLAG_CASCADE, "CASCADE is written"),
    FLAG_ROW("only", FLAG_ONLY, "ONLY is written: CREATE INDEX ON ONLY, ALTER TABLE ONLY"),
    FLAG_ROW("unique", FLAG_UNIQUE, "the index is UNIQUE"),
    FLAG_ROW("partial", FLAG_PARTIAL, "the index has a WHERE"),
    FLAG_ROW("no-data", FLAG_NO_DATA, "WITH NO DATA is written"),
    FLAG_ROW("has-where", FLAG_WHERE, "UPDATE or DELETE has a WHERE"),
    FLAG_ROW("full", FLAG_FULL, "VACUUM FULL is written"),
    FLAG_ROW("finalize", FLAG_FINALIZE, "DETACH PARTITION … FINALIZE is written"),
    FLAG_ROW("placed", FLAG_PLACED, "ADD VALUE has BEFORE or AFTER"),
    FLAG_ROW("default-partition", FLAG_DEFAULT_PARTITION, "the partition is the DEFAULT one"),
    FLAG_ROW("local", FLAG_LOCAL, "SET LOCAL is written"),
    FLAG_ROW("reads-rows", FLAG_READS_ROWS, "rows come out of tables: INSERT … SELECT, UPDATE … FROM"),
    FLAG_ROW("all-tables", FLAG_ALL, "no table is named, so that it is all of them: VACUUM, CLUSTER"),
    FLAG_ROW("creates-slot", FLAG_CREATES_SLOT, "the subscription creates a replication slot"),
    FLAG_ROW("unlogged", FLAG_UNLOGGED, "UNLOGGED is written"),
    FLAG_ROW("enable", FLAG_ENABLE, "ENABLE or FORCE is written, rather than DISABLE"),
    {.name = "several-objects", .ask = several_objects,
     .meaning = "the statement does the same to several objects: DROP INDEX a, b; two ADD COLUMN in one ALTER TABLE"},
    {.name = "first-of-statement", .ask = first_of_statement,
     .meaning = "it is the first thing that its statement does: of the subcommands of an ALTER TABLE only the first"},
    {.name = "object-again", .ask = object_again,
     .meaning = "the statement has done something to the same object before: the second subcommand of an ALTER TABLE"},
    {.name = "alone", .ask = alone, .meaning = "the text holds one statement, not counting BEGIN and COMMIT"},
    {.name = "in-block", .ask = is_placed_in, .meaning = "it stands in a DO block or in the body of a function"},
    {.name = "unqualified", .ask = unqualified, .meaning = "the object's schema is not written"},
    {.name = "name-longer-than", .argument = ARGUMENT_COUNT, .ask = name_longer_than,
     .meaning = "the identifier at hand has more than N bytes; for rules with `each: identifier`"},
    {.name = NULL},
};
