/* PostgreSQL's own lexer, called directly: pg_query_scan runs it twice, and packs and unpacks what it says. */
#ifndef SQL_TREE_LEXER_H
#define SQL_TREE_LEXER_H

#include "sql/scan.h"

/*
 * Adds the tokens of a text that begins at `base` of a larger one; their places are those in the larger one.  False
 * when the lexer refuses something; pg_query_scan says what, and where.
 */
bool tree_lexer_read(struct arena *arena, const char *text, size_t base, struct tokens *tokens);

/* As token.keyword says it of a name in lower case. */
bool tree_lexer_is_keyword(const char *name);

#endif
