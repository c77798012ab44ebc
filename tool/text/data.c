#include "text/data.h"

#include <string.h>

static struct data *data_new(struct arena *arena, enum data_kind kind)
{
    struct data *value = arena_new(arena, struct data);
    value->kind = kind;
    return value;
}

struct data *data_map(struct arena *arena)
{
    return data_new(arena, DATA_MAP);
}

struct data *data_list(struct arena *arena)
{
    return data_new(arena, DATA_LIST);
}

struct data *data_list_from(struct arena *arena, struct data_source source)
{
    struct data *list = data_list(arena);
    struct data_source *copy = arena_new(arena, struct data_source);
    *copy = source;
    list->source = copy;
    return list;
}

struct data *data_text(struct arena *arena, const char *text)
{
    struct data *value = data_new(arena, text == NULL ? DATA_NOTHING : DATA_TEXT);
    value->text = text;
    return value;
}

struct data *data_integer(struct arena *arena, long long number)
{
    return data_text(arena, arena_printf(arena, "%lld", number));
}

struct data *data_bool(struct arena *arena, bool truth)
{
    return data_new(arena, truth ? DATA_TRUE : DATA_FALSE);
}

struct data *data_share(struct arena *arena, const struct data *value)
{
    struct data *shared = arena_new(arena, struct data);
    *shared = *value;
    shared->key = NULL;
    shared->next = NULL;
    return shared;
}

struct data *data_add(struct data *list, struct data *value)
{
    if (list->last == NULL)
        list->first = value;
    else
        list->last->next = value;
    list->last = value;
    return value;
}

struct data *data_set(struct data *map, const char *key, struct data *value)
{
    value->key = key;
    return data_add(map, value);
}

void data_set_text(struct arena *arena, struct data *map, const char *key, const char *text)
{
    data_set(map, key, data_text(arena, text));
}

void data_set_integer(struct arena *arena, struct data *map, const char *key, long long number)
{
    data_set(map, key, data_integer(arena, number));
}

void data_set_bool(struct arena *arena, struct data *map, const char *key, bool truth)
{
    data_set(map, key, data_bool(arena, truth));
}

void data_add_text(struct arena *arena, struct data *list, const char *text)
{
    data_add(list, data_text(arena, text));
}

void data_set_texts(struct arena *arena, struct data *map, const char *key, const struct strings *texts)
{
    struct data *list = data_set(map, key, data_list(arena));
    vec_each(text, texts)
        data_add_text(arena, list, *text);
}

static struct data *from_scalar(struct arena *arena, const struct node *node)
{
    if (node->kind == NODE_NULL)
        return data_text(arena, NULL);
    if (node->kind == NODE_BOOL)
        return data_bool(arena, node->truth);
    return data_text(arena, node->text);
}

struct data *data_from_node(struct arena *arena, const struct node *node)
{
    if (node->kind != NODE_LIST && node->kind != NODE_MAP)
        return from_scalar(arena, node);
    struct data *value = data_new(arena, node->kind == NODE_LIST ? DATA_LIST : DATA_MAP);
    node_each(child, node)
        data_set(value, child->key, data_from_node(arena, child));
    return value;
}

const struct data *data_find(const struct data *map, const char *key)
{
    if (map == NULL || map->kind != DATA_MAP)
        return NULL;
    for (const struct data *member = map->first; member != NULL; member = member->next)
        if (member->key[0] == key[0] && strcmp(member->key, key) == 0) /* most differ at once */
            return member;
    return NULL;
}

const char *data_find_text(const struct data *map, const char *key)
{
    const struct data *value = data_find(map, key);
    return value != NULL && value->kind == DATA_TEXT ? value->text : NULL;
}

const struct data *data_find_first(const struct data *map, const char *key)
{
    const struct data *value = data_find(map, key);
    return value != NULL && value->kind == DATA_LIST ? value->first : NULL;
}

bool data_is_true(const struct data *value)
{
    if (value == NULL)
        return false;
    switch (value->kind) {
    case DATA_NOTHING:
    case DATA_FALSE: return false;
    case DATA_TEXT: return *value->text != '\0';
    case DATA_LIST: return value->source != NULL ? value->source->count > 0 : value->first != NULL;
    default: return true;
    }
}

struct data_items data_items(const struct data *list)
{
    return (struct data_items){.list = list != NULL && list->kind == DATA_LIST ? list : NULL};
}

const struct data *data_next(struct data_items *items)
{
    const struct data *list = items->list;
    arena_release(&items->arena);
    if (list == NULL)
        return NULL;
    if (list->source == NULL)
        items->item = items->number == 0 ? list->first : items->item->next;
    else if (items->number < list->source->count)
        items->item = list->source->make(list->source->context, items->number, &items->arena);
    else
        items->item = NULL;
    items->number++;
    if (items->item == NULL)
        items->list = NULL;
    return items->item;
}

bool data_is_last(const struct data_items *items)
{
    const struct data *list = items->list;
    return list != NULL && (list->source == NULL ? list->last == items->item : list->source->count == items->number);
}

void data_items_end(struct data_items *items)
{
    arena_release(&items->arena);
    items->list = NULL;
}

size_t data_count(const struct data *list)
{
    size_t count = 0;
    if (list == NULL || list->kind != DATA_LIST)
        return 0;
    if (list->source != NULL)
        return list->source->count;
    for (const struct data *item = list->first; item != NULL; item = item->next)
        count++;
    return count;
}

const struct data *data_at(const struct data *list, size_t number, struct arena *arena)
{
    if (list->source != NULL)
        return list->source->make(list->source->context, number, arena);
    const struct data *item = list->first;
    while (number-- > 0)
        item = item->next;
    return item;
}

const char *data_kind_name(enum data_kind kind)
{
    static const char *const names[] = {
        [DATA_NOTHING] = "nothing", [DATA_FALSE] = "false",  [DATA_TRUE] = "true",
        [DATA_TEXT] = "a text",     [DATA_LIST] = "a list", [DATA_MAP] = "a map",
    };
    return names[kind];
}
