#include "review/forecast.h"

#include "base/str.h"
#include "schema/called.h"
#include "schema/effect_work.h"

static bool is_same(const struct touch *a, const struct touch *b)
{
    return a->relation == b->relation && str_same(a->name.name, b->name.name) && str_same(a->name.schema, b->name.schema);
}

static void add_touch(struct arena *arena, const struct schema *schema, struct forecast *forecast,
                      const struct touch *touch)
{
    vec_each(known, &forecast->touches) {
        struct touch *one = &known->touch;
        if (!is_same(one, touch))
            continue;
        one->lock = touch->lock > one->lock ? touch->lock : one->lock;
        effect_raise(&one->rewritten, touch->rewritten);
        effect_raise(&one->scanned, touch->scanned);
        effect_raise(&one->index_built, touch->index_built);
        one->why = one->why == NULL ? touch->why : one->why;
        return;
    }
    *vec_add(arena, &forecast->touches) = (struct forecast_touch){
        *touch, touch->relation != NULL && relation_is_new(schema, touch->relation)};
}

/* Actions in a branch happen maybe; they are told all the same. */
static void add_action(struct arena *arena, const struct schema *schema, const struct action *action,
                       struct forecasts *forecasts)
{
    struct effect effect;
    effect_of(arena, schema, action, &effect);
    struct forecast *last = forecasts->count > 0 ? &forecasts->at[forecasts->count - 1] : NULL;
    if (last == NULL || last->start != action->start) {
        last = vec_add(arena, forecasts);
        *last = (struct forecast){.start = action->start, .length = action->length, .kind = action->kind};
    }
    vec_each(touch, &effect.touches)
        add_touch(arena, schema, last, touch);
}

/* Whose turn it is while functions are called. */
struct forecasting {
    struct called_watch called;   /* first: the schema knows no more of it */
    struct arena *arena;
    const struct schema *schema;
    struct forecasts *forecasts;
    enum action_kind calls;       /* what calls them */
};

static void add_called(struct called_watch *called, const struct action *action)
{
    const struct forecasting *forecasting = (const struct forecasting *)called;
    if (forecasting->calls != ACTION_CREATE_TRIGGER) /* whose function runs when it fires */
        add_action(forecasting->arena, forecasting->schema, action, forecasting->forecasts);
}

void forecast_text(struct arena *arena, struct schema *schema, const char *text, size_t length,
                   struct forecasts *forecasts, struct action_faults *faults)
{
    struct forecasting forecasting = {{add_called}, arena, schema, forecasts, ACTION_END};
    struct actions actions = {0};
    actions_read(arena, text, length, &actions, faults);
    schema->called = forecasts == NULL ? NULL : &forecasting.called;
    vec_each(action, &actions) {
        schema_turn(schema, action);
        if (forecasts != NULL && action->kind != ACTION_END && action->place != PLACE_BODY)
            add_action(arena, schema, action, forecasts);
        forecasting.calls = action->kind;
        schema_apply(schema, action);
    }
    schema->called = NULL;
}
