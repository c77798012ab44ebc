#include "sql/written.h"

#include "base/str.h"
#include "sql/cursor.h"
#include "sql/identifier.h"
#include "sql/scan.h"

#include <string.h>

/* Most expressions are short and stand near: so much is looked at first, and more where they do not end in it. */
enum { NEAR = 192, FURTHER = 8 };

static const char *const leads[] = {
    [WRITTEN_DEFAULT] = "DEFAULT", [WRITTEN_CHECK] = "CHECK", [WRITTEN_AS] = "AS", [WRITTEN_WHERE] = "WHERE"};

/* Words that end a DEFAULT, since they begin another part of the column. */
static const char *const parts[] = {"NOT", "NULL", "CHECK", "UNIQUE", "PRIMARY", "REFERENCES", "CONSTRAINT", "GENERATED",
                                    "COLLATE", "DEFERRABLE", "INITIALLY", NULL};

/* Words that end a WHERE; all are reserved, and so are names only behind a point. */
static const char *const clauses[] = {"RETURNING", "ON", "GROUP", "HAVING", "WINDOW", "UNION", "INTERSECT", "EXCEPT", "ORDER",
                                      "LIMIT", "OFFSET", "FETCH", "FOR", NULL};

/* A piece on its way onto one line. */
struct piece {
    struct str line;
    size_t end;        /* of its last token */
};

static void add_token(struct piece *piece, const char *text, const struct token *token)
{
    if (piece->line.length > 0 && token->start > piece->end)
        str_add_char(&piece->line, ' ');
    str_add_bytes(&piece->line, text + token->start, token->length);
    piece->end = token->start + token->length;
}

static struct token next(struct scan *scan)
{
    struct token token = scan_next(scan);
    while (token.kind == TOKEN_COMMENT)
        token = scan_next(scan);
    return token;
}

static bool is_over(const struct token *token)
{
    return token->kind == TOKEN_END || token->kind == TOKEN_FAULT;
}

static int nest(int depth, const struct token *token)
{
    return depth + (token->symbol == '(' || token->symbol == '[') - (token->symbol == ')' || token->symbol == ']');
}

/* Goes past the word, at no depth.  False: the text ends before. */
static bool find(struct scan *scan, const char *word)
{
    int depth = 0;
    for (struct token token = next(scan); !is_over(&token); token = next(scan)) {
        depth = nest(depth, &token);
        if (depth == 0 && token_is(scan->text, &token, word))
            return true;
    }
    return false;
}

static bool is_one_of(const char *text, const struct token *token, const char *const *words)
{
    for (; *words != NULL; words++)
        if (token_is(text, token, *words))
            return true;
    return false;
}

static bool ends(const struct scan *scan, enum written_part part, const struct piece *piece, const struct token *token)
{
    if (token->symbol == ';' || token->symbol == ')')
        return true;
    if (piece->line.length == 0)
        return part == WRITTEN_DEFAULT && token->symbol == ',';
    if (part == WRITTEN_WHERE)
        return piece->line.at[piece->line.length - 1] != '.' && is_one_of(scan->text, token, clauses);
    return part == WRITTEN_DEFAULT && (token->symbol == ',' || is_one_of(scan->text, token, parts));
}

/* False when the text may be too short to hold all of it. */
static bool take(struct scan *scan, enum written_part part, struct piece *piece)
{
    bool grouped = part == WRITTEN_CHECK || part == WRITTEN_AS;
    int depth = 0;
    if (!find(scan, leads[part]))
        return false;
    struct token token = next(scan);
    if (grouped && token.symbol == '(')
        token = next(scan);
    for (; !is_over(&token); token = next(scan)) {
        if (depth == 0 && ends(scan, part, piece, &token))
            return true;
        depth = nest(depth, &token);
        add_token(piece, scan->text, &token);
    }
    return false;
}

const char *written(struct arena *arena, enum written_part part, const char *text, size_t length)
{
    for (size_t size = NEAR;; size *= FURTHER) {
        bool all = size >= length;
        struct arena scratch = {0};
        struct scan scan;
        struct piece piece = {.line = str_new(&scratch)};
        scan_open(&scan, &scratch, text, all ? length : size);
        bool complete = take(&scan, part, &piece);
        const char *line = (complete || all) && piece.line.length > 0 ? arena_strdup(arena, piece.line.at) : NULL;
        scan_close(&scan);
        arena_release(&scratch);
        if (complete || all)
            return line;
    }
}

void written_list(struct arena *arena, const char *word, const char *text, size_t length, struct strings *list)
{
    struct arena scratch = {0};
    struct scan scan;
    struct piece piece = {.line = str_new(&scratch)};
    int depth = 1;
    scan_open(&scan, &scratch, text, length);
    struct token token = find(&scan, word) ? next(&scan) : (struct token){.kind = TOKEN_END};
    while (!is_over(&token) && token.symbol != '(')
        token = next(&scan);
    for (token = next(&scan); !is_over(&token) && depth > 0; token = next(&scan)) {
        depth = nest(depth, &token);
        if (depth > 1 || (depth == 1 && token.symbol != ',')) {
            add_token(&piece, text, &token);
            continue;
        }
        *vec_add(arena, list) = arena_strdup(arena, piece.line.at);
        piece = (struct piece){.line = str_new(&scratch)};
    }
    scan_close(&scan);
    arena_release(&scratch);
}

/* WHEN and THEN of CASE are another matter. */
static int nest_cases(int depth, const char *text, const struct token *token)
{
    return nest(depth, token) + token_is(text, token, "CASE") - token_is(text, token, "END");
}

void written_whens(struct arena *arena, const char *text, size_t length, struct strings *list)
{
    struct arena scratch = {0};
    struct scan scan;
    struct piece piece = {.line = str_new(&scratch)};
    bool within = false, taking = false;
    int depth = 0;
    scan_open(&scan, &scratch, text, length);
    for (struct token token = next(&scan); !is_over(&token) && (depth > 0 || token.symbol != ';'); token = next(&scan)) {
        depth = nest_cases(depth, text, &token);
        if (depth == 0 && within && token_is(text, &token, "THEN")) {
            *vec_add(arena, list) = taking ? arena_strdup(arena, piece.line.at) : NULL;
            within = taking = false;
        } else if (taking) {
            add_token(&piece, text, &token);
        } else if (depth == 0 && token_is(text, &token, "WHEN")) {
            within = true;
            piece = (struct piece){.line = str_new(&scratch)};
        } else if (within) {
            taking = token_is(text, &token, "AND");
        }
    }
    scan_close(&scan);
    arena_release(&scratch);
}

static bool names(struct arena *arena, const char *text, const struct token *token, const char *name)
{
    struct tokens one = {(struct token *)token, 1, 1};
    struct cursor cursor = cursor_new(text, &one);
    const char *schema, *object;
    return cursor_name(arena, &cursor, &schema, &object) && object != NULL && strcmp(object, name) == 0;
}

const char *written_rename(struct arena *arena, const char *expression, const char *from, const char *to)
{
    struct arena scratch = {0};
    struct scan scan;
    struct str out = str_new(arena);
    size_t copied = 0;
    scan_open(&scan, &scratch, expression, strlen(expression));
    struct token token = next(&scan);
    while (!is_over(&token)) {
        struct token after = next(&scan);
        bool name = token.kind == TOKEN_WORD || token.kind == TOKEN_NAME;
        if (name && after.symbol != '(' && names(&scratch, expression, &token, from)) {
            str_add_bytes(&out, expression + copied, token.start - copied);
            identifier_add(&out, to);
            copied = token.start + token.length;
        }
        token = after;
    }
    str_add(&out, expression + copied);
    scan_close(&scan);
    arena_release(&scratch);
    return out.at;
}
