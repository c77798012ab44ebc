#include "sql/scan.h"

#include "sql/tree_lexer.h"

#include <pg_query.h>
#include <string.h>

enum { WINDOW = 64 * 1024, NARROW = 16 };

static const char UNTERMINATED[] = "unterminated";

/* What one call of the lexer gave: tokens, or the first byte that it refuses. */
struct lexed {
    struct tokens tokens;
    const char *fault;
    size_t fault_offset;
    bool misplaced; /* the lexer did not say where */
};

static bool starts(const char *message, const char *with)
{
    return strncmp(message, with, strlen(with)) == 0;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f' || c == '\v';
}

/* The lexer counts characters from 1. */
static size_t bytes_of(const char *text, int position)
{
    size_t at = 0;
    for (int characters = 1; characters < position && text[at] != '\0'; characters++) {
        at++;
        while (((unsigned char)text[at] & 0xC0) == 0x80)
            at++;
    }
    return at;
}

/* The tokens of a text that is one window need not be thrown away before the rest. */
static struct arena *memory(struct scan *scan)
{
    return scan->length <= scan->size ? scan->arena : &scan->window;
}

static bool is_name_char(char c)
{
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' ||
           ((unsigned char)c & 0x80) != 0;
}

/*
 * Writes 0 over each number with what is stuck to it, so that 1_000 and 0xFF of newer servers look like
 * numbers here.  In strings and comments it does no harm: only the places of tokens are taken from this copy.
 */
static void flatten_numbers(char *text)
{
    for (char *at = text; *at != '\0';) {
        bool number = *at >= '0' && *at <= '9' && (at == text || (at[-1] != '\\' && at[-1] != '$'));
        char *end = at + 1;
        while (is_name_char(*at) && is_name_char(*end))
            end++;
        if (number)
            memset(at, '0', (size_t)(end - at));
        at = end;
    }
}

/* What the lexer says against a text; false when it says nothing. */
static bool find_fault(struct scan *scan, const char *text, struct lexed *lexed)
{
    PgQueryScanResult result = pg_query_scan(text);
    bool found = result.error != NULL;
    if (found) {
        lexed->fault = arena_strdup(scan->arena, result.error->message);
        lexed->fault_offset = scan->next + bytes_of(text, result.error->cursorpos);
        lexed->misplaced = result.error->cursorpos <= 0;
    }
    pg_query_free_scan_result(result);
    return found;
}

static struct lexed lex(struct scan *scan, size_t end)
{
    struct lexed lexed = {0};
    struct arena *arena = memory(scan);
    char *text = arena_strndup(arena, scan->text + scan->next, end - scan->next);
    if (tree_lexer_read(arena, text, scan->next, &lexed.tokens))
        return lexed;
    lexed.tokens.count = 0;
    if (find_fault(scan, text, &lexed) && starts(lexed.fault, "trailing junk after numeric literal")) {
        flatten_numbers(text);
        lexed = (struct lexed){0};
        if (!tree_lexer_read(arena, text, scan->next, &lexed.tokens)) {
            lexed.tokens.count = 0;
            find_fault(scan, text, &lexed);
        }
    }
    return lexed;
}

/* A window ends behind white space or one of these: only a string or a comment can reach across. */
static bool is_border(char c)
{
    return is_space(c) || c == ',' || c == ';' || c == '(' || c == ')';
}

static size_t window_end(const struct scan *scan, size_t size)
{
    if (size >= scan->length - scan->next)
        return scan->length;
    size_t end = scan->next + size;
    while (end < scan->length && !is_border(scan->text[end - 1]))
        end++;
    return end;
}

/* A string may go on in its next line, and a comment up to its end: not known before the text behind is. */
static bool is_open(const struct token *last, size_t end)
{
    return last->kind == TOKEN_STRING || last->kind == TOKEN_BITS ||
           (last->kind == TOKEN_COMMENT && last->start + last->length == end);
}

/* Keeps what stands before the fault; the fault itself follows when those tokens are used up. */
static void stop_at(struct scan *scan, struct lexed lexed)
{
    scan->fault = lexed.fault;
    scan->fault_offset = lexed.fault_offset;
    scan->hint = starts(lexed.fault, UNTERMINATED) ? "what begins here has no end" : NULL;
    size_t end = scan->length + 1;
    while (lexed.fault != NULL && lexed.fault_offset < end) {
        end = lexed.fault_offset;
        lexed = lex(scan, end);
    }
    scan->tokens = lexed.tokens;
    scan->next = scan->length;
}

/* The tokens of the next window, which is made larger until it holds a whole token. */
static void refill(struct scan *scan)
{
    for (size_t size = scan->size;; size *= 2) {
        arena_release(&scan->window);
        size_t end = window_end(scan, size);
        struct lexed lexed = lex(scan, end);
        if (lexed.fault != NULL) {
            if (starts(lexed.fault, UNTERMINATED) && end < scan->length)
                continue;
            if (lexed.misplaced && scan->size > 1) {
                scan->size = scan->size > NARROW ? scan->size / NARROW : 1; /* a small window begins near it */
                refill(scan);
                return;
            }
            stop_at(scan, lexed);
            break;
        }
        scan->tokens = lexed.tokens;
        scan->next = end;
        if (end == scan->length || lexed.tokens.count == 0)
            break;
        const struct token *last = &lexed.tokens.at[lexed.tokens.count - 1];
        if (!is_open(last, end))
            break;
        scan->next = last->start;
        scan->tokens.count--;
        if (scan->tokens.count > 0)
            break;
    }
    scan->at = 0;
}

void scan_open(struct scan *scan, struct arena *arena, const char *text, size_t length)
{
    *scan = (struct scan){.arena = arena, .text = text, .length = length, .size = WINDOW};
}

/*
 * The server lets a string go on behind a comment that ends its line; the lexer here sees two strings, and
 * reads backslashes in the second one in another way.
 */
static bool goes_on_unseen(struct scan *scan, const struct token *token)
{
    const char *at = scan->text + token->start;
    if (token->kind == TOKEN_COMMENT)
        return false;
    bool goes_on = scan->escapes && token->kind == TOKEN_STRING && *at == '\'';
    scan->escapes = goes_on || (token->kind == TOKEN_STRING && (*at == 'e' || *at == 'E'));
    return goes_on && memchr(at, '\\', token->length) != NULL;
}

struct token scan_next(struct scan *scan)
{
    while (scan->at == scan->tokens.count && scan->next < scan->length)
        refill(scan);
    if (scan->at < scan->tokens.count) {
        const struct token *token = &scan->tokens.at[scan->at++];
        if (!goes_on_unseen(scan, token))
            return *token;
        scan->fault = "a string with backslashes goes on behind a comment";
        scan->fault_offset = token->start;
        scan->hint = "write it as one string";
        scan->at = scan->tokens.count;
        scan->next = scan->length;
    }
    if (scan->fault != NULL)
        return (struct token){.kind = TOKEN_FAULT, .start = scan->fault_offset};
    return (struct token){.kind = TOKEN_END, .start = scan->length};
}

void scan_close(struct scan *scan)
{
    arena_release(&scan->window);
}
