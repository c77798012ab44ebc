#include "review/judged.h"

#include "review/derived.h"
#include "sql/ignore.h"
#include "sql/normalise.h"
#include "sql/secret.h"
#include "text/nearest.h"

#include <string.h>

void judged_mark(struct arena *arena, struct judged *judged, const struct subject *subject, const struct action *action)
{
    const char *statement = NULL;
    while (judged->statements.count < judged->findings.count) {
        if (statement == NULL) {
            statement = normalise_line(arena, subject->text + action->start, action->length);
            statement = secret_masked(arena, statement, strlen(statement));
        }
        judged->findings.at[judged->statements.count].statement = statement;
        *vec_add(arena, &judged->statements) = action->statement;
    }
}

/* A rule's own id, or its name in another tool. */
static bool names_rule(const struct rule_set *rules, const char *name, const char *id)
{
    if (strcmp(name, id) == 0)
        return true;
    const struct rule *rule = rules_find(rules, name);
    return (rule != NULL && strcmp(rule->id, id) == 0) || rules_is_counterpart(rules, id, name);
}

static bool covers(const struct ignore *ignore, size_t statement)
{
    return (ignore->squawk || ignore->reason != NULL) && (ignore->whole_file || ignore->statement == statement);
}

/* Does it silence this finding?  A name that did is used. */
static bool silences(const struct review *review, const struct ignore *ignore, const char *id,
                     struct ignored_name *names)
{
    if (ignore->rules.count == 0)
        return ignore->squawk;
    for (size_t i = 0; i < ignore->rules.count; i++)
        if (names_rule(review->rules, ignore->rules.at[i], id))
            return names[i].used = true;
    return false;
}

/* Has every service been read, so that what concerns them all is known? */
static bool is_whole(const struct review *review)
{
    vec_each(finding, review->findings)
        if (strncmp(finding->rule, "unreadable-", strlen("unreadable-")) == 0)
            return false;
    return review->derived != NULL;
}

static bool asks_database(const struct rule *rule)
{
    vec_each(condition, &rule->when)
        if (condition->row->sizes)
            return true;
    return false;
}

static bool concerns(const struct rule *rule, const struct subject *subject, const struct ignore *ignore)
{
    vec_each(action, subject->actions)
        if (action->statement == ignore->statement && rule_looks_at(rule, action))
            return true;
    return false;
}

/* Can this run tell that nothing breaks the rule?  A file alone knows little of the schema that it finds. */
static bool is_decided(const struct review *review, const struct rule *rule, const struct subject *subject,
                       const struct ignore *ignore)
{
    if (!rule->on || (asks_database(rule) && review->sizes == NULL))
        return false;
    if (rule->check)
        return is_whole(review);
    return review->derived != NULL || !concerns(rule, subject, ignore);
}

static void report_unused(const struct review *review, const struct subject *subject, const struct ignore *ignore,
                          const char *name)
{
    const struct rule *rule = rules_find(review->rules, name);
    if (rule == NULL) {
        const char *nearest = nearest_find(name, rules_names(review->arena, review->rules));
        subject_report(review->arena, subject, review->findings, SEVERITY_WARNING, "unused-ignore", ignore->at, NULL,
                       nearest == NULL ? "`skein rules` lists them"
                                       : arena_printf(review->arena, "did you mean %s?", nearest),
                       "there is no rule %s to ignore", name);
    } else if (is_decided(review, rule, subject, ignore)) {
        subject_report(review->arena, subject, review->findings, SEVERITY_WARNING, "unused-ignore", ignore->at, NULL,
                       "take the comment out", "nothing here breaks the rule %s that is ignored", rule->id);
    }
}

static void account_for(const struct review *review, const struct subject *subject, const struct ignore *ignore,
                        const char *rule, struct ignored_name *name)
{
    size_t before = review->findings->count;
    report_unused(review, subject, ignore, rule);
    if (!name->awaited || review->findings->count == before)
        return;
    name->unused = review->findings->at[before].message;
    derived_doubt_unused(review->derived, name);
}

/* squawk's comments are written for squawk; only our own are held to account. */
static void account(const struct review *review, const struct subject *subject, const struct ignore *ignore,
                    struct ignored_name *names)
{
    if (ignore->squawk)
        return;
    if (ignore->rules.count == 0 || ignore->reason == NULL) {
        subject_report(review->arena, subject, review->findings, SEVERITY_ERROR, "ignore-without-reason", ignore->at,
                       NULL, "write -- skein: ignore rule-id why it is harmless here",
                       ignore->rules.count == 0 ? "no rule and no reason is given" : "no reason is given");
        return;
    }
    for (size_t i = 0; i < ignore->rules.count; i++)
        if (!names[i].used)
            account_for(review, subject, ignore, ignore->rules.at[i], &names[i]);
}

/* Which name would silence it is known when the finding has its own; a comment that means all rules silences it now. */
static bool excuse(const struct review *review, const struct ignore *ignore, const struct finding *finding,
                   struct ignored_name *names)
{
    for (size_t i = 0; i < ignore->rules.count; i++)
        for (const char *const *id = derived_awaited; *id != NULL; id++)
            if (names_rule(review->rules, ignore->rules.at[i], *id))
                derived_excuse(review->derived, finding, *id, &names[i]);
    return ignore->rules.count == 0 && ignore->squawk;
}

static bool is_silenced(const struct review *review, const struct ignores *ignores, struct ignored_name **names,
                        const struct finding *finding, size_t statement)
{
    bool silenced = false, waits = derived_waits(finding);
    for (size_t i = 0; i < ignores->count; i++) {
        const struct ignore *ignore = &ignores->at[i];
        if (covers(ignore, statement) && (waits ? excuse(review, ignore, finding, names[i])
                                                : silences(review, ignore, finding->rule, names[i])))
            silenced = true;
    }
    return silenced;
}

void judged_settle(const struct review *review, const struct subject *subject, struct judged *judged)
{
    struct arena work = {0};
    struct ignores ignores = {0};
    ignores_read(&work, subject->text, subject->length, subject->actions, &ignores);
    struct ignored_name **names = arena_alloc(&work, (ignores.count + 1) * sizeof(*names));
    for (size_t i = 0; i < ignores.count; i++)
        names[i] = arena_alloc(review->arena, (ignores.at[i].rules.count + 1) * sizeof(**names));
    for (size_t i = 0; i < judged->findings.count; i++)
        if (!is_silenced(review, &ignores, names, &judged->findings.at[i], judged->statements.at[i]))
            *vec_add(review->arena, review->findings) = judged->findings.at[i];
    for (size_t i = 0; i < ignores.count; i++)
        account(review, subject, &ignores.at[i], names[i]);
    arena_release(&work);
}
