#include "sql/excerpt.h"

#include "sql/cursor.h"
#include "sql/normalise.h"

/* Words that end a DEFAULT, since they begin another part of the column. */
static const char *const parts[] = {"NOT", "NULL", "CHECK", "UNIQUE", "PRIMARY", "REFERENCES", "CONSTRAINT", "GENERATED",
                                    "COLLATE", "DEFERRABLE", "INITIALLY", NULL};

struct excerpt {
    struct arena *arena, scratch;
    char *text;
    struct tokens tokens;
    struct cursor cursor;
};

static void excerpt_open(struct excerpt *excerpt, struct arena *arena, const char *text, size_t length)
{
    struct scan scan;
    *excerpt = (struct excerpt){.arena = arena};
    excerpt->text = arena_strndup(&excerpt->scratch, text, length);
    scan_open(&scan, &excerpt->scratch, excerpt->text, length);
    for (struct token token = scan_next(&scan); token.kind != TOKEN_END && token.kind != TOKEN_FAULT;
         token = scan_next(&scan))
        if (token.kind != TOKEN_COMMENT)
            *vec_add(&excerpt->scratch, &excerpt->tokens) = token;
    scan_close(&scan);
    excerpt->cursor = cursor_new(excerpt->text, &excerpt->tokens);
}

/* From this token up to where the cursor is; closes. */
static char *excerpt_close(struct excerpt *excerpt, const struct token *from)
{
    char *piece = NULL;
    if (from != NULL && excerpt->cursor.at > from) {
        const struct token *last = excerpt->cursor.at - 1;
        piece = normalise_line(excerpt->arena, excerpt->text + from->start, last->start + last->length - from->start);
    }
    arena_release(&excerpt->scratch);
    return piece;
}

static bool at_end(const struct cursor *cursor)
{
    return cursor_kind(cursor) == TOKEN_END || cursor_at(cursor, ';');
}

/* Goes to the word at depth 0. */
static bool find_word(struct cursor *cursor, const char *word)
{
    while (!at_end(cursor) && !cursor_is(cursor, word))
        cursor_skip_group(cursor);
    return !at_end(cursor);
}

static void skip_to_end(struct cursor *cursor)
{
    while (!at_end(cursor))
        cursor_skip(cursor);
}

char *excerpt_index(struct arena *arena, const char *text, size_t length)
{
    struct excerpt excerpt;
    excerpt_open(&excerpt, arena, text, length);
    const struct token *from = find_word(&excerpt.cursor, "ON") ? excerpt.cursor.at : NULL;
    skip_to_end(&excerpt.cursor);
    return excerpt_close(&excerpt, from);
}

char *excerpt_keys(struct arena *arena, const char *text, size_t length)
{
    struct excerpt excerpt;
    struct cursor *cursor = &excerpt.cursor;
    excerpt_open(&excerpt, arena, text, length);
    find_word(cursor, "ON");
    while (!at_end(cursor) && !cursor_at(cursor, '('))
        cursor_skip(cursor);
    const struct token *open = at_end(cursor) ? NULL : cursor->at;
    if (open != NULL)
        cursor_skip_group(cursor);
    if (open != NULL && cursor->at > open)
        cursor->at--;
    return excerpt_close(&excerpt, open == NULL ? NULL : open + 1);
}

char *excerpt_constraint(struct arena *arena, const char *text, size_t length)
{
    struct excerpt excerpt;
    struct cursor *cursor = &excerpt.cursor;
    excerpt_open(&excerpt, arena, text, length);
    if (cursor_take(cursor, "CONSTRAINT"))
        cursor_skip(cursor);
    const struct token *from = cursor->at;
    while (!at_end(cursor) && !cursor_at(cursor, ',') && !cursor_at(cursor, ')'))
        cursor_skip_group(cursor);
    return excerpt_close(&excerpt, from);
}

static bool at_part(const struct cursor *cursor)
{
    for (const char *const *part = parts; *part != NULL; part++)
        if (cursor_is(cursor, *part))
            return true;
    return at_end(cursor) || cursor_at(cursor, ',') || cursor_at(cursor, ')');
}

char *excerpt_default(struct arena *arena, const char *text, size_t length)
{
    struct excerpt excerpt;
    struct cursor *cursor = &excerpt.cursor;
    excerpt_open(&excerpt, arena, text, length);
    const struct token *from = NULL;
    if (find_word(cursor, "DEFAULT")) {
        cursor_skip(cursor);
        from = cursor->at;
        if (!at_end(cursor)) /* DEFAULT NULL */
            cursor_skip_group(cursor);
        while (!at_part(cursor))
            cursor_skip_group(cursor);
    }
    return excerpt_close(&excerpt, from);
}

/* --- definitions */

static bool take_any(struct cursor *cursor, const char *const words[])
{
    for (size_t i = 0; words[i] != NULL; i++)
        if (cursor_take(cursor, words[i]))
            return true;
    return false;
}

/* Past the name of what is made. */
static bool pass_name(struct excerpt *excerpt)
{
    static const char *const before[] = {"CREATE", "ALTER", "OR", "REPLACE", "CONSTRAINT", "TEMP", "TEMPORARY", "UNLOGGED", NULL};
    static const char *const kinds[] = {"FUNCTION", "PROCEDURE", "TRIGGER", "SEQUENCE", "DOMAIN", "TYPE", "ROUTINE", NULL};
    struct cursor *cursor = &excerpt->cursor;
    const char *schema, *name;
    while (take_any(cursor, before))
        ;
    bool policy = cursor_take(cursor, "POLICY");
    if (!policy && !take_any(cursor, kinds))
        return false;
    if (!cursor_take_words(cursor, "IF NOT EXISTS"))
        cursor_take_words(cursor, "IF EXISTS");
    if (!cursor_name(&excerpt->scratch, cursor, &schema, &name))
        return false;
    return !policy || (cursor_take(cursor, "ON") && cursor_name(&excerpt->scratch, cursor, &schema, &name));
}

/* From here up to what is a function's body; false: the rest belongs to it, or there is no rest. */
static bool find_body(struct cursor *cursor)
{
    while (!at_end(cursor) && !cursor_is(cursor, "RETURN") && !cursor_is(cursor, "BEGIN")) {
        if (cursor_is(cursor, "AS") && cursor->at + 1 < cursor->end && cursor->at[1].kind == TOKEN_STRING)
            return true;
        cursor_skip_group(cursor);
    }
    return false;
}

static void skip_strings(struct cursor *cursor)
{
    cursor_skip(cursor);
    do
        cursor_skip(cursor);
    while (cursor_take_symbol(cursor, ','));
}

static char *piece(struct excerpt *excerpt, const struct token *from)
{
    const struct token *last = excerpt->cursor.at - 1;
    if (excerpt->cursor.at <= from)
        return NULL;
    return normalise_line(excerpt->arena, excerpt->text + from->start, last->start + last->length - from->start);
}

char *excerpt_definition(struct arena *arena, const char *text, size_t length)
{
    struct excerpt excerpt;
    char *first = NULL, *second = NULL;
    excerpt_open(&excerpt, arena, text, length);
    if (pass_name(&excerpt)) {
        const struct token *from = excerpt.cursor.at;
        bool more = find_body(&excerpt.cursor);
        first = piece(&excerpt, from);
        if (more) {
            skip_strings(&excerpt.cursor);
            from = excerpt.cursor.at;
            skip_to_end(&excerpt.cursor);
            second = piece(&excerpt, from);
        }
    }
    arena_release(&excerpt.scratch);
    return first == NULL || second == NULL ? (first != NULL ? first : second) : arena_printf(arena, "%s %s", first, second);
}
