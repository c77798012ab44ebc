/*
 * Reading along the tokens of a statement: words, names, strings, as the server takes them.
 */
#ifndef SQL_CURSOR_H
#define SQL_CURSOR_H

#include "base/arena.h"
#include "sql/scan.h"

/* A place in a statement's tokens (without comments).  Behind the last one it sees TOKEN_END. */
struct cursor {
    const char *text;
    const struct token *at, *end;
};

struct cursor cursor_new(const char *text, const struct tokens *tokens);

/* Is the token this word, written without quotes, in any case?  `word` is in capitals. */
bool token_is(const char *text, const struct token *token, const char *word);

/* The kind of the token here, and whether it is this word, symbol or the end. */
enum token_kind cursor_kind(const struct cursor *cursor);
bool cursor_is(const struct cursor *cursor, const char *word);
bool cursor_at(const struct cursor *cursor, char symbol);

/* Goes past the word, the symbol, the words (separated by one space; all of them or none). */
bool cursor_take(struct cursor *cursor, const char *word);
bool cursor_take_symbol(struct cursor *cursor, char symbol);
bool cursor_take_words(struct cursor *cursor, const char *words);
void cursor_skip(struct cursor *cursor);

/* Goes past ( … ) with everything in it, or past one token. */
void cursor_skip_group(struct cursor *cursor);

/*
 * A name with its schema (NULL when not written), past which the cursor goes: folded to lower case unless
 * quoted, cut to 63 bytes.  Of a.b.c the last two.  False when no name stands here; `object` is NULL when
 * it is one that only the server can read (U&"…").
 */
bool cursor_name(struct arena *arena, struct cursor *cursor, const char **schema, const char **object);

/* What a string constant says; NULL for what only the server can read (U&'…', unusual escapes). */
char *token_string(struct arena *arena, const char *text, const struct token *token);

#endif
