/* Values of enums that are used in the transaction that adds them, which PostgreSQL forbids. */
#ifndef REVIEW_LABEL_USE_H
#define REVIEW_LABEL_USE_H

#include "review/situation.h"

/*
 * Yes: a string of the statement is such a value, and the statement is about a table with a column of its type, or
 * names the type.  Unknown: only the string is the same, and not everything about the statement's tables is known.
 * *value is that value then; it may be NULL, as `arena` may where nobody wants it.
 */
enum truth label_use_find(const struct situation *situation, struct arena *arena, const char **value);

#endif
