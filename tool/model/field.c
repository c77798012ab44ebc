#include "model/field.h"

#include "base/str.h"
#include "text/nearest.h"

#include <errno.h>
#include <stdlib.h>

struct place field_place(const struct report *report, struct place place)
{
    if (place.file != NULL)
        place.file = arena_strdup(report->arena, place.file);
    return place;
}

const char *field_nearest(const struct report *report, const char *word, const struct strings *known)
{
    const char *near = nearest_find(word, known);
    return near == NULL ? NULL : arena_printf(report->arena, "did you mean %s?", near);
}

void field_wrong_type(const struct report *report, const struct node *node, const char *expected)
{
    report_error(report, "wrong-type", field_place(report, node->place), NULL, "%s: expected %s, found %s",
                 node->key == NULL ? "list item" : node->key, expected, node_kind_name(node->kind));
}

static void read_text(const struct report *report, const struct node *node, const struct field *field,
                      const char **target)
{
    if (node->kind != NODE_TEXT) {
        field_wrong_type(report, node, "a text");
        return;
    }
    *target = arena_strdup(report->arena, node->text);
    if (field->words == NULL)
        return;
    struct strings known = {0};
    for (const char *const *word = field->words; *word != NULL; word++) {
        if (str_same(*word, node->text))
            return;
        *vec_add(report->arena, &known) = *word;
    }
    const char *hint = field_nearest(report, node->text, &known);
    report_error(report, "unknown-value", field_place(report, node->place), hint, "%s: \"%s\" is none of %s",
                 field->key, node->text, words_join(report->arena, &known));
}

static void read_number(const struct report *report, const struct node *node, long *target)
{
    char *end = NULL;
    errno = 0;
    long number = node->kind == NODE_NUMBER ? strtol(node->text, &end, 10) : -1;
    if (number < 0 || errno != 0 || *end != '\0')
        field_wrong_type(report, node, "a whole number");
    else
        *target = number;
}

static void read_texts(const struct report *report, const struct node *node, struct strings *target)
{
    if (node->kind != NODE_LIST) {
        field_wrong_type(report, node, "a list of texts");
        return;
    }
    node_each(item, node)
        if (item->kind == NODE_TEXT)
            *vec_add(report->arena, target) = arena_strdup(report->arena, item->text);
        else
            field_wrong_type(report, item, "a text");
}

static void read_field(const struct report *report, const struct node *node, const struct field *field, void *target)
{
    void *member = (char *)target + field->offset;
    if (node->kind == NODE_NULL && field->type != FIELD_OTHER)
        return;
    switch (field->type) {
    case FIELD_OTHER:
        break;
    case FIELD_TEXT:
        read_text(report, node, field, member);
        break;
    case FIELD_FLAG:
        if (node->kind == NODE_BOOL)
            *(int *)member = node->truth;
        else
            field_wrong_type(report, node, "true or false");
        break;
    case FIELD_NUMBER:
        read_number(report, node, member);
        break;
    case FIELD_TEXTS:
        read_texts(report, node, member);
        break;
    }
}

static void unknown_key(const struct report *report, const struct node *node, const char *what,
                        const struct field *fields, size_t count)
{
    struct strings known = {0};
    for (size_t i = 0; i < count; i++)
        *vec_add(report->arena, &known) = fields[i].key;
    const char *hint = field_nearest(report, node->key, &known);
    report_warning(report, "unknown-key", field_place(report, node->key_place), hint, "unknown key \"%s\" in %s",
                   node->key, what);
}

void field_read_all(const struct report *report, const struct node *map, const char *what,
                    const struct field *fields, size_t count, void *target)
{
    node_each(node, map) {
        size_t i = 0;
        while (i < count && !str_same(fields[i].key, node->key))
            i++;
        if (i < count)
            read_field(report, node, &fields[i], target);
        else
            unknown_key(report, node, what, fields, count);
    }
}
