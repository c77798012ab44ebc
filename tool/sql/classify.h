/*
 * What a statement does that matters for how it may be sent: its kind and the object it is about.
 *
 * Decided by its first tokens, without a parse: the words that make PostgreSQL 13 to 19 refuse a statement
 * in a transaction block (PreventInTransactionBlock in its source) stand at fixed places of its grammar.
 * What tokens cannot tell counts as plain: CALL and DO, whose procedure may commit; REINDEX TABLE and
 * CLUSTER of a partitioned table.  The directive no-transaction is for those.
 */
#ifndef SQL_CLASSIFY_H
#define SQL_CLASSIFY_H

#include "base/arena.h"
#include "sql/scan.h"
#include "sql/script.h"

/* Fills all of statement but start and length.  `tokens` are those of the statement, without comments. */
void classify(struct arena *arena, const char *text, const struct tokens *tokens, struct statement *statement);

/* Must a statement of this kind run outside of any transaction block? */
bool classify_is_alone(enum statement_kind kind);

/*
 * Does a statement ask for a transaction other than ours: BEGIN, START or SET TRANSACTION with SERIALIZABLE,
 * REPEATABLE READ, READ ONLY, DEFERRABLE or a snapshot?
 */
bool classify_sets_transaction(const char *text, const struct tokens *tokens);

#endif
