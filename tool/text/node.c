#include "text/node.h"

#include <string.h>

const struct node *node_find(const struct node *map, const char *key)
{
    node_each(child, map)
        if (child->key != NULL && strcmp(child->key, key) == 0)
            return child;
    return NULL;
}

const char *node_kind_name(enum node_kind kind)
{
    static const char *const names[] = {
        [NODE_NULL] = "nothing", [NODE_BOOL] = "true or false", [NODE_NUMBER] = "a number",
        [NODE_TEXT] = "a text",  [NODE_LIST] = "a list",        [NODE_MAP] = "a map",
    };
    return names[kind];
}
