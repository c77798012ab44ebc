/* What only psql understands, and what would leave the migration's hands: refused before anything is sent. */
#ifndef SQL_REFUSE_H
#define SQL_REFUSE_H

#include "base/err.h"
#include "sql/scan.h"
#include "sql/script.h"

/*
 * Backslash commands, psql's variables, COPY from STDIN or to STDOUT, PREPARE TRANSACTION.
 * Errors: ERR_INPUT at its place, with what to write instead.
 */
int refuse_check(const struct script *script, const struct tokens *tokens, struct err *err);

/* Fills err's place and source line for a byte offset of the script; returns -1. */
int refuse_at(const struct script *script, size_t offset, struct err *err);

#endif
