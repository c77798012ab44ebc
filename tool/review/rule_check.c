#include "review/rule_check.h"

bool rules_tell(const struct rule_set *rules, const char *id, enum severity *severity)
{
    const struct rule *rule = rules_find(rules, id);
    if (rule == NULL || rule->always)
        return true;
    if (rule->changed.file != NULL)
        *severity = rule->severity;
    return rule->on;
}

static bool is_of_code(const struct rule_set *rules, const char *id)
{
    const struct rule *rule = rules_find(rules, id);
    return rule != NULL && rule->check;
}

void rules_settle(const struct rule_set *rules, struct findings *findings)
{
    size_t kept = 0;
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->at[i];
        if (!is_of_code(rules, finding->rule) || rules_tell(rules, finding->rule, &finding->severity))
            findings->at[kept++] = *finding;
    }
    findings->count = kept;
}
