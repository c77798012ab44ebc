/* What a statement takes away for good: tables, columns, rows. */
#ifndef SQL_DESTROY_H
#define SQL_DESTROY_H

#include "sql/scan.h"

#include <stdbool.h>

/*
 * Does it drop or truncate a table, a schema, a database or a column (also by CASCADE from a type, a domain
 * or an extension, or an owner's everything), or delete rows without a WHERE?  The body of DO is looked at
 * too; there, any of these words in a string counts, since it may be executed.
 */
bool destroy_in_statement(const char *text, const struct tokens *tokens);

/* The same guessed for a text without tokens: does DROP, TRUNCATE or DELETE stand in it? */
bool destroy_in_text(const char *text);

#endif
