/* Rules meet actions. */
#include "review/rule.h"

#include "review/facts.h"
#include "review/rule_text.h"
#include "sql/long_name.h"
#include "sql/normalise.h"
#include "text/regex.h"

#include <string.h>

struct judging {
    struct arena *arena;
    struct situation situation;   /* with the part at hand */
    struct findings *findings;
    const char *statement;        /* normalised; NULL: not yet */
};

bool rule_looks_at(const struct rule *rule, const struct action *action)
{
    vec_each(kind, &rule->kinds)
        if (kind->action == action->kind && (kind->object == OBJECT_NONE || kind->object == action->object))
            return true;
    return false;
}

static const char *object_of(struct judging *judging)
{
    struct object_name name = facts_table(&judging->situation);
    return arena_printf(judging->arena, "%s.%s", name.schema == NULL ? "" : name.schema,
                        name.name == NULL ? "" : name.name);
}

static bool is_told(struct judging *judging, const struct rule *rule)
{
    size_t statement = judging->situation.action->statement;
    const char *object = rule->once == ONCE_OBJECT && rule->told.count > 0 ? object_of(judging) : NULL;
    vec_each(told, &rule->told)
        if (rule->once == ONCE_FILE || (rule->once == ONCE_STATEMENT && told->statement == statement) ||
            (rule->once == ONCE_OBJECT && strcmp(told->object, object) == 0))
            return true;
    return false;
}

static void note_told(struct judging *judging, struct rule *rule)
{
    const char *object = rule->once == ONCE_OBJECT ? object_of(judging) : NULL;
    if (rule->once != ONCE_NEVER)
        *vec_add(judging->arena, &rule->told) = (struct telling){judging->situation.action->statement, object};
}

static bool conditions_hold(const struct judging *judging, const struct rule *rule)
{
    vec_each(condition, &rule->when)
        if (!condition_holds(condition, &judging->situation))
            return false;
    vec_each(condition, &rule->unless)
        if (condition_holds(condition, &judging->situation))
            return false;
    return true;
}

/* A pattern that searches too long once would do it again. */
static void report_limit(struct judging *judging, struct rule *rule)
{
    const struct situation *situation = &judging->situation;
    const char *hint = "write the pattern so that it never repeats a repetition, such as (a+)+";
    subject_report(judging->arena, situation->subject, judging->findings, SEVERITY_WARNING, "rule-limit",
                   situation->action->start, NULL, hint,
                   "the pattern of the rule %s searches too long in this statement; it is not tried again", rule->id);
    rule->regex = NULL;
}

static bool pattern_matches(struct judging *judging, struct rule *rule)
{
    const struct action *action = judging->situation.action;
    if (rule->pattern == NULL)
        return true;
    if (rule->regex == NULL)
        return false;
    if (judging->statement == NULL)
        judging->statement = normalise(judging->arena, judging->situation.subject->text + action->start, action->length);
    enum regex_outcome outcome = regex_match(rule->regex, judging->statement, strlen(judging->statement));
    if (outcome == REGEX_LIMIT)
        report_limit(judging, rule);
    return outcome == REGEX_MATCHES;
}

static const char *in_function(struct arena *arena, const struct action *action, const char *message)
{
    const struct object_name *function = &action->body_of;
    return arena_printf(arena, "%s (in %s%s%s(), which is called here)", message,
                        function->schema == NULL ? "" : function->schema, function->schema == NULL ? "" : ".",
                        function->name);
}

static void judge(struct judging *judging, struct rule *rule, size_t at)
{
    const struct situation *situation = &judging->situation;
    if (is_told(judging, rule) || !conditions_hold(judging, rule) || !pattern_matches(judging, rule))
        return;
    note_told(judging, rule);
    struct arena scratch = {0};
    struct rule_text text = {&scratch, situation, rule->regex, false};
    const char *message = rule_text_render(&text, rule->message), *why = rule_text_render(&text, rule->why);
    if (facts_is_called(situation)) {
        message = in_function(&scratch, situation->action, message);
        at = situation->action->at;
    }
    if (why != rule->why)
        why = arena_strdup(judging->arena, why);
    text.sql = true;
    subject_report(judging->arena, situation->subject, judging->findings, rule->severity, rule->id, at, why,
                   rule_text_render(&text, rule->fix), "%s", message);
    arena_release(&scratch);
}

static void judge_constraints(struct judging *judging, struct rule *rule, const struct constraint_defs *constraints)
{
    vec_each(constraint, constraints) {
        judging->situation.constraint = constraint;
        judge(judging, rule, constraint->at);
    }
    judging->situation.constraint = NULL;
}

static void judge_columns(struct judging *judging, struct rule *rule)
{
    vec_each(column, &judging->situation.action->columns) {
        judging->situation.column = column;
        if (rule->each == EACH_CONSTRAINT)
            judge_constraints(judging, rule, &column->constraints);
        else
            judge(judging, rule, column->at);
    }
    judging->situation.column = NULL;
}

static void judge_identifiers(struct judging *judging, struct rule *rule)
{
    enum { KEPT = 63 };
    const struct action *action = judging->situation.action;
    const char *text = judging->situation.subject->text + action->start;
    if (facts_is_continued(&judging->situation) || action->place != PLACE_STATEMENT)
        return;
    for (size_t at = 0; (judging->situation.identifier = long_name_find(judging->arena, text, action->length, KEPT, &at)) != NULL; at++)
        judge(judging, rule, action->start + at);
}

static void judge_parts(struct judging *judging, struct rule *rule)
{
    const struct action *action = judging->situation.action;
    switch (rule->each) {
    case EACH_ACTION:
        judge(judging, rule, action->at);
        break;
    case EACH_COLUMN:
        judge_columns(judging, rule);
        if (action->kind == ACTION_ALTER_COLUMN_TYPE)
            judge(judging, rule, action->at);
        break;
    case EACH_CONSTRAINT:
        judge_columns(judging, rule);
        judge_constraints(judging, rule, &action->constraints);
        break;
    case EACH_ASSIGNMENT:
        for (size_t i = 0; i < action->assigned_twice.count; i++) {
            judging->situation.assignment = i;
            judge(judging, rule, i < action->assigned_at.count ? action->assigned_at.at[i] : action->at);
        }
        judging->situation.assignment = 0;
        break;
    case EACH_IDENTIFIER:
        judge_identifiers(judging, rule);
        break;
    }
}

/* What a function's body does happens when the function is called, not when it is made. */
void rules_judge(struct arena *arena, const struct rule_set *rules, const struct situation *situation,
                 struct findings *findings)
{
    const struct action *action = situation->action;
    bool down = situation->subject->direction == DIRECTION_DOWN, body = action->place == PLACE_BODY;
    struct judging judging = {.arena = arena, .situation = *situation, .findings = findings};
    vec_each(rule, &rules->by_kind[action->kind])
        if ((!down || (*rule)->downs) && (!body || (*rule)->bodies) && rule_looks_at(*rule, action))
            judge_parts(&judging, *rule);
    if (action->kind == ACTION_END)
        vec_each(rule, &rules->all)
            (*rule)->told = (struct tellings){0};
}
