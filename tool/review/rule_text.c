#include "review/rule_text.h"

#include "text/nearest.h"
#include "text/regex.h"

#include <string.h>

/* The next {{name}}: `*open` is where it begins, the result what is behind it; NULL: none. */
static const char *next_variable(const char *text, const char **open, struct span *name)
{
    *open = strstr(text, "{{");
    const char *close = *open == NULL ? NULL : strstr(*open, "}}");
    if (close == NULL)
        return NULL;
    const char *from = *open + 2, *to = close;
    while (from < to && *from == ' ')
        from++;
    while (to > from && to[-1] == ' ')
        to--;
    *name = (struct span){from, (size_t)(to - from)};
    return close + 2;
}

static const struct rule_variable *find(struct span name)
{
    for (const struct rule_variable *row = rule_variables; row->name != NULL; row++)
        if (span_equals(name, row->name))
            return row;
    return NULL;
}

static bool is_group(struct span name, const struct strings *groups)
{
    if (groups != NULL)
        vec_each(group, groups)
            if (span_equals(name, *group))
                return true;
    return false;
}

static int unknown(struct arena *arena, struct span name, const struct strings *groups, struct place place,
                   struct err *err)
{
    struct strings known = {0};
    for (const struct rule_variable *row = rule_variables; row->name != NULL; row++)
        *vec_add(arena, &known) = row->name;
    if (groups != NULL)
        vec_each(group, groups)
            *vec_add(arena, &known) = *group;
    const char *word = arena_strndup(arena, name.at, name.length), *nearest = nearest_find(word, &known);
    err_set(err, ERR_INPUT, "unknown variable {{%s}}", word);
    if (nearest != NULL)
        err_hint(err, "did you mean {{%s}}?", nearest);
    else
        err_hint(err, "docs/rules.md lists them; a named group of the pattern is one, too");
    return err_at(err, place.file, place.line, place.column);
}

int rule_text_check(struct arena *arena, const char *text, const struct strings *groups, struct place place,
                    struct err *err)
{
    const char *open;
    struct span name;
    while (text != NULL && (text = next_variable(text, &open, &name)) != NULL)
        if (find(name) == NULL && !is_group(name, groups))
            return unknown(arena, name, groups, place, err);
    return 0;
}

static void add_line(struct str *str, const char *text)
{
    for (; *text != '\0'; text++)
        str_add_char(str, *text == '\n' || *text == '\t' ? ' ' : *text);
}

static void add_value(const struct rule_text *text, struct str *str, struct span name)
{
    const struct rule_variable *row = find(name);
    const char *word = arena_strndup(text->arena, name.at, name.length);
    const char *group = text->regex == NULL ? NULL : regex_group(text->arena, text->regex, word);
    if (group != NULL) {
        add_line(str, group);
        return;
    }
    size_t length = str->length;
    if (row != NULL && row->add(text, str) && str->length > length)
        return;
    if (row != NULL)
        str_add(str, text->sql ? row->sql : row->words);
}

const char *rule_text_render(const struct rule_text *text, const char *template)
{
    const char *open, *next;
    struct span name;
    if (template == NULL || next_variable(template, &open, &name) == NULL)
        return template;
    struct str str = str_new(text->arena);
    while ((next = next_variable(template, &open, &name)) != NULL) {
        str_add_bytes(&str, template, (size_t)(open - template));
        add_value(text, &str, name);
        template = next;
    }
    str_add(&str, template);
    return str.at;
}
