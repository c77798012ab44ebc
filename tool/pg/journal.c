#include "pg/journal.h"

#include "sql.h"

#include <stdlib.h>
#include <string.h>

enum { ROW_BEFORE = 10, STEPS, DONE_CHECKSUM, BEFORE };

static char *number(struct arena *arena, int64_t value)
{
    return arena_printf(arena, "%lld", (long long)value);
}

static struct pipeline_item item_of(struct arena *arena, const struct tables *tables, const char *sql,
                                    const char *const *parameters, size_t count)
{
    const char **kept = arena_alloc(arena, count * sizeof(*kept));
    memcpy(kept, parameters, count * sizeof(*kept));
    return (struct pipeline_item){.sql = tables_fill(arena, tables, sql), .parameters = kept, .count = count};
}

int journal_read(struct conn *conn, struct arena *arena, const struct tables *tables, struct journal *journal,
                 bool *found, struct err *err)
{
    struct rows rows;
    if (conn_query(conn, arena, tables_fill(arena, tables, sql_state_journal), &tables->service, 1, &rows, err) != 0)
        return -1;
    *found = rows.count > 0;
    if (!*found)
        return 0;
    const char *row_before = rows_get(&rows, 0, ROW_BEFORE), *backend = rows_get(&rows, 0, 8);
    *journal = (struct journal){
        .version = strtoull(rows_get(&rows, 0, 0), NULL, 10),
        .migration_id = rows_get(&rows, 0, 1),
        .direction = strcmp(rows_get(&rows, 0, 2), "up") == 0 ? DIRECTION_UP : DIRECTION_DOWN,
        .step = (int)strtol(rows_get(&rows, 0, 3), NULL, 10),
        .intent = strcmp(rows_get(&rows, 0, 4), "t") == 0,
        .kind = rows_get(&rows, 0, 5),
        .statement = rows_get(&rows, 0, 6),
        .since = rows_get(&rows, 0, 7),
        .backend = backend == NULL ? 0 : (int)strtol(backend, NULL, 10),
        .alive = strcmp(rows_get(&rows, 0, 9), "t") == 0,
        .row_before = row_before == NULL ? NO_VERSION : strtoll(row_before, NULL, 10),
        .steps = (int)strtol(rows_get(&rows, 0, STEPS), NULL, 10),
        .done_checksum = rows_get(&rows, 0, DONE_CHECKSUM),
        .before = rows_get(&rows, 0, BEFORE),
    };
    return 0;
}

/* golang-migrate writes (-1, true) while it takes the first migration down: a row that its readers expect. */
struct pipeline_item journal_open_item(struct arena *arena, const struct tables *tables, const struct journal *journal,
                                       const struct expected *expected, int64_t version_after)
{
    bool has_row = expected->version != NO_VERSION || expected->dirty;
    const char *sql = sql_insert(arena, sql_journal_open, "version_write",
                                 has_row ? "UPDATE {version_table} SET version = $7::bigint, dirty = true"
                                         : "INSERT INTO {version_table} (version, dirty) VALUES ($7::bigint, true)");
    const char *parameters[] = {tables->service,
                                number(arena, (int64_t)journal->version),
                                journal->migration_id,
                                journal->direction == DIRECTION_UP ? "up" : "down",
                                journal->row_before == NO_VERSION ? NULL : number(arena, journal->row_before),
                                number(arena, journal->steps),
                                number(arena, version_after),
                                journal->done_checksum};
    return item_of(arena, tables, sql, parameters, 8);
}

struct expected journal_expected(const struct expected *expected, int64_t version_after)
{
    return (struct expected){.generation = expected->generation + 1, .version = version_after, .dirty = true};
}

/* LOCAL is undone by the end of the transaction; the session's user comes first, since it takes the role away. */
static void add_own_user(struct arena *arena, struct pipeline_items *items)
{
    *vec_add(arena, items) = (struct pipeline_item){.sql = "SET LOCAL SESSION AUTHORIZATION DEFAULT"};
    *vec_add(arena, items) = (struct pipeline_item){.sql = "SET LOCAL role TO DEFAULT"};
}

static void count_rows(void *context, size_t item, const struct rows *rows)
{
    size_t *count = context;
    (void)item;
    if (rows != NULL)
        *count += rows->count;
}

static int run_alone(struct conn *conn, struct arena *arena, struct pipeline_item item, size_t *rows, struct err *err)
{
    struct pipeline_items items = {0};
    size_t answered;
    *rows = 0;
    item.wants_rows = true;
    *vec_add(arena, &items) = (struct pipeline_item){.sql = "BEGIN"};
    add_own_user(arena, &items);
    *vec_add(arena, &items) = item;
    *vec_add(arena, &items) = (struct pipeline_item){.sql = "COMMIT"};
    if (conn_pipeline(conn, arena, &items, count_rows, rows, &answered, err) == 0)
        return 0;
    conn_rollback(conn);
    fence_explain(err);
    return -1;
}

int journal_intend(struct conn *conn, const struct tables *tables, const struct journal *journal, struct err *err)
{
    struct arena arena = {0};
    size_t rows;
    const char *parameters[] = {tables->service, number(&arena, journal->step), journal->kind, journal->statement,
                                journal->before, number(&arena, (int64_t)journal->version)};
    int failed = run_alone(conn, &arena, item_of(&arena, tables, sql_journal_intend, parameters, 6), &rows, err);
    if (!failed && rows == 0)
        failed = err_set(err, ERR_DRIFT, "the journal of %s was changed by somebody else", tables->service);
    arena_release(&arena);
    return failed;
}

static struct pipeline_item done_item(struct arena *arena, const struct tables *tables, const struct journal *journal,
                                      bool was_alone)
{
    const char *parameters[] = {tables->service, number(arena, journal->step), journal->done_checksum,
                                number(arena, (int64_t)journal->version), was_alone ? "true" : "false"};
    struct pipeline_item item = item_of(arena, tables, sql_journal_done, parameters, 5);
    item.wants_rows = true;
    return item;
}

void journal_done_add(struct arena *arena, const struct tables *tables, const struct journal *journal,
                      struct pipeline_items *items)
{
    add_own_user(arena, items);
    *vec_add(arena, items) = done_item(arena, tables, journal, false);
}

int journal_done(struct conn *conn, const struct tables *tables, const struct journal *journal, struct err *err)
{
    struct arena arena = {0};
    size_t rows;
    int failed = run_alone(conn, &arena, done_item(&arena, tables, journal, true), &rows, err);
    arena_release(&arena);
    return failed;
}

struct pipeline_item journal_close_item(struct arena *arena, const struct tables *tables)
{
    return item_of(arena, tables, "DELETE FROM {journal} WHERE service_name = $1", &tables->service, 1);
}
