#include "sql/highlight.h"

#include "sql/scan.h"
#include "text/template_filter.h"

#include <ctype.h>

static void add(struct str *out, struct arena *scratch, const char *text, size_t length)
{
    if (length > 0)
        template_filter_html(arena_strndup(scratch, text, length), out, NULL);
}

/* Words that are written in capitals are meant as keywords, too: many may be names as well. */
static bool is_keyword(const char *text, const struct token *token)
{
    if (token->kind != TOKEN_WORD)
        return false;
    for (size_t i = 0; i < token->length && !token->keyword; i++)
        if (!isupper((unsigned char)text[token->start + i]) && text[token->start + i] != '_')
            return false;
    return token->keyword || token->length > 1;
}

static char class_of(const char *text, const struct token *token)
{
    switch (token->kind) {
    case TOKEN_STRING: case TOKEN_BITS: return 's';
    case TOKEN_NUMBER: return 'n';
    case TOKEN_COMMENT: return 'c';
    default: return is_keyword(text, token) ? 'w' : '\0';
    }
}

/* What stands between the tokens is blank; behind a fault everything is plain. */
void highlight_html(const char *text, size_t length, struct str *out)
{
    struct arena scratch = {0};
    struct scan scan;
    size_t at = 0;
    scan_open(&scan, &scratch, text, length);
    for (struct token token = scan_next(&scan); token.kind != TOKEN_END && token.kind != TOKEN_FAULT;
         token = scan_next(&scan)) {
        char class = class_of(text, &token);
        if (class == '\0')
            continue;
        add(out, &scratch, text + at, token.start - at);
        str_addf(out, "<span class=\"%c\">", class);
        add(out, &scratch, text + token.start, token.length);
        str_add(out, "</span>");
        at = token.start + token.length;
    }
    scan_close(&scan);
    add(out, &scratch, text + at, length - at);
    arena_release(&scratch);
}
