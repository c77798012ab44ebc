#include "sql/plpgsql.h"

#include "sql/cursor.h"

#include <string.h>

enum frame_kind { FRAME_BLOCK, FRAME_IF, FRAME_CASE, FRAME_LOOP };

/* What END will close. */
struct frame {
    enum frame_kind kind;
    size_t first;        /* part of a block */
    bool handles;        /* EXCEPTION was seen */
};
VEC(frames, struct frame);

struct reading {
    struct arena *arena;
    struct cursor cursor;
    struct frames frames;
    struct plpgsql_parts *parts;
    size_t branches;     /* frames that may not be entered */
    bool left;           /* a RETURN or an EXIT from a block: what follows may not be reached */
};

static const char select_word[] = "SELECT ";

static bool is_one_of(const struct cursor *cursor, const char *const *words)
{
    for (; *words != NULL; words++)
        if (cursor_is(cursor, *words))
            return true;
    return false;
}

/* To one of the words or to the semicolon, outside of parentheses. */
static void skip_to(struct cursor *cursor, const char *const *words)
{
    int depth = 0;
    for (; cursor->at < cursor->end; cursor_skip(cursor)) {
        if (depth == 0 && (cursor_at(cursor, ';') || is_one_of(cursor, words)))
            return;
        depth += cursor_at(cursor, '(') || cursor_at(cursor, '[');
        depth -= (cursor_at(cursor, ')') || cursor_at(cursor, ']')) && depth > 0;
    }
}

static const char *const no_words[] = {NULL};

static void end_statement(struct reading *reading)
{
    skip_to(&reading->cursor, no_words);
    cursor_take_symbol(&reading->cursor, ';');
}

/* The text of the tokens from `from` to the cursor, behind a prefix; NULL when there are none. */
static char *add_part(struct reading *reading, enum plpgsql_kind kind, const struct token *acts, const struct token *from,
                     const char *prefix)
{
    const struct token *to = reading->cursor.at;
    if (from >= to)
        return NULL;
    size_t start = from->start, end = to[-1].start + to[-1].length;
    char *sql = arena_printf(reading->arena, "%s%.*s", prefix, (int)(end - start), reading->cursor.text + start);
    *vec_add(reading->arena, reading->parts) = (struct plpgsql_part){
        .kind = kind,
        .sql = sql,
        .base = start - strlen(prefix),
        .start = acts->start,
        .end = end,
        .branch = reading->branches > 0 || reading->left,
    };
    return sql;
}

/* An expression from here to one of the words. */
static void read_expression(struct reading *reading, const char *const *words)
{
    const struct token *from = reading->cursor.at;
    skip_to(&reading->cursor, words);
    add_part(reading, PLPGSQL_EXPRESSION, from, from, select_word);
}

/* EXECUTE text [INTO …] [USING …], behind EXECUTE. */
static void read_execute(struct reading *reading, const struct token *acts)
{
    static const char *const ends[] = {"INTO", "USING", "LOOP", NULL};
    const struct token *from = reading->cursor.at;
    skip_to(&reading->cursor, ends);
    add_part(reading, PLPGSQL_EXECUTE, acts, from, select_word);
}

static void push(struct reading *reading, enum frame_kind kind)
{
    *vec_add(reading->arena, &reading->frames) = (struct frame){.kind = kind, .first = reading->parts->count};
    reading->branches += kind != FRAME_BLOCK;
}

static struct frame *top(const struct reading *reading)
{
    return reading->frames.count == 0 ? NULL : &reading->frames.at[reading->frames.count - 1];
}

/* A variable with its fields and subscripts. */
static void skip_variable(struct cursor *cursor)
{
    int depth = 0;
    cursor_skip(cursor);
    while (cursor->at < cursor->end && (depth > 0 || cursor_at(cursor, '.') || cursor_at(cursor, '['))) {
        depth += cursor_at(cursor, '[');
        depth -= cursor_at(cursor, ']');
        if (depth == 0 && cursor_at(cursor, '.'))
            cursor_skip(cursor);
        cursor_skip(cursor);
    }
}

/* INTO [STRICT] variable, … */
static void skip_into(struct cursor *cursor)
{
    cursor_skip(cursor);
    cursor_take(cursor, "STRICT");
    do
        skip_variable(cursor);
    while (cursor_take_symbol(cursor, ','));
}

/* In the text of the statement whose tokens are `from` to `end`. */
static void blank_into(const struct reading *reading, const struct token *from, const struct token *end, char *sql)
{
    struct cursor cursor = {reading->cursor.text, from, end};
    bool into_is_sql = cursor_is(&cursor, "IMPORT");
    for (; cursor.at < end; cursor_skip(&cursor)) {
        if (cursor_is(&cursor, "INSERT") || cursor_is(&cursor, "MERGE")) {
            cursor_skip(&cursor); /* its INTO is SQL's */
            if (cursor.at == end)
                return;
            if (cursor_is(&cursor, "INTO"))
                continue;
        }
        if (into_is_sql || !cursor_is(&cursor, "INTO"))
            continue;
        size_t start = cursor.at->start;
        skip_into(&cursor);
        size_t stop = cursor.at[-1].start + cursor.at[-1].length;
        memset(sql + (start - from->start), ' ', stop - start);
        if (cursor.at == end)
            return;
        cursor.at--; /* the loop goes on behind it */
    }
}

static void read_sql(struct reading *reading, const char *const *words)
{
    const struct token *from = reading->cursor.at;
    skip_to(&reading->cursor, words);
    char *sql = add_part(reading, PLPGSQL_STATEMENT, from, from, "");
    if (sql != NULL)
        blank_into(reading, from, reading->cursor.at, sql);
}

static bool starts_query(const struct cursor *cursor)
{
    static const char *const words[] = {"SELECT", "WITH", "INSERT", "UPDATE", "DELETE", "MERGE", "VALUES", "TABLE", NULL};
    struct cursor ahead = *cursor;
    while (cursor_take_symbol(&ahead, '('))
        continue;
    return is_one_of(&ahead, words);
}

/* FOR variable IN query | EXECUTE text | from .. to LOOP */
static void read_for(struct reading *reading)
{
    static const char *const in[] = {"IN", "LOOP", NULL}, *const loop[] = {"LOOP", NULL};
    skip_to(&reading->cursor, in);
    cursor_take(&reading->cursor, "IN");
    const struct token *acts = reading->cursor.at;
    if (cursor_take(&reading->cursor, "EXECUTE"))
        read_execute(reading, acts);
    else if (starts_query(&reading->cursor))
        read_sql(reading, loop);
    skip_to(&reading->cursor, loop);
    cursor_take(&reading->cursor, "LOOP");
    push(reading, FRAME_LOOP);
}

/* variable [NO] SCROLL CURSOR … FOR query; and others, up to the block's BEGIN. */
static void read_declarations(struct reading *reading)
{
    static const char *const query[] = {"FOR", "IS", NULL}, *const cursor_word[] = {"CURSOR", NULL};
    struct cursor *cursor = &reading->cursor;
    while (cursor->at < cursor->end && !cursor_is(cursor, "BEGIN")) {
        skip_to(cursor, cursor_word);
        if (cursor_take(cursor, "CURSOR")) {
            skip_to(cursor, query);
            if ((cursor_take(cursor, "FOR") || cursor_take(cursor, "IS")) && starts_query(cursor))
                read_sql(reading, no_words);
        }
        end_statement(reading);
    }
}

/* Behind RETURN. */
static void read_return(struct reading *reading, const struct token *acts)
{
    struct cursor *cursor = &reading->cursor;
    if (cursor_take(cursor, "NEXT")) {
        read_expression(reading, no_words);
    } else if (!cursor_take(cursor, "QUERY")) {
        read_expression(reading, no_words);
        reading->left = true;
    } else if (cursor_take(cursor, "EXECUTE")) {
        read_execute(reading, acts);
    } else {
        read_sql(reading, no_words);
    }
    end_statement(reading);
}

/* OPEN cursor FOR query | EXECUTE text, behind OPEN. */
static void read_open(struct reading *reading, const struct token *acts)
{
    static const char *const query[] = {"FOR", NULL};
    skip_to(&reading->cursor, query);
    if (cursor_take_words(&reading->cursor, "FOR EXECUTE"))
        read_execute(reading, acts);
    else if (cursor_take(&reading->cursor, "FOR"))
        read_sql(reading, no_words);
    end_statement(reading);
}

/* Goes past variable := when that is what stands here. */
static bool take_assignment(struct cursor *cursor)
{
    struct cursor ahead = *cursor;
    if (cursor_kind(&ahead) != TOKEN_WORD && cursor_kind(&ahead) != TOKEN_NAME)
        return false;
    skip_variable(&ahead);
    bool colon = ahead.at < ahead.end && ahead.at->length == 2 && memcmp(ahead.text + ahead.at->start, ":=", 2) == 0;
    if (!colon && !cursor_at(&ahead, '='))
        return false;
    cursor_skip(&ahead);
    *cursor = ahead;
    return true;
}

/* EXCEPTION: what the block did until here is taken back when it comes to that. */
static void read_exception(struct reading *reading)
{
    struct frame *frame = top(reading);
    if (frame == NULL || frame->kind != FRAME_BLOCK || frame->handles)
        return;
    for (size_t i = frame->first; i < reading->parts->count; i++)
        reading->parts->at[i].branch = true;
    frame->handles = true;
    reading->branches++;
}

static void read_end(struct reading *reading)
{
    const struct frame *frame = top(reading);
    if (frame != NULL) {
        reading->branches -= frame->kind != FRAME_BLOCK || frame->handles;
        reading->frames.count--;
    }
    end_statement(reading);
}

/* Words that open, divide and close; false: another statement. */
static bool read_structure(struct reading *reading)
{
    static const char *const then[] = {"THEN", NULL}, *const when[] = {"WHEN", NULL}, *const loop[] = {"LOOP", NULL};
    struct cursor *cursor = &reading->cursor;
    if (cursor_take(cursor, "DECLARE")) {
        read_declarations(reading);
    } else if (cursor_take(cursor, "BEGIN")) {
        push(reading, FRAME_BLOCK);
    } else if (cursor_take(cursor, "EXCEPTION")) {
        read_exception(reading);
    } else if (cursor_take(cursor, "IF")) {
        read_expression(reading, then);
        push(reading, FRAME_IF);
    } else if (cursor_take(cursor, "CASE")) {
        read_expression(reading, when);
        push(reading, FRAME_CASE);
    } else if (cursor_take(cursor, "ELSIF") || cursor_take(cursor, "ELSEIF")) {
        read_expression(reading, then);
    } else if (cursor_take(cursor, "WHEN")) {
        bool handler = top(reading) != NULL && top(reading)->kind == FRAME_BLOCK;
        if (handler)
            skip_to(cursor, then);
        else
            read_expression(reading, then);
    } else if (cursor_take(cursor, "WHILE")) {
        read_expression(reading, loop);
        cursor_take(cursor, "LOOP");
        push(reading, FRAME_LOOP);
    } else if (cursor_take(cursor, "LOOP")) {
        push(reading, FRAME_LOOP);
    } else if (cursor_take(cursor, "FOR") || cursor_take(cursor, "FOREACH")) {
        read_for(reading);
    } else if (cursor_take(cursor, "END")) {
        read_end(reading);
    } else {
        return cursor_take(cursor, "ELSE") || cursor_take(cursor, "THEN") || cursor_take_symbol(cursor, ';');
    }
    return true;
}

static void read_statement(struct reading *reading)
{
    static const char *const without_sql[] = {"NULL", "RAISE", "GET", "CONTINUE", "ASSERT", "FETCH", "MOVE", "CLOSE", NULL};
    struct cursor *cursor = &reading->cursor;
    const struct token *acts = cursor->at;
    if (take_assignment(cursor)) {
        read_expression(reading, no_words);
        end_statement(reading);
    } else if (read_structure(reading) || is_one_of(cursor, without_sql)) {
        if (cursor->at == acts)
            end_statement(reading);
    } else if (cursor_take(cursor, "PERFORM")) {
        const struct token *from = cursor->at;
        skip_to(cursor, no_words);
        add_part(reading, PLPGSQL_STATEMENT, acts, from, select_word);
    } else if (cursor_take(cursor, "EXECUTE")) {
        read_execute(reading, acts);
        end_statement(reading);
    } else if (cursor_take(cursor, "RETURN")) {
        read_return(reading, acts);
    } else if (cursor_take(cursor, "OPEN")) {
        read_open(reading, acts);
    } else if (cursor_take(cursor, "EXIT")) {
        reading->left |= reading->frames.count > 0 && cursor_kind(cursor) == TOKEN_WORD && !cursor_is(cursor, "WHEN");
        end_statement(reading);
    } else {
        read_sql(reading, no_words);
    }
}

/* <<label>>, and #option lines at the head, which the lexer sees as operators and words. */
static void skip_labels(struct cursor *cursor)
{
    while (cursor_kind(cursor) == TOKEN_OPERATOR && cursor->text[cursor->at->start] == '<' && cursor->end - cursor->at > 2)
        cursor->at += 3;
}

static void skip_options(struct cursor *cursor)
{
    while (cursor->at < cursor->end && cursor->text[cursor->at->start] == '#')
        for (size_t line = strcspn(cursor->text + cursor->at->start, "\n") + cursor->at->start;
             cursor->at < cursor->end && cursor->at->start < line;)
            cursor_skip(cursor);
}

static enum token_kind read_tokens(struct arena *arena, const char *body, size_t length, struct tokens *tokens)
{
    struct scan scan;
    struct token token;
    scan_open(&scan, arena, body, length);
    while ((token = scan_next(&scan)).kind != TOKEN_END && token.kind != TOKEN_FAULT)
        if (token.kind != TOKEN_COMMENT)
            *vec_add(arena, tokens) = token;
    scan_close(&scan);
    return token.kind;
}

bool plpgsql_read(struct arena *arena, const char *body, size_t length, struct plpgsql_parts *parts)
{
    struct tokens tokens = {0};
    enum token_kind end = read_tokens(arena, body, length, &tokens);
    struct reading reading = {.arena = arena, .cursor = cursor_new(body, &tokens), .parts = parts};
    skip_options(&reading.cursor);
    bool opened = false;
    while (reading.cursor.at < reading.cursor.end && !(opened && reading.frames.count == 0)) {
        skip_labels(&reading.cursor);
        read_statement(&reading);
        opened |= reading.frames.count > 0;
    }
    return end == TOKEN_END && opened && reading.frames.count == 0 && reading.cursor.at == reading.cursor.end;
}
