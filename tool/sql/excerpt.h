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

/*
 * What stands behind the name of a function, trigger, policy (behind its table), sequence, domain or type that is made or
 * changed, without a function's body: "BEFORE UPDATE ON shop.orders FOR EACH ROW EXECUTE FUNCTION shop.f()".  NULL: the
 * statement is none of these, or says no more than the name.
 */
char *excerpt_definition(struct arena *arena, const char *text, size_t length);

#endif
