/* Places that the tree does not tell: of statements behind their comments, of the subcommands of ALTER TABLE. */
#include "sql/tree.h"

#include <string.h>

static bool is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

static bool is_name(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || (unsigned char)c > 127;
}

static size_t skip_comment(const char *sql, size_t at, size_t end)
{
    int depth = 0;
    do {
        bool opens = sql[at] == '/' && sql[at + 1] == '*', closes = sql[at] == '*' && sql[at + 1] == '/';
        depth += opens - closes;
        at += opens || closes ? 2 : 1;
    } while (depth > 0 && at < end);
    return at;
}

size_t tree_skip_blank(const char *sql, size_t at, size_t end)
{
    while (at < end) {
        if (is_blank(sql[at]))
            at++;
        else if (sql[at] == '-' && sql[at + 1] == '-')
            at += strcspn(sql + at, "\n\r");
        else if (sql[at] == '/' && sql[at + 1] == '*')
            at = skip_comment(sql, at, end);
        else
            break;
    }
    return at < end ? at : end;
}

/* Past a text in quotes; a doubled quote is two texts, which comes to the same. */
static size_t skip_quoted(const char *sql, size_t at, size_t end)
{
    char quote = sql[at];
    bool escapes = quote == '\'' && at > 0 && (sql[at - 1] == 'e' || sql[at - 1] == 'E') && (at < 2 || !is_name(sql[at - 2]));
    for (at++; at < end && sql[at] != quote; at++)
        at += escapes && sql[at] == '\\';
    return at + 1;
}

/* Past $tag$ … $tag$, or past the sign alone. */
static size_t skip_dollar(const char *sql, size_t at, size_t end)
{
    size_t length = 1;
    while (at + length < end && is_name(sql[at + length]))
        length++;
    if (sql[at + length] != '$' || (at > 0 && is_name(sql[at - 1])) || (sql[at + 1] >= '0' && sql[at + 1] <= '9'))
        return at + 1;
    length++;
    const char *close = memmem(sql + at + length, end - at - length, sql + at, length);
    return close == NULL ? end : (size_t)(close - sql) + length;
}

static size_t skip_token(const char *sql, size_t at, size_t end)
{
    if (sql[at] == '\'' || sql[at] == '"')
        return skip_quoted(sql, at, end);
    return sql[at] == '$' ? skip_dollar(sql, at, end) : at + 1;
}

/* Past a name with its schema, and what may stand around it: ONLY (name), name *. */
static size_t skip_name(const char *sql, size_t at, size_t end)
{
    bool dot = true;
    while (at < end && dot) {
        if (sql[at] == '"')
            while (at < end && sql[at] == '"')
                at = skip_quoted(sql, at, end);
        else
            while (at < end && (is_name(sql[at]) || sql[at] == '$' || sql[at] == '&' || sql[at] == '"'))
                at = sql[at] == '"' ? skip_quoted(sql, at, end) : at + 1;
        at = tree_skip_blank(sql, at, end);
        dot = at < end && sql[at] == '.';
        at = dot ? tree_skip_blank(sql, at + 1, end) : at;
    }
    if (at < end && (sql[at] == ')' || sql[at] == '*'))
        at = tree_skip_blank(sql, at + 1, end);
    return at < end ? at : end;
}

size_t tree_first_subcommand(const struct tree *tree, const RangeVar *relation)
{
    if (!tree->located || relation->location < 0)
        return tree->common.at;
    return skip_name(tree->text, tree_at(tree, relation->location), tree->length);
}

size_t tree_next_subcommand(const struct tree *tree, size_t at)
{
    const char *sql = tree->text;
    int depth = 0;
    if (!tree->located)
        return tree->common.at;
    while (at < tree->length && (depth > 0 || sql[at] != ',')) {
        depth += sql[at] == '(' || sql[at] == '[';
        depth -= sql[at] == ')' || sql[at] == ']';
        size_t next = tree_skip_blank(sql, at, tree->length);
        at = next > at ? next : skip_token(sql, at, tree->length);
    }
    return at < tree->length ? tree_skip_blank(sql, at + 1, tree->length) : tree->common.at;
}
