#include "sql/directive.h"

#include "base/str.h"
#include "sql/refuse.h"
#include "text/nearest.h"

#include <string.h>

static const char NO_TRANSACTION[] = "no-transaction", REPEATABLE[] = "repeatable", IGNORE[] = "ignore";

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* The prefix and the blanks behind it. */
static bool take(struct span *span, const char *prefix)
{
    if (!span_take(span, prefix))
        return false;
    *span = span_trim(*span);
    return true;
}

static bool is_alone_on_line(const struct script *script, size_t at)
{
    while (at > 0 && is_blank(script->text[at - 1]))
        at--;
    return at == 0 || script->text[at - 1] == '\n' || script->text[at - 1] == '\r';
}

static int unknown(const struct script *script, const struct token *comment, struct span word, struct err *err)
{
    const char *known[] = {NO_TRANSACTION, REPEATABLE, IGNORE};
    struct strings words = {known, 3, 3};
    char *text = arena_strndup(err->arena, word.at, word.length < 64 ? word.length : 64);
    const char *nearest = nearest_find(text, &words);
    err_set(err, ERR_INPUT, "unknown directive \"%s\"", text);
    if (nearest != NULL)
        err_hint(err, "did you mean \"-- skein: %s\"?", nearest);
    else
        err_hint(err, "known are \"-- skein: no-transaction\", \"-- skein: repeatable\" and \"-- skein: ignore ...\"");
    return refuse_at(script, comment->start, err);
}

static int misplaced(const struct script *script, const struct token *comment, const char *directive, const char *hint,
                     struct err *err)
{
    err_set(err, ERR_INPUT, "the directive %s has no effect here", directive);
    err_hint(err, "%s", hint);
    return refuse_at(script, comment->start, err);
}

static int read_no_transaction(const struct script *script, const struct token *comment, size_t first,
                               struct directives *directives, struct err *err)
{
    if (comment->start > first || !is_alone_on_line(script, comment->start))
        return misplaced(script, comment, NO_TRANSACTION, "put it on a line of its own before the first statement", err);
    directives->no_transaction = true;
    directives->no_transaction_at = comment->start;
    return 0;
}

static int read_repeatable(const struct script *script, const struct token *comment, size_t next,
                           struct directives *directives, struct err *err)
{
    if (comment->start > next || next == script->length || !is_alone_on_line(script, comment->start))
        return misplaced(script, comment, REPEATABLE,
                         "put it on a line of its own before the statement that may be run a second time", err);
    directives->repeatable = true;
    return 0;
}

static int read_comment(const struct script *script, const struct token *comment, size_t first, size_t next,
                        struct directives *directives, struct err *err)
{
    struct span words = {script->text + comment->start, comment->length};
    if (!take(&words, "--") || !take(&words, "skein") || !take(&words, ":"))
        return 0;
    struct span rest = words;
    if (take(&rest, IGNORE) && (rest.length == 0 || rest.at > words.at + strlen(IGNORE)))
        return 0;
    rest = words;
    if (take(&rest, NO_TRANSACTION) && rest.length == 0)
        return read_no_transaction(script, comment, first, directives, err);
    rest = words;
    if (take(&rest, REPEATABLE) && rest.length == 0)
        return read_repeatable(script, comment, next, directives, err);
    return unknown(script, comment, words, err);
}

int directive_read(const struct script *script, const struct tokens *comments, size_t first, size_t next,
                   struct directives *directives, struct err *err)
{
    directives->repeatable = false;
    vec_each(comment, comments)
        if (read_comment(script, comment, first, next, directives, err) != 0)
            return -1;
    return 0;
}
