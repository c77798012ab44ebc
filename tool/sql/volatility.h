/* Is a function VOLATILE?  PostgreSQL's own by its servers' catalogs, and those of extensions that everybody uses. */
#ifndef SQL_VOLATILITY_H
#define SQL_VOLATILITY_H

#include "sql/truth.h"

/*
 * Yes: VOLATILE.  No: STABLE or IMMUTABLE.  Unknown: no such function with so many arguments is known here.
 * `schema` is NULL where none is written; `server_version` is a major version, and one that nobody looked at counts as
 * the nearest.
 */
enum truth volatility_of(const char *schema, const char *name, int arguments, int server_version);

#endif
