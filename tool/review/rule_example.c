#include "review/rule_example.h"

#include "review/review.h"

#include <string.h>

static const struct finding *judge(struct arena *arena, const struct config *config, struct rule *rule,
                                   enum review_transaction transaction)
{
    struct rule_set rules = {0};
    struct strings names = {0};
    struct findings findings = {0};
    struct err err = {.arena = arena};
    *vec_add(arena, &rules.all) = rule;
    *vec_add(arena, &names) = rule->id;
    if (rules_only(arena, &rules, &names, &err) != 0)
        return NULL;
    const struct review review = {.arena = arena, .rules = &rules, .findings = &findings, .transaction = transaction};
    review_text(&review, config, "example.sql", rule->bad, strlen(rule->bad), rule->setup);
    vec_each(finding, &findings)
        if (strcmp(finding->rule, rule->id) == 0)
            return finding;
    return NULL;
}

/* Some tell of what skein does itself when it runs a file. */
const struct finding *rule_example(struct arena *arena, const struct config *config, const struct rule *rule)
{
    struct rule copy = *rule;
    if (rule->bad == NULL || rule->check)
        return NULL;
    const struct finding *finding = judge(arena, config, &copy, REVIEW_AS_RUN);
    return finding != NULL ? finding : judge(arena, config, &copy, REVIEW_OUT);
}
