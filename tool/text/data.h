/*
 * Data for templates: texts, lists and maps, built from C structs or taken from a document.
 *
 * Everything lives in the arena.  Keys and texts are not copied, so they must live as long.  A value stands
 * in one list or under one key; data_share() puts it in a second place.  Maps are small (a lookup goes along
 * the members); lists may be long.
 */
#ifndef TEXT_DATA_H
#define TEXT_DATA_H

#include "base/arena.h"
#include "base/vec.h"
#include "text/node.h"

#include <stdbool.h>

enum data_kind { DATA_NOTHING, DATA_FALSE, DATA_TRUE, DATA_TEXT, DATA_LIST, DATA_MAP };

/* Where a long list has its items from: each is made when its turn comes, in an arena of its own. */
struct data_source {
    size_t count;
    struct data *(*make)(void *context, size_t number, struct arena *arena);
    void *context;
};

struct data {
    enum data_kind kind;
    const char *key;           /* in a map; NULL elsewhere */
    union {
        const char *text;      /* DATA_TEXT */
        const struct data_source *source; /* of DATA_LIST; NULL: its items are here */
    };
    struct data *first, *last; /* of DATA_LIST and DATA_MAP; NULL where it has a source */
    struct data *next;         /* at this level */
};

struct data *data_map(struct arena *arena);
struct data *data_list(struct arena *arena);
struct data *data_list_from(struct arena *arena, struct data_source source); /* the context lives as long */
struct data *data_text(struct arena *arena, const char *text); /* NULL: nothing */
struct data *data_integer(struct arena *arena, long long number);
struct data *data_bool(struct arena *arena, bool truth);

/* The same value for one more place.  Nothing may be added to it any more, here or there. */
struct data *data_share(struct arena *arena, const struct data *value);

/* A document as data; numbers as they are written. */
struct data *data_from_node(struct arena *arena, const struct node *node);

/* Puts a value into a map, under a key that it does not have yet; at the end of a list.  Both return the value. */
struct data *data_set(struct data *map, const char *key, struct data *value);
struct data *data_add(struct data *list, struct data *value);

void data_set_text(struct arena *arena, struct data *map, const char *key, const char *text);
void data_set_integer(struct arena *arena, struct data *map, const char *key, long long number);
void data_set_bool(struct arena *arena, struct data *map, const char *key, bool truth);
void data_add_text(struct arena *arena, struct data *list, const char *text);

/* A list of texts under a key. */
void data_set_texts(struct arena *arena, struct data *map, const char *key, const struct strings *texts);

/* The value under a key; NULL when there is none, or when this is no map, or NULL. */
const struct data *data_find(const struct data *map, const char *key);

/* The text under a key, and the first item of the list there; NULL when there is none. */
const char *data_find_text(const struct data *map, const char *key);
const struct data *data_find_first(const struct data *map, const char *key);

/*
 * Through a list of either kind: struct data_items items = data_items(list); while ((item = data_next(&items)) != NULL) …
 * An item that was made is gone with the next one.  A list that is NULL, or none, has no items.
 */
struct data_items {
    const struct data *list, *item;
    size_t number;             /* of items that were given */
    struct arena arena;        /* of the item, where it was made */
};
struct data_items data_items(const struct data *list);
const struct data *data_next(struct data_items *items);
bool data_is_last(const struct data_items *items);
void data_items_end(struct data_items *items); /* where it ends before the list does */
size_t data_count(const struct data *list);

/* An item of a list, from 0; where it is made, in `arena`. */
const struct data *data_at(const struct data *list, size_t number, struct arena *arena);

/* What a section goes by: nothing, NULL, false, an empty text and an empty list are false. */
bool data_is_true(const struct data *value);

/* "a list", "a text" …, for sentences. */
const char *data_kind_name(enum data_kind kind);

#endif
