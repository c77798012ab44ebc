/*
 * Ends skein, its server process or its connection at a chosen moment.  Preloaded (LD_PRELOAD) before libpq, it counts
 * what skein sends; nothing of it is in the program itself.
 *
 *   CRASH_COUNT=FILE  writes how many moments the run had
 *   CRASH_AT=N        at the Nth one (from 1), after what was queued has reached the server:
 *   CRASH_HOW=kill         SIGKILL to skein
 *            =terminate    the server process of that connection is terminated (needs CRASH_URL)
 *            =cut          the connection's socket is shut down
 *            =lose         the server does what it was asked, and its answer is lost with the connection
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <libpq-fe.h>
#include <poll.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static long moment;
static int busy; /* the connection that terminates another must not count itself */

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

__attribute__((destructor)) static void write_count(void)
{
    const char *path = getenv("CRASH_COUNT");
    FILE *file = path == NULL ? NULL : fopen(path, "w");
    if (file == NULL)
        return;
    fprintf(file, "%ld\n", moment);
    fclose(file);
}

/* What libpq still holds back goes out, so that the server has it when the end comes. */
static void push(PGconn *conn)
{
    for (int i = 0; i < 1000 && PQflush(conn) > 0; i++) {
        struct pollfd fd = {PQsocket(conn), POLLOUT, 0};
        poll(&fd, 1, 10);
    }
}

static void terminate(PGconn *conn)
{
    char pid[20];
    const char *parameters[] = {pid};
    snprintf(pid, sizeof(pid), "%d", PQbackendPID(conn));
    PGconn *other = PQconnectdb(getenv("CRASH_URL"));
    PQclear(PQexecParams(other, "SELECT pg_terminate_backend($1::int)", 1, NULL, parameters, NULL, NULL, 0));
    /* Gone before we go on, so that the moment is the same in every run. */
    for (int i = 0; i < 200; i++) {
        PGresult *result = PQexecParams(other, "SELECT FROM pg_stat_activity WHERE pid = $1::int", 1, NULL, parameters, NULL, NULL, 0);
        int there = PQntuples(result);
        PQclear(result);
        if (there == 0)
            break;
        usleep(5000);
    }
    PQfinish(other);
}

/* Another socket, whose other end is closed, takes the place of the connection's. */
static void lose(PGconn *conn)
{
    int ends[2];
    usleep(50000); /* the server has done it all by then */
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0)
        abort();
    close(ends[1]);
    dup2(ends[0], PQsocket(conn));
    close(ends[0]);
}

static void pass_moment(PGconn *conn)
{
    const char *at = getenv("CRASH_AT"), *how = getenv("CRASH_HOW");
    if (busy || ++moment != (at == NULL ? 0 : atol(at)) || how == NULL)
        return;
    busy = 1;
    push(conn);
    if (strcmp(how, "kill") == 0)
        kill(getpid(), SIGKILL);
    usleep(20000);
    if (strcmp(how, "terminate") == 0)
        terminate(conn);
    else if (strcmp(how, "lose") == 0)
        lose(conn);
    else
        shutdown(PQsocket(conn), SHUT_RDWR);
    busy = 0;
}

int PQsendQueryParams(PGconn *conn, const char *command, int count, const Oid *types, const char *const *values,
                      const int *lengths, const int *formats, int format)
{
    int (*real)(PGconn *, const char *, int, const Oid *, const char *const *, const int *, const int *, int) =
        next("PQsendQueryParams");
    int sent = real(conn, command, count, types, values, lengths, formats, format);
    pass_moment(conn);
    return sent;
}

int PQsendQuery(PGconn *conn, const char *query)
{
    int (*real)(PGconn *, const char *) = next("PQsendQuery");
    int sent = real(conn, query);
    pass_moment(conn);
    return sent;
}

int PQpipelineSync(PGconn *conn)
{
    int (*real)(PGconn *) = next("PQpipelineSync");
    int sent = real(conn);
    pass_moment(conn);
    return sent;
}

int PQsendPrepare(PGconn *conn, const char *name, const char *query, int count, const Oid *types)
{
    int (*real)(PGconn *, const char *, const char *, int, const Oid *) = next("PQsendPrepare");
    int sent = real(conn, name, query, count, types);
    pass_moment(conn);
    return sent;
}

int PQsendQueryPrepared(PGconn *conn, const char *name, int count, const char *const *values, const int *lengths,
                        const int *formats, int format)
{
    int (*real)(PGconn *, const char *, int, const char *const *, const int *, const int *, int) = next("PQsendQueryPrepared");
    int sent = real(conn, name, count, values, lengths, formats, format);
    pass_moment(conn);
    return sent;
}
