#include "pg/conn.h"

#include "base/clock.h"
#include "base/proc.h"
#include "pg/error.h"
#include "pg/wait.h"

#include <libpq-fe.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>

enum { OLDEST_SERVER = 130000 };

static PGconn *handle(const struct conn *conn)
{
    return (PGconn *)(void *)conn->pg;
}

static void hear_notice(void *context, const PGresult *result)
{
    const struct conn *conn = context;
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *severity = PQresultErrorField(result, PG_DIAG_SEVERITY_NONLOCALIZED);
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    if (conn->on_notice != NULL && message != NULL)
        conn->on_notice(conn->context, severity == NULL ? "NOTICE" : severity, sqlstate == NULL ? "" : sqlstate, message);
}

/* Connects with a wait of our own, so that SIGINT is heard at once; libpq keeps connect_timeout only in its
 * blocking call, so the deadline is ours too. */
static int connect_polled(PGconn *pg, const struct dsn *dsn, int64_t deadline, struct err *err)
{
    int signals = proc_interrupted();
    PostgresPollingStatusType status = PGRES_POLLING_WRITING;
    while (status != PGRES_POLLING_OK) {
        if (status == PGRES_POLLING_FAILED)
            return error_from_connect(dsn, pg, err);
        struct pollfd fd = {PQsocket(pg), status == PGRES_POLLING_READING ? POLLIN : POLLOUT, 0};
        poll(&fd, 1, WAIT_TICK);
        if (proc_interrupted() > signals)
            return err_set(err, ERR_INTERRUPTED, "interrupted while connecting to %s", dsn->shown);
        if (clock_now() > deadline) {
            err_set(err, ERR_CONNECTION, "cannot connect to %s: no answer in time", dsn->shown);
            return err_hint(err, "is the address right, and does a firewall drop packets? connect_timeout sets the limit");
        }
        if (fd.revents != 0)
            status = PQconnectPoll(pg);
    }
    return 0;
}

static int64_t connect_deadline(const struct dsn *dsn)
{
    const char *text = getenv("PGCONNECT_TIMEOUT");
    for (size_t i = 0; i + 1 < dsn->keywords.count; i++)
        if (strcmp(dsn->keywords.at[i], "connect_timeout") == 0)
            text = dsn->values.at[i];
    long seconds = text == NULL ? 10 : strtol(text, NULL, 10);
    return seconds <= 0 ? INT64_MAX : clock_now() + seconds * 1000000;
}

int conn_open(struct arena *arena, const struct dsn *dsn, struct conn *conn, struct err *err)
{
    conn->arena = arena;
    conn->dsn = dsn;
    conn->backend = 0;
    conn->prepared = NULL;
    conn->may_prepare = false;
    PGconn *pg = PQconnectStartParams(dsn->keywords.at, dsn->values.at, 1);
    conn->pg = (struct pg_conn *)(void *)pg;
    if (pg == NULL)
        return err_set(err, ERR_BUG, "libpq has no memory for a connection");
    PQsetErrorVerbosity(pg, PQERRORS_VERBOSE);
    int failed = PQstatus(pg) == CONNECTION_BAD ? error_from_connect(dsn, pg, err)
                                                : connect_polled(pg, dsn, connect_deadline(dsn), err);
    if (failed != 0) {
        conn_close(conn);
        return -1;
    }
    conn->server_version = PQserverVersion(pg);
    if (conn->server_version < OLDEST_SERVER) {
        err_set(err, ERR_INPUT, "the server at %s is PostgreSQL %d", dsn->shown, conn->server_version / 10000);
        conn_close(conn);
        return err_hint(err, "skein works with PostgreSQL 13 and later");
    }
    PQsetNoticeReceiver(pg, hear_notice, conn);
    PQsetnonblocking(pg, 1);
    return 0;
}

void conn_close(struct conn *conn)
{
    PQfinish(handle(conn));
    conn->pg = NULL;
}

bool conn_is_broken(const struct conn *conn)
{
    return conn->pg == NULL || PQstatus(handle(conn)) == CONNECTION_BAD;
}

bool conn_in_transaction(const struct conn *conn)
{
    return conn->pg != NULL && PQtransactionStatus(handle(conn)) == PQTRANS_INTRANS;
}

const char *rows_get(const struct rows *rows, size_t row, size_t column)
{
    return rows->cells[row * rows->columns + column];
}

/* A text that asks for COPY data is failed, and COPY data that the server sends is thrown away: neither may
 * hang the session.  Only texts that are sent whole can get here. */
static void end_copy(struct conn *conn, ExecStatusType status)
{
    char *line;
    if (status == PGRES_COPY_IN) {
        PQputCopyEnd(handle(conn), "COPY FROM STDIN needs psql; use INSERT, or COPY from a file on the server");
    } else if (status == PGRES_COPY_OUT) {
        PQsetnonblocking(handle(conn), 0);
        while (PQgetCopyData(handle(conn), &line, 0) > 0)
            PQfreemem(line);
        PQsetnonblocking(handle(conn), 1);
    }
}

/* Reads all results of one command; the first failure counts, the last rows are kept. */
static int finish_command(struct conn *conn, struct arena *arena, struct rows *rows, struct err *err)
{
    int failed = 0;
    for (;;) {
        PGresult *result;
        if (wait_result(conn, &result, failed ? NULL : err) != 0)
            return -1;
        if (result == NULL)
            return failed;
        ExecStatusType status = PQresultStatus(result);
        if (status == PGRES_FATAL_ERROR && !failed)
            failed = wait_failure(conn, result, err);
        else if (status == PGRES_TUPLES_OK && rows != NULL)
            rows_take(arena, result, rows);
        end_copy(conn, status);
        PQclear(result);
    }
}

int conn_query(struct conn *conn, struct arena *arena, const char *sql, const char *const parameters[], size_t count,
               struct rows *rows, struct err *err)
{
    conn->error_position = 0;
    if (rows != NULL)
        *rows = (struct rows){0};
    if (conn->pg == NULL || !PQsendQueryParams(handle(conn), sql, (int)count, NULL, parameters, NULL, NULL, 0))
        return error_from_break(conn, err);
    return finish_command(conn, arena, rows, err);
}

int conn_ask(struct conn *conn, struct arena *arena, const char *sql, struct rows *rows, struct err *err)
{
    conn->error_position = 0;
    if (rows != NULL)
        *rows = (struct rows){0};
    if (conn->pg == NULL || !PQsendQuery(handle(conn), sql))
        return error_from_break(conn, err);
    return finish_command(conn, arena, rows, err);
}

int conn_run(struct conn *conn, const char *sql, struct err *err)
{
    return conn_ask(conn, NULL, sql, NULL, err);
}

/* Ends a transaction that is open or has failed; its own failure tells nothing new. */
void conn_rollback(struct conn *conn)
{
    struct arena arena = {0};
    struct err ignored = {.arena = &arena};
    PGTransactionStatusType status = conn_is_broken(conn) ? PQTRANS_UNKNOWN : PQtransactionStatus(handle(conn));
    if (status == PQTRANS_INTRANS || status == PQTRANS_INERROR)
        conn_run(conn, "ROLLBACK", &ignored);
    arena_release(&arena);
}
