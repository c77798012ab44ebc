#include "sql/effect.h"

#include "sql/cursor.h"

#include <string.h>
#include <strings.h>

#define COUNT(array) (sizeof(array) / sizeof(*(array)))

/* How a command may touch the session.  What is not in the list does. */
enum touch {
    NEVER,   /* whatever its words */
    NAMING,  /* by naming something temporary */
    CALLING, /* by that, or by calling a function */
};

static const struct {
    const char *words;
    enum touch touch;
} commands[] = {
    {"INSERT", CALLING},       {"CREATE", NAMING},         {"ALTER", NEVER},      {"UPDATE", CALLING},
    {"DELETE", CALLING},       {"DROP", NEVER},            {"COMMENT", NEVER},    {"GRANT", NEVER},
    {"REVOKE", NEVER},         {"SELECT", CALLING},        {"WITH", CALLING},     {"TRUNCATE", NEVER},
    {"LOCK", NEVER},           {"SECURITY", NEVER},        {"MERGE", CALLING},    {"REFRESH", NEVER},
    {"REINDEX", NEVER},        {"VACUUM", NEVER},          {"ANALYZE", NEVER},    {"ANALYSE", NEVER},
    {"CLUSTER", NEVER},        {"REPACK", NEVER},          {"REASSIGN", NEVER},   {"IMPORT", NEVER},
    {"CHECKPOINT", NEVER},     {"NOTIFY", NEVER},          {"SAVEPOINT", NEVER},  {"RELEASE", NEVER},
    {"ROLLBACK", NEVER},       {"COMMIT", NEVER},          {"BEGIN", NEVER},      {"START", NEVER},
    {"END", NEVER},            {"ABORT", NEVER},           {"COPY", CALLING},     {"SET LOCAL", NEVER},
    {"SET CONSTRAINTS", NEVER}, {"SET TRANSACTION", NEVER}, {"VALUES", CALLING},
};

/* Functions that migrations call in their queries, and that leave nothing in the session. */
static const char *const harmless[] = {
    "NOW", "GEN_RANDOM_UUID", "COUNT", "SUM", "MIN", "MAX", "AVG", "LOWER", "UPPER", "INITCAP", "LENGTH", "CONCAT",
    "CONCAT_WS", "FORMAT", "MD5", "SHA256", "ENCODE", "DECODE", "REPLACE", "REGEXP_REPLACE", "SPLIT_PART", "LEFT",
    "RIGHT", "LPAD", "RPAD", "BTRIM", "LTRIM", "RTRIM", "REVERSE", "REPEAT", "CHR", "ASCII", "STRPOS", "SUBSTR",
    "TO_CHAR", "TO_DATE", "TO_TIMESTAMP", "TO_NUMBER", "DATE_TRUNC", "DATE_PART", "AGE", "MAKE_INTERVAL",
    "MAKE_DATE", "MAKE_TIMESTAMP", "CLOCK_TIMESTAMP", "ABS", "ROUND", "CEIL", "CEILING", "FLOOR", "MOD", "POWER",
    "RANDOM", "GENERATE_SERIES", "UNNEST", "ARRAY_AGG", "STRING_AGG", "ARRAY_LENGTH", "ARRAY_APPEND",
    "ARRAY_REMOVE", "CARDINALITY", "ROW_NUMBER", "RANK", "DENSE_RANK", "LAG", "LEAD", "FIRST_VALUE", "LAST_VALUE",
    "TO_JSON", "TO_JSONB", "JSONB_SET", "JSON_AGG", "JSONB_AGG", "JSON_BUILD_OBJECT", "JSONB_BUILD_OBJECT",
    "JSONB_BUILD_ARRAY", "JSONB_OBJECT_AGG", "JSONB_ARRAY_ELEMENTS", "JSONB_ARRAY_ELEMENTS_TEXT",
    "JSONB_ARRAY_LENGTH", "JSONB_EACH", "JSONB_TYPEOF", "BOOL_AND", "BOOL_OR", "TO_TSVECTOR", "SETVAL", "NEXTVAL",
    "PG_GET_SERIAL_SEQUENCE", "TO_REGCLASS",
    /* not functions, but words before a parenthesis */
    "AS", "BY", "CONFLICT", "FILTER", "INSERT", "JOIN", "LIKE", "MATERIALIZED", "OVER", "SET",
};

/* Names of the session's own things: temporary tables, their schema, settings. */
static bool is_temporary(const char *text, const struct token *token)
{
    static const char *const words[] = {"TEMP", "TEMPORARY", "SET_CONFIG", "PG_TEMP"};
    for (size_t i = 0; i < COUNT(words); i++)
        if (token_is(text, token, words[i]) ||
            (token->kind == TOKEN_NAME && token->length == strlen(words[i]) + 2 &&
             strncasecmp(text + token->start + 1, words[i], token->length - 2) == 0))
            return true;
    return token->kind == TOKEN_NAME && text[token->start] != '"'; /* U&"…" may be any name */
}

static bool is_harmless(const char *text, const struct token *token)
{
    if (token->keyword)
        return true;
    for (size_t i = 0; i < COUNT(harmless); i++)
        if (token_is(text, token, harmless[i]))
            return true;
    return false;
}

/* Behind INSERT INTO a table, a list of columns looks like a call. */
static void skip_target(struct cursor *cursor)
{
    if (!cursor_take_words(cursor, "INSERT INTO") && !cursor_take(cursor, "COPY"))
        return;
    cursor_skip(cursor);
    while (cursor_take_symbol(cursor, '.'))
        cursor_skip(cursor);
    if (cursor_take(cursor, "AS"))
        cursor_skip(cursor);
    if (cursor_at(cursor, '('))
        cursor_skip(cursor);
}

static bool calls(struct cursor cursor)
{
    skip_target(&cursor);
    for (; cursor.at + 1 < cursor.end; cursor_skip(&cursor)) {
        const struct token *token = cursor.at;
        if (token[1].symbol != '(')
            continue;
        if (token->kind == TOKEN_NAME || (token->kind == TOKEN_WORD && !is_harmless(cursor.text, token)))
            return true;
    }
    return false;
}

/* CREATE TABLE and CREATE MATERIALIZED VIEW … AS run a query now; a view, a function or a rule does not. */
static bool creates_from_query(struct cursor cursor)
{
    if (!cursor_take(&cursor, "CREATE"))
        return false;
    cursor_take(&cursor, "UNLOGGED");
    if (!cursor_is(&cursor, "TABLE") && !cursor_is(&cursor, "MATERIALIZED"))
        return false;
    for (; cursor.at < cursor.end; cursor_skip_group(&cursor))
        if (cursor_take(&cursor, "AS") && !cursor_is(&cursor, "IDENTITY"))
            return true;
    return false;
}

static bool names_temporary(struct cursor cursor)
{
    for (; cursor.at < cursor.end; cursor_skip(&cursor))
        if (is_temporary(cursor.text, cursor.at))
            return true;
    return false;
}

bool effect_on_session(const char *text, const struct tokens *tokens)
{
    struct cursor start = cursor_new(text, tokens);
    for (size_t i = 0; i < COUNT(commands); i++) {
        struct cursor cursor = start;
        if (!cursor_take_words(&cursor, commands[i].words))
            continue;
        if (commands[i].touch == NEVER)
            return false;
        if (names_temporary(cursor))
            return true;
        return commands[i].touch == CALLING ? calls(start) : creates_from_query(start) && calls(start);
    }
    return true;
}
