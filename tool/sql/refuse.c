#include "sql/refuse.h"

#include "sql/cursor.h"

#include <string.h>

static const struct {
    const char *command; /* what it begins with; the first row that fits counts */
    const char *hint;
} psql_commands[] = {
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

int refuse_at(const struct script *script, size_t offset, struct err *err)
{
    struct place place = script_place(script, offset);
    err_at(err, place.file, place.line, place.column);
    err->source_line = script_line(err->arena, script, offset);
    return -1;
}

static bool command_fits(const char *at, const char *command)
{
    size_t length = strlen(command);
    if (strncmp(at, command, length) != 0)
        return false;
    return length == 1 || command[length - 1] == '.' || strchr(" \t\r\n;", at[length]) != NULL;
}

static int refuse_command(const struct script *script, const struct token *token, struct err *err)
{
    const char *at = script->text + token->start;
    size_t length = 1 + strcspn(at + 1, " \t\r\n;\\");
    err_set(err, ERR_INPUT, "%.*s is a command of psql; the server does not know it",
            (int)(length < 32 ? length : 32), at);
    for (size_t i = 0; i < sizeof(psql_commands) / sizeof(*psql_commands); i++)
        if (command_fits(at, psql_commands[i].command)) {
            err_hint(err, "%s", psql_commands[i].hint);
            break;
        }
    return refuse_at(script, token->start, err);
}

/*
 * :name, :'name' and :"name", where SQL has no colon: outside of the brackets of an array slice and of the
 * JSON functions that take key : value.
 */
static const struct token *find_variable(struct cursor cursor)
{
    static const char *const json[] = {"JSON_OBJECT", "JSON_OBJECTAGG"};
    int brackets = 0;
    for (; cursor.at + 1 < cursor.end; cursor_skip(&cursor)) {
        for (size_t i = 0; i < sizeof(json) / sizeof(*json); i++)
            if (cursor_is(&cursor, json[i]))
                return NULL;
        brackets += cursor_at(&cursor, '[');
        brackets -= cursor_at(&cursor, ']');
        const struct token *next = cursor.at + 1;
        bool names = next->kind == TOKEN_WORD || next->kind == TOKEN_STRING || next->kind == TOKEN_NAME;
        if (brackets <= 0 && cursor_at(&cursor, ':') && names && next->start == cursor.at->start + 1)
            return cursor.at;
    }
    return NULL;
}

static int refuse_variable(const struct script *script, const struct token *token, struct err *err)
{
    const struct token *name = token + 1;
    err_set(err, ERR_INPUT, ":%.*s is a variable of psql; the server does not know it",
            (int)(name->length < 64 ? name->length : 64), script->text + name->start);
    err_hint(err, "write the value where it is used");
    return refuse_at(script, token->start, err);
}

/* COPY … FROM STDIN or TO STDOUT (the server takes either word on either side). */
static bool copies_through_client(struct cursor cursor)
{
    if (!cursor_take(&cursor, "COPY"))
        return false;
    for (; cursor.at < cursor.end; cursor_skip_group(&cursor))
        if ((cursor_take(&cursor, "FROM") || cursor_take(&cursor, "TO")) &&
            (cursor_is(&cursor, "STDIN") || cursor_is(&cursor, "STDOUT")))
            return true;
    return false;
}

int refuse_check(const struct script *script, const struct tokens *tokens, struct err *err)
{
    struct cursor cursor = cursor_new(script->text, tokens);
    size_t start = tokens->count > 0 ? tokens->at[0].start : 0;
    if (copies_through_client(cursor)) {
        err_set(err, ERR_INPUT, "COPY with STDIN or STDOUT needs psql at the other end");
        err_hint(err, "use INSERT, or COPY from a file on the server");
        return refuse_at(script, start, err);
    }
    if (cursor_take_words(&cursor, "PREPARE TRANSACTION")) {
        err_set(err, ERR_INPUT, "PREPARE TRANSACTION would leave the migration's work neither done nor undone");
        err_hint(err, "end the transaction with COMMIT");
        return refuse_at(script, start, err);
    }
    bool colon = false;
    vec_each(token, tokens) {
        if (token->symbol == '\\')
            return refuse_command(script, token, err);
        colon |= token->symbol == ':';
    }
    const struct token *variable = colon ? find_variable(cursor_new(script->text, tokens)) : NULL;
    return variable == NULL ? 0 : refuse_variable(script, variable, err);
}
