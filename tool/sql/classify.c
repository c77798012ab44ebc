#include "sql/classify.h"

#include "sql/cursor.h"
#include "sql/flag.h"

#include <string.h>

const char *const statement_kind_names[STATEMENT_KINDS] = {
    [STATEMENT_PLAIN] = "statement",
    [STATEMENT_BEGIN] = "BEGIN",
    [STATEMENT_COMMIT] = "COMMIT",
    [STATEMENT_ROLLBACK] = "ROLLBACK",
    [STATEMENT_CHAIN] = "COMMIT AND CHAIN",
    [STATEMENT_CREATE_INDEX_CONCURRENTLY] = "CREATE INDEX CONCURRENTLY",
    [STATEMENT_DROP_INDEX_CONCURRENTLY] = "DROP INDEX CONCURRENTLY",
    [STATEMENT_REINDEX_CONCURRENTLY] = "REINDEX CONCURRENTLY",
    [STATEMENT_REINDEX_MANY] = "REINDEX SCHEMA, DATABASE or SYSTEM",
    [STATEMENT_ADD_ENUM_VALUE] = "ALTER TYPE ... ADD VALUE",
    [STATEMENT_VACUUM] = "VACUUM",
    [STATEMENT_CLUSTER_ALL] = "CLUSTER without a table",
    [STATEMENT_DETACH_CONCURRENTLY] = "DETACH PARTITION CONCURRENTLY",
    [STATEMENT_CREATE_DATABASE] = "CREATE DATABASE",
    [STATEMENT_DROP_DATABASE] = "DROP DATABASE",
    [STATEMENT_OTHER_NOT_TRANSACTIONAL] = "a statement that cannot run in a transaction",
};

bool classify_is_alone(enum statement_kind kind)
{
    return kind > STATEMENT_CHAIN && kind != STATEMENT_ADD_ENUM_VALUE;
}

/*
 * A reader starts behind the words of its row and fills in the object.  It answers false when the statement
 * may run in a transaction after all.
 */
typedef bool reader(struct arena *arena, struct cursor *cursor, struct statement *statement);

static bool read_object(struct arena *arena, struct cursor *cursor, struct statement *statement)
{
    statement->if_exists |= cursor_take_words(cursor, "IF EXISTS");
    cursor_name(arena, cursor, &statement->schema, &statement->object);
    return true;
}

static void read_table(struct arena *arena, struct cursor *cursor, struct statement *statement)
{
    cursor_take(cursor, "ONLY");
    cursor_name(arena, cursor, &statement->table_schema, &statement->table);
    cursor_take_symbol(cursor, '*');
}

static bool create_index(struct arena *arena, struct cursor *cursor, struct statement *statement)
{
    statement->if_exists = cursor_take_words(cursor, "IF NOT EXISTS");
    if (!cursor_is(cursor, "ON"))
        cursor_name(arena, cursor, &statement->schema, &statement->object);
    if (cursor_take(cursor, "ON"))
        read_table(arena, cursor, statement);
    statement->schema = statement->table_schema; /* an index lives where its table does */
    return true;
}

static bool reindex(struct arena *arena, struct cursor *cursor, struct statement *statement)
{
    static const struct {
        const char *word;
        bool many;
    } whats[] = {{"INDEX", false}, {"TABLE", false}, {"SCHEMA", true}, {"DATABASE", true}, {"SYSTEM", true}};
    bool concurrently = flag_read(cursor, "CONCURRENTLY", false);
    for (size_t i = 0; i < sizeof(whats) / sizeof(*whats); i++) {
        if (!cursor_take(cursor, whats[i].word))
            continue;
        concurrently |= cursor_take(cursor, "CONCURRENTLY");
        statement->what_object = whats[i].word;
        cursor_name(arena, cursor, &statement->schema, &statement->object);
        if (whats[i].many)
            statement->kind = STATEMENT_REINDEX_MANY;
        return concurrently || whats[i].many;
    }
    return false;
}

static bool add_value(struct arena *arena, struct cursor *cursor, struct statement *statement)
{
    if (!cursor_name(arena, cursor, &statement->schema, &statement->object) ||
        !cursor_take_words(cursor, "ADD VALUE"))
        return false;
    statement->if_exists = cursor_take_words(cursor, "IF NOT EXISTS");
    if (cursor_kind(cursor) == TOKEN_STRING)
        statement->value = token_string(arena, cursor->text, cursor->at);
    return true;
}

static bool detach(struct arena *arena, struct cursor *cursor, struct statement *statement)
{
    statement->if_exists = cursor_take_words(cursor, "IF EXISTS");
    read_table(arena, cursor, statement);
    return cursor_take_words(cursor, "DETACH PARTITION") &&
           cursor_name(arena, cursor, &statement->schema, &statement->object) &&
           cursor_is(cursor, "CONCURRENTLY");
}

/* Without a table: all tables, each in a transaction of its own. */
static bool cluster_all(struct arena *arena, struct cursor *cursor, struct statement *statement)
{
    bool concurrently = flag_read(cursor, "CONCURRENTLY", false);
    cursor_take(cursor, "VERBOSE");
    if (cursor->at == cursor->end)
        return true;
    cursor_name(arena, cursor, &statement->schema, &statement->object);
    statement->kind = STATEMENT_OTHER_NOT_TRANSACTIONAL;
    statement->what_object = "REPACK";
    return concurrently;
}

static bool alter_database(struct arena *arena, struct cursor *cursor, struct statement *statement)
{
    cursor_name(arena, cursor, &statement->schema, &statement->object);
    return cursor_take_words(cursor, "SET TABLESPACE");
}

static bool skip_to_with(struct cursor *cursor)
{
    while (cursor->at < cursor->end && !cursor_is(cursor, "WITH"))
        cursor_skip(cursor);
    return cursor_take(cursor, "WITH");
}

/* It makes a slot on the publisher, unless told not to connect or not to make one. */
static bool create_subscription(struct arena *arena, struct cursor *cursor, struct statement *statement)
{
    read_object(arena, cursor, statement);
    skip_to_with(cursor);
    struct cursor again = *cursor;
    bool connects = flag_read(&again, "CONNECT", true);
    return flag_read(cursor, "CREATE_SLOT", connects);
}

/* The forms that ask the publisher, or change the slot there. */
static bool alter_subscription(struct arena *arena, struct cursor *cursor, struct statement *statement)
{
    static const char *const slot_options[] = {"FAILOVER", "TWO_PHASE"};
    read_object(arena, cursor, statement);
    if (cursor_take(cursor, "REFRESH"))
        return true;
    if (!cursor_take(cursor, "SET") && !cursor_take(cursor, "ADD") && !cursor_take(cursor, "DROP"))
        return false;
    if (cursor_take(cursor, "PUBLICATION")) {
        skip_to_with(cursor);
        return flag_read(cursor, "REFRESH", true);
    }
    for (size_t i = 0; i < sizeof(slot_options) / sizeof(*slot_options); i++) {
        struct cursor yes = *cursor, no = *cursor;
        if (flag_read(&yes, slot_options[i], false) == flag_read(&no, slot_options[i], true))
            return true; /* it is given, whatever it says */
    }
    return false;
}

/* Does the code of a DO block end the transaction that it runs in?  The rest is its own business. */
static bool do_commits(struct arena *arena, struct cursor *cursor, struct statement *statement)
{
    struct scan scan;
    bool found = false, ended = true, word = false; /* behind the end of a statement; behind COMMIT there */
    while (cursor->at < cursor->end && cursor_kind(cursor) != TOKEN_STRING)
        cursor_skip(cursor);
    const char *code = cursor->at < cursor->end ? token_string(arena, cursor->text, cursor->at) : NULL;
    statement->what_object = "DO with COMMIT";
    if (code == NULL || (strcasestr(code, "commit") == NULL && strcasestr(code, "rollback") == NULL))
        return false;
    scan_open(&scan, arena, code, strlen(code));
    for (struct token token = scan_next(&scan); !found && token.kind != TOKEN_END && token.kind != TOKEN_FAULT;
         token = scan_next(&scan)) {
        if (token.kind == TOKEN_COMMENT)
            continue;
        found = word && (token.symbol == ';' || token_is(code, &token, "AND"));
        word = ended && (token_is(code, &token, "COMMIT") || token_is(code, &token, "ROLLBACK"));
        ended = token.symbol == ';' || token_is(code, &token, "BEGIN") || token_is(code, &token, "THEN") ||
                token_is(code, &token, "ELSE") || token_is(code, &token, "LOOP");
    }
    scan_close(&scan);
    statement->commits = found;
    return found;
}

/* The first words, and the kind; an exact reader comes where the words leave more to ask. */
static const struct {
    const char *words;
    enum statement_kind kind;
    reader *read;
} rows[] = {
    {"CREATE INDEX CONCURRENTLY", STATEMENT_CREATE_INDEX_CONCURRENTLY, create_index},
    {"CREATE UNIQUE INDEX CONCURRENTLY", STATEMENT_CREATE_INDEX_CONCURRENTLY, create_index},
    {"DROP INDEX CONCURRENTLY", STATEMENT_DROP_INDEX_CONCURRENTLY, read_object},
    {"REINDEX", STATEMENT_REINDEX_CONCURRENTLY, reindex},
    {"ALTER TYPE", STATEMENT_ADD_ENUM_VALUE, add_value},
    {"ALTER TABLE", STATEMENT_DETACH_CONCURRENTLY, detach},
    {"VACUUM", STATEMENT_VACUUM, NULL},
    {"CLUSTER", STATEMENT_CLUSTER_ALL, cluster_all},
    {"REPACK", STATEMENT_CLUSTER_ALL, cluster_all}, /* CLUSTER's new name, from PostgreSQL 19 on */
    {"CREATE DATABASE", STATEMENT_CREATE_DATABASE, read_object},
    {"DROP DATABASE", STATEMENT_DROP_DATABASE, read_object},
    {"ALTER DATABASE", STATEMENT_OTHER_NOT_TRANSACTIONAL, alter_database},
    {"ALTER SYSTEM", STATEMENT_OTHER_NOT_TRANSACTIONAL, NULL},
    {"CREATE TABLESPACE", STATEMENT_OTHER_NOT_TRANSACTIONAL, read_object},
    {"DROP TABLESPACE", STATEMENT_OTHER_NOT_TRANSACTIONAL, read_object},
    {"CREATE SUBSCRIPTION", STATEMENT_OTHER_NOT_TRANSACTIONAL, create_subscription},
    {"ALTER SUBSCRIPTION", STATEMENT_OTHER_NOT_TRANSACTIONAL, alter_subscription},
    {"DROP SUBSCRIPTION", STATEMENT_OTHER_NOT_TRANSACTIONAL, read_object},
    {"COMMIT PREPARED", STATEMENT_OTHER_NOT_TRANSACTIONAL, NULL},
    {"ROLLBACK PREPARED", STATEMENT_OTHER_NOT_TRANSACTIONAL, NULL},
    {"DISCARD ALL", STATEMENT_OTHER_NOT_TRANSACTIONAL, NULL},
    {"DO", STATEMENT_OTHER_NOT_TRANSACTIONAL, do_commits},
};

static const struct {
    const char *words;
    enum statement_kind kind;
} controls[] = {
    {"BEGIN", STATEMENT_BEGIN},       {"START TRANSACTION", STATEMENT_BEGIN}, {"COMMIT", STATEMENT_COMMIT},
    {"END", STATEMENT_COMMIT},        {"ROLLBACK", STATEMENT_ROLLBACK},       {"ABORT", STATEMENT_ROLLBACK},
};

static enum statement_kind control_of(struct cursor cursor)
{
    enum statement_kind kind = STATEMENT_PLAIN;
    for (size_t i = 0; i < sizeof(controls) / sizeof(*controls) && kind == STATEMENT_PLAIN; i++)
        if (cursor_take_words(&cursor, controls[i].words))
            kind = controls[i].kind;
    if (kind == STATEMENT_PLAIN || kind == STATEMENT_BEGIN)
        return kind;
    (void)(cursor_take(&cursor, "WORK") || cursor_take(&cursor, "TRANSACTION"));
    if (cursor_is(&cursor, "TO")) /* a savepoint */
        return STATEMENT_PLAIN;
    return cursor_take_words(&cursor, "AND CHAIN") ? STATEMENT_CHAIN : kind;
}

void classify(struct arena *arena, const char *text, const struct tokens *tokens, struct statement *statement)
{
    struct cursor start = cursor_new(text, tokens);
    for (size_t i = 0; i < sizeof(rows) / sizeof(*rows); i++) {
        struct cursor cursor = start;
        if (!cursor_take_words(&cursor, rows[i].words))
            continue;
        struct statement found = {.start = statement->start, .length = statement->length, .kind = rows[i].kind};
        if (found.kind == STATEMENT_OTHER_NOT_TRANSACTIONAL)
            found.what_object = rows[i].words;
        if (rows[i].read == NULL || rows[i].read(arena, &cursor, &found))
            *statement = found;
        return;
    }
    statement->kind = control_of(start);
}

bool classify_sets_transaction(const char *text, const struct tokens *tokens)
{
    static const char *const words[] = {"SERIALIZABLE", "REPEATABLE", "ONLY", "DEFERRABLE", "SNAPSHOT"};
    struct cursor cursor = cursor_new(text, tokens);
    if (!cursor_take(&cursor, "BEGIN") && !cursor_take_words(&cursor, "START TRANSACTION") &&
        !cursor_take_words(&cursor, "SET TRANSACTION") && !cursor_take_words(&cursor, "SET LOCAL TRANSACTION"))
        return false;
    for (; cursor.at < cursor.end; cursor_skip(&cursor))
        for (size_t i = 0; i < sizeof(words) / sizeof(*words); i++)
            if (cursor_is(&cursor, words[i]))
                return true;
    return false;
}
