#include "sql/destroy.h"

#include "sql/cursor.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* The words alone, for text whose tokens are not known. */
static bool names_destruction(const char *text, size_t length)
{
    static const char *const words[] = {"DROP", "TRUNCATE", "DELETE"};
    for (size_t at = 0; at < length; at++)
        for (size_t i = 0; i < COUNT(words); i++)
            if ((at == 0 || !isalnum((unsigned char)text[at - 1])) && length - at >= strlen(words[i]) &&
                strncasecmp(text + at, words[i], strlen(words[i])) == 0)
                return true;
    return false;
}

/* What DROP takes data with, at once or when it cascades to columns. */
static bool drops(struct cursor cursor)
{
    static const char *const at_once[] = {"TABLE", "SCHEMA", "DATABASE", "OWNED"};
    static const char *const cascading[] = {"TYPE", "DOMAIN", "EXTENSION"};
    for (size_t i = 0; i < COUNT(at_once); i++)
        if (cursor_is(&cursor, at_once[i]))
            return true;
    for (size_t i = 0; i < COUNT(cascading); i++)
        if (cursor_is(&cursor, cascading[i]))
            return token_is(cursor.text, cursor.end - 1, "CASCADE");
    return false;
}

/* An action of ALTER TABLE or ALTER TYPE that begins with DROP and is not about a constraint. */
static bool alters_away(struct cursor cursor)
{
    if (!cursor_take(&cursor, "TABLE") && !cursor_take(&cursor, "TYPE"))
        return false;
    cursor_take_words(&cursor, "IF EXISTS");
    cursor_take(&cursor, "ONLY");
    cursor_skip(&cursor);
    while (cursor_take_symbol(&cursor, '.'))
        cursor_skip(&cursor);
    cursor_take_symbol(&cursor, '*');
    while (cursor.at < cursor.end) {
        if (cursor_take(&cursor, "DROP") && !cursor_is(&cursor, "CONSTRAINT"))
            return true;
        while (cursor.at < cursor.end && !cursor_at(&cursor, ','))
            cursor_skip_group(&cursor);
        cursor_take_symbol(&cursor, ',');
    }
    return false;
}

/* Behind DELETE FROM: is there no WHERE before the end of the statement or of its parentheses? */
static bool lacks_where(struct cursor *cursor)
{
    for (; cursor->at < cursor->end && !cursor_at(cursor, ')'); cursor_skip_group(cursor))
        if (cursor_is(cursor, "WHERE"))
            return false;
    return true;
}

static bool deletes_all(struct cursor cursor)
{
    while (cursor.at < cursor.end) {
        if (!cursor_take_words(&cursor, "DELETE FROM"))
            cursor_skip(&cursor);
        else if (lacks_where(&cursor))
            return true;
    }
    return false;
}

static bool destroys(struct cursor cursor)
{
    if (cursor_take(&cursor, "DROP"))
        return drops(cursor);
    if (cursor_take(&cursor, "ALTER"))
        return alters_away(cursor);
    return cursor_is(&cursor, "TRUNCATE");
}

/* A statement of a body, behind whatever IF, BEGIN or LOOP; one that is put together is in its strings. */
static bool piece_destroys(struct cursor piece)
{
    for (struct cursor at = piece; at.at < at.end; cursor_skip(&at)) {
        if (cursor_is(&at, "ALTER") && at.at + 1 < at.end && token_is(at.text, at.at + 1, "TABLE"))
            return destroys(at); /* the rest of the piece is its */
        if (destroys(at))
            return true;
        if (at.at->kind == TOKEN_STRING && names_destruction(piece.text + at.at->start, at.at->length))
            return true;
    }
    return deletes_all(piece);
}

static bool body_destroys(const char *body)
{
    struct arena arena = {0};
    struct scan scan;
    struct tokens tokens = {0};
    bool found = false;
    for (scan_open(&scan, &arena, body, strlen(body)); !found;) {
        struct token token = scan_next(&scan);
        bool end = token.kind == TOKEN_END || token.kind == TOKEN_FAULT;
        if (end || token.symbol == ';') {
            found = piece_destroys(cursor_new(body, &tokens));
            tokens.count = 0;
        } else if (token.kind != TOKEN_COMMENT) {
            *vec_add(&arena, &tokens) = token;
        }
        if (end)
            break;
    }
    scan_close(&scan);
    arena_release(&arena);
    return found;
}

/* DO runs its body now, unlike the functions that are created. */
static bool do_destroys(struct cursor cursor)
{
    struct arena arena = {0};
    bool found = false;
    for (; cursor.at < cursor.end && !found; cursor_skip(&cursor)) {
        if (cursor_kind(&cursor) != TOKEN_STRING)
            continue;
        const char *body = token_string(&arena, cursor.text, cursor.at);
        found = body == NULL || body_destroys(body);
    }
    arena_release(&arena);
    return found;
}

bool destroy_in_statement(const char *text, const struct tokens *tokens)
{
    struct cursor cursor = cursor_new(text, tokens);
    if (cursor_take(&cursor, "DO"))
        return do_destroys(cursor);
    if (destroys(cursor))
        return true;
    return !cursor_is(&cursor, "CREATE") && !cursor_is(&cursor, "ALTER") && !cursor_is(&cursor, "PREPARE") &&
           deletes_all(cursor);
}

bool destroy_in_text(const char *text)
{
    return names_destruction(text, strlen(text));
}
