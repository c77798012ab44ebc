/* What names of a template mean where they stand. */
#include "text/nearest.h"
#include "text/template_part.h"

#include <string.h>

static const struct data *find_key(const char *key, const struct frame *frame)
{
    const struct data *found = NULL;
    while (frame != NULL && found == NULL) {
        found = data_find(frame->value, key);
        frame = frame->outer;
    }
    return found;
}

/* Of keys: the first is looked for outwards, each further one in what was found. */
static const struct data *find_keys(const struct name *name, const struct frame *frame, size_t count)
{
    const struct data *found = find_key(name->keys.at[0], frame);
    for (size_t i = 1; found != NULL && i < count; i++)
        found = data_find(found, name->keys.at[i]);
    return found;
}

static const struct data *find_end(enum name_kind kind, const struct frame *frame)
{
    static const struct data no = {.kind = DATA_FALSE}, yes = {.kind = DATA_TRUE};
    while (frame != NULL && frame->items == NULL)
        frame = frame->outer;
    if (frame == NULL)
        return NULL;
    return (kind == NAME_FIRST ? frame->items->number == 1 : data_is_last(frame->items)) ? &yes : &no;
}

const struct data *name_find(const struct name *name, const struct frame *frame)
{
    switch (name->kind) {
    case NAME_KEYS: return find_keys(name, frame, name->keys.count);
    case NAME_ITEM: return frame->value;
    default: return find_end(name->kind, frame);
    }
}

static void add_keys(struct arena *arena, struct strings *keys, const struct data *map)
{
    for (const struct data *member = map->kind == DATA_MAP ? map->first : NULL; member != NULL; member = member->next)
        *vec_add(arena, keys) = member->key;
}

static int hint_nearest(const char *key, const struct strings *keys, struct err *err)
{
    enum { MOST = 20 };
    const char *nearest = nearest_find(key, keys);
    if (nearest != NULL)
        return err_hint(err, "did you mean %s?", nearest);
    if (keys->count == 0 || keys->count > MOST)
        return err_hint(err, "write a name that the data has, or take the tag out");
    return err_hint(err, "here are %s", words_join(err->arena, keys));
}

static int member_unknown(const struct name *name, const struct frame *frame, size_t known, struct err *err)
{
    struct strings keys = {0};
    const struct data *parent = find_keys(name, frame, known);
    const char *key = name->keys.at[known];
    if (parent->kind == DATA_MAP)
        err_set(err, ERR_INPUT, "\"%s\" of \"%s\" is unknown", key, name->text);
    else
        err_set(err, ERR_INPUT, "\"%s\" is %s and has no \"%s\"", name->keys.at[known - 1],
                data_kind_name(parent->kind), key);
    add_keys(err->arena, &keys, parent);
    return hint_nearest(key, &keys, err);
}

int name_unknown(const struct name *name, const struct frame *frame, struct err *err)
{
    struct strings keys = {0};
    if (name->kind != NAME_KEYS) {
        err_set(err, ERR_INPUT, "\"%s\" stands outside of any list", name->text);
        return err_hint(err, "write it between {{#list}} and {{/list}}");
    }
    for (size_t known = name->keys.count - 1; known > 0; known--)
        if (find_keys(name, frame, known) != NULL)
            return member_unknown(name, frame, known, err);
    for (; frame != NULL; frame = frame->outer)
        add_keys(err->arena, &keys, frame->value);
    err_set(err, ERR_INPUT, "\"%s\" is unknown", name->keys.at[0]);
    return hint_nearest(name->keys.at[0], &keys, err);
}
