#include "write/describing.h"

#include "review/facts.h"

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
    describe_merge(arena, phrase, action);
    describe_cascade(arena, phrase, situation);
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

static int line_of(const struct situation *situation)
{
    int line = 0, column;
    lines_find(situation->subject->lines, situation->action->at, &line, &column);
    return situation->subject->first_line + line - 1;
}

static void say_maybe(struct arena *arena, struct phrase_parts *parts, const char *end)
{
    phrase_open_end(parts);
    phrase_say(arena, parts, ", under a condition");
    phrase_say(arena, parts, end);
}

void describe_action(struct arena *arena, const struct situation *situation, struct phrases *phrases)
{
    const struct action *action = situation->action;
    struct describing describing = {.situation = situation};
    const char *pattern = action->place == PLACE_BODY ? NULL : pattern_of(action);
    if (pattern == NULL)
        return;
    struct phrase *phrase = vec_add(arena, phrases);
    phrase_format(arena, &phrase->parts, pattern, describe_value, &describing);
    if (action->place == PLACE_BRANCH)
        say_maybe(arena, &phrase->parts, ".");
    phrase_one_end(&phrase->parts);
    add_details(arena, phrase, situation);
    phrase->weight = describe_weight(situation);
    phrase->line = line_of(situation);
}

/* --- what called functions do */

/* The sentence of the call is the last one, unless there is none for it. */
static struct phrase *phrase_of_call(struct arena *arena, const struct situation *situation, struct phrases *phrases)
{
    int line = line_of(situation);
    if (phrases->count > 0 && phrases->at[phrases->count - 1].line == line)
        return &phrases->at[phrases->count - 1];
    struct phrase *phrase = vec_add(arena, phrases);
    phrase_say(arena, &phrase->parts, "Calls functions.");
    phrase->line = line;
    phrase->weight = WEIGHT_MINOR;
    return phrase;
}

void describe_called(struct arena *arena, const struct situation *situation, struct phrases *phrases, struct map *told)
{
    const struct action *action = situation->action;
    const char *pattern = pattern_of(action), *function = describe_function(arena, &action->body_of);
    struct describing describing = {.situation = situation};
    bool later = facts_is_fired_later(situation);
    struct phrase detail = {.weight = later ? WEIGHT_NONE : describe_weight(situation)};
    if (pattern == NULL || function == NULL || action->kind == ACTION_SELECT || action->kind == ACTION_OTHER)
        return;
    phrase_format(arena, &detail.parts, pattern, describe_value, &describing);
    if (action->branch)
        say_maybe(arena, &detail.parts, ".");
    phrase_say_of(arena, &detail.parts, function);
    if (later)
        phrase_say_first(arena, &detail.parts, "from now on, whenever it fires, ");
    const char *text = phrase_text(arena, &detail.parts);
    if (map_find(told, text) != NULL)
        return;
    map_put(arena, told, text, told);
    *phrase_add_detail(arena, phrase_of_call(arena, situation, phrases)) = detail;
}
