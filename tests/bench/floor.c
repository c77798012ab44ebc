/*
 * floor HOW URL DIRECTORY: what libpq alone needs for the *.up.sql files of a directory, in one session.
 *
 *     file        each file as one PQexec: one round trip, one implicit transaction
 *     statement   BEGIN, the statements one by one, COMMIT
 *     pipeline    the same statements and transactions without waiting for answers
 *
 * It keeps no record of anything.  A statement ends where a line ends with ';' outside of $$ … $$: the files
 * are written by migrations.awk, which knows.
 */
#include <dirent.h>
#include <libpq-fe.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *directory;

static int is_up(const struct dirent *entry)
{
    size_t length = strlen(entry->d_name);
    return length > 7 && strcmp(entry->d_name + length - 7, ".up.sql") == 0;
}

static char *read_file(const char *name)
{
    char path[4096];
    snprintf(path, sizeof(path), "%s/%s", directory, name);
    FILE *file = fopen(path, "r");
    char *text = NULL;
    size_t room = 0;
    if (file == NULL || getdelim(&text, &room, '\0', file) < 0) {
        perror(path);
        exit(1);
    }
    fclose(file);
    return text;
}

static void complain(PGconn *conn)
{
    fprintf(stderr, "floor: %s", PQerrorMessage(conn));
    exit(1);
}

static void check(PGconn *conn, PGresult *result)
{
    ExecStatusType status = PQresultStatus(result);
    if (status != PGRES_COMMAND_OK && status != PGRES_TUPLES_OK && status != PGRES_PIPELINE_SYNC)
        complain(conn);
    PQclear(result);
}

static void execute(PGconn *conn, const char *sql)
{
    check(conn, PQexec(conn, sql));
}

static void queue(PGconn *conn, const char *sql)
{
    if (!PQsendQueryParams(conn, sql, 0, NULL, NULL, NULL, NULL, 0))
        complain(conn);
}

static void each_statement(PGconn *conn, char *text, void (*send)(PGconn *conn, const char *sql))
{
    int quoted = 0;
    for (char *at = text, *start = text; *at != '\0'; at++) {
        if (at[0] == '$' && at[1] == '$') {
            quoted = !quoted;
            at++;
        } else if (!quoted && at[0] == ';' && at[1] == '\n') {
            *at++ = '\0';
            send(conn, start);
            start = at + 1;
        }
    }
}

static void run_file(PGconn *conn, char *text, const char *how)
{
    void (*send)(PGconn *conn, const char *sql) = strcmp(how, "pipeline") == 0 ? queue : execute;
    if (strcmp(how, "file") == 0) {
        execute(conn, text);
        return;
    }
    send(conn, "BEGIN");
    each_statement(conn, text, send);
    send(conn, "COMMIT");
}

/* The answers to everything before a Sync. */
static void finish_pipeline(PGconn *conn)
{
    ExecStatusType status = PGRES_COMMAND_OK;
    PQpipelineSync(conn);
    while (status != PGRES_PIPELINE_SYNC) {
        PGresult *result = PQgetResult(conn);
        if (result == NULL)
            continue;
        status = PQresultStatus(result);
        check(conn, result);
    }
}

int main(int argc, char **argv)
{
    struct dirent **entries;
    if (argc != 4) {
        fprintf(stderr, "usage: floor file|statement|pipeline URL DIRECTORY\n");
        return 2;
    }
    directory = argv[3];
    PGconn *conn = PQconnectdb(argv[2]);
    int count = scandir(directory, &entries, is_up, alphasort);
    int pipeline = strcmp(argv[1], "pipeline") == 0;
    if (count < 0 || PQstatus(conn) != CONNECTION_OK || (pipeline && !PQenterPipelineMode(conn)))
        complain(conn);
    for (int i = 0; i < count; i++) {
        char *text = read_file(entries[i]->d_name);
        run_file(conn, text, argv[1]);
        if (pipeline && (i % 64 == 63 || i == count - 1))
            finish_pipeline(conn);
        free(text);
        free(entries[i]);
    }
    free(entries);
    PQfinish(conn);
    return 0;
}
