/* The inside of a template's tags: names, filters, delimiters. */
#include "base/str.h"
#include "text/nearest.h"
#include "text/template_part.h"

#include <string.h>

static const char SIGILS[] = "#^/>!&{=";

/* Takes what has no blank and none of `ends` in it from the front. */
static struct span take_word(struct span *rest, const char *ends)
{
    struct span word = {rest->at, 0};
    while (word.length < rest->length && !str_is_blank(word.at[word.length]) && strchr(ends, word.at[word.length]) == NULL)
        word.length++;
    *rest = span_trim((struct span){rest->at + word.length, rest->length - word.length});
    return word;
}

/* For sentences: no more than a line's worth of it. */
static const char *shown(struct arena *arena, struct span span)
{
    enum { LONGEST = 40 };
    size_t length = 0;
    while (length < span.length && length < LONGEST && span.at[length] != '\n')
        length++;
    while (length < span.length && length > 0 && ((unsigned char)span.at[length] & 0xC0) == 0x80)
        length--;
    return arena_printf(arena, "%.*s%s", (int)length, span.at, length < span.length ? " …" : "");
}

static size_t offset_of(const struct source *source, struct span span)
{
    return (size_t)(span.at - source->content);
}

struct delimiters delimiters_new(struct arena *arena, struct span open, struct span close)
{
    const char *end = arena_strndup(arena, close.at, close.length);
    return (struct delimiters){
        .open = arena_strndup(arena, open.at, open.length),
        .close = end,
        .close_raw = arena_printf(arena, "}%s", end),
        .close_set = arena_printf(arena, "=%s", end),
    };
}

static const char *closing(const struct delimiters *delimiters, char sigil)
{
    return sigil == '{' ? delimiters->close_raw : sigil == '=' ? delimiters->close_set : delimiters->close;
}

int tag_read(const struct source *source, const struct delimiters *delimiters, size_t start, struct tag *tag,
             struct err *err)
{
    const char *text = source->content, *end = text + source->length;
    const char *at = text + start + strlen(delimiters->open);
    while (at < end && str_is_blank(*at))
        at++;
    *tag = (struct tag){.start = start};
    if (at < end && *at != '\0' && strchr(SIGILS, *at) != NULL)
        tag->sigil = *at++;
    const char *close = closing(delimiters, tag->sigil);
    const char *found = memmem(at, (size_t)(end - at), close, strlen(close));
    if (found == NULL) {
        source_fail(source, start, err, "the tag that begins here never ends: \"%s\" was expected", close);
        return err_hint(err, "end it with %s; where %s is meant as text, write {{=<%% %%>=}} on a line before it and "
                        "<%% and %%> for tags", close, delimiters->open);
    }
    tag->content = (size_t)(at - text);
    tag->inside = span_trim((struct span){at, (size_t)(found - at)});
    tag->end = (size_t)(found - text) + strlen(close);
    return 0;
}

int tag_delimiters(struct arena *arena, const struct source *source, const struct tag *tag,
                   struct delimiters *delimiters, struct err *err)
{
    struct span rest = tag->inside, open = take_word(&rest, "="), close = take_word(&rest, "=");
    if (open.length == 0 || close.length == 0 || rest.length > 0) {
        source_fail(source, tag->start, err, "two delimiters were expected, found \"%s\"",
                    shown(err->arena, tag->inside));
        return err_hint(err, "write two of them, separated by a blank, without blanks and = in them: {{=<%% %%>=}}");
    }
    *delimiters = delimiters_new(arena, open, close);
    return 0;
}

static int check_word(const struct source *source, const struct delimiters *delimiters, const struct tag *tag,
                      struct span word, struct span rest, struct err *err)
{
    if (word.length == 0) {
        source_fail(source, tag->start, err, "the tag has no name");
        return err_hint(err, "write the name of a value between %s and %s", delimiters->open, delimiters->close);
    }
    const char *close = memmem(word.at, word.length, delimiters->close, strlen(delimiters->close));
    bool variable = tag->sigil == '\0' || tag->sigil == '&' || tag->sigil == '{';
    if (close != NULL)
        rest = (struct span){close, word.length - (size_t)(close - word.at)};
    else if (rest.length == 0 || (variable && *rest.at == '|'))
        return 0;
    source_fail(source, offset_of(source, rest), err, "\"%s\" was expected after the name, found \"%s\"",
                closing(delimiters, tag->sigil), shown(err->arena, rest));
    return err_hint(err, variable ? "a name has no blanks; a filter is written {{name | filter}}"
                                  : "a name has no blanks, and only variables have filters");
}

static int read_keys(struct arena *arena, const struct source *source, struct span word, struct name *name,
                     struct err *err)
{
    for (size_t at = 0; at <= word.length; at++) {
        const char *key = word.at + at, *dot = memchr(key, '.', word.length - at);
        size_t length = dot == NULL ? word.length - at : (size_t)(dot - key);
        if (length == 0) {
            source_fail(source, offset_of(source, word) + at, err, "\"%s\" has nothing beside a dot",
                        shown(err->arena, word));
            return err_hint(err, "write a.b for the member b of a, and a dot alone for the item of a list");
        }
        *vec_add(arena, &name->keys) = arena_strndup(arena, key, length);
        at += length;
    }
    return 0;
}

static int read_name(struct arena *arena, const struct source *source, struct span word, struct name *name,
                     struct err *err)
{
    static const struct { const char *text; enum name_kind kind; } own[] = {
        {".", NAME_ITEM}, {"@first", NAME_FIRST}, {"@last", NAME_LAST}};
    for (size_t i = 0; i < sizeof(own) / sizeof(*own); i++) {
        name->kind = own[i].kind;
        if (strcmp(name->text, own[i].text) == 0)
            return 0;
    }
    name->kind = NAME_KEYS;
    if (strchr("<$*%?~@=+:", *word.at) != NULL) {
        source_fail(source, offset_of(source, word), err, "a name was expected, found \"%s\"",
                    shown(err->arena, word));
        return err_hint(err, "tags are {{name}}, {{{name}}}, {{& name}}, {{# name}}, {{^ name}}, {{/ name}}, {{> name}}, "
                        "{{! comment}} and {{=<%% %%>=}}; names of skein's own are @first and @last");
    }
    return read_keys(arena, source, word, name, err);
}

static int unknown_filter(const struct source *source, struct span word, struct err *err)
{
    struct strings names = {0};
    const char *text = arena_strndup(err->arena, word.at, word.length);
    template_filter_names(err->arena, &names);
    const char *nearest = nearest_find(text, &names);
    source_fail(source, offset_of(source, word), err, "unknown filter \"%s\"", shown(err->arena, word));
    if (nearest != NULL)
        return err_hint(err, "did you mean %s?", nearest);
    return err_hint(err, "filters are %s", words_join(err->arena, &names));
}

static int read_filters(const struct source *source, struct span rest, struct part *part, struct err *err)
{
    for (size_t count = 0; rest.length > 0; count++) {
        struct span bar = rest;
        rest = span_trim((struct span){rest.at + 1, rest.length - 1});
        struct span word = *bar.at == '|' ? take_word(&rest, "|") : (struct span){rest.at, 0};
        if (word.length == 0 || count == FILTERS_MAX) {
            source_fail(source, offset_of(source, bar), err, count == FILTERS_MAX ? "more than %d filters" :
                        "a filter behind a bar was expected; at most %d may follow each other", FILTERS_MAX);
            return err_hint(err, "filters are written {{name | line | markdown}}");
        }
        part->filters[count] = template_filter_find(arena_strndup(err->arena, word.at, word.length));
        if (part->filters[count] == NULL)
            return unknown_filter(source, word, err);
    }
    return 0;
}

int tag_name(struct arena *arena, const struct source *source, const struct delimiters *delimiters,
             const struct tag *tag, struct part *part, struct err *err)
{
    struct span rest = tag->inside, word = take_word(&rest, "|");
    if (check_word(source, delimiters, tag, word, rest, err) != 0)
        return -1;
    part->offset = tag->start;
    part->name.text = arena_strndup(arena, word.at, word.length);
    if (tag->sigil == '>')
        return 0;
    if (read_name(arena, source, word, &part->name, err) != 0)
        return -1;
    return read_filters(source, rest, part, err);
}
