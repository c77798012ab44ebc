#include "write/phrase.h"

#include <ctype.h>
#include <string.h>

static void add(struct arena *arena, struct phrase_parts *parts, const char *text, size_t length, bool code)
{
    if (length > 0)
        *vec_add(arena, parts) = (struct phrase_part){arena_strndup(arena, text, length), code};
}

void phrase_say(struct arena *arena, struct phrase_parts *parts, const char *text)
{
    add(arena, parts, text, strlen(text), false);
}

void phrase_code(struct arena *arena, struct phrase_parts *parts, const char *text)
{
    add(arena, parts, text, strlen(text), true);
}

/* A pattern while it is read. */
struct reading {
    struct arena *arena;
    struct phrase_parts *parts;
    phrase_value *value;
    void *context;
};

static bool take_value(const struct reading *reading, const char **at)
{
    const char *end = strchr(*at, '}');
    const char *name = arena_strndup(reading->arena, *at + 1, (size_t)(end - *at - 1));
    *at = end + 1;
    return reading->value(reading->context, name, reading->arena, reading->parts);
}

/* Up to the bracket that ends it, or the pattern's end.  False: one of its values has nothing to say. */
static bool take(const struct reading *reading, const char **at)
{
    bool complete = true;
    while (**at != '\0' && **at != ']') {
        size_t length = strcspn(*at, "{[]");
        add(reading->arena, reading->parts, *at, length, false);
        *at += length;
        if (**at == '{') {
            complete &= take_value(reading, at);
        } else if (**at == '[') {
            size_t before = reading->parts->count;
            (*at)++;
            if (!take(reading, at))
                reading->parts->count = before;
            *at += **at == ']';
        }
    }
    return complete;
}

void phrase_format(struct arena *arena, struct phrase_parts *parts, const char *pattern, phrase_value *value,
                   void *context)
{
    struct reading reading = {arena, parts, value, context};
    (void)take(&reading, &pattern);
}

void phrase_open_end(struct phrase_parts *parts)
{
    struct phrase_part *last = parts->count == 0 ? NULL : &parts->at[parts->count - 1];
    size_t length = last == NULL || last->code ? 0 : strlen(last->text);
    if (length > 0 && last->text[length - 1] == '.')
        last->text[length - 1] = '\0';
}

void phrase_one_end(struct phrase_parts *parts)
{
    if (parts->count < 2 || parts->at[parts->count - 1].code || strcmp(parts->at[parts->count - 1].text, ".") != 0)
        return;
    const char *before = parts->at[parts->count - 2].text;
    size_t length = strlen(before);
    if (length > 0 && strchr(".!?", before[length - 1]) != NULL)
        parts->count--;
}

void phrase_say_of(struct arena *arena, struct phrase_parts *parts, const char *name)
{
    struct phrase_parts said = {0};
    phrase_code(arena, &said, name);
    phrase_say(arena, &said, " ");
    if (parts->count > 0 && !parts->at[0].code)
        parts->at[0].text[0] = (char)tolower((unsigned char)parts->at[0].text[0]);
    vec_each(part, parts)
        *vec_add(arena, &said) = *part;
    phrase_open_end(&said);
    *parts = said;
}

void phrase_say_first(struct arena *arena, struct phrase_parts *parts, const char *text)
{
    struct phrase_parts said = {0};
    phrase_say(arena, &said, text);
    vec_each(part, parts)
        *vec_add(arena, &said) = *part;
    *parts = said;
}

struct phrase *phrase_add_detail(struct arena *arena, struct phrase *phrase)
{
    if (phrase->detail_count == phrase->detail_room)
        phrase->details = vec_grow(arena, phrase->details, &phrase->detail_room, sizeof(struct phrase));
    return &phrase->details[phrase->detail_count++];
}

const char *phrase_text(struct arena *arena, const struct phrase_parts *parts)
{
    struct str text = str_new(arena);
    vec_each(part, parts)
        str_add(&text, part->text);
    return text.at == NULL ? "" : text.at;
}
