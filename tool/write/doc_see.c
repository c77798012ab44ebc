/* What is noted of a migration while its statements are replayed. */
#include "write/docing.h"

#include "review/facts.h"

#include <string.h>

/* Nobody can wait for what the migration itself made. */
bool doc_was_there(const struct situation *situation, const struct relation *relation)
{
    if (relation == NULL)
        return true;
    if (relation->temporary || relation_is_new(situation->schema, relation))
        return false;
    return situation->subject->direction == DIRECTION_DOWN || relation->created_by != situation->subject->migration;
}

bool doc_has_own_page(const struct relation *relation)
{
    return relation->kind != RELATION_INDEX && relation->kind != RELATION_SEQUENCE && relation->kind != RELATION_COMPOSITE;
}

static void note_touch(struct doc *doc, const char *schema, const char *name, const struct service *service)
{
    vec_each(touch, &doc->touches)
        if (str_same(touch->schema, schema) && strcmp(touch->name, name) == 0)
            return;
    *vec_add(&doc->page, &doc->touches) =
        (struct doc_touch){schema == NULL ? NULL : arena_strdup(&doc->page, schema), arena_strdup(&doc->page, name), service};
}

static void note_touches(struct doc *doc, const struct situation *situation)
{
    const struct action *action = situation->action;
    if (situation->subject->direction == DIRECTION_DOWN)
        return;
    if ((action->kind == ACTION_CREATE_TABLE || action->kind == ACTION_CREATE_TABLE_AS) && (action->flags & FLAG_TEMPORARY) == 0)
        note_touch(doc, action->name.schema != NULL ? action->name.schema
                                                    : schema_creation_schema(situation->schema, &action->name),
                   action->name.name, situation->subject->migration->service);
    vec_each(touch, &situation->effect->touches) {
        const struct relation *relation = touch->relation;
        if (relation != NULL && touch->lock >= LOCK_ROW_EXCLUSIVE && doc_has_own_page(relation) && !relation->temporary)
            note_touch(doc, relation->schema, relation->name,
                       relation->created_by == NULL ? NULL : relation->created_by->service);
    }
}

/* --- what going back will not find as it was */

/* What no half that goes back can know of values that this one has changed. */
static const char *pattern_of_loss(const struct situation *situation)
{
    static const char changed[] = "{column} of {name} became {type}[, which was {old-type}]: what that cannot hold of the old "
                                  "values is lost.",
                      back[] = "Going back, {column} of {name} becomes {type}[ instead of {old-type}]: what that cannot hold is lost.",
                      refused[] = "Going back, {column} of {name} becomes {type}[ instead of {old-type}]: the rollback fails where a "
                                  "value does not fit.";
    const struct action *action = situation->action;
    const struct column *column = situation->relation == NULL ? NULL : relation_column(situation->relation, action->column);
    bool down = situation->subject->direction == DIRECTION_DOWN;
    if (!doc_was_there(situation, situation->relation) ||
        (column != NULL && !down && column->migration == situation->subject->migration) ||
        effect_type_change_keeps_values(situation->schema, situation->relation, action) == TRUTH_YES)
        return NULL;
    if (effect_type_change_refuses(situation->relation, action))
        return down ? refused : NULL;
    return down ? back : changed;
}

static const char *pattern_of_what_stays(struct doc *doc, const struct situation *situation)
{
    struct doc_half *half = &doc->halves[situation->subject->direction];
    bool down = situation->subject->direction == DIRECTION_DOWN, first = !half->dynamic;
    switch (situation->action->kind) {
    case ACTION_ALTER_COLUMN_TYPE: return pattern_of_loss(situation);
    case ACTION_ADD_ENUM_VALUE: return down ? NULL : "The value {text} of the enum {name} stays: PostgreSQL does not take values away.";
    case ACTION_EXECUTE:
        half->dynamic = true;
        return down || !first ? NULL : "It runs SQL that is put together while it runs; what that did is not known here.";
    default: return NULL;
    }
}

static void note_what_stays(struct doc *doc, const struct situation *situation)
{
    const char *pattern = pattern_of_what_stays(doc, situation);
    struct describing describing = {.situation = situation};
    if (pattern != NULL)
        phrase_format(&doc->page, &vec_add(&doc->page, &doc->halves[situation->subject->direction].stays)->parts, pattern,
                      describe_value, &describing);
}

static void note(struct doc *doc, const struct situation *situation)
{
    doc_note_before(doc, situation);
    risk_add(&doc->page, &doc->halves[situation->subject->direction].risk, situation);
    doc_note_locks(&doc->page, &doc->halves[situation->subject->direction].locks, situation);
    note_touches(doc, situation);
    doc_note_rows(doc, situation);
    note_what_stays(doc, situation);
}

void doc_called(struct doc *doc, const struct situation *situation)
{
    struct doc_half *half = &doc->halves[situation->subject->direction];
    describe_called(&doc->page, situation, &half->does, &half->told);
    if (!facts_is_fired_later(situation))
        note(doc, situation);
}

/* A summary begins with what is most dangerous. */
static int weight_of_risk(const struct risk *risk, size_t first)
{
    static const int weights[RISK_LEVELS] = {[RISK_HIGH] = 10, [RISK_CRITICAL] = 20};
    int weight = 0;
    for (size_t i = first; i < risk->reasons.count; i++)
        weight = weights[risk->reasons.at[i].level] > weight ? weights[risk->reasons.at[i].level] : weight;
    return weight;
}

void doc_see(struct doc *doc, const struct situation *situation)
{
    if (situation->action->place == PLACE_BODY || situation->action->kind == ACTION_END)
        return;
    struct doc_half *half = &doc->halves[situation->subject->direction];
    size_t sentences = half->does.count, reasons = half->risk.reasons.count;
    describe_action(&doc->page, situation, &half->does);
    note(doc, situation);
    if (half->does.count > sentences && half->does.at[sentences].weight > WEIGHT_NONE)
        half->does.at[sentences].weight += weight_of_risk(&half->risk, reasons);
}
