#include "sql/refuse.h"

#include "sql/psql.h"

int refuse_at(const struct script *script, size_t offset, struct err *err)
{
    struct place place = script_place(script, offset);
    err_at(err, place.file, place.line, place.column);
    err->source_line = script_line(err->arena, script, offset);
    return -1;
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

int refuse_check(const struct script *script, const struct tokens *tokens, struct err *err)
{
    struct cursor cursor = cursor_new(script->text, tokens);
    size_t start = tokens->count > 0 ? tokens->at[0].start : 0;
    bool reads;
    if (psql_copies(cursor, &reads)) {
        psql_name_copy(err);
        return refuse_at(script, start, err);
    }
    if (cursor_take_words(&cursor, "PREPARE TRANSACTION")) {
        err_set(err, ERR_INPUT, "PREPARE TRANSACTION would leave the migration's work neither done nor undone");
        err_hint(err, "end the transaction with COMMIT");
        return refuse_at(script, start, err);
    }
    bool colon = false;
    vec_each(token, tokens) {
        if (token->symbol == '\\') {
            psql_name_command(script->text + token->start, err);
            return refuse_at(script, token->start, err);
        }
        colon |= token->symbol == ':';
    }
    const struct token *variable = colon ? find_variable(cursor_new(script->text, tokens)) : NULL;
    return variable == NULL ? 0 : refuse_variable(script, variable, err);
}
