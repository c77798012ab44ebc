/* Rules as documents: which rule is meant, and which is new. */
#include "review/rule_reading.h"

#include "text/nearest.h"

#include <stdarg.h>
#include <string.h>

int rule_fail(const struct rule_reading *reading, struct place place, const char *format, ...)
{
    va_list arguments;
    va_start(arguments, format);
    const char *sentence = arena_vprintf(reading->arena, format, arguments);
    va_end(arguments);
    if (reading->source.content != NULL)
        return source_fail_at(&reading->source, place, reading->err, "%s", sentence);
    err_set(reading->err, ERR_INPUT, "%s", sentence);
    return err_at(reading->err, place.file, place.line, place.column);
}

static struct rule *find(const struct rule_set *rules, const char *id)
{
    vec_each(rule, &rules->all)
        if (strcmp((*rule)->id, id) == 0)
            return *rule;
    return NULL;
}

static struct rule *add(const struct rule_reading *reading, const char *id, struct place place)
{
    struct rule *rule = arena_new(reading->arena, struct rule);
    *rule = (struct rule){.id = id, .severity = SEVERITY_WARNING, .on = true, .group = reading->group};
    if (reading->group == NULL)
        rule->place = place;
    *vec_add(reading->arena, &reading->rules->all) = rule;
    return rule;
}

static int hint_nearest(const struct rule_reading *reading, const char *id, const struct rule *except)
{
    struct strings known = {0};
    vec_each(rule, &reading->rules->all)
        if (*rule != except)
            *vec_add(reading->arena, &known) = (*rule)->id;
    const char *nearest = nearest_find(id, &known);
    return nearest == NULL ? -1 : err_hint(reading->err, "did you mean \"%s\"?", nearest);
}

static int check_complete(const struct rule_reading *reading, const struct rule *rule, struct place place)
{
    const char *missing = rule->title == NULL                               ? "title"
                          : rule->kinds.count == 0 && !rule->check          ? "on"
                          : rule->message == NULL && !rule->check           ? "message"
                                                                            : NULL;
    if (missing == NULL)
        return 0;
    rule_fail(reading, place, "there is no rule \"%s\" yet, and a new one needs \"%s\"", rule->id, missing);
    return hint_nearest(reading, rule->id, rule);
}

/* Where a rule says what it must not. */
static int check_always(const struct rule_reading *reading, const struct rule *before, const struct rule *rule,
                        const struct node *node, struct place place)
{
    static const char *const keys[] = {"always", "default", "severity"};
    if (!before->always || (rule->always && rule->on == before->on && rule->severity == before->severity))
        return 0;
    for (size_t i = 0; node->kind == NODE_MAP && i < sizeof keys / sizeof *keys; i++)
        if (node_find(node, keys[i]) != NULL)
            place = node_find(node, keys[i])->place;
    return rule_fail(reading, node->kind == NODE_MAP ? place : node->place,
                     "%s is always %s %s: it is what a run fails with", rule->id,
                     before->severity == SEVERITY_ERROR ? "an" : "a", severity_names[before->severity]);
}

static int read_rule(const struct rule_reading *reading, const char *id, const struct node *node, struct place place)
{
    struct rule *rule = find(reading->rules, id);
    struct rule before = rule == NULL ? (struct rule){0} : *rule;
    bool is_new = rule == NULL;
    if (is_new)
        rule = add(reading, id, place);
    else
        rule->changed = place;
    int result = node->kind == NODE_MAP ? rule_read_members(reading, rule, node) : rule_read_switch(reading, rule, node);
    rule->id = id;
    if (!is_new && result == 0)
        return check_always(reading, &before, rule, node, place);
    if (result != 0)
        return result;
    rule->on_by_default = rule->on;
    rule->severity_by_default = rule->severity;
    return check_complete(reading, rule, place);
}

static int read_item(const struct rule_reading *reading, const struct node *item)
{
    const struct node *id = item->kind == NODE_MAP ? node_find(item, "id") : NULL;
    if (item->kind != NODE_MAP)
        return rule_fail(reading, item->place, "this is %s; expected a rule: a map with an id", node_kind_name(item->kind));
    if (id == NULL || id->text == NULL || *id->text == '\0')
        return rule_fail(reading, item->place, "this rule has no id");
    return read_rule(reading, id->text, item, id->place);
}

static int read_entry(const struct rule_reading *reading, const struct node *entry)
{
    if (entry->kind == NODE_MAP || find(reading->rules, entry->key) != NULL)
        return read_rule(reading, entry->key, entry, entry->key_place);
    rule_fail(reading, entry->key_place, "there is no rule \"%s\"", entry->key);
    return hint_nearest(reading, entry->key, NULL);
}

int rule_read_document(const struct rule_reading *reading, const struct node *root)
{
    if (root->kind != NODE_LIST && root->kind != NODE_MAP)
        return rule_fail(reading, root->place, "this is %s; expected a list of rules, or a map from their ids",
                         node_kind_name(root->kind));
    node_each(child, root)
        if ((root->kind == NODE_LIST ? read_item : read_entry)(reading, child) != 0)
            return -1;
    return 0;
}
