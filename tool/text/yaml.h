/* The one door to libyaml: one document, scalars by YAML 1.2's core schema, no custom tags. */
#ifndef TEXT_YAML_H
#define TEXT_YAML_H

#include "text/node.h"

/*
 * Reads a YAML text; an empty one gives an empty map.  Anchors and aliases work within bounds (an
 * expansion of more than 10,000 nodes is an error).  A key twice in one map is an error.
 * Errors: ERR_INPUT at file, line and column, with what was expected there.
 */
int yaml_read(struct arena *arena, const char *path, const char *content, size_t length,
              struct node **root, struct err *err);

#endif
