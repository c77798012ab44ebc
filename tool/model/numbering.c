#include "model/numbering.h"
#include "base/file.h"
#include "base/str.h"
#include "model/filename.h"

#include <stdlib.h>
#include <string.h>

static const char default_format[] = "20060102150405";

/* The digits at an offset, as a number. */
static int part(const char *digits, size_t from, size_t count)
{
    int number = 0;
    for (size_t i = from; i < from + count; i++)
        number = number * 10 + (digits[i] - '0');
    return number;
}

/* 14 digits that are a date and a time, or 10 that are seconds since 1970 in this age. */
static bool looks_like_time(const struct span *digits)
{
    const char *at = digits->at;
    if (digits->length == 10)
        return at[0] == '1' || at[0] == '2';
    if (digits->length != 14)
        return false;
    int month = part(at, 4, 2), day = part(at, 6, 2);
    return part(at, 0, 4) >= 1970 && month >= 1 && month <= 12 && day >= 1 && day <= 31 && part(at, 8, 2) < 24 &&
           part(at, 10, 2) < 60;
}

void numbering_note(struct arena *arena, struct numbering *numbering, const char *base)
{
    struct filename name = filename_read(base);
    bool counts = name.kind == FILENAME_HALF || name.kind == FILENAME_SINGLE;
    if (!counts || name.too_large)
        return;
    *vec_add(arena, &numbering->taken) = name.version;
    numbering->pairs = numbering->pairs || name.kind == FILENAME_HALF;
    if (numbering->any && name.version <= numbering->last)
        return;
    numbering->any = true;
    numbering->last = name.version;
    numbering->digits = (int)name.digits.length;
    numbering->by_time = looks_like_time(&name.digits);
}

char *numbering_next(struct arena *arena, const struct numbering *numbering, int digits, struct err *err)
{
    uint64_t next = numbering->any ? numbering->last + 1 : 1;
    int width = digits > 0 ? digits : numbering->any ? numbering->digits : NUMBERING_DIGITS;
    char *text = arena_printf(arena, "%0*llu", width, (unsigned long long)next);
    if (digits > 0 && strlen(text) > (size_t)digits) {
        err_set(err, ERR_USAGE, "the next number is %s, and that has more than %d digits", text, digits);
        err_hint(err, "give more with --digits");
        return NULL;
    }
    if (next > INT64_MAX) {
        err_set(err, ERR_INPUT, "there is no version above %llu", (unsigned long long)numbering->last);
        return NULL;
    }
    return text;
}

/* Go's reference time and strftime's letter for it, longest first where one begins another. */
static const struct {
    const char *reference, *conversion;
} layouts[] = {{"2006", "%Y"}, {"06", "%y"}, {"01", "%m"}, {"02", "%d"}, {"15", "%H"}, {"04", "%M"}, {"05", "%S"}};

static char *conversion_of(struct arena *arena, const char *layout)
{
    struct str out = str_new(arena);
    str_add(&out, "");
    while (*layout != '\0') {
        size_t i = 0, count = sizeof(layouts) / sizeof(layouts[0]);
        while (i < count && !str_starts(layout, layouts[i].reference))
            i++;
        if (i < count) {
            str_add(&out, layouts[i].conversion);
            layout += strlen(layouts[i].reference);
        } else {
            str_add(&out, *layout == '%' ? "%" : "");
            str_add_char(&out, *layout++);
        }
    }
    return out.at;
}

/* tzset() takes an unknown zone for UTC without a word. */
static int zone_set(struct arena *arena, const char *zone, struct err *err)
{
    bool tame = *zone != '\0' && zone[0] != '/' && zone[0] != ':' && strstr(zone, "..") == NULL;
    if (!tame || file_kind(path_join(arena, "/usr/share/zoneinfo", zone)) != FILE_REGULAR) {
        err_set(err, ERR_USAGE, "unknown time zone %s", zone);
        return err_hint(err, "a name such as UTC or Europe/Berlin; package tzdata holds them");
    }
    setenv("TZ", arena_printf(arena, ":%s", zone), 1);
    tzset();
    return 0;
}

static char *in_layout(struct arena *arena, const char *layout, const char *zone, time_t now, struct err *err)
{
    struct tm parts;
    char text[128];
    if (zone != NULL && strcmp(zone, "UTC") != 0) {
        if (zone_set(arena, zone, err) != 0)
            return NULL;
        localtime_r(&now, &parts);
    } else {
        gmtime_r(&now, &parts);
    }
    size_t length = strftime(text, sizeof(text), conversion_of(arena, layout), &parts);
    return arena_strndup(arena, text, length);
}

static int check(const struct numbering *numbering, const char *format, const char *text, struct err *err)
{
    size_t length = strlen(text);
    bool fits = length > 0 && (length < 19 || (length == 19 && strcmp(text, "9223372036854775807") <= 0));
    if (!fits || text[strspn(text, "0123456789")] != '\0') {
        err_set(err, ERR_USAGE, "the format %s gives '%s', and a version is a number up to 2^63-1", format, text);
        return err_hint(err, "unix, unixNano, or digits of 2006 01 02 15 04 05, such as 20060102150405");
    }
    uint64_t version = strtoull(text, NULL, 10);
    vec_each(taken, &numbering->taken)
        if (*taken == version) {
            err_set(err, ERR_USAGE, "version %s is taken", text);
            return err_hint(err, "try again in a moment, or with a finer --format");
        }
    return 0;
}

char *numbering_by_time(struct arena *arena, const struct numbering *numbering, const char *format, const char *zone,
                        struct timespec now, struct err *err)
{
    bool unix_in_use = numbering->by_time && numbering->digits == 10;
    const char *chosen = format != NULL ? format : unix_in_use ? "unix" : default_format;
    char *text;
    if (strcmp(chosen, "unix") == 0)
        text = arena_printf(arena, "%lld", (long long)now.tv_sec);
    else if (strcmp(chosen, "unixNano") == 0)
        text = arena_printf(arena, "%lld%09ld", (long long)now.tv_sec, now.tv_nsec);
    else
        text = in_layout(arena, chosen, zone, now.tv_sec, err);
    if (text == NULL)
        return NULL;
    if (format == NULL && numbering->any && strtoull(text, NULL, 10) <= numbering->last)
        text = arena_printf(arena, "%llu", (unsigned long long)numbering->last + 1);
    return check(numbering, chosen, text, err) == 0 ? text : NULL;
}
