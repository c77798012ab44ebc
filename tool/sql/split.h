/*
 * Tokens as statements.
 *
 * A statement ends at a semicolon outside of parentheses (CREATE RULE … DO (a; b)) and outside of a body
 * BEGIN ATOMIC … END.  Semicolons with nothing before them are passed over.
 */
#ifndef SQL_SPLIT_H
#define SQL_SPLIT_H

#include "base/arena.h"
#include "sql/scan.h"

struct split {
    struct arena *arena;
    struct scan scan;
    struct tokens tokens;    /* of the statement, without comments and its semicolon */
    struct tokens comments;  /* since the end of the statement before */
};

/* Working memory comes from the arena; text as for scan_open. */
void split_open(struct split *split, struct arena *arena, const char *text, size_t length);

/*
 * Reads on to the next statement: TOKEN_SYMBOL when there is one, TOKEN_END when there is none, or
 * TOKEN_FAULT, with what stands before the fault in `tokens` and the fault in `scan`.  The comments of the
 * rest are there too.
 */
enum token_kind split_next(struct split *split);

void split_close(struct split *split);

#endif
