/* Copies of what statements say, for those who keep it longer than the text's arena. */
#ifndef SQL_ACTION_COPY_H
#define SQL_ACTION_COPY_H

#include "sql/action.h"

/* NULL gives NULL. */
const char *copy_text(struct arena *arena, const char *text);
struct expression *copy_expression(struct arena *arena, const struct expression *expression);

struct object_name copy_name(struct arena *arena, const struct object_name *name);
struct type_name copy_type(struct arena *arena, const struct type_name *type);
struct strings copy_strings(struct arena *arena, const struct strings *strings);
struct key_parts copy_keys(struct arena *arena, const struct key_parts *keys);
struct partition_bound copy_bound(struct arena *arena, const struct partition_bound *bound);
struct action copy_action(struct arena *arena, const struct action *action);

#endif
