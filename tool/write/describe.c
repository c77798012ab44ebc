#include "write/describe.h"

static bool fits(const struct describe_row *row, const struct action *action)
{
    return row->kind == action->kind && (row->object == OBJECT_NONE || row->object == action->object) &&
           (action->flags & row->with) == row->with && (action->flags & row->without) == 0;
}

static const char *pattern_of(const struct action *action)
{
    for (const struct describe_row *row = describe_rows; row->kind != ACTION_END; row++)
        if (fits(row, action))
            return row->pattern;
    return NULL;
}

static void add_detail(struct arena *arena, struct phrase *phrase, const char *pattern, struct describing *describing)
{
    phrase_format(arena, &phrase_add_detail(arena, phrase)->parts, pattern, describe_value, describing);
}

/* Columns and constraints of a new table, one line each. */
static void add_details(struct arena *arena, struct phrase *phrase, const struct situation *situation)
{
    const struct action *action = situation->action;
    struct describing describing = {.situation = situation};
    if (action->kind != ACTION_CREATE_TABLE && action->kind != ACTION_CREATE_FOREIGN_TABLE)
        return;
    vec_each(column, &action->columns) {
        describing.column = column;
        add_detail(arena, phrase,
                   "{column}[: {type}][, {not-null}][, default {default}][, {identity}][, generated as {generated}]"
                   "{column-constraints}", &describing);
    }
    describing.column = NULL;
    vec_each(constraint, &action->constraints) {
        describing.constraint = constraint;
        add_detail(arena, phrase, "{constraint}", &describing);
    }
}

static bool is_minor(enum action_kind kind)
{
    static const bool minor[ACTION_KINDS] = {
        [ACTION_CREATE_SCHEMA] = true, [ACTION_CREATE_EXTENSION] = true, [ACTION_COMMENT] = true, [ACTION_OWNER] = true,
        [ACTION_LOCK] = true, [ACTION_SELECT] = true, [ACTION_ANALYZE] = true};
    return minor[kind];
}

void describe_action(struct arena *arena, const struct situation *situation, struct phrases *phrases)
{
    const struct action *action = situation->action;
    struct describing describing = {.situation = situation};
    const char *pattern = action->place == PLACE_BODY ? NULL : pattern_of(action);
    int line = 0, column;
    if (pattern == NULL)
        return;
    struct phrase *phrase = vec_add(arena, phrases);
    phrase_format(arena, &phrase->parts, pattern, describe_value, &describing);
    if (action->place == PLACE_BRANCH)
        phrase_say(arena, &phrase->parts, " This happens under a condition.");
    add_details(arena, phrase, situation);
    phrase->minor = is_minor(action->kind);
    lines_find(situation->subject->lines, action->at, &line, &column);
    phrase->line = situation->subject->first_line + line - 1;
}
