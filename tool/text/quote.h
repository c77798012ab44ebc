/* Names and texts as SQL. */
#ifndef TEXT_QUOTE_H
#define TEXT_QUOTE_H

#include "base/arena.h"

#include <stdbool.h>

/* "name" with quotes doubled; 'text' with quotes (and backslashes) escaped. */
char *quote_identifier(struct arena *arena, const char *name);
char *quote_literal(struct arena *arena, const char *text);
/* "schema"."name" */
char *quote_qualified(struct arena *arena, const char *schema, const char *name);

/*
 * Does a name mean the same without quotes, wherever a name may stand?  As the server's quote_ident() decides:
 * small letters, digits and _, and no keyword of PostgreSQL 13 to 19 but the unreserved ones.
 */
bool quote_is_needless(const char *name);

#endif
