/* The one door to cJSON. */
#ifndef TEXT_JSON_H
#define TEXT_JSON_H

#include "text/node.h"

/*
 * Reads a JSON text.  `path` is only named in places and errors.  A key twice in one object is an
 * error.  Errors: ERR_INPUT at file, line and column, with what was expected there.
 */
int json_read(struct arena *arena, const char *path, const char *content, size_t length,
              struct node **root, struct err *err);

/*
 * Writing: values are built and printed with these; the tree lives in the arena.
 * Integers are printed exactly.  A NULL text becomes null.
 */
struct json;
struct json *json_object(struct arena *arena);
struct json *json_list(struct arena *arena);
struct json *json_text(struct arena *arena, const char *text);
struct json *json_integer(struct arena *arena, long long number);
struct json *json_bool(struct arena *arena, bool truth);
void json_set(struct json *object, const char *key, struct json *value); /* keeps the order of setting */
void json_set_text(struct json *object, const char *key, const char *text);
void json_set_integer(struct json *object, const char *key, long long number);
void json_set_bool(struct json *object, const char *key, bool truth);
void json_add(struct json *list, struct json *item);
/* On one line, or indented. */
char *json_print(struct arena *arena, const struct json *value, bool indented);

#endif
