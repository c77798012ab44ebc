#include "pg/error.h"

#include "base/str.h"

#include <stdlib.h>
#include <string.h>

struct state_row {
    const char *sqlstate; /* a prefix */
    enum err_kind kind;
    const char *hint;     /* NULL: the server's own, if any */
};

/* The first row whose prefix fits counts. */
static const struct state_row state_rows[] = {
    {"57P03", ERR_RETRY, "the server is starting or stopping; try again in a moment"},
    {"53300", ERR_RETRY, "the server has no free connection; try again, or raise max_connections"},
    {"57P01", ERR_CONNECTION, NULL},
    {"57P02", ERR_CONNECTION, NULL},
    {"57P05", ERR_CONNECTION, NULL},
    {"08P01", ERR_FAILED, "a parameter as $1 has a value in PREPARE and in functions only"},
    {"08", ERR_CONNECTION, NULL},
    {"28P01", ERR_CONNECTION, "check the password: DATABASE_URL, PGPASSWORD, or the password file"},
    {"28000", ERR_CONNECTION, "check user and pg_hba.conf on the server"},
    {"3D000", ERR_CONNECTION, "create it with `skein database create`, or check the name"},
    {"42501", ERR_PERMISSION, "grant the missing privilege to this role, or run as the owner"},
    {"25006", ERR_CONNECTION, "this is a read-only standby or session; connect to the primary"},
    {"55P03", ERR_LOCK, "another session holds the table; try again later, or raise lock_timeout"},
    {"53100", ERR_RETRY, "the server's disk is full; make room and run again"},
    {"40001", ERR_RETRY, NULL},
    {"40P01", ERR_RETRY, NULL},
    {"", ERR_FAILED, NULL},
};

/* What the server calls the object of "permission denied for … NAME", and what is granted on it. */
static const struct {
    const char *object, *privileges, *grant_on;
} privilege_rows[] = {
    {"schema ", "USAGE to see what is in it, CREATE to make something there", "SCHEMA"},
    {"table ", "SELECT to read; INSERT, UPDATE and DELETE to write", "TABLE"},
    {"view ", "SELECT to read", "TABLE"},
    {"materialized view ", "SELECT to read", "TABLE"},
    {"sequence ", "USAGE", "SEQUENCE"},
    {"database ", "CONNECT to enter it, CREATE to make schemas there", "DATABASE"},
    {"function ", "EXECUTE", "FUNCTION"},
    {"language ", "USAGE", "LANGUAGE"},
    {"type ", "USAGE", "TYPE"},
};

/* Says which privilege is missing, as far as the message tells; servers that speak another language do not. */
static void hint_privilege(const char *message, struct err *err)
{
    static const char start[] = "permission denied for ";
    const char *at = strstr(message, start);
    for (size_t i = 0; at != NULL && i < sizeof(privilege_rows) / sizeof(privilege_rows[0]); i++) {
        const char *object = privilege_rows[i].object, *name = at + strlen(start) + strlen(object);
        if (str_starts(at + strlen(start), object))
            err_hint(err, "GRANT … ON %s %s to this role (%s), or run as the owner", privilege_rows[i].grant_on, name,
                     privilege_rows[i].privileges);
    }
}

static const struct state_row *row_of(const char *sqlstate)
{
    const struct state_row *row = state_rows;
    while (!str_starts(sqlstate, row->sqlstate))
        row++;
    return row;
}

static void add_part(struct str *str, const char *label, const char *text)
{
    if (text != NULL && *text != '\0')
        str_addf(str, "%s%s%s", str->length == 0 ? "" : "\n", label, text);
}

int error_from_result(struct conn *conn, const PGresult *result, struct err *err)
{
    const char *message = PQresultErrorField(result, PG_DIAG_MESSAGE_PRIMARY);
    const char *sqlstate = PQresultErrorField(result, PG_DIAG_SQLSTATE);
    const char *position = PQresultErrorField(result, PG_DIAG_STATEMENT_POSITION);
    conn->error_position = position == NULL ? 0 : (int)strtol(position, NULL, 10);
    if (message == NULL)
        return error_from_break(conn, err);
    const struct state_row *row = row_of(sqlstate == NULL ? "" : sqlstate);
    err_set(err, row->kind, "%s", message);
    const char *hint = PQresultErrorField(result, PG_DIAG_MESSAGE_HINT);
    if (hint != NULL || row->hint != NULL)
        err_hint(err, "%s", hint != NULL ? hint : row->hint);
    if (hint == NULL && row->kind == ERR_PERMISSION)
        hint_privilege(message, err);
    struct str detail = str_new(err->arena);
    add_part(&detail, "", PQresultErrorField(result, PG_DIAG_MESSAGE_DETAIL));
    add_part(&detail, "context: ", PQresultErrorField(result, PG_DIAG_CONTEXT));
    err->detail = detail.length == 0 ? NULL : detail.at;
    if (sqlstate != NULL)
        memcpy(err->sqlstate, sqlstate, strnlen(sqlstate, 5));
    return -1;
}

/* "FATAL:  28P01: password …" anywhere in libpq's text; the localised severity is not looked at. */
static bool find_sqlstate(const char *text, char sqlstate[6], const char **sentence)
{
    static const char code[] = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    for (const char *at = strstr(text, ":  "); at != NULL; at = strstr(at + 1, ":  ")) {
        const char *state = at + 3;
        if (strspn(state, code) == 5 && state[5] == ':' && state[6] == ' ') {
            memcpy(sqlstate, state, 5);
            sqlstate[5] = '\0';
            *sentence = state + 7;
            return true;
        }
    }
    return false;
}

int error_from_connect(const struct dsn *dsn, const PGconn *pg, struct err *err)
{
    const char *text = PQerrorMessage(pg), *sentence = text;
    char sqlstate[6] = "";
    if (!find_sqlstate(text, sqlstate, &sentence)) {
        err_set(err, ERR_CONNECTION, "cannot connect to %s: %.*s", dsn->shown, (int)strcspn(text, "\n"), text);
        return err_hint(err, "is the server running and reachable from here? `skein config` shows where the address comes from");
    }
    const struct state_row *row = row_of(sqlstate);
    err_set(err, row->kind == ERR_FAILED ? ERR_CONNECTION : row->kind, "cannot connect to %s: %.*s", dsn->shown,
            (int)strcspn(sentence, "\n"), sentence);
    memcpy(err->sqlstate, sqlstate, sizeof(err->sqlstate));
    if (row->hint != NULL)
        err_hint(err, "%s", row->hint);
    return -1;
}

int error_from_break(struct conn *conn, struct err *err)
{
    const char *text = conn->pg == NULL ? "" : PQerrorMessage((PGconn *)(void *)conn->pg), *sentence = text;
    char sqlstate[6] = "";
    find_sqlstate(text, sqlstate, &sentence);
    err_set(err, ERR_CONNECTION, "the connection to %s broke: %.*s", conn->dsn->shown, (int)strcspn(sentence, "\n"),
            *sentence == '\0' ? "no reason given" : sentence);
    memcpy(err->sqlstate, sqlstate, sizeof(err->sqlstate));
    return err_hint(err, "run the same command again: what was committed is recorded, what was not is undone");
}
