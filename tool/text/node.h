/*
 * A document of JSON or YAML as a tree in which every value knows its place.
 *
 * Both readers build the same tree, so that configuration is read in one way and every complaint can
 * point at file, line and column.  Nodes live in the arena.
 */
#ifndef TEXT_NODE_H
#define TEXT_NODE_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <stddef.h>

enum node_kind { NODE_NULL, NODE_BOOL, NODE_NUMBER, NODE_TEXT, NODE_LIST, NODE_MAP };

struct node {
    enum node_kind kind;
    struct place place;      /* of the value */
    const char *key;         /* in a map; NULL elsewhere */
    struct place key_place;
    const char *text;        /* scalars as written (JSON strings decoded); NULL for lists and maps */
    bool truth;              /* NODE_BOOL */
    struct node *first;      /* the first item or member, in document order */
    struct node *next;       /* the next one at this level */
};

/* The member of that key, or NULL. */
const struct node *node_find(const struct node *map, const char *key);

/* "a list", "a text" …, for sentences. */
const char *node_kind_name(enum node_kind kind);

#define node_each(child, parent) \
    for (const struct node *child = (parent)->first; child != NULL; child = child->next)

#endif
