/* What a statement leaves behind in the session, beyond its transaction. */
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

#endif
