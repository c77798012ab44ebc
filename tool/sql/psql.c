#include "sql/psql.h"

#include <string.h>

static const struct {
    const char *command; /* what it begins with; the first row that fits counts */
    const char *hint;
} commands[] = {
    {"\\copy", "use INSERT, or COPY from a file on the server"},
    {"\\connect", "a migration runs on the database that skein was started for; take the line out"},
    {"\\c", "a migration runs on the database that skein was started for; take the line out"},
    {"\\ir", "put the SQL of that file here"},
    {"\\i", "put the SQL of that file here"},
    {"\\set", "write the value where it is used"},
    {"\\unset", "write the value where it is used"},
    {"\\.", "data behind COPY ... FROM STDIN is read by psql only; use INSERT"},
    {"\\", "take the line out, or write it in SQL"},
};

static bool command_fits(const char *at, const char *command)
{
    size_t length = strlen(command);
    if (strncmp(at, command, length) != 0)
        return false;
    return length == 1 || command[length - 1] == '.' || strchr(" \t\r\n;", at[length]) != NULL;
}

void psql_name_command(const char *at, struct err *err)
{
    size_t length = 1 + strcspn(at + 1, " \t\r\n;\\");
    err_set(err, ERR_INPUT, "%.*s is a command of psql; the server does not know it",
            (int)(length < 32 ? length : 32), at);
    for (size_t i = 0; i < sizeof(commands) / sizeof(*commands); i++)
        if (command_fits(at, commands[i].command)) {
            err_hint(err, "%s", commands[i].hint);
            break;
        }
}

void psql_name_copy(struct err *err)
{
    err_set(err, ERR_INPUT, "COPY with STDIN or STDOUT needs psql at the other end");
    err_hint(err, "use INSERT, or COPY from a file on the server");
}

bool psql_copies(struct cursor cursor, bool *reads)
{
    if (!cursor_take(&cursor, "COPY"))
        return false;
    for (; cursor.at < cursor.end; cursor_skip_group(&cursor)) {
        *reads = cursor_take(&cursor, "FROM");
        if ((*reads || cursor_take(&cursor, "TO")) && (cursor_is(&cursor, "STDIN") || cursor_is(&cursor, "STDOUT")))
            return true;
    }
    return false;
}

const struct token *psql_find_command(const struct tokens *tokens)
{
    vec_each(token, tokens)
        if (token->symbol == '\\')
            return token;
    return NULL;
}

static size_t line_end(const char *text, size_t length, size_t from)
{
    const char *end = memchr(text + from, '\n', length - from);
    return end == NULL ? length : (size_t)(end - text);
}

size_t psql_data_end(const char *text, size_t length, size_t from)
{
    for (size_t at = line_end(text, length, from); at < length;) {
        size_t start = at + 1, end = line_end(text, length, start);
        size_t size = end - start - (end > start && text[end - 1] == '\r');
        if (size == 2 && memcmp(text + start, "\\.", 2) == 0)
            return end;
        at = end;
    }
    return from;
}

size_t psql_command_end(const char *text, size_t length, const struct tokens *tokens, const struct token *command)
{
    size_t end = line_end(text, length, command->start);
    struct cursor cursor = cursor_new(text, tokens);
    bool reads;
    cursor.at = command + 1;
    while (cursor.end > cursor.at && cursor.end[-1].start >= end)
        cursor.end--;
    if (!psql_copies(cursor, &reads) || !reads)
        return end;
    size_t behind = psql_data_end(text, length, command->start);
    return behind == command->start ? end : behind;
}
