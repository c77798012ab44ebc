/* Many statements in one round trip. */
#include "pg/conn.h"
#include "pg/error.h"
#include "pg/wait.h"

#include <libpq-fe.h>
#include <stdio.h>
#include <string.h>

VEC(indexes, size_t);

struct prepared {
    const char *sql;
    char name[24];
    struct prepared *next;
};

struct run {
    struct conn *conn;
    struct arena *arena, *own;  /* for rows; for this run */
    const struct pipeline_items *items;
    void (*on_answer)(void *context, size_t item, const struct rows *rows);
    void *context;
    size_t sent, answered;
    struct indexes prepares;    /* items that are preceded by a PREPARE */
    size_t prepares_answered;
};

static PGconn *handle(const struct run *run)
{
    return (PGconn *)(void *)run->conn->pg;
}

static const struct prepared *find_prepared(const struct conn *conn, const char *sql)
{
    const struct prepared *at = conn->prepared;
    while (at != NULL && strcmp(at->sql, sql) != 0)
        at = at->next;
    return at;
}

/* Its answer is one more result before that of the item, which take() passes over. */
static const struct prepared *prepare(struct run *run, const char *sql)
{
    struct conn *conn = run->conn;
    struct prepared *prepared = arena_new(conn->arena, struct prepared);
    snprintf(prepared->name, sizeof(prepared->name), "skein_%d", conn->prepared_names++);
    prepared->sql = arena_strdup(conn->arena, sql);
    prepared->next = conn->prepared;
    if (!PQsendPrepare(handle(run), prepared->name, sql, 0, NULL))
        return NULL;
    *vec_add(run->own, &run->prepares) = run->sent;
    conn->prepared = prepared;
    return prepared;
}

static int send_statement(struct run *run, const struct pipeline_item *item)
{
    if (!item->repeated || !run->conn->may_prepare)
        return PQsendQueryParams(handle(run), item->sql, (int)item->count, NULL, item->parameters, NULL, NULL, 0);
    const struct prepared *prepared = find_prepared(run->conn, item->sql);
    if (prepared == NULL)
        prepared = prepare(run, item->sql);
    return prepared != NULL &&
           PQsendQueryPrepared(handle(run), prepared->name, (int)item->count, item->parameters, NULL, NULL, 0);
}

static int send_item(struct run *run)
{
    if (run->sent == run->items->count)
        return PQpipelineSync(handle(run)) ? 0 : -1;
    const struct pipeline_item *item = &run->items->at[run->sent];
    if (!send_statement(run, item))
        return -1;
    if (item->forgets)
        run->conn->prepared = NULL;
    return !item->flush || PQsendFlushRequest(handle(run)) ? 0 : -1;
}

/* Everything is queued in libpq first; wait_result sends it while it reads, so that neither side blocks. */
static int send_all(struct run *run, struct err *err)
{
    for (; run->sent <= run->items->count; run->sent++)
        if (send_item(run) != 0)
            return error_from_break(run->conn, err);
    return 0;
}

static int take(struct run *run, PGresult *result, struct err *err)
{
    ExecStatusType status = PQresultStatus(result);
    if (status == PGRES_FATAL_ERROR) {
        return wait_failure(run->conn, result, err);
    }
    if (status == PGRES_PIPELINE_ABORTED)
        return 0;
    if (run->prepares_answered < run->prepares.count && run->prepares.at[run->prepares_answered] == run->answered) {
        run->prepares_answered++;
        return 0;
    }
    struct rows rows = {0};
    if (run->items->at[run->answered].wants_rows)
        rows_take(run->arena, result, &rows);
    if (run->on_answer != NULL)
        run->on_answer(run->context, run->answered, &rows);
    run->answered++;
    return 0;
}

/* Until the answer to Sync.  Between the items of a pipeline libpq gives NULL. */
static int receive_all(struct run *run, struct err *err)
{
    int failed = 0;
    for (;;) {
        PGresult *result;
        if (wait_result(run->conn, &result, failed ? NULL : err) != 0)
            return -1;
        if (result == NULL)
            continue;
        ExecStatusType status = PQresultStatus(result);
        if (status != PGRES_PIPELINE_SYNC && take(run, result, err) != 0)
            failed = -1;
        PQclear(result);
        if (status == PGRES_PIPELINE_SYNC)
            return failed;
    }
}

int conn_pipeline(struct conn *conn, struct arena *arena, const struct pipeline_items *items,
                  void (*on_answer)(void *context, size_t item, const struct rows *rows), void *context,
                  size_t *answered, struct err *err)
{
    struct arena own = {0};
    struct run run = {.conn = conn, .arena = arena, .own = &own, .items = items, .on_answer = on_answer, .context = context};
    conn->error_position = 0;
    *answered = 0;
    if (conn->pg == NULL || !PQenterPipelineMode(handle(&run)))
        return error_from_break(conn, err);
    int failed = send_all(&run, err);
    if (failed == 0)
        failed = receive_all(&run, err);
    *answered = run.answered;
    if (failed)
        conn->prepared = NULL; /* what was skipped was not prepared */
    if (!conn_is_broken(conn))
        PQexitPipelineMode(handle(&run));
    arena_release(&own);
    return failed;
}
