#include "review/label_use.h"

#include "review/facts.h"
#include "sql/cursor.h"

#include <string.h>

/* The strings of a statement; what only the server can read is left out. */
static void read_strings(struct arena *arena, const struct situation *situation, struct strings *strings)
{
    const struct action *action = situation->action;
    char *copy = arena_strndup(arena, situation->subject->text + action->start, action->length);
    struct scan scan;
    scan_open(&scan, arena, copy, action->length);
    for (struct token token = scan_next(&scan); token.kind != TOKEN_END && token.kind != TOKEN_FAULT;
         token = scan_next(&scan)) {
        const char *string = token.kind == TOKEN_STRING ? token_string(arena, copy, &token) : NULL;
        if (string != NULL)
            *vec_add(arena, strings) = string;
    }
    scan_close(&scan);
}

static bool holds(const struct strings *strings, const char *text)
{
    vec_each(string, strings)
        if (strcmp(*string, text) == 0)
            return true;
    return false;
}

/* Has the table a column of the type?  Unknown: the table is not known, or not all of it. */
static enum truth has_column(const struct situation *situation, const struct object_name *name, const struct type *type)
{
    const struct relation *relation = schema_relation(situation->schema, name);
    if (relation == NULL)
        return TRUTH_UNKNOWN;
    vec_each(column, &relation->columns)
        if (!column->dropped && column->type.name != NULL && strcmp(column->type.name, type->name) == 0)
            return TRUTH_YES;
    return relation->complete ? TRUTH_NO : TRUTH_UNKNOWN;
}

static enum truth stronger(enum truth one, enum truth other)
{
    return one == TRUTH_YES || other == TRUTH_YES ? TRUTH_YES
           : one == TRUTH_UNKNOWN                 ? one
                                                  : other;
}

static enum truth is_about(const struct situation *situation, const struct type *type)
{
    const struct action *action = situation->action;
    const char *text = situation->subject->text + action->start;
    if (memmem(text, action->length, type->name, strlen(type->name)) != NULL)
        return TRUTH_YES;
    enum truth truth = action->name.name == NULL ? TRUTH_NO : has_column(situation, &action->name, type);
    vec_each(use, &action->uses)
        truth = stronger(truth, has_column(situation, &use->name, type));
    return truth;
}

/* A type that the same transaction made may be used at once. */
static enum truth is_used(struct arena *scratch, const struct situation *situation, const struct action *adding,
                          struct strings *strings)
{
    const struct type *type = schema_type(situation->schema, &adding->name);
    bool made_now = type != NULL && type->transaction != 0 && type->transaction == situation->schema->transaction;
    if (adding->text == NULL || type == NULL || made_now)
        return TRUTH_NO;
    if (strings->at == NULL)
        read_strings(scratch, situation, strings);
    return holds(strings, adding->text) ? is_about(situation, type) : TRUTH_NO;
}

enum truth label_use_find(const struct situation *situation, struct arena *arena, const char **value)
{
    const struct actions *actions = situation->subject->actions;
    struct arena scratch = {0};
    struct strings strings = {0};
    enum truth truth = TRUTH_NO;
    if (!situation->subject->adds_labels || !situation->schema->in_transaction ||
        situation->action->kind == ACTION_ADD_ENUM_VALUE)
        return TRUTH_NO;
    for (size_t i = situation->number; truth != TRUTH_YES && i-- > 0;) {
        const struct action *earlier = &actions->at[i];
        if (earlier->kind == ACTION_COMMIT || earlier->kind == ACTION_ROLLBACK)
            break;
        enum truth one = earlier->kind == ACTION_ADD_ENUM_VALUE && earlier->statement != situation->action->statement
                             ? is_used(&scratch, situation, earlier, &strings)
                             : TRUTH_NO;
        if (one != TRUTH_NO && value != NULL)
            *value = arena_strdup(arena, earlier->text);
        truth = stronger(truth, one);
    }
    arena_release(&scratch);
    return truth;
}
