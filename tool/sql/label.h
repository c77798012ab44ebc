/* Values that ALTER TYPE … ADD VALUE adds: PostgreSQL forbids their use before they are committed. */
#ifndef SQL_LABEL_H
#define SQL_LABEL_H

#include "base/arena.h"
#include "sql/script.h"

/*
 * A sentence when a value added by the script stands in a string of another of its statements, as the whole
 * string or as a word in it (a function's body, a text that becomes an array); NULL when none does.
 * Strings that only the server can read count as use.
 */
const char *label_used(struct arena *arena, const struct script *script);

#endif
