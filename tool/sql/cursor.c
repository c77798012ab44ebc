#include "sql/cursor.h"

#include "base/str.h"

#include <string.h>

enum { NAME_BYTES = 63 }; /* NAMEDATALEN - 1 */

static const struct token past_the_end = {.kind = TOKEN_END};

static char upper(char c)
{
    return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

static char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
}

struct cursor cursor_new(const char *text, const struct tokens *tokens)
{
    return (struct cursor){text, tokens->at, tokens->at + tokens->count};
}

static const struct token *here(const struct cursor *cursor)
{
    return cursor->at < cursor->end ? cursor->at : &past_the_end;
}

static bool token_is_word(const char *text, const struct token *token, const char *word, size_t length)
{
    if (token->kind != TOKEN_WORD || token->length != length)
        return false;
    const char *at = text + token->start;
    for (size_t i = 0; i < length; i++)
        if (upper(at[i]) != word[i])
            return false;
    return true;
}

bool token_is(const char *text, const struct token *token, const char *word)
{
    return token->kind == TOKEN_WORD && upper(text[token->start]) == *word &&
           token_is_word(text, token, word, strlen(word));
}

enum token_kind cursor_kind(const struct cursor *cursor)
{
    return here(cursor)->kind;
}

bool cursor_is(const struct cursor *cursor, const char *word)
{
    return token_is(cursor->text, here(cursor), word);
}

bool cursor_at(const struct cursor *cursor, char symbol)
{
    return here(cursor)->symbol == symbol;
}

void cursor_skip(struct cursor *cursor)
{
    cursor->at += cursor->at < cursor->end;
}

bool cursor_take(struct cursor *cursor, const char *word)
{
    bool taken = cursor_is(cursor, word);
    cursor->at += taken;
    return taken;
}

bool cursor_take_symbol(struct cursor *cursor, char symbol)
{
    bool taken = cursor_at(cursor, symbol);
    cursor->at += taken;
    return taken;
}

bool cursor_take_words(struct cursor *cursor, const char *words)
{
    const struct token *at = cursor->at;
    while (*words != '\0') {
        const char *end = strchrnul(words, ' ');
        if (at == cursor->end || !token_is_word(cursor->text, at++, words, (size_t)(end - words)))
            return false;
        words = end + (*end == ' ');
    }
    cursor->at = at;
    return true;
}

void cursor_skip_group(struct cursor *cursor)
{
    int depth = 0;
    do {
        depth += cursor_at(cursor, '(');
        depth -= cursor_at(cursor, ')');
        cursor_skip(cursor);
    } while (depth > 0 && cursor->at < cursor->end);
}

/* The server cuts names too, never within a character. */
static char *cut(char *name)
{
    size_t length = strlen(name);
    if (length > NAME_BYTES) {
        length = NAME_BYTES;
        while (((unsigned char)name[length] & 0xC0) == 0x80)
            length--;
        name[length] = '\0';
    }
    return name;
}

static char *undouble(struct arena *arena, const char *at, size_t length, char quote)
{
    char *copy = arena_strndup(arena, at, length), *to = copy;
    for (size_t i = 0; i < length; i++) {
        *to++ = at[i];
        i += at[i] == quote; /* the second of two */
    }
    *to = '\0';
    return copy;
}

static char *name_of(struct arena *arena, const char *text, const struct token *token)
{
    const char *at = text + token->start;
    if (token->kind == TOKEN_NAME)
        return *at == '"' ? cut(undouble(arena, at + 1, token->length - 2, '"')) : NULL;
    char *name = arena_strndup(arena, at, token->length);
    for (char *c = name; *c != '\0'; c++)
        *c = lower(*c);
    return cut(name);
}

static bool is_name(const struct cursor *cursor)
{
    return cursor_kind(cursor) == TOKEN_WORD || cursor_kind(cursor) == TOKEN_NAME;
}

bool cursor_name(struct arena *arena, struct cursor *cursor, const char **schema, const char **object)
{
    if (!is_name(cursor))
        return false;
    bool known = true;
    *schema = *object = NULL;
    for (;;) {
        *schema = *object;
        *object = name_of(arena, cursor->text, here(cursor));
        known &= *object != NULL;
        cursor_skip(cursor);
        struct cursor ahead = *cursor;
        if (!cursor_take_symbol(&ahead, '.') || !is_name(&ahead))
            break;
        *cursor = ahead;
    }
    if (!known)
        *schema = *object = NULL;
    return true;
}

/* $tag$ … $tag$ */
static char *dollar_string(struct arena *arena, const char *at, size_t length)
{
    const char *body = memchr(at + 1, '$', length - 1);
    size_t tag = body == NULL ? length : (size_t)(body - at) + 1;
    return length < 2 * tag ? NULL : arena_strndup(arena, at + tag, length - 2 * tag);
}

/* The character that E'\c' means; NUL for those that take more than one. */
static char escaped(char c)
{
    static const char from[] = "bfnrt", to[] = "\b\f\n\r\t";
    const char *found = c == '\0' ? NULL : strchr(from, c);
    if (found != NULL)
        return to[found - from];
    return c == 'x' || c == 'u' || c == 'U' || (c >= '0' && c <= '7') ? '\0' : c;
}

/* 'a' and E'a', with the continuations that stand on the next lines. */
static char *quoted_string(struct arena *arena, const char *at, size_t length, bool escapes)
{
    char *value = arena_alloc(arena, length + 1), *to = value;
    const char *end = at + length;
    for (at++; at < end; at++) {
        if (*at == '\\' && escapes && at + 1 < end) {
            char c = escaped(*++at);
            if (c == '\0')
                return NULL;
            *to++ = c;
        } else if (*at != '\'') {
            *to++ = *at;
        } else if (at + 1 < end && at[1] == '\'') {
            *to++ = *at++;
        } else {
            const char *again = at + 1 < end ? memchr(at + 1, '\'', (size_t)(end - at) - 1) : NULL;
            if (again == NULL)
                break;
            at = again;
        }
    }
    *to = '\0';
    return value;
}

char *token_string(struct arena *arena, const char *text, const struct token *token)
{
    const char *at = text + token->start;
    switch (*at) {
    case '$':
        return dollar_string(arena, at, token->length);
    case '\'':
        return quoted_string(arena, at, token->length, false);
    case 'e':
    case 'E':
        return quoted_string(arena, at + 1, token->length - 1, true);
    default:
        return NULL;
    }
}
