/* The filters that make SQL. */
#include "text/quote.h"
#include "text/template_filter.h"

#include <string.h>
#include <strings.h>

enum { NAME_BYTES = 63 }; /* NAMEDATALEN - 1: the server cuts longer names with no more than a notice */

int template_filter_identifier(const char *text, struct str *out, const char **why)
{
    size_t length = text == NULL ? 0 : strlen(text);
    if (length == 0) {
        *why = "is empty, and a name has at least one character";
        return -1;
    }
    if (length > NAME_BYTES) {
        *why = arena_printf(out->arena, "has %zu bytes, and a name in PostgreSQL has at most %d", length, NAME_BYTES);
        return -1;
    }
    str_add(out, quote_is_needless(text) ? text : quote_identifier(out->arena, text));
    return 0;
}

int template_filter_literal(const char *text, struct str *out, const char **why)
{
    (void)why;
    str_add(out, text == NULL ? "NULL" : quote_literal(out->arena, text));
    return 0;
}

/* Would skein obey this line of a comment: a directive, a marker of a file with both directions? */
static bool is_obeyed(const char *line)
{
    line += strspn(line, " \t");
    if (strncasecmp(line, "skein", 5) == 0)
        return line[5 + strspn(line + 5, " \t")] == ':';
    return str_starts(line, "+++++");
}

/* Ends of line as the server's lexer sees them; an end of a block comment must not come true either. */
int template_filter_comment(const char *text, struct str *out, const char **why)
{
    (void)why;
    for (const char *at = text; at != NULL && *at != '\0';) {
        if (at != text)
            str_add(out, "\n-- ");
        if (is_obeyed(at))
            str_add(out, "> ");
        const char *end = at + strcspn(at, "\r\n");
        for (; at < end; at++) {
            str_add_char(out, *at);
            if ((at[0] == '*' && at[1] == '/') || (at[0] == '/' && at[1] == '*'))
                str_add_char(out, ' ');
        }
        at += str_starts(at, "\r\n") ? 2 : *at != '\0';
    }
    return 0;
}

int template_filter_number(const char *text, struct str *out, const char **why)
{
    const char *at = text == NULL ? "" : text, *start = at;
    at += *at == '-' || *at == '+';
    size_t whole = strspn(at, "0123456789"), fraction = 0;
    at += whole;
    if (whole > 0 && *at == '.') {
        fraction = strspn(at + 1, "0123456789");
        at += fraction > 0 ? 1 + fraction : 0;
    }
    if (whole == 0 || *at != '\0') {
        *why = arena_printf(out->arena, "is \"%s\", and a number was expected, such as 42 or -1.5", start);
        return -1;
    }
    str_add(out, start);
    return 0;
}
