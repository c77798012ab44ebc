#include "base/str.h"

#include <stdio.h>
#include <string.h>
#include <strings.h>

struct str str_new(struct arena *arena)
{
    struct str str = {.arena = arena, .room = 64};
    str.at = arena_alloc(arena, str.room);
    return str;
}

static void make_room(struct str *str, size_t more)
{
    if (str->length + more < str->room)
        return;
    size_t room = str->room < 64 ? 64 : str->room;
    while (room <= str->length + more)
        room *= 2;
    str->at = arena_grow(str->arena, str->at, str->room, room);
    str->room = room;
}

void str_add_bytes(struct str *str, const char *bytes, size_t length)
{
    make_room(str, length);
    if (length > 0)
        memcpy(str->at + str->length, bytes, length);
    str->length += length;
    str->at[str->length] = '\0';
}

void str_add(struct str *str, const char *text)
{
    str_add_bytes(str, text, strlen(text));
}

void str_add_char(struct str *str, char c)
{
    str_add_bytes(str, &c, 1);
}

void str_addf(struct str *str, const char *format, ...)
{
    va_list arguments, again;
    va_start(arguments, format);
    va_copy(again, arguments);
    make_room(str, 0);
    int length = vsnprintf(str->at + str->length, str->room - str->length, format, again);
    va_end(again);
    if (length > 0 && (size_t)length >= str->room - str->length) {
        make_room(str, (size_t)length);
        vsnprintf(str->at + str->length, (size_t)length + 1, format, arguments);
    }
    if (length > 0)
        str->length += (size_t)length;
    va_end(arguments);
}

bool span_equals(struct span span, const char *text)
{
    return strlen(text) == span.length && memcmp(span.at, text, span.length) == 0;
}

bool str_is_blank(char c)
{
    return c == ' ' || (c >= '\t' && c <= '\r');
}

struct span span_trim(struct span span)
{
    while (span.length > 0 && str_is_blank(*span.at))
        span.at++, span.length--;
    while (span.length > 0 && str_is_blank(span.at[span.length - 1]))
        span.length--;
    return span;
}

bool span_take(struct span *span, const char *prefix)
{
    size_t length = strlen(prefix);
    if (span->length < length || strncasecmp(span->at, prefix, length) != 0)
        return false;
    *span = (struct span){span->at + length, span->length - length};
    return true;
}

bool str_starts(const char *text, const char *prefix)
{
    return strncmp(text, prefix, strlen(prefix)) == 0;
}

bool str_ends(const char *text, const char *suffix)
{
    size_t length = strlen(text), tail = strlen(suffix);
    return length >= tail && strcmp(text + length - tail, suffix) == 0;
}

bool str_same(const char *a, const char *b)
{
    return a == NULL || b == NULL ? a == b : strcmp(a, b) == 0;
}
