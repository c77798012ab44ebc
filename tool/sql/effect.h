/* What a statement leaves behind beyond its transaction: in the session, and in what it destroys. */
#ifndef SQL_EFFECT_H
#define SQL_EFFECT_H

#include "sql/scan.h"

#include <stdbool.h>

/*
 * May it leave a setting, a role, a temporary table, a lock or a prepared statement in the session?  True
 * unless its words exclude it: the command is one that cannot, nothing temporary is named, and a query
 * calls only functions of PostgreSQL that are known to leave nothing.  Triggers, defaults and operators
 * of the user's own are not looked at.
 */
bool effect_on_session(const char *text, const struct tokens *tokens);

/*
 * Does it drop or truncate a table, a schema, a database or a column (also by CASCADE from a type, a domain
 * or an extension, or an owner's everything), or delete rows without a WHERE?
 */
bool effect_destroys(const char *text, const struct tokens *tokens);

/* The same guessed for a text without tokens: does DROP, TRUNCATE or DELETE stand in it? */
bool effect_may_destroy(const char *text);

#endif
