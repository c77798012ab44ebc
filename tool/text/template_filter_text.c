/* The filters that make HTML, Markdown and addresses. */
#include "text/template_filter.h"

#include <ctype.h>
#include <string.h>

static const char BLANKS[] = " \t\r\n\f\v";

static const char *entity(char c)
{
    switch (c) {
    case '&': return "&amp;";
    case '<': return "&lt;";
    case '>': return "&gt;";
    case '"': return "&quot;";
    default: return "&#39;";
    }
}

int template_filter_html(const char *text, struct str *out, const char **why)
{
    (void)why;
    while (text != NULL && *text != '\0') {
        size_t harmless = strcspn(text, "&<>\"'");
        str_add_bytes(out, text, harmless);
        text += harmless;
        if (*text != '\0')
            str_add(out, entity(*text++));
    }
    return 0;
}

/* The unreserved characters of RFC 3986, and the slash between segments. */
int template_filter_url(const char *text, struct str *out, const char **why)
{
    (void)why;
    for (; text != NULL && *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < 0x80 && (isalnum(c) || strchr("-._~/", c) != NULL))
            str_add_char(out, *text);
        else
            str_addf(out, "%%%02X", c);
    }
    return 0;
}

int template_filter_line(const char *text, struct str *out, const char **why)
{
    (void)why;
    size_t start = out->length;
    while (text != NULL && *(text += strspn(text, BLANKS)) != '\0') {
        size_t word = strcspn(text, BLANKS);
        if (out->length > start)
            str_add_char(out, ' ');
        str_add_bytes(out, text, word);
        text += word;
    }
    return 0;
}

static bool is_word(char c)
{
    return (c & 0x80) != 0 || isalnum((unsigned char)c);
}

/*
 * Characters that mean something wherever they stand: by CommonMark and GitHub's tables and strike-through.  An
 * underscore in a word, as in names of tables, means nothing.
 */
static bool means_something(const char *text, const char *at)
{
    if (*at == '_')
        return at == text || !is_word(at[-1]) || !is_word(at[1]);
    if (*at == '&')
        return at[1] == '#' || isalnum((unsigned char)at[1]);
    return strchr("\\`*[]<>|~", *at) != NULL;
}

/* The character that makes a block of a line that begins with it: a heading, a list, a rule; NULL when none does. */
static const char *block_mark(const char *line)
{
    size_t digits = strspn(line, "0123456789");
    if (digits > 0)
        return line[digits] == '.' || line[digits] == ')' ? line + digits : NULL;
    return *line != '\0' && strchr("#+-=:", *line) != NULL ? line : NULL;
}

static const char *markdown_line(const char *text, const char *at, struct str *out)
{
    at += strspn(at, " \t");
    for (const char *mark = block_mark(at); *at != '\0' && *at != '\n'; at++) {
        if (at == mark || means_something(text, at))
            str_add_char(out, '\\');
        str_add_char(out, *at);
    }
    return at;
}

int template_filter_markdown(const char *text, struct str *out, const char **why)
{
    (void)why;
    for (const char *at = text; at != NULL && *at != '\0';) {
        at = markdown_line(text, at, out);
        if (*at == '\n')
            str_add_char(out, *at++);
    }
    return 0;
}

static size_t longest_run(const char *text, char c)
{
    size_t longest = 0;
    for (size_t run = 0; *text != '\0'; text++) {
        run = *text == c ? run + 1 : 0;
        longest = run > longest ? run : longest;
    }
    return longest;
}

static void add_repeated(struct str *out, char c, size_t times)
{
    while (times-- > 0)
        str_add_char(out, c);
}

/* A span cannot be empty, ends where as many backticks stand as it began with, and loses one blank at both ends. */
int template_filter_code(const char *text, struct str *out, const char **why)
{
    (void)why;
    if (text == NULL || *text == '\0')
        return 0;
    size_t length = strlen(text), fence = longest_run(text, '`') + 1;
    bool padded = strchr("` \n\r", *text) != NULL || strchr("` \n\r", text[length - 1]) != NULL;
    add_repeated(out, '`', fence);
    add_repeated(out, ' ', padded);
    for (size_t i = 0; i < length; i++)
        str_add_char(out, text[i] == '\n' || text[i] == '\r' ? ' ' : text[i]);
    add_repeated(out, ' ', padded);
    add_repeated(out, '`', fence);
    return 0;
}

int template_filter_cell(const char *text, struct str *out, const char **why)
{
    (void)why;
    bool escaped = false;
    for (; text != NULL && *text != '\0'; text++) {
        if (*text == '|' && !escaped)
            str_add_char(out, '\\');
        escaped = *text == '\\' && !escaped;
        str_add_char(out, *text == '\n' || *text == '\r' ? ' ' : *text);
    }
    return 0;
}
