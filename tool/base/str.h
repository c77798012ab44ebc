/* Text that grows, in an arena.  `at` is always terminated by NUL; an empty str is {.arena = a}. */
#ifndef BASE_STR_H
#define BASE_STR_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

struct str {
    struct arena *arena;
    char *at;
    size_t length, room;
};

/* A piece of somebody else's text; not terminated. */
struct span {
    const char *at;
    size_t length;
};

struct str str_new(struct arena *arena);
void str_add(struct str *str, const char *text);
void str_add_bytes(struct str *str, const char *bytes, size_t length); /* bytes may be NULL where there are none */
void str_add_char(struct str *str, char c);
void str_addf(struct str *str, const char *format, ...) __attribute__((format(printf, 2, 3)));

bool span_equals(struct span span, const char *text);
bool str_is_blank(char c);                 /* a space, tab, line end, form feed */
struct span span_trim(struct span span);   /* without the blanks around it */
bool span_take(struct span *span, const char *prefix); /* goes past the prefix, in any case; false: it is not there */
bool str_starts(const char *text, const char *prefix);
bool str_ends(const char *text, const char *suffix);
bool str_same(const char *a, const char *b); /* equal, where NULL equals only NULL */

#endif
