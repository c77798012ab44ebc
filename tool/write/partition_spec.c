#include "write/partition_spec.h"

#include "base/str.h"
#include "text/quote.h"
#include "write/clause.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <time.h>

/* A partition while it is read. */
struct spec_reading {
    struct arena *arena;
    const struct partition_way *way;
    struct partition_specs *specs;
    const char *shown;
    struct err *err;
};

static int fail_bound(const struct spec_reading *reading, const char *why)
{
    err_set(reading->err, ERR_USAGE, "PARTITION: \"%s\" %s", reading->shown, why);
    switch (reading->way->strategy) {
    case 'l':
        return err_hint(reading->err, "the table is partitioned by list; expected values with commas, with a name before: eu:DE,FR");
    case 'h':
        return err_hint(reading->err, "the table is partitioned by hash; expected modulus/remainder, such as 4/0, or 4 for all four");
    default:
        return err_hint(reading->err, "the table is partitioned by range; expected from..to, or a year, a month or a day, "
                                      "such as 2026_02");
    }
}

/* --- values */

static const char *unquoted(struct arena *arena, const char *text)
{
    size_t length = strlen(text);
    struct str out = str_new(arena);
    if (length < 2 || text[0] != '\'' || text[length - 1] != '\'')
        return text;
    str_add(&out, "");
    for (size_t i = 1; i + 1 < length; i++) {
        str_add_char(&out, text[i]);
        i += text[i] == '\'' && text[i + 1] == '\'';
    }
    return out.at;
}

static bool is_number(const char *text)
{
    char *end;
    (void)strtod(text, &end);
    return end != text && *end == '\0' && strpbrk(text, "xXnN") == NULL;
}

static bool is_day(const char *text)
{
    int year = 0, month = 0, day = 0;
    return sscanf(text, "%4d-%2d-%2d", &year, &month, &day) == 3 && month >= 1 && month <= 12 && day >= 1 && day <= 31;
}

/* Only what nobody could mean; the rest is the server's. */
static bool fits(const char *value, const char *type)
{
    static const char *const numbers[] = {"int2", "int4", "int8", "numeric", "float4", "float8"};
    static const char *const days[] = {"date", "timestamp", "timestamptz"};
    if (type == NULL || value == NULL)
        return true;
    for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
        if (strcmp(type, numbers[i]) == 0)
            return is_number(value) && (type[0] != 'i' || strpbrk(value, ".eE") == NULL);
    for (size_t i = 0; i < sizeof days / sizeof *days; i++)
        if (strcmp(type, days[i]) == 0)
            return is_day(value) || strcmp(value, "infinity") == 0 || strcmp(value, "-infinity") == 0;
    return true;
}

static int check_value(const struct spec_reading *reading, const char *value, size_t key)
{
    const char *type = key < reading->way->types.count ? reading->way->types.at[key] : NULL;
    const char *column = key < reading->way->columns.count ? reading->way->columns.at[key] : NULL;
    if (fits(value, type))
        return 0;
    return err_set(reading->err, ERR_USAGE, "PARTITION: \"%s\": %s is no value of column \"%s\", which is a %s",
                   reading->shown, *value == '\0' ? "nothing" : value, column == NULL ? "" : column, type);
}

static void add_values(struct str *out, const struct strings *values, const char *nothing)
{
    for (size_t i = 0; i < values->count; i++)
        str_addf(out, "%s%s", i == 0 ? "" : ", ",
                 values->at[i] == NULL ? nothing : quote_literal(out->arena, values->at[i]));
}

static const char *labelled(struct arena *arena, const char *text)
{
    char *label = arena_strdup(arena, text);
    for (char *at = label; *at != '\0'; at++)
        *at = isalnum((unsigned char)*at) ? (char)tolower((unsigned char)*at) : '_';
    return label;
}

/* --- ranges */

/* A year, a month or a day, as 2026, 2026_02 and 2026-02-28, from its first day to the one behind its last. */
static bool read_period(struct arena *arena, const char *text, const char **from, const char **to)
{
    int year = 0, month = 0, day = 0, length = 0;
    char separator[2];
    int read = sscanf(text, "%4d%n%1[-_]%2d%n%1[-_]%2d%n", &year, &length, separator, &month, &length, separator, &day,
                      &length);
    if (read < 1 || text[length] != '\0' || year < 1000 || month > 12 || day > 31)
        return false;
    struct tm last = {.tm_year = year - 1900, .tm_mon = month == 0 ? 0 : month - 1, .tm_mday = day == 0 ? 1 : day};
    *from = arena_printf(arena, "%04d-%02d-%02d", year, last.tm_mon + 1, last.tm_mday);
    last.tm_year += read == 1;
    last.tm_mon += read == 3;
    last.tm_mday += read == 5;
    timegm(&last);
    *to = arena_printf(arena, "%04d-%02d-%02d", last.tm_year + 1900, last.tm_mon + 1, last.tm_mday);
    return true;
}

/* One end: nothing is unbounded, for each column of the key. */
static int read_end(const struct spec_reading *reading, const char *text, struct strings *values)
{
    struct arena *arena = reading->arena;
    size_t length = strlen(text), keys = reading->way->columns.count == 0 ? 1 : reading->way->columns.count;
    if (length >= 2 && text[0] == '(' && text[length - 1] == ')')
        text = arena_strndup(arena, text + 1, length - 2);
    struct strings parts = *text == '\0' ? (struct strings){0} : clause_split(arena, text, ',');
    vec_each(part, &parts) {
        bool endless = strcasecmp(*part, "minvalue") == 0 || strcasecmp(*part, "maxvalue") == 0;
        *vec_add(arena, values) = endless ? NULL : unquoted(arena, *part);
        if (check_value(reading, values->at[values->count - 1], values->count - 1) != 0)
            return -1;
    }
    while (parts.count == 0 && values->count < keys)
        *vec_add(arena, values) = NULL;
    if (values->count == keys || reading->way->columns.count == 0)
        return 0;
    return fail_bound(reading, arena_printf(arena, "has %zu values at an end, and the key has %zu columns", values->count, keys));
}

static int read_range(const struct spec_reading *reading, const char *text, struct partition_spec *spec)
{
    struct arena *arena = reading->arena;
    const char *dots = strstr(text, ".."), *from = "", *to = "";
    if (dots != NULL) {
        from = arena_strndup(arena, text, (size_t)(dots - text));
        to = dots + 2;
    } else if (!read_period(arena, text, &from, &to)) {
        return fail_bound(reading, "is no range");
    }
    spec->label = labelled(arena, dots == NULL ? text : *from == '\0' ? "first" : from);
    spec->bound.strategy = 'r';
    spec->bound.understood = true;
    if (read_end(reading, from, &spec->bound.from) != 0 || read_end(reading, to, &spec->bound.to) != 0)
        return -1;
    struct str sql = str_new(arena);
    str_add(&sql, "FOR VALUES FROM (");
    add_values(&sql, &spec->bound.from, "MINVALUE");
    str_add(&sql, ") TO (");
    add_values(&sql, &spec->bound.to, "MAXVALUE");
    str_add(&sql, ")");
    spec->sql = sql.at;
    return 0;
}

/* --- lists and hashes */

static int read_list(const struct spec_reading *reading, const char *text, struct partition_spec *spec)
{
    struct arena *arena = reading->arena;
    size_t length = strlen(text);
    if (strncasecmp(text, "in(", 3) == 0 && text[length - 1] == ')')
        text = arena_strndup(arena, text + 3, length - 4);
    struct strings parts = clause_split(arena, text, ',');
    struct str sql = str_new(arena);
    spec->bound.strategy = 'l';
    spec->bound.understood = true;
    vec_each(part, &parts) {
        const char *value = strcasecmp(*part, "null") == 0 ? NULL : unquoted(arena, *part);
        if (**part == '\0' || strstr(*part, "..") != NULL)
            return fail_bound(reading, "is no list of values");
        if (check_value(reading, value, 0) != 0)
            return -1;
        *vec_add(arena, &spec->bound.values) = value;
    }
    spec->label = labelled(arena, unquoted(arena, parts.at[0]));
    str_add(&sql, "FOR VALUES IN (");
    add_values(&sql, &spec->bound.values, "NULL");
    str_add(&sql, ")");
    spec->sql = sql.at;
    return 0;
}

static bool read_hash_numbers(const char *text, int *modulus, int *remainder)
{
    int length = 0;
    *remainder = -1;
    int read = sscanf(text, "%6d%n/%6d%n", modulus, &length, remainder, &length);
    return read >= 1 && text[length] == '\0' && *modulus > 0 && *modulus <= 1024 && *remainder < *modulus &&
           (read == 1 || *remainder >= 0);
}

/* A modulus alone is all of its remainders. */
static int read_hash(const struct spec_reading *reading, const char *text, const struct partition_spec *spec)
{
    struct arena *arena = reading->arena;
    int modulus, remainder;
    if (!read_hash_numbers(text, &modulus, &remainder))
        return fail_bound(reading, "is no modulus with a remainder below it");
    bool all = remainder < 0;
    for (int i = all ? 0 : remainder; i < (all ? modulus : remainder + 1); i++) {
        struct partition_spec *one = vec_add(arena, reading->specs);
        *one = *spec;
        one->label = arena_printf(arena, "%d", i);
        one->name = all && spec->name != NULL ? arena_printf(arena, "%s%d", spec->name, i) : spec->name;
        one->bound.strategy = 'h';
        one->sql = arena_printf(arena, "FOR VALUES WITH (MODULUS %d, REMAINDER %d)", modulus, i);
    }
    return 0;
}

static char strategy_of(const struct spec_reading *reading, const char *text)
{
    const char *from, *to;
    if (reading->way->strategy != 0)
        return reading->way->strategy;
    if (strstr(text, "..") != NULL || read_period(reading->arena, text, &from, &to))
        return 'r';
    return text[strspn(text, "0123456789/")] == '\0' ? 'h' : 'l';
}

static int read_spec(const struct spec_reading *reading)
{
    struct partition_spec spec = {0};
    struct strings parts = clause_split(reading->arena, reading->shown, ':');
    const char *text = reading->shown;
    int status;
    if (parts.count > 1 && clause_name(reading->arena, parts.at[0], &spec.name) == NULL)
        text = strchr(text + strlen(parts.at[0]), ':') + 1;
    text = clause_split(reading->arena, text, ';').at[0];
    if (*text == '\0')
        return fail_bound(reading, "says nothing");
    char strategy = strategy_of(reading, text);
    if (strcasecmp(text, "default") == 0) {
        if (strategy == 'h')
            return fail_bound(reading, "is not possible");
        spec.is_default = true;
        spec.label = "default";
        spec.sql = "DEFAULT";
    } else if (strategy == 'h') {
        return read_hash(reading, text, &spec);
    } else {
        status = strategy == 'l' ? read_list(reading, text, &spec) : read_range(reading, text, &spec);
        if (status != 0)
            return -1;
    }
    *vec_add(reading->arena, reading->specs) = spec;
    return 0;
}

int partition_specs_read(struct arena *arena, const char *text, const struct partition_way *way,
                         struct partition_specs *specs, struct err *err)
{
    struct strings parts = clause_split(arena, text, ';');
    vec_each(part, &parts) {
        struct spec_reading reading = {.arena = arena, .way = way, .specs = specs, .shown = *part, .err = err};
        if (read_spec(&reading) != 0)
            return -1;
    }
    return 0;
}
