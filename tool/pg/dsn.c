/* Connection strings: libpq's own forms, and the URLs that golang-migrate takes. */
#include "pg/dsn.h"
#include "base/str.h"

#include <ctype.h>
#include <errno.h>
#include <libpq-fe.h>
#include <stdlib.h>
#include <string.h>

static const char *const schemes[] = {"postgres://", "postgresql://", "pgx://", "pgx4://", "pgx5://"};

static const char *after_scheme(const char *text)
{
    for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
        if (str_starts(text, schemes[i]))
            return text + strlen(schemes[i]);
    return NULL;
}

static int hex_value(char c)
{
    if (c >= '0' && c <= '9')
        return c - '0';
    int lower = tolower((unsigned char)c);
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
}

/* A malformed %xx stays as it is, as Go's ParseQuery callers and people mostly mean it. */
static char *percent_decode(struct arena *arena, const char *text, size_t length, bool plus_is_space)
{
    char *decoded = arena_alloc(arena, length + 1), *to = decoded;
    for (size_t i = 0; i < length; i++) {
        if (text[i] == '%' && i + 2 < length && hex_value(text[i + 1]) >= 0 && hex_value(text[i + 2]) >= 0) {
            *to++ = (char)(hex_value(text[i + 1]) * 16 + hex_value(text[i + 2]));
            i += 2;
        } else {
            *to++ = plus_is_space && text[i] == '+' ? ' ' : text[i];
        }
    }
    *to = '\0';
    return decoded;
}

static void add(struct arena *arena, struct dsn *dsn, const char *keyword, const char *value)
{
    *vec_add(arena, &dsn->keywords) = keyword;
    *vec_add(arena, &dsn->values) = value;
}

static const char **value_of(struct dsn *dsn, const char *keyword)
{
    for (size_t i = 0; i < dsn->keywords.count; i++)
        if (dsn->keywords.at[i] != NULL && strcmp(dsn->keywords.at[i], keyword) == 0)
            return &dsn->values.at[i];
    return NULL;
}

static bool libpq_knows(const char *keyword)
{
    PQconninfoOption *options = PQconndefaults();
    bool known = false;
    for (PQconninfoOption *at = options; at != NULL && at->keyword != NULL && !known; at++)
        known = strcmp(at->keyword, keyword) == 0;
    PQconninfoFree(options);
    return known;
}

/* Go's strconv.ParseBool. */
static int read_bool(const char *key, const char *text, bool *truth, struct err *err)
{
    static const char *const yes[] = {"1", "t", "T", "TRUE", "true", "True"};
    static const char *const no[] = {"0", "f", "F", "FALSE", "false", "False"};
    for (size_t i = 0; i < 6; i++) {
        if (strcmp(text, yes[i]) == 0 || strcmp(text, no[i]) == 0) {
            *truth = strcmp(text, yes[i]) == 0;
            return 0;
        }
    }
    err_set(err, ERR_USAGE, "%s=%s in the database URL is neither true nor false", key, text);
    return err_hint(err, "write %s=true or %s=false", key, key);
}

static int read_own_key(struct dsn *dsn, const char *key, const char *value, struct err *err)
{
    if (strcmp(key, "x-migrations-table") == 0) {
        dsn->version_table = value;
    } else if (strcmp(key, "x-migrations-table-quoted") == 0) {
        return read_bool(key, value, &dsn->version_table_quoted, err);
    } else if (strcmp(key, "x-multi-statement") == 0) {
        return read_bool(key, value, &dsn->multi_statement, err);
    } else if (strcmp(key, "x-statement-timeout") == 0) {
        char *end;
        errno = 0;
        dsn->statement_timeout = strtol(value, &end, 10);
        if (errno != 0 || *end != '\0' || end == value || dsn->statement_timeout < 0) {
            err_set(err, ERR_USAGE, "x-statement-timeout=%s in the database URL is not a number", value);
            return err_hint(err, "give milliseconds, such as x-statement-timeout=60000");
        }
    }
    return 0;
}

/* A server setting as lib/pq would send it in the startup message. */
static void add_server_setting(struct arena *arena, struct dsn *dsn, const char *key, const char *value)
{
    const char **present = value_of(dsn, "options");
    struct str options = str_new(arena);
    if (present != NULL && *present != NULL)
        str_addf(&options, "%s ", *present);
    str_addf(&options, "-c %s=", key);
    for (const char *at = value; *at != '\0'; at++) {
        if (isspace((unsigned char)*at) || *at == '\\')
            str_add_char(&options, '\\');
        str_add_char(&options, *at);
    }
    if (present != NULL)
        *present = options.at;
    else
        add(arena, dsn, "options", options.at);
}

static int read_query(struct arena *arena, const char *query, struct dsn *dsn, struct err *err)
{
    while (*query != '\0') {
        size_t length = strcspn(query, "&");
        const char *equals = memchr(query, '=', length);
        size_t key_length = equals == NULL ? length : (size_t)(equals - query);
        char *key = percent_decode(arena, query, key_length, true);
        char *value = equals == NULL ? arena_strdup(arena, "")
                                     : percent_decode(arena, equals + 1, length - key_length - 1, true);
        if (str_starts(key, "x-")) {
            if (read_own_key(dsn, key, value, err) != 0)
                return -1;
        } else if (libpq_knows(key)) {
            const char **present = value_of(dsn, key);
            if (present != NULL)
                *present = value;
            else
                add(arena, dsn, key, value);
        } else if (*key != '\0') {
            add_server_setting(arena, dsn, key, value);
        }
        query += length + (query[length] == '&');
    }
    return 0;
}

/* host[:port][,host[:port]…] into libpq's two lists. */
static int read_hosts(struct arena *arena, const char *text, size_t length, struct dsn *dsn, struct err *err)
{
    struct str hosts = str_new(arena), ports = str_new(arena);
    bool any_port = false;
    for (const char *at = text, *end = text + length; at <= end;) {
        const char *comma = memchr(at, ',', (size_t)(end - at));
        const char *stop = comma == NULL ? end : comma;
        const char *bracket = at < stop && *at == '[' ? memchr(at, ']', (size_t)(stop - at)) : NULL;
        const char *from = bracket != NULL ? bracket : at;
        const char *colon = memchr(from, ':', (size_t)(stop - from));
        const char *host_end = colon == NULL ? stop : colon;
        char *host = bracket != NULL ? arena_strndup(arena, at + 1, (size_t)(bracket - at - 1))
                                     : percent_decode(arena, at, (size_t)(host_end - at), false);
        char *port = colon == NULL ? arena_strdup(arena, "") : arena_strndup(arena, colon + 1, (size_t)(stop - colon - 1));
        if (port[strspn(port, "0123456789")] != '\0') {
            err_set(err, ERR_USAGE, "the port in the database URL is not a number");
            return err_hint(err, "percent-encode special characters in the password: @ is %%40, : is %%3A, / is %%2F");
        }
        any_port = any_port || *port != '\0';
        str_addf(&hosts, "%s%s", at == text ? "" : ",", host);
        str_addf(&ports, "%s%s", at == text ? "" : ",", port);
        at = stop + 1;
    }
    if (hosts.length > 0)
        add(arena, dsn, "host", hosts.at);
    if (any_port)
        add(arena, dsn, "port", ports.at);
    return 0;
}

static int refuse_at_sign(struct err *err)
{
    err_set(err, ERR_USAGE, "the database URL has an '@' too many: the password is not percent-encoded");
    return err_hint(err, "write %%40 for '@' in user and password; or set PGPASSWORD, or use a password file");
}

/*
 * An '@' behind the authority may end a password with a '/', '?' or '#' in it: what looks like host and path is then
 * a part of the password, to be shown to nobody.  In the value of a parameter it is harmless.
 */
static bool has_tail_of_password(const char *path, bool has_user, bool has_colon)
{
    const char *sign = strchr(path, '@'), *query = strchr(path, '?');
    if (sign == NULL || !(has_user || has_colon))
        return false;
    if (*path == '?' && !has_user)
        return false;
    return query == NULL || sign < query || memchr(query, '=', (size_t)(sign - query)) == NULL;
}

static int read_url(struct arena *arena, const char *rest, struct dsn *dsn, struct err *err)
{
    size_t authority = strcspn(rest, "/?#");
    const char *at_sign = memchr(rest, '@', authority);
    const char *host = rest;
    if (at_sign != NULL) {
        if (memchr(at_sign + 1, '@', authority - (size_t)(at_sign + 1 - rest)) != NULL)
            return refuse_at_sign(err);
        const char *colon = memchr(rest, ':', (size_t)(at_sign - rest));
        const char *user_end = colon == NULL ? at_sign : colon;
        if (user_end > rest)
            add(arena, dsn, "user", percent_decode(arena, rest, (size_t)(user_end - rest), false));
        if (colon != NULL)
            add(arena, dsn, "password", percent_decode(arena, colon + 1, (size_t)(at_sign - colon - 1), false));
        host = at_sign + 1;
    }
    const char *path = rest + authority;
    if (has_tail_of_password(path, at_sign != NULL, memchr(rest, ':', authority) != NULL))
        return refuse_at_sign(err);
    if (read_hosts(arena, host, (size_t)(path - host), dsn, err) != 0)
        return -1;
    if (*path == '/') {
        size_t length = strcspn(path, "?#");
        dsn->database_path = percent_decode(arena, path, length, false);
        if (length > 1)
            add(arena, dsn, "dbname", dsn->database_path + 1);
        path += length;
    }
    if (*path == '?')
        return read_query(arena, arena_strndup(arena, path + 1, strcspn(path + 1, "#")), dsn, err);
    return 0;
}

static int read_key_values(struct arena *arena, const char *text, struct dsn *dsn, struct err *err)
{
    char *message = NULL;
    PQconninfoOption *options = PQconninfoParse(text, &message);
    if (options == NULL) {
        /* libpq's sentence may quote the string, and with it the password. */
        PQfreemem(message);
        err_set(err, ERR_USAGE, "the database is neither a postgres:// URL nor a list of key=value pairs");
        return err_hint(err, "write postgres://user:password@host:5432/name, or host=… dbname=… user=…");
    }
    for (PQconninfoOption *at = options; at->keyword != NULL; at++)
        if (at->val != NULL)
            add(arena, dsn, arena_strdup(arena, at->keyword), arena_strdup(arena, at->val));
    PQconninfoFree(options);
    return 0;
}

static const char *shown(struct arena *arena, struct dsn *dsn)
{
    const char **user = value_of(dsn, "user"), **host = value_of(dsn, "host"), **port = value_of(dsn, "port"),
               **name = value_of(dsn, "dbname"), **service = value_of(dsn, "service");
    struct str str = str_new(arena);
    str_add(&str, "postgres://");
    if (user != NULL)
        str_addf(&str, "%s@", *user);
    bool directory = host != NULL && **host == '/';
    if (host != NULL && !directory)
        str_add(&str, *host);
    if (port != NULL && !directory)
        str_addf(&str, ":%s", *port);
    str_addf(&str, "/%s", name == NULL ? "" : *name);
    if (directory)
        str_addf(&str, "?host=%s", *host);
    if (service != NULL)
        str_addf(&str, "?service=%s", *service);
    return str.at;
}

static void add_default(struct arena *arena, struct dsn *dsn, const char *keyword, const char *value)
{
    if (value_of(dsn, keyword) == NULL)
        add(arena, dsn, keyword, value);
}

/* What lets skein notice a dead connection soon, where the user did not choose otherwise. */
static void add_defaults(struct arena *arena, struct dsn *dsn)
{
    add_default(arena, dsn, "application_name", "skein");
    add_default(arena, dsn, "client_encoding", "UTF8");
    add_default(arena, dsn, "keepalives_idle", "15");
    add_default(arena, dsn, "keepalives_interval", "5");
    add_default(arena, dsn, "keepalives_count", "3");
    if (getenv("PGCONNECT_TIMEOUT") == NULL)
        add_default(arena, dsn, "connect_timeout", "10");
    const char **host = value_of(dsn, "host");
    if (host != NULL && strchr(*host, ',') != NULL && getenv("PGTARGETSESSIONATTRS") == NULL)
        add_default(arena, dsn, "target_session_attrs", "read-write");
}

static void finish(struct arena *arena, struct dsn *dsn)
{
    const char **name = value_of(dsn, "dbname");
    dsn->dbname = name == NULL ? NULL : *name;
    dsn->shown = shown(arena, dsn);
    add(arena, dsn, NULL, NULL);
}

int dsn_read(struct arena *arena, const char *text, struct dsn *dsn, struct err *err)
{
    *dsn = (struct dsn){0};
    const char *rest = after_scheme(text);
    const char *colon = strstr(text, "://");
    if (rest == NULL && colon != NULL && text[strspn(text, "abcdefghijklmnopqrstuvwxyz0123456789+.-")] == ':') {
        err_set(err, ERR_USAGE, "the database URL has the scheme %.*s", (int)(colon - text), text);
        return err_hint(err, "skein speaks to PostgreSQL: postgres://user:password@host:5432/name");
    }
    int failed = rest != NULL ? read_url(arena, rest, dsn, err) : read_key_values(arena, text, dsn, err);
    if (failed != 0)
        return -1;
    const char **host = value_of(dsn, "host");
    if (host != NULL && strchr(*host, '@') != NULL && **host != '/' && **host != '@')
        return refuse_at_sign(err);
    add_defaults(arena, dsn);
    finish(arena, dsn);
    return 0;
}

/* A copy, without one keyword, that is still to be finished. */
static struct dsn copy_without(struct arena *arena, const struct dsn *dsn, const char *keyword)
{
    struct dsn other = *dsn;
    other.keywords = (struct strings){0};
    other.values = (struct strings){0};
    for (size_t i = 0; i < dsn->keywords.count && dsn->keywords.at[i] != NULL; i++)
        if (strcmp(dsn->keywords.at[i], keyword) != 0)
            add(arena, &other, dsn->keywords.at[i], dsn->values.at[i]);
    return other;
}

struct dsn dsn_complete(struct arena *arena, const struct dsn *dsn, const char *keyword, const char *value)
{
    struct dsn other = *dsn;
    if (value_of(&other, keyword) != NULL)
        return other;
    other = copy_without(arena, dsn, keyword);
    add(arena, &other, keyword, value);
    finish(arena, &other);
    return other;
}

struct dsn dsn_with_database(struct arena *arena, const struct dsn *dsn, const char *dbname)
{
    struct dsn other = copy_without(arena, dsn, "dbname");
    add(arena, &other, "dbname", dbname);
    other.database_path = arena_printf(arena, "/%s", dbname);
    finish(arena, &other);
    return other;
}
