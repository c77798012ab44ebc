/* What a migration is about, in one sentence. */
#include "write/describe.h"

#include "base/str.h"
#include "review/use.h"

#include <string.h>

/* What is not here is in the middle. */
enum { MIDDLE = 5 };
static const signed char weights[ACTION_KINDS] = {
    [ACTION_CREATE_TABLE] = 9, [ACTION_CREATE_TABLE_AS] = 9, [ACTION_CREATE_FOREIGN_TABLE] = 9,
    [ACTION_CREATE_DATABASE] = 9, [ACTION_DROP_OWNED] = 9, [ACTION_TRUNCATE] = 8, [ACTION_DROP_COLUMN] = 8,
    [ACTION_ADD_COLUMN] = 7, [ACTION_ALTER_COLUMN_TYPE] = 7, [ACTION_RENAME] = 7, [ACTION_SET_SCHEMA] = 7,
    [ACTION_ATTACH_PARTITION] = 7, [ACTION_DETACH_PARTITION] = 7, [ACTION_CREATE_VIEW] = 6,
    [ACTION_CREATE_MATERIALIZED_VIEW] = 6, [ACTION_CREATE_FUNCTION] = 6, [ACTION_CREATE_ENUM] = 6,
    [ACTION_CREATE_DOMAIN] = 6, [ACTION_CREATE_TYPE] = 6, [ACTION_ADD_ENUM_VALUE] = 6,
    [ACTION_VALIDATE_CONSTRAINT] = 4, [ACTION_GRANT] = 4, [ACTION_EXECUTE] = 4, [ACTION_CALL] = WEIGHT_PART,
    [ACTION_CREATE_SCHEMA] = WEIGHT_MINOR, [ACTION_CREATE_EXTENSION] = WEIGHT_MINOR, [ACTION_COMMENT] = WEIGHT_MINOR,
    [ACTION_OWNER] = WEIGHT_MINOR, [ACTION_LOCK] = WEIGHT_MINOR, [ACTION_SELECT] = WEIGHT_MINOR,
    [ACTION_ANALYZE] = WEIGHT_MINOR};
static const signed char drops[OBJECT_KINDS] = {
    [OBJECT_TABLE] = 9, [OBJECT_SCHEMA] = 9, [OBJECT_DATABASE] = 9, [OBJECT_VIEW] = 6, [OBJECT_MATERIALIZED_VIEW] = 6,
    [OBJECT_FUNCTION] = 6, [OBJECT_TYPE] = 6};

/* A table that is not known to be there is dropped for the case that it is. */
static bool is_guard(const struct situation *situation)
{
    const struct action *action = situation->action;
    bool table = action->object == OBJECT_TABLE && situation->relation != NULL;
    return action->kind == ACTION_DROP && !table &&
           use_is_made_again(action, situation->subject->actions, situation->number);
}

/* Its indexes, constraints and rows are part of a table that the same migration makes. */
static bool is_of_new_table(const struct situation *situation)
{
    const struct relation *relation = situation->relation;
    const struct subject *subject = situation->subject;
    return relation != NULL && (relation->temporary || (subject->migration != NULL && relation->created_by == subject->migration &&
                                                        subject->direction == DIRECTION_UP));
}

int describe_weight(const struct situation *situation)
{
    const struct action *action = situation->action;
    int weight = action->kind == ACTION_DROP ? drops[action->object] : weights[action->kind];
    bool creates = action->kind <= ACTION_CREATE_FOREIGN_TABLE && action->kind != ACTION_CREATE_VIEW &&
                   action->kind != ACTION_CREATE_MATERIALIZED_VIEW;
    if (is_guard(situation))
        return WEIGHT_NONE;
    if ((action->flags & FLAG_TEMPORARY) != 0)
        return WEIGHT_MINOR;
    if (weight == 0)
        weight = MIDDLE;
    return is_of_new_table(situation) && !creates && weight > WEIGHT_PART ? WEIGHT_PART : weight;
}

struct choice {
    const struct phrase *best;
    size_t counted;             /* sentences that would be missed */
};

static void consider(struct choice *choice, const struct phrase *phrase)
{
    choice->counted += phrase->weight >= WEIGHT_COUNTS;
    if (choice->best == NULL || phrase->weight > choice->best->weight)
        choice->best = phrase;
}

const char *describe_summary(struct arena *arena, const struct phrases *phrases)
{
    struct choice choice = {0};
    vec_each(phrase, phrases) {
        consider(&choice, phrase);
        for (size_t i = 0; i < phrase->detail_count; i++)
            if (phrase->details[i].weight > WEIGHT_NONE)
                consider(&choice, &phrase->details[i]);
    }
    if (choice.best == NULL)
        return "";
    size_t more = choice.counted - (choice.best->weight >= WEIGHT_COUNTS);
    const char *text = phrase_text(arena, &choice.best->parts);
    size_t length = strlen(text) - (str_ends(text, "."));
    if (more == 0)
        return arena_printf(arena, "%.*s.", (int)length, text);
    return arena_printf(arena, "%.*s, and %zu more change%s.", (int)length, text, more, more == 1 ? "" : "s");
}
