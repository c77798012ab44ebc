/*
 * Editing JSON that people write: what is put in stands as its neighbours do, and every other byte stays as it is.
 *
 * Indentation, line ends, and whether a list or an object is on one line are taken from the text.
 */
#ifndef TEXT_JSON_EDIT_H
#define TEXT_JSON_EDIT_H

#include "base/str.h"
#include "text/json.h"
#include "text/node.h"
#include "text/source.h"

/* A value to put in: texts and numbers stand for themselves, in JSON; lists stand on one line. */
struct json_part {
    const char *key;               /* of a member; NULL for the item of a list */
    const char *scalar;            /* JSON as it is written; NULL: an object or a list */
    bool list;
    bool grows;                    /* an object that will get members: a line for each, but in a text of one line */
    struct json_part *first, *last, *next;
};

struct json_part *json_part_text(struct arena *arena, const char *key, const char *text);
struct json_part *json_part_map(struct arena *arena, const char *key);
struct json_part *json_part_list(struct arena *arena, const char *key);
struct json_part *json_part_raw(struct arena *arena, const char *key, const char *json);
struct json_part *json_part_add(struct json_part *parent, struct json_part *child);

/* The text with a member or an item more at the end of `parent`, a node of a document that was read from it. */
char *json_edit_add(struct arena *arena, const struct source *source, const struct node *parent,
                    const struct json_part *part);

/* The same in front of `before`, an item of the list `parent`. */
char *json_edit_insert(struct arena *arena, const struct source *source, const struct node *parent,
                       const struct node *before, const struct json_part *part);

/* The text with another value at the place of a key or of a scalar: `key` says which of the node's two. */
char *json_edit_replace(struct arena *arena, const struct source *source, const struct node *node, bool key,
                        const char *text);

/* The text with other JSON as the value of a node. */
char *json_edit_put(struct arena *arena, const struct source *source, const struct node *node, const char *json);

/* The value of a node, as it is written. */
char *json_edit_written(struct arena *arena, const struct source *source, const struct node *node);

/* A new document, indented by two spaces. */
char *json_edit_new(struct arena *arena, const struct json_part *root);

#endif
