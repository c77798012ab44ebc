#include "text/mask.h"

#include "base/str.h"

#include <ctype.h>
#include <string.h>

/* Parameters whose values may be seen.  Anything else may be a secret, or the tail of one. */
static const char *const harmless[] = {
    "host", "hostaddr", "port", "dbname", "user", "sslmode", "ssl", "connect_timeout", "client_encoding",
    "application_name", "fallback_application_name", "keepalives", "keepalives_idle", "keepalives_interval",
    "keepalives_count", "tcp_user_timeout", "target_session_attrs", "channel_binding", "gssencmode", "service",
    "sslrootcert", "sslcert", "sslsni", "passfile", "search_path", "timezone", "x-migrations-table",
    "x-migrations-table-quoted", "x-statement-timeout", "x-multi-statement", "x-multi-statement-max-size",
    "x-lock-strategy", "x-lock-table", "pool_max_conns", "default_query_exec_mode",
};

static bool is_harmless(struct span key)
{
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++)
        if (span_equals(key, harmless[i]))
            return true;
    return false;
}

/* Up to the next of these bytes, or to the end. */
static struct span until(const char *at, const char *end, const char *stops)
{
    const char *stop = at;
    while (stop != end && strchr(stops, *stop) == NULL)
        stop++;
    return (struct span){at, (size_t)(stop - at)};
}

static const char *last_at_sign(const char *at, const char *end)
{
    return at == end ? NULL : memrchr(at, '@', (size_t)(end - at));
}

/* A value that holds more settings ("h;password=x", as other drivers write them) is not as harmless as its key. */
static bool is_simple(struct span value)
{
    return until(value.at, value.at + value.length, "=;").length == value.length;
}

/* Is what follows a '?' really a list of parameters, and not the tail of a password with a '?' in it? */
static bool is_query(const char *at, const char *end)
{
    if (last_at_sign(at, end) == NULL)
        return true;
    while (at < end) {
        struct span part = until(at, end, "&"), key = until(at, at + part.length, "=");
        if (key.length == part.length || !(is_harmless(key) || span_equals(key, "password")))
            return false;
        at += part.length + 1;
    }
    return true;
}

/* "host:5432,[::1]:5433/db": without an '@', what follows a ':' must be a port, else it is a password without host. */
static void add_hosts(struct str *str, const char *at, const char *end)
{
    while (at < end && *at != '/') {
        struct span host = *at == '[' ? until(at, end, "]") : until(at, end, ":,/");
        str_add_bytes(str, at, host.length);
        at += host.length;
        if (at < end && *at == ']')
            str_add_char(str, *at++);
        if (at < end && *at == ':') {
            struct span port = until(at + 1, end, ",/");
            bool digits = until(at + 1, at + 1 + port.length, "0123456789").length == 0 &&
                          strspn(at + 1, "0123456789") == port.length;
            str_add_char(str, ':');
            if (!digits) {
                str_add(str, MASK);
                return;
            }
            str_add_bytes(str, at + 1, port.length);
            at += 1 + port.length;
        }
        if (at < end && *at == ',')
            str_add_char(str, *at++);
    }
    str_add_bytes(str, at, (size_t)(end - at));
}

static void add_query(struct str *str, const char *at)
{
    const char *end = at + strlen(at);
    while (at < end) {
        str_add_char(str, *at++); /* '?' or '&' */
        struct span part = until(at, end, "&"), key = until(at, at + part.length, "=");
        bool password = span_equals(key, "password");
        struct span value = {key.at + key.length + 1, part.length - key.length - 1};
        if (is_harmless(key) && key.length < part.length && is_simple(value)) {
            str_add_bytes(str, part.at, part.length);
        } else if (part.length != 0) {
            str_add(str, password ? "password=" : "");
            str_add(str, MASK);
        }
        at += part.length;
    }
}

/* `rest` is what follows "://". */
static void add_url(struct str *str, const char *rest)
{
    const char *end = rest + strlen(rest), *mark = strchr(rest, '?'), *query = mark == NULL ? end : mark;
    const char *sign = last_at_sign(rest, query);
    if (mark != NULL && !is_query(mark + 1, end)) { /* where the password ends cannot be known */
        struct span user = until(rest, end, ":/?#&=@");
        str_add_bytes(str, user.at, user.length);
        str_add(str, ":" MASK);
        return;
    }
    if (sign == NULL) {
        add_hosts(str, rest, query);
    } else {
        struct span user = until(rest, sign, ":/#&=");
        str_add_bytes(str, user.at, user.length);
        if (user.at + user.length != sign)
            str_add(str, ":" MASK);
        str_add_bytes(str, sign, (size_t)(query - sign));
    }
    add_query(str, query);
}

static const char *skip_space(const char *at)
{
    while (isspace((unsigned char)*at))
        at++;
    return at;
}

/* libpq's rules: 'quoted' or bare, a backslash takes the next byte as it is. */
static const char *skip_value(const char *at)
{
    bool quoted = *at == '\'';
    for (at += quoted; *at != '\0'; at++) {
        if (quoted ? *at == '\'' : isspace((unsigned char)*at))
            return at + quoted;
        if (*at == '\\' && at[1] != '\0')
            at++;
    }
    return at;
}

static void add_dbname(struct str *str, struct span value)
{
    bool quoted = value.at[0] == '\'';
    char *inner = arena_strndup(str->arena, value.at + quoted, value.length - quoted);
    size_t length = strlen(inner);
    if (quoted && length != 0 && inner[length - 1] == '\'')
        inner[length - 1] = '\0';
    str_addf(str, quoted ? "'%s'" : "%s", mask_url(str->arena, inner));
}

static void add_pair(struct str *str, struct span key, struct span value)
{
    if (!is_harmless(key) && !span_equals(key, "password")) {
        str_add(str, MASK);
        return;
    }
    str_add_bytes(str, key.at, key.length);
    str_add_char(str, '=');
    if (span_equals(key, "password"))
        str_add(str, MASK);
    else if (span_equals(key, "dbname") && value.length != 0) /* libpq takes a whole connection string there */
        add_dbname(str, value);
    else if (is_simple(value))
        str_add_bytes(str, value.at, value.length);
    else
        str_add(str, MASK);
}

static void add_pairs(struct str *str, const char *at)
{
    for (at = skip_space(at); *at != '\0'; at = skip_space(at)) {
        const char *key = at;
        while (*at != '\0' && *at != '=' && !isspace((unsigned char)*at))
            at++;
        struct span name = {key, (size_t)(at - key)};
        const char *equals = skip_space(at);
        if (str->length != 0)
            str_add_char(str, ' ');
        if (*equals != '=') { /* the tail of a value with a space in it */
            str_add(str, MASK);
            continue;
        }
        const char *value = skip_space(equals + 1);
        at = skip_value(value);
        add_pair(str, name, (struct span){value, (size_t)(at - value)});
    }
}

char *mask_url(struct arena *arena, const char *text)
{
    struct str str = str_new(arena);
    size_t scheme = strspn(text, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");
    if (scheme != 0 && strncmp(text + scheme, "://", 3) == 0) {
        str_add_bytes(&str, text, scheme + 3);
        add_url(&str, text + scheme + 3);
    } else if (strpbrk(text, "=@: \t\n'") != NULL) {
        if (strchr(text, '=') != NULL)
            add_pairs(&str, text);
        else
            add_url(&str, text); /* somebody forgot the scheme */
    } else {
        str_add(&str, text); /* the name of a database */
    }
    return str.at;
}
