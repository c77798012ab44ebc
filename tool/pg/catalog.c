#include "pg/catalog.h"

#include "base/str.h"
#include "sql.h"

#include <string.h>

/*
 * How each kind is settled.  `question` gives rows of (key, state) about the object; `$1` schema, `$2` object,
 * `$3` table's schema, `$4` table, `$5` INDEX, TABLE or NULL.
 */
enum rule {
    RULE_CREATED,   /* done when something valid is there that was not before; what is invalid goes */
    RULE_DROPPED,   /* done when nothing is there any more; else again */
    RULE_DETACHED,  /* done when the partition is gone; a pending detach is finalised */
    RULE_REPEAT,    /* may run twice without harm: clean up what is invalid, then again */
    RULE_UNKNOWN
};

struct kind_row {
    enum rule rule;
    const char *question;
};

static const struct kind_row kind_rows[STATEMENT_KINDS] = {
    [STATEMENT_PLAIN] = {RULE_UNKNOWN, NULL},
    [STATEMENT_BEGIN] = {RULE_UNKNOWN, NULL},
    [STATEMENT_COMMIT] = {RULE_UNKNOWN, NULL},
    [STATEMENT_ROLLBACK] = {RULE_UNKNOWN, NULL},
    [STATEMENT_CHAIN] = {RULE_UNKNOWN, NULL},
    [STATEMENT_CREATE_INDEX_CONCURRENTLY] = {RULE_CREATED, sql_catalog_indexes_of_table},
    [STATEMENT_DROP_INDEX_CONCURRENTLY] = {RULE_DROPPED, sql_catalog_index},
    [STATEMENT_REINDEX_CONCURRENTLY] = {RULE_REPEAT, sql_catalog_reindexed},
    [STATEMENT_REINDEX_MANY] = {RULE_REPEAT, sql_catalog_invalid},
    [STATEMENT_ADD_ENUM_VALUE] = {RULE_CREATED, sql_catalog_enum_value},
    [STATEMENT_VACUUM] = {RULE_REPEAT, NULL},
    [STATEMENT_CLUSTER_ALL] = {RULE_REPEAT, NULL},
    [STATEMENT_DETACH_CONCURRENTLY] = {RULE_DETACHED, sql_catalog_partition},
    [STATEMENT_CREATE_DATABASE] = {RULE_CREATED, sql_catalog_database},
    [STATEMENT_DROP_DATABASE] = {RULE_DROPPED, sql_catalog_database},
    [STATEMENT_OTHER_NOT_TRANSACTIONAL] = {RULE_UNKNOWN, NULL},
};

/* A row of an answer: what it is about, how it is (valid, invalid, pending), and what cleans it up. */
enum { ANSWER_KEY, ANSWER_STATE, ANSWER_CLEANUP };

static int ask(struct conn *conn, struct arena *arena, const struct statement *statement, struct rows *rows,
               struct err *err)
{
    const char *parameters[] = {statement->schema, statement->object, statement->table_schema, statement->table,
                                statement->what_object, statement->value};
    return conn_query(conn, arena, kind_rows[statement->kind].question, parameters, 6, rows, err);
}

int catalog_before(struct conn *conn, struct arena *arena, const struct statement *statement, const char **before,
                   struct err *err)
{
    struct rows rows;
    *before = NULL;
    if (kind_rows[statement->kind].question == NULL)
        return 0;
    if (ask(conn, arena, statement, &rows, err) != 0)
        return -1;
    struct str text = str_new(arena);
    for (size_t i = 0; i < rows.count; i++)
        str_addf(&text, " %s ", rows_get(&rows, i, ANSWER_KEY));
    *before = text.at;
    return 0;
}

static bool was_there(const char *before, const char *key)
{
    struct arena arena = {0};
    bool there = before != NULL && strstr(before, arena_printf(&arena, " %s ", key)) != NULL;
    arena_release(&arena);
    return there;
}

static int clean(struct conn *conn, struct arena *arena, const struct rows *rows, size_t row, const char **cleaned,
                 struct err *err)
{
    const char *cleanup = rows_get(rows, row, ANSWER_CLEANUP);
    if (conn_run(conn, cleanup, err) != 0)
        return err_context(err, "cleaning up with %s", cleanup);
    *cleaned = *cleaned == NULL ? cleanup : arena_printf(arena, "%s; %s", *cleaned, cleanup);
    return 0;
}

/* What is new and valid means done; what is new and not valid is removed. */
static int settle_new(struct conn *conn, struct arena *arena, const struct rows *rows, const char *before, bool *valid,
                      const char **cleaned, struct err *err)
{
    *valid = false;
    for (size_t i = 0; i < rows->count; i++) {
        if (was_there(before, rows_get(rows, i, ANSWER_KEY)))
            continue;
        if (strcmp(rows_get(rows, i, ANSWER_STATE), "valid") == 0)
            *valid = true;
        else if (clean(conn, arena, rows, i, cleaned, err) != 0)
            return -1;
    }
    return 0;
}

int catalog_settle(struct conn *conn, struct arena *arena, const struct statement *statement, const char *before,
                   enum outcome *outcome, const char **cleaned, struct err *err)
{
    const struct kind_row *row = &kind_rows[statement->kind];
    struct rows rows = {0};
    bool valid = false;
    *cleaned = NULL;
    *outcome = row->rule == RULE_UNKNOWN && !statement->repeatable ? OUTCOME_UNKNOWN : OUTCOME_NOT_DONE;
    if (row->question == NULL)
        return 0;
    if (ask(conn, arena, statement, &rows, err) != 0)
        return -1;
    switch (row->rule) {
    case RULE_CREATED:
        if (settle_new(conn, arena, &rows, before, &valid, cleaned, err) != 0)
            return -1;
        *outcome = valid ? OUTCOME_DONE : OUTCOME_NOT_DONE;
        return 0;
    case RULE_REPEAT:
        return settle_new(conn, arena, &rows, before, &valid, cleaned, err);
    case RULE_DROPPED:
        *outcome = rows.count == 0 ? OUTCOME_DONE : OUTCOME_NOT_DONE;
        return 0;
    case RULE_DETACHED:
        *outcome = rows.count == 0 ? OUTCOME_DONE : OUTCOME_NOT_DONE;
        if (rows.count == 0 || strcmp(rows_get(&rows, 0, ANSWER_STATE), "pending") != 0)
            return 0;
        *outcome = OUTCOME_DONE;
        return clean(conn, arena, &rows, 0, cleaned, err);
    case RULE_UNKNOWN:
        return 0;
    }
    return 0;
}
