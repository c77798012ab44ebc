/*
 * Is this SQL by PostgreSQL's own grammar?  The door to libpg_query's parser; sql/scan.h is the one to its lexer.
 *
 * Nothing is done with the tree here, so none is serialised: the parser's stack is on the heap and bounded, and
 * neither depth nor length of a statement makes it crash.
 */
#ifndef SQL_PARSE_H
#define SQL_PARSE_H

#include "base/arena.h"

#include <stdbool.h>
#include <stddef.h>

/* What the grammar says, where: a byte offset into the text. */
struct parse_fault {
    size_t offset;
    const char *message;   /* "syntax error at or near \"selec\"" */
};

/* True when it parses.  Else *fault says why; its message lives in the arena. */
bool parse_accepts(struct arena *arena, const char *text, size_t length, struct parse_fault *fault);

#endif
