/* Compiling templates. */
#include "base/file.h"
#include "text/template_part.h"

#include <string.h>

struct reader {
    struct arena *arena;
    struct template *template;
    const struct source *source;
    struct err *err;
    struct delimiters delimiters;
    size_t at;                            /* what stands before it is compiled */
    bool begins_line;                     /* what stands at it begins a line of the result */
    struct part **end;                    /* where the next part goes */
    struct part *sections[SECTIONS_MAX];  /* that are open */
    size_t depth;
};

static struct part *add_part(struct reader *reader, enum part_kind kind)
{
    struct part *part = arena_new(reader->arena, struct part);
    part->kind = kind;
    part->offset = reader->at;
    *reader->end = part;
    reader->end = &part->next;
    return part;
}

static void add_text(struct reader *reader, size_t end)
{
    if (end <= reader->at)
        return;
    struct part *part = add_part(reader, PART_TEXT);
    part->text = (struct span){reader->source->content + reader->at, end - reader->at};
    part->begins_line = reader->begins_line;
    reader->begins_line = reader->source->content[end - 1] == '\n';
    reader->at = end;
}

/* A tag that begins a line gets an empty text before it, so that only texts need to know of indentation. */
static void begin_line(struct reader *reader)
{
    if (reader->begins_line)
        add_part(reader, PART_TEXT)->begins_line = true;
    reader->begins_line = false;
}

static bool is_blank(char c)
{
    return c == ' ' || c == '\t';
}

/* Is a tag alone on its line?  Then its line begins at *begin and ends before *end. */
static bool is_alone(const struct reader *reader, const struct tag *tag, size_t *begin, size_t *end)
{
    const char *text = reader->source->content;
    size_t length = reader->source->length;
    *begin = tag->start;
    while (*begin > reader->at && is_blank(text[*begin - 1]))
        --*begin;
    if (*begin > 0 && text[*begin - 1] != '\n')
        return false;
    for (*end = tag->end; *end < length && is_blank(text[*end]);)
        ++*end;
    if (*end < length && text[*end] == '\r' && *end + 1 < length && text[*end + 1] == '\n')
        ++*end;
    if (*end == length)
        return true;
    return text[(*end)++] == '\n';
}

static int open_section(struct reader *reader, const struct tag *tag)
{
    struct part *part = add_part(reader, tag->sigil == '#' ? PART_SECTION : PART_INVERTED);
    if (tag_name(reader->arena, reader->source, &reader->delimiters, tag, part, reader->err) != 0)
        return -1;
    if (reader->depth == SECTIONS_MAX) {
        source_fail(reader->source, tag->start, reader->err, "the section \"%s\" is inside of %d others, which is as "
                    "deep as they may be", part->name.text, SECTIONS_MAX);
        return err_hint(reader->err, "put inner sections into a partial");
    }
    reader->sections[reader->depth++] = part;
    reader->end = &part->first;
    return 0;
}

static int close_section(struct reader *reader, const struct tag *tag)
{
    struct part closed = {0};
    if (tag_name(reader->arena, reader->source, &reader->delimiters, tag, &closed, reader->err) != 0)
        return -1;
    if (reader->depth == 0) {
        source_fail(reader->source, tag->start, reader->err, "the section \"%s\" ends here and never began",
                    closed.name.text);
        return err_hint(reader->err, "write {{#%s}} where it begins, or take this tag out", closed.name.text);
    }
    struct part *section = reader->sections[--reader->depth];
    if (strcmp(section->name.text, closed.name.text) != 0) {
        int line = file_place(reader->source->path, reader->source->content, section->offset).line;
        source_fail(reader->source, tag->start, reader->err, "the end of section \"%s\" (line %d) was expected, found "
                    "that of \"%s\"", section->name.text, line, closed.name.text);
        return err_hint(reader->err, "sections end in the opposite order of their beginnings: write {{/%s}} first",
                        section->name.text);
    }
    reader->end = &section->next;
    return 0;
}

bool part_is_for_sql(const struct part *variable)
{
    size_t count = 0;
    while (variable->filters[count] != NULL)
        count++;
    return variable->raw || (count > 0 && (variable->filters[count - 1]->modes & 1U << TEMPLATE_SQL) != 0);
}

static int add_variable(struct reader *reader, const struct tag *tag)
{
    struct part *part = add_part(reader, PART_VARIABLE);
    part->raw = tag->sigil != '\0';
    if (tag_name(reader->arena, reader->source, &reader->delimiters, tag, part, reader->err) != 0)
        return -1;
    if (reader->template->bare == NULL && !part_is_for_sql(part))
        reader->template->bare = part;
    return 0;
}

static int add_partial(struct reader *reader, const struct tag *tag, const char *indent)
{
    struct part *part = add_part(reader, PART_PARTIAL);
    part->indent = indent;
    return tag_name(reader->arena, reader->source, &reader->delimiters, tag, part, reader->err);
}

static int add_tag(struct reader *reader, const struct tag *tag, const char *indent)
{
    switch (tag->sigil) {
    case '#':
    case '^': return open_section(reader, tag);
    case '/': return close_section(reader, tag);
    case '>': return add_partial(reader, tag, indent);
    case '!': return 0;
    case '=': return tag_delimiters(reader->arena, reader->source, tag, &reader->delimiters, reader->err);
    default: return add_variable(reader, tag);
    }
}

static int read_tag(struct reader *reader, size_t start)
{
    struct tag tag;
    size_t begin = 0, end = 0;
    const char *indent = NULL;
    if (tag_read(reader->source, &reader->delimiters, start, &tag, reader->err) != 0)
        return -1;
    bool alone = tag.sigil != '\0' && strchr("#^/>!=", tag.sigil) != NULL && is_alone(reader, &tag, &begin, &end);
    if (alone) {
        add_text(reader, begin);
        indent = arena_strndup(reader->arena, reader->source->content + begin, start - begin);
    } else {
        add_text(reader, start);
        begin_line(reader);
        end = tag.end;
    }
    reader->at = end;
    reader->begins_line = alone;
    return add_tag(reader, &tag, indent);
}

static int read_parts(struct reader *reader)
{
    const struct source *source = reader->source;
    while (reader->at < source->length) {
        const char *open = memmem(source->content + reader->at, source->length - reader->at, reader->delimiters.open,
                                  strlen(reader->delimiters.open));
        if (open == NULL)
            add_text(reader, source->length);
        else if (read_tag(reader, (size_t)(open - source->content)) != 0)
            return -1;
    }
    if (reader->depth == 0)
        return 0;
    const struct part *section = reader->sections[reader->depth - 1];
    source_fail(source, section->offset, reader->err, "the section \"%s\" never ends", section->name.text);
    return err_hint(reader->err, "write {{/%s}} where it ends", section->name.text);
}

int template_read(struct arena *arena, const char *name, const struct source *source, struct template **template,
                  struct err *err)
{
    struct part *first = NULL;
    struct template *read = arena_new(arena, struct template);
    read->name = name;
    read->source = *source;
    struct reader reader = {
        .arena = arena,
        .template = read,
        .source = &read->source,
        .err = err,
        .delimiters = delimiters_new(arena, (struct span){"{{", 2}, (struct span){"}}", 2}),
        .begins_line = true,
        .end = &first,
    };
    if (source_check(source, err) != 0 || read_parts(&reader) != 0)
        return -1;
    read->first = first;
    *template = read;
    return 0;
}
