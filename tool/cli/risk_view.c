#include "cli/risk_view.h"

#include "cli/progress.h"
#include "review/review.h"
#include "text/screen.h"

#include <stdio.h>
#include <unistd.h>

struct derived *risk_view_replay(const struct run *run, const struct table_sizes *sizes)
{
    struct findings ignored = {0};
    struct rule_set none = {0};
    struct review review = {.arena = run->arena, .rules = &none, .findings = &ignored, .sizes = sizes,
                            .derived = derived_new(run->arena, &run->catalog, NULL)};
    review_catalog(&review, &run->catalog, NULL);
    return review.derived;
}

void risk_view_json(struct json *object, struct arena *arena, const struct risk *risk)
{
    if (risk == NULL)
        return;
    struct json *reasons = json_list(arena);
    vec_each(reason, &risk->reasons) {
        struct json *one = json_object(arena);
        json_set_text(one, "risk", risk_level_names[reason->level]);
        json_set_text(one, "text", reason->text);
        json_set_integer(one, "line", reason->line);
        json_add(reasons, one);
    }
    json_set_text(object, "risk", risk_level_names[risk->level]);
    json_set(object, "risk_reasons", reasons);
}

enum tone risk_view_tone(const struct risk *risk)
{
    static const enum tone tones[RISK_LEVELS] = {
        [RISK_LOW] = TONE_FAINT, [RISK_MEDIUM] = TONE_NONE, [RISK_HIGH] = TONE_WARN, [RISK_CRITICAL] = TONE_BAD};
    return risk == NULL ? TONE_NONE : tones[risk->level];
}

void risk_view_reasons(struct arena *arena, const struct migration *migration, const struct risk *risk,
                       enum risk_level least)
{
    if (risk == NULL)
        return;
    vec_each(reason, &risk->reasons) {
        if (reason->level < least)
            continue;
        enum tone tone = reason->level >= RISK_HIGH ? TONE_WARN : TONE_FAINT;
        printf("%s: %s%s risk:%s %s (line %d)\n", progress_name(arena, migration), tone_on(tone, STDOUT_FILENO),
               risk_level_names[reason->level], tone_off(STDOUT_FILENO), screen_safe(arena, reason->text, true),
               reason->line);
    }
}
