#include "sql/ignore.h"

#include "base/str.h"
#include "sql/scan.h"

#include <stdint.h>
#include <string.h>

static const char SKEIN[] = "skein:", IGNORE[] = "ignore", SQUAWK[] = "squawk-ignore", WHOLE_FILE[] = "-file";

/* What stands in a comment of either kind. */
static struct span content_of(const char *text, const struct token *token)
{
    struct span span = {text + token->start, token->length};
    if (!span_take(&span, "--") && span_take(&span, "/*"))
        span.length -= span.length >= 2 ? 2 : 0;
    span = span_trim(span);
    return span;
}

/* "a, b,c and the rest": the names between commas, and what follows the last of them. */
static struct span take_names(struct arena *arena, struct span rest, struct strings *names)
{
    bool more = true;
    while (more && rest.length > 0) {
        size_t end = 0;
        while (end < rest.length && !str_is_blank(rest.at[end]) && rest.at[end] != ',')
            end++;
        if (end > 0)
            *vec_add(arena, names) = arena_strndup(arena, rest.at, end);
        rest = (struct span){rest.at + end, rest.length - end};
        rest = span_trim(rest);
        more = span_take(&rest, ",");
        rest = span_trim(rest);
    }
    return rest;
}

static bool ends_word(const struct span *span)
{
    return span->length == 0 || str_is_blank(*span->at) || *span->at == ':';
}

static bool read_ignore(struct arena *arena, struct span content, struct ignore *ignore)
{
    if (span_take(&content, SKEIN)) {
        content = span_trim(content);
        if (!span_take(&content, IGNORE) || !ends_word(&content))
            return false;
    } else if (span_take(&content, SQUAWK)) {
        ignore->squawk = true;
        ignore->whole_file = span_take(&content, WHOLE_FILE);
        if (!ends_word(&content))
            return false;
        span_take(&content, ":");
    } else {
        return false;
    }
    content = span_trim(content);
    struct span reason = take_names(arena, content, &ignore->rules);
    ignore->reason = reason.length > 0 ? arena_strndup(arena, reason.at, reason.length) : NULL;
    return true;
}

/* Does nothing but blanks and comments stand between a statement's end and this place, on one line? */
static bool is_behind(const char *text, const struct action *action, size_t at)
{
    size_t end = action->start + action->length;
    return memchr(text + end, '\n', at - end) == NULL;
}

static size_t statement_of(const char *text, const struct actions *actions, size_t at)
{
    const struct action *before = NULL, *after = NULL;
    vec_each(action, actions) {
        if (action->kind == ACTION_END)
            break;
        if (action->start > at) {
            after = action;
            break;
        }
        before = action;
    }
    if (before != NULL && (at < before->start + before->length || is_behind(text, before, at)))
        return before->statement;
    return after != NULL ? after->statement : SIZE_MAX;
}

/* Of DO and CREATE FUNCTION the strings are SQL, where comments are comments. */
static bool has_body(const struct actions *actions, size_t at)
{
    vec_each(action, actions)
        if (at >= action->start && at < action->start + action->length)
            return action->kind == ACTION_DO || action->kind == ACTION_CREATE_FUNCTION;
    return false;
}

/* What stands between the dollars; nothing for strings of other kinds. */
static struct span body_of(const char *text, const struct token *token)
{
    struct span body = {text + token->start, token->length};
    const char *tag = body.length > 1 && *body.at == '$' ? memchr(body.at + 1, '$', body.length - 1) : NULL;
    size_t length = tag == NULL ? 0 : (size_t)(tag - body.at) + 1;
    if (length == 0 || body.length < 2 * length)
        return (struct span){body.at, 0};
    return (struct span){body.at + length, body.length - 2 * length};
}

struct ignores_reading {
    struct arena *arena;
    const char *text;
    const struct actions *actions;
    struct ignores *ignores;
};

static void read_part(const struct ignores_reading *reading, struct span part, int depth)
{
    enum { DEEPEST = 8 };
    struct arena work = {0};
    struct scan scan;
    size_t base = (size_t)(part.at - reading->text);
    scan_open(&scan, &work, depth == 0 ? part.at : arena_strndup(&work, part.at, part.length), part.length);
    for (struct token token = scan_next(&scan); token.kind != TOKEN_END && token.kind != TOKEN_FAULT;
         token = scan_next(&scan)) {
        token.start += base;
        struct ignore ignore = {.at = token.start};
        struct span body = token.kind == TOKEN_STRING ? body_of(reading->text, &token) : (struct span){NULL, 0};
        if (body.length > 0 && depth < DEEPEST && (depth > 0 || has_body(reading->actions, token.start)))
            read_part(reading, body, depth + 1);
        if (token.kind != TOKEN_COMMENT || !read_ignore(reading->arena, content_of(reading->text, &token), &ignore))
            continue;
        ignore.statement = statement_of(reading->text, reading->actions, token.start);
        *vec_add(reading->arena, reading->ignores) = ignore;
    }
    scan_close(&scan);
    arena_release(&work);
}

void ignores_read(struct arena *arena, const char *text, size_t length, const struct actions *actions,
                  struct ignores *ignores)
{
    struct ignores_reading reading = {arena, text, actions, ignores};
    bool commented = strstr(text, "--") != NULL || strstr(text, "/*") != NULL;
    if (commented && (strcasestr(text, SKEIN) != NULL || strcasestr(text, SQUAWK) != NULL))
        read_part(&reading, (struct span){text, length}, 0);
}
