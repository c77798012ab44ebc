#include "cli/rule_pages.h"

#include "base/str.h"
#include "cli/rule_view.h"
#include "review/rule_example.h"
#include "review/rule_text.h"

#include <string.h>

/* '|' would end a cell. */
static void add_cell(struct str *page, const char *text)
{
    for (; *text != '\0'; text++) {
        if (*text == '|')
            str_add_char(page, '\\');
        str_add_char(page, *text);
    }
}

static const char generated[] = "<!-- Printed by `make docs-rules` from tool/model; do not edit it by hand. -->\n\n";

static void add_group(struct str *page, const struct rule_set *rules, const char *group)
{
    str_add(page, "| rule | default | what it finds |\n|---|---|---|\n");
    vec_each(rule, &rules->all) {
        if (!str_same((*rule)->group, group))
            continue;
        str_addf(page, "| [%s](rules/%s.md) | %s | ", (*rule)->id, (*rule)->id, rule_view_state(*rule));
        add_cell(page, (*rule)->title);
        str_add(page, " |\n");
    }
}

static bool is_first_of_group(const struct rule_set *rules, const struct rule *rule)
{
    vec_each(earlier, &rules->all)
        if (str_same((*earlier)->group, rule->group))
            return *earlier == rule;
    return false;
}

static void add_groups(struct str *page, const struct rule_set *rules)
{
    vec_each(rule, &rules->all) {
        if ((*rule)->group == NULL || !is_first_of_group(rules, *rule))
            continue;
        str_addf(page, "\n### %s\n\n", rule_view_group(page->arena, *rule));
        add_group(page, rules, (*rule)->group);
    }
}

static const char *argument_of(const struct condition_row *row)
{
    static const char *const forms[] = {[ARGUMENT_NONE] = "", [ARGUMENT_NUMBER] = " > N", [ARGUMENT_COUNT] = " N",
                                        [ARGUMENT_WORD] = " WORD", [ARGUMENT_LOCK] = " >= LOCK"};
    return forms[row->argument];
}

static void add_conditions(struct str *page)
{
    str_add(page, "\n## Conditions\n\n"
                  "A condition is a name, with `not` or `maybe` before it. Answers are yes, no or unknown: a plain "
                  "condition holds when the answer is yes, `not` when it is known to be no, `maybe` when it is yes or "
                  "unknown, `maybe not` when it is no or unknown. What is not there at all, such as the default of a "
                  "column without one, is a no. WORD may be several, separated by `|`.\n");
    for (const struct condition_subject *subject = condition_subjects; subject->title != NULL; subject++) {
        str_addf(page, "\n### %s\n\n| condition | holds when |\n|---|---|\n", subject->title);
        for (const struct condition_row *row = subject->rows; row->name != NULL; row++) {
            str_addf(page, "| `%s%s` | ", row->name, argument_of(row));
            add_cell(page, row->meaning);
            for (const char *const *word = row->words; word != NULL && *word != NULL; word++)
                str_addf(page, "%s`%s`", word == row->words ? "; WORD is " : ", ", *word);
            str_add(page, " |\n");
        }
    }
}

static void add_variables(struct str *page)
{
    str_add(page, "\n## Variables\n\n"
                  "They stand in `message`, `why` and `fix`, as `{{table}}`. In `fix` names are quoted where SQL wants "
                  "it. The named groups of `pattern` are variables, too.\n\n| variable | what it is |\n|---|---|\n");
    for (const struct rule_variable *row = rule_variables; row->name != NULL; row++) {
        str_addf(page, "| `%s` | ", row->name);
        add_cell(page, row->meaning);
        str_add(page, " |\n");
    }
}

static void add_names(struct str *page, const char *const *names, size_t from, size_t count)
{
    for (size_t i = from; i < count; i++) {
        str_addf(page, "%s`", i == from ? "" : ", ");
        for (const char *c = names[i]; *c != '\0'; c++)
            str_add_char(page, *c >= 'A' && *c <= 'Z' ? (char)(*c - 'A' + 'a') : *c);
        str_add(page, "`");
    }
    str_add(page, ".\n");
}

static void add_kinds(struct str *page)
{
    str_add(page, "\n## What a rule looks at\n\n"
                  "`on` names kinds of what statements do. Each subcommand of ALTER TABLE is one, each object of a DROP. "
                  "With an object behind it, it is only about these: `drop table`, `rename column`. `all` is everything "
                  "but `end`, which comes once, at the end of a text.\n\nKinds: ");
    add_names(page, action_kind_names, 0, ACTION_KINDS);
    str_add(page, "\nObjects: ");
    add_names(page, object_kind_names, OBJECT_NONE + 1, OBJECT_KINDS);
}

char *rule_pages_index(struct arena *arena, const struct rule_set *rules)
{
    struct str page = str_new(arena);
    str_add(&page, generated);
    str_add(&page, "# Rules\n\n"
                   "What `skein validate` says about the safety of SQL. Each rule has a page; `skein rules ID` says the "
                   "same at the terminal, `skein rules` lists them as they are in force here. [Writing and changing "
                   "rules](writing-rules.md) tells how a repository switches them, and has its own.\n\n## All rules\n");
    add_groups(&page, rules);
    add_kinds(&page);
    add_conditions(&page);
    add_variables(&page);
    return page.at;
}

static void add_block(struct str *page, const char *heading, const char *language, const char *text)
{
    if (text != NULL)
        str_addf(page, "\n## %s\n\n```%s\n%s\n```\n", heading, language, text);
}

static void add_list(struct str *page, const char *heading, const struct conditions *conditions)
{
    if (conditions->count > 0)
        str_addf(page, "\n%s\n\n", heading);
    vec_each(condition, conditions)
        str_addf(page, "- `%s`: %s\n", condition->text, condition->row->meaning);
}

static void add_counterparts(struct str *page, const struct rule *rule)
{
    if (rule->counterparts.count > 0)
        str_add(page, "\n## Elsewhere\n\n");
    vec_each(counterpart, &rule->counterparts)
        str_addf(page, "- %s: `%s`\n", counterpart->tool, counterpart->name);
}

/* A rule of code has no statements to look at, and its remedy is words. */
char *rule_pages_one(struct arena *arena, const struct config *config, const struct rule *rule)
{
    const struct finding *example = rule_example(arena, config, rule);
    const char *language = rule->check ? "text" : "sql"; /* trees of files */
    struct str page = str_new(arena);
    str_add(&page, generated);
    str_addf(&page, "# %s\n\n%s (%s)\n", rule->id, rule->title, rule_view_state(rule));
    if (rule->why != NULL)
        str_addf(&page, "\n%s\n", rule->why);
    if (rule->always)
        str_add(&page, "\nIt is what a run fails with: a repository cannot switch it off or make it milder.\n");
    if (rule->lock != NULL)
        str_addf(&page, "\nLock: %s.\n", rule->lock);
    add_block(&page, "Before", "sql", rule->setup);
    add_block(&page, "Bad", language, rule->bad);
    add_block(&page, "What it says", "text", example != NULL ? example->message : rule->message);
    if (rule->check && rule->fix != NULL)
        str_addf(&page, "\nInstead: %s\n", rule->fix);
    else
        add_block(&page, "Instead", "sql", example != NULL ? example->hint : rule->fix);
    add_block(&page, "Good", language, rule->good);
    if (!rule->check) {
        str_addf(&page, "\n## When it fires\n\nIt looks at %s%s.\n", rule_view_kinds(arena, rule),
                 rule->downs ? ", in down halves too" : "");
        add_list(&page, "All of these hold:", &rule->when);
        add_list(&page, "None of these holds:", &rule->unless);
    }
    add_counterparts(&page, rule);
    return page.at;
}
