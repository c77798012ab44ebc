#include "pg/wait.h"

#include "base/clock.h"
#include "base/proc.h"
#include "pg/error.h"

#include <poll.h>
#include <string.h>

static PGconn *handle(const struct conn *conn)
{
    return (PGconn *)(void *)conn->pg;
}

static void cancel(struct conn *conn)
{
    char ignored[256];
    PGcancel *request = PQgetCancel(handle(conn));
    if (request != NULL)
        PQcancel(request, ignored, sizeof(ignored));
    PQfreeCancel(request);
}

static int interrupted(struct err *err)
{
    if (err == NULL)
        return -1;
    err_set(err, ERR_INTERRUPTED, "interrupted");
    return err_hint(err, "the state in the database is exact; the same command goes on from here");
}

static int broken(struct conn *conn, struct err *err)
{
    return err == NULL ? -1 : error_from_break(conn, err);
}

/* Cancels once for the first signal and once for the deadline; says -1 when a further signal wants out. */
static int look_up(struct conn *conn)
{
    int signals = proc_interrupted();
    if (signals > 1)
        return -1;
    if (signals == 1 && !conn->cancelled) {
        conn->cancelled = true;
        cancel(conn);
    }
    if (conn->deadline != 0 && !conn->timed_out && clock_now() > conn->deadline) {
        conn->timed_out = true;
        cancel(conn);
    }
    return 0;
}

int wait_result(struct conn *conn, PGresult **result, struct err *err)
{
    PGconn *pg = handle(conn);
    int unsent = PQflush(pg);
    while (unsent > 0 || PQisBusy(pg)) {
        if (unsent < 0)
            return broken(conn, err);
        struct pollfd fd = {PQsocket(pg), (short)(POLLIN | (unsent > 0 ? POLLOUT : 0)), 0};
        int ready = poll(&fd, 1, WAIT_TICK);
        if (look_up(conn) != 0)
            return interrupted(err);
        if (ready <= 0 && conn->on_wait != NULL)
            conn->on_wait(conn->context);
        if ((fd.revents & (POLLIN | POLLERR | POLLHUP)) != 0 && !PQconsumeInput(pg))
            return broken(conn, err);
        if (unsent > 0)
            unsent = PQflush(pg);
        if (unsent > 0 && !PQisBusy(pg))
            break;
    }
    *result = PQgetResult(pg);
    if (*result == NULL && PQstatus(pg) == CONNECTION_BAD)
        return broken(conn, err);
    return 0;
}

int wait_failure(struct conn *conn, const PGresult *result, struct err *err)
{
    error_from_result(conn, result, err);
    if (strcmp(err->sqlstate, "57014") != 0)
        return -1;
    if (conn->cancelled)
        return interrupted(err);
    if (conn->timed_out) {
        err_set(err, ERR_FAILED, "stopped after the time that the setting timeout allows");
        memcpy(err->sqlstate, "57014", 6);
        return err_hint(err, "raise it with --timeout, MIGRATION_TIMEOUT or in the configuration, or split the migration");
    }
    return -1;
}

void rows_take(struct arena *arena, const PGresult *result, struct rows *rows)
{
    rows->count = (size_t)PQntuples(result);
    rows->columns = (size_t)PQnfields(result);
    const char **cells = arena_alloc(arena, (rows->count * rows->columns + 1) * sizeof(*cells));
    const char **names = arena_alloc(arena, (rows->columns + 1) * sizeof(*names));
    for (size_t column = 0; column < rows->columns; column++)
        names[column] = arena_strdup(arena, PQfname(result, (int)column));
    for (size_t row = 0; row < rows->count; row++)
        for (size_t column = 0; column < rows->columns; column++)
            if (!PQgetisnull(result, (int)row, (int)column))
                cells[row * rows->columns + column] = arena_strdup(arena, PQgetvalue(result, (int)row, (int)column));
    rows->cells = cells;
    rows->names = names;
}
