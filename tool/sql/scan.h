/*
 * SQL text as tokens: the one door to libpg_query.
 *
 * PostgreSQL's own lexer, read as a stream.  A long text is scanned in windows, so that memory does not
 * grow with the file; a window never ends where the lexer could see the text in another way.  The lexer
 * does not recurse: no nesting is too deep for it.  Numbers as PostgreSQL 16 writes them (1_000, 0xFF) are
 * taken too.
 */
#ifndef SQL_SCAN_H
#define SQL_SCAN_H

#include "base/arena.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum token_kind {
    TOKEN_END,      /* of the text */
    TOKEN_FAULT,    /* the lexer refuses what stands here */
    TOKEN_WORD,     /* a keyword or a name without quotes */
    TOKEN_NAME,     /* "a name", U&"a name" */
    TOKEN_STRING,   /* 'text', E'text', U&'text', $$text$$, with its continuations on further lines */
    TOKEN_BITS,     /* B'01', X'ff' */
    TOKEN_NUMBER,   /* also $1 */
    TOKEN_SYMBOL,   /* one of ( ) [ ] , ; . : * + - / < > = ^ % \ and what else is one character alone */
    TOKEN_OPERATOR, /* any other operator */
    TOKEN_COMMENT
};

struct token {
    size_t start, length;
    uint8_t kind;
    bool keyword;  /* a word that cannot be the name of a function: reserved, or with a grammar of its own */
    char symbol;   /* of TOKEN_SYMBOL; otherwise 0 */
};
VEC(tokens, struct token);

struct scan {
    const char *text;
    size_t length;
    size_t size;             /* of a window; a test may make it small before the first token */
    size_t next;             /* where the next window begins */
    struct arena *arena;     /* for what must outlive a window */
    struct arena window;     /* for the tokens at hand, of a text with several windows */
    struct tokens tokens;
    size_t at;
    bool escapes;            /* the last string was E'…', or goes on from one */
    const char *fault;       /* what the lexer says, of TOKEN_FAULT */
    size_t fault_offset;
    const char *hint;        /* what to do; NULL when the lexer of a newer server might take the text */
};

/* `text` is valid UTF-8 without NUL bytes.  The arena is for working memory, and must outlive the scan. */
void scan_open(struct scan *scan, struct arena *arena, const char *text, size_t length);

/* The next token, comments included.  After TOKEN_END or TOKEN_FAULT it stays the same. */
struct token scan_next(struct scan *scan);

void scan_close(struct scan *scan);

#endif
