#include "base/str.h"
#include "cli/commands.h"
#include "cli/json_log.h"
#include "cli/rule_pages.h"
#include "cli/rule_view.h"

#include <stdio.h>

static int read_rules(const struct run *run, struct rule_set *rules, struct err *err)
{
    const char *file = run->options.text[OPTION_FILE];
    if (rules_read(run->arena, &run->config, rules, err) != 0)
        return -1;
    return file == NULL ? 0 : rules_read_file(run->arena, &run->config, file, rules, err);
}

/* Those of that id, or of that name in another tool. */
static int find(const struct run *run, const struct rule_set *rules, const char *name, struct rules *found,
                struct err *err)
{
    if (rules_get(run->arena, rules, name, err) == NULL)
        return -1;
    vec_each(rule, &rules->all)
        if (str_same((*rule)->id, name) || rules_is_counterpart(rules, (*rule)->id, name))
            *vec_add(run->arena, found) = *rule;
    return 0;
}

static void print_json(const struct run *run, const struct rules *rules)
{
    struct json *document = json_log_document(run->arena), *list = json_list(run->arena);
    vec_each(rule, rules)
        json_add(list, rule_view_json(run->arena, *rule));
    json_set(document, "rules", list);
    json_log_print(run->arena, document);
}

static void print_each(const struct run *run, const struct rules *rules)
{
    bool pages = option_on(&run->options, OPTION_MARKDOWN);
    vec_each(rule, rules) {
        if (rule != rules->at)
            putchar('\n');
        if (pages)
            fputs(rule_pages_one(run->arena, &run->config, *rule), stdout);
        else
            rule_view_one(run->arena, &run->config, *rule);
    }
}

int cmd_rules(struct run *run, struct err *err)
{
    struct rule_set rules;
    struct rules found = {0};
    const char *name = run->options.arguments.count > 0 ? run->options.arguments.at[0] : NULL;
    if (read_rules(run, &rules, err) != 0 || (name != NULL && find(run, &rules, name, &found, err) != 0))
        return -1;
    if (option_on(&run->options, OPTION_JSON))
        print_json(run, name == NULL ? &rules.all : &found);
    else if (name != NULL)
        print_each(run, &found);
    else if (option_on(&run->options, OPTION_MARKDOWN))
        fputs(rule_pages_index(run->arena, &rules), stdout);
    else
        rule_view_list(run->arena, &rules);
    return 0;
}
