#include "cli/rule_view.h"

#include "base/str.h"
#include "review/rule_example.h"
#include "text/screen.h"
#include "text/table.h"

#include <ctype.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { WIDTH = 80, INDENT = 2, LABEL = 10 };

const char *rule_view_state(const struct rule *rule)
{
    static const char *const always[] = {"note, always", "warning, always", "error, always"};
    return !rule->on ? "off" : rule->always ? always[rule->severity] : severity_names[rule->severity];
}

static const char *lower(struct arena *arena, const char *name)
{
    char *copy = arena_strdup(arena, name);
    for (char *c = copy; *c != '\0'; c++)
        *c = (char)tolower((unsigned char)*c);
    return copy;
}

static bool looks_at_all(const struct rule *rule)
{
    bool seen[ACTION_KINDS] = {false};
    vec_each(kind, &rule->kinds)
        seen[kind->action] = seen[kind->action] || kind->object == OBJECT_NONE;
    for (int kind = 0; kind < ACTION_END; kind++)
        if (!seen[kind])
            return false;
    return true;
}

char *rule_view_kinds(struct arena *arena, const struct rule *rule)
{
    struct str str = str_new(arena);
    if (looks_at_all(rule)) {
        str_add(&str, "all");
        return str.at;
    }
    vec_each(kind, &rule->kinds) {
        str_addf(&str, "%s%s", kind == rule->kinds.at ? "" : ", ", action_kind_names[kind->action]);
        if (kind->object != OBJECT_NONE)
            str_addf(&str, " %s", lower(arena, object_kind_names[kind->object]));
    }
    return str.at;
}

char *rule_view_group(struct arena *arena, const struct rule *rule)
{
    char *title = arena_strdup(arena, rule->group == NULL ? "of this repository" : rule->group);
    for (char *c = title; *c != '\0'; c++)
        *c = *c == '-' || *c == '_' ? ' ' : *c;
    *title = (char)toupper((unsigned char)*title);
    return title;
}

static enum tone tone_of(const struct rule *rule)
{
    static const enum tone tones[] = {
        [SEVERITY_NOTE] = TONE_NONE, [SEVERITY_WARNING] = TONE_WARN, [SEVERITY_ERROR] = TONE_BAD};
    return rule->on ? tones[rule->severity] : TONE_FAINT;
}

/* Where it comes from, or where it is overridden; empty for what is built in and as it was. */
static const char *origin_of(struct arena *arena, const struct rule *rule)
{
    const struct place *place = rule->changed.file != NULL ? &rule->changed : &rule->place;
    return place->file == NULL ? "" : arena_printf(arena, "%s:%d", place->file, place->line);
}

void rule_view_list(struct arena *arena, const struct rule_set *rules)
{
    static const struct table_column columns[] = {{"RULE", TABLE_LEFT, false}, {"SEVERITY", TABLE_LEFT, false},
                                                  {"FROM", TABLE_LEFT, true}, {"WHAT IT FINDS", TABLE_LEFT, true}};
    struct table *table = table_open(columns, sizeof columns / sizeof *columns);
    vec_each(rule, &rules->all) {
        int row = table_row(table, -1);
        table_cell(table, row, 0, (*rule)->id, TONE_NONE);
        table_cell(table, row, 1, rule_view_state(*rule), tone_of(*rule));
        table_cell(table, row, 2, origin_of(arena, *rule), TONE_FAINT);
        table_cell(table, row, 3, (*rule)->title, TONE_NONE);
    }
    table_close(table);
}

/* "label     text", wrapped. */
static void add_part(struct str *str, const char *label, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    str_addf(str, "%*s%-*s", INDENT, "", LABEL, label);
    screen_wrap(str, text, INDENT + LABEL, WIDTH);
    str_add(str, "\n");
}

/* "label:", and the lines below it as they are. */
static void add_lines(struct str *str, const char *label, const char *text)
{
    if (text == NULL)
        return;
    str_addf(str, "\n%*s%s:\n", INDENT, "", label);
    while (*text != '\0') {
        size_t length = strcspn(text, "\n");
        str_addf(str, "%*s%.*s\n", length > 0 ? 2 * INDENT : 0, "", (int)length, text);
        text += length + (text[length] == '\n');
    }
}

static void add_conditions(struct arena *arena, struct str *str, const char *label, const struct conditions *conditions)
{
    vec_each(condition, conditions)
        add_part(str, condition == conditions->at ? label : "",
                 arena_printf(arena, "%s — %s", condition->text, condition->row->meaning));
}

static const char *counterparts_of(struct arena *arena, const struct rule *rule)
{
    struct str str = str_new(arena);
    vec_each(counterpart, &rule->counterparts)
        str_addf(&str, "%s%s %s", counterpart == rule->counterparts.at ? "" : ", ", counterpart->tool, counterpart->name);
    return str.at;
}

void rule_view_one(struct arena *arena, const struct config *config, const struct rule *rule)
{
    const struct finding *example = rule_example(arena, config, rule);
    struct str str = str_new(arena);
    printf("%s%s%s (%s)\n", tone_on(TONE_STRONG, STDOUT_FILENO), screen_safe(arena, rule->id, true),
           tone_off(STDOUT_FILENO), rule_view_state(rule));
    str_addf(&str, "%*s", INDENT, "");
    screen_wrap(&str, rule->title, INDENT, WIDTH);
    str_add(&str, "\n\n");
    add_part(&str, "why", rule->why);
    add_part(&str, "lock", rule->lock);
    add_part(&str, "looks at", rule->check ? "files, declarations and the chain of migrations" : rule_view_kinds(arena, rule));
    add_part(&str, "pattern", rule->pattern);
    add_conditions(arena, &str, "when", &rule->when);
    add_conditions(arena, &str, "unless", &rule->unless);
    add_part(&str, "elsewhere", counterparts_of(arena, rule));
    add_part(&str, "from", origin_of(arena, rule));
    add_lines(&str, "before", rule->setup);
    add_lines(&str, "bad", rule->bad);
    add_lines(&str, "says", example != NULL ? example->message : rule->message);
    add_lines(&str, "instead", example != NULL ? example->hint : rule->fix);
    add_lines(&str, "good", rule->good);
    fputs(screen_safe(arena, str.at, false), stdout);
}

static struct json *conditions_json(struct arena *arena, const struct conditions *conditions)
{
    struct json *list = json_list(arena);
    vec_each(condition, conditions)
        json_add(list, json_text(arena, condition->text));
    return list;
}

static struct json *kinds_json(struct arena *arena, const struct rule *rule)
{
    struct json *list = json_list(arena);
    vec_each(kind, &rule->kinds)
        json_add(list, json_text(arena, kind->object == OBJECT_NONE
                                            ? action_kind_names[kind->action]
                                            : arena_printf(arena, "%s %s", action_kind_names[kind->action],
                                                           lower(arena, object_kind_names[kind->object]))));
    return list;
}

/* {"squawk": ["…"], …}, the tools in the order in which the rule names them. */
static struct json *counterparts_json(struct arena *arena, const struct rule *rule)
{
    struct json *tools = json_object(arena), *names = NULL;
    const char *tool = NULL;
    vec_each(counterpart, &rule->counterparts) {
        if (tool == NULL || strcmp(tool, counterpart->tool) != 0) {
            names = json_list(arena);
            json_set(tools, counterpart->tool, names);
        }
        tool = counterpart->tool;
        json_add(names, json_text(arena, counterpart->name));
    }
    return tools;
}

static struct json *place_json(struct arena *arena, const struct place *place)
{
    return json_text(arena, place->file == NULL ? NULL : arena_printf(arena, "%s:%d:%d", place->file, place->line, place->column));
}

struct json *rule_view_json(struct arena *arena, const struct rule *rule)
{
    struct json *object = json_object(arena);
    json_set_text(object, "id", rule->id);
    json_set_text(object, "title", rule->title);
    json_set_text(object, "severity", severity_names[rule->severity]);
    json_set_bool(object, "on", rule->on);
    json_set_text(object, "default", rule->on_by_default ? severity_names[rule->severity_by_default] : "off");
    json_set_bool(object, "style", rule->style);
    json_set_bool(object, "check", rule->check);
    json_set_bool(object, "always", rule->always);
    json_set_text(object, "group", rule->group);
    json_set(object, "looks_at", kinds_json(arena, rule));
    json_set(object, "when", conditions_json(arena, &rule->when));
    json_set(object, "unless", conditions_json(arena, &rule->unless));
    json_set_text(object, "pattern", rule->pattern);
    json_set_text(object, "lock", rule->lock);
    json_set_text(object, "message", rule->message);
    json_set_text(object, "why", rule->why);
    json_set_text(object, "fix", rule->fix);
    json_set_text(object, "setup", rule->setup);
    json_set_text(object, "bad", rule->bad);
    json_set_text(object, "good", rule->good);
    json_set(object, "like", counterparts_json(arena, rule));
    json_set(object, "defined", place_json(arena, &rule->place));
    json_set(object, "changed", place_json(arena, &rule->changed));
    return object;
}
