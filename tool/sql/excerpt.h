/* Pieces of a statement as they are written, on one line. */
#ifndef SQL_EXCERPT_H
#define SQL_EXCERPT_H

#include "base/arena.h"

/* Of CREATE INDEX: from ON to the end.  NULL when it has none. */
char *excerpt_index(struct arena *arena, const char *text, size_t length);

/* What stands between the parentheses behind its table and method: "lower(email), id DESC". */
char *excerpt_keys(struct arena *arena, const char *text, size_t length);

/* A constraint of a table, whose text begins here: without CONSTRAINT and its name, up to the comma or the end. */
char *excerpt_constraint(struct arena *arena, const char *text, size_t length);

/* The expression behind the first DEFAULT; NULL when there is none. */
char *excerpt_default(struct arena *arena, const char *text, size_t length);

#endif
