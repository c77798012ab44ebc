#include "text/json_edit.h"

#include <string.h>

/* How a container is written. */
struct layout {
    const char *indent;   /* of its members; NULL: they are on one line */
    const char *unit;     /* one step of indentation */
    const char *end;      /* of a line */
};

static struct json_part *part_new(struct arena *arena, const char *key)
{
    struct json_part *part = arena_new(arena, struct json_part);
    part->key = key;
    return part;
}

struct json_part *json_part_text(struct arena *arena, const char *key, const char *text)
{
    struct json_part *part = part_new(arena, key);
    part->scalar = json_print(arena, json_text(arena, text), false);
    return part;
}

struct json_part *json_part_raw(struct arena *arena, const char *key, const char *json)
{
    struct json_part *part = part_new(arena, key);
    part->scalar = json;
    return part;
}

struct json_part *json_part_map(struct arena *arena, const char *key)
{
    return part_new(arena, key);
}

struct json_part *json_part_list(struct arena *arena, const char *key)
{
    struct json_part *part = part_new(arena, key);
    part->list = true;
    return part;
}

struct json_part *json_part_add(struct json_part *parent, struct json_part *child)
{
    *(parent->first == NULL ? &parent->first : &parent->last->next) = child;
    parent->last = child;
    return child;
}

/* --- places */

/* The byte of a line and a column, which counts characters. */
static size_t offset_of(const struct source *source, int line, int column)
{
    size_t at = 0;
    for (int i = 1; i < line; i++)
        at += strcspn(source->content + at, "\n") + 1;
    for (int i = 1; i < column; i++) {
        at++;
        while (((unsigned char)source->content[at] & 0xC0) == 0x80)
            at++;
    }
    return at;
}

/* Behind the string or the scalar that begins here. */
static size_t scalar_end(const char *text, size_t at)
{
    if (text[at] != '"')
        return at + strcspn(text + at, " \t\r\n,:]}");
    for (at++; text[at] != '"' && text[at] != '\0'; at++)
        at += text[at] == '\\';
    return at + 1;
}

/* The bracket that closes the one that stands here. */
static size_t closing(const char *text, size_t at)
{
    size_t depth = 0;
    for (;; at++) {
        if (text[at] == '"')
            at = scalar_end(text, at) - 1;
        else if (text[at] == '{' || text[at] == '[')
            depth++;
        else if ((text[at] == '}' || text[at] == ']') && --depth == 0)
            return at;
    }
}

/* Blanks at the beginning of the line that a byte stands in. */
static const char *indent_at(struct arena *arena, const char *text, size_t at)
{
    size_t begin = at;
    while (begin > 0 && text[begin - 1] != '\n')
        begin--;
    return arena_strndup(arena, text + begin, strspn(text + begin, " \t"));
}

static size_t start_of(const struct source *source, const struct node *node)
{
    const struct place *place = node->key != NULL ? &node->key_place : &node->place;
    return offset_of(source, place->line, place->column);
}

/* --- layout */

/* What the first member of the document is indented by. */
static const char *unit_of(struct arena *arena, const char *text)
{
    const char *line = strchr(text, '\n');
    size_t length = line == NULL ? 0 : strspn(line + 1, " \t");
    return length == 0 ? "  " : arena_strndup(arena, line + 1, length);
}

static struct layout layout_of(struct arena *arena, const struct source *source, const struct node *parent, size_t open,
                               size_t close)
{
    const char *text = source->content;
    struct layout layout = {.unit = unit_of(arena, text), .end = strstr(text, "\r\n") != NULL ? "\r\n" : "\n"};
    const char *outer = indent_at(arena, text, open);
    bool several_lines = memchr(text + open, '\n', close - open) != NULL;
    if (parent->first != NULL && several_lines)
        layout.indent = indent_at(arena, text, start_of(source, parent->first));
    else if (parent->first == NULL && parent->kind == NODE_MAP)
        layout.indent = arena_printf(arena, "%s%s", outer, layout.unit);
    return layout;
}

/* Is there an object among the members, and are all of them on one line? */
static bool members_are_flat(const struct source *source, const struct node *parent)
{
    bool any = false;
    for (const struct node *child = parent->first; child != NULL; child = child->next) {
        size_t at = offset_of(source, child->place.line, child->place.column);
        if (child->kind != NODE_MAP || child->first == NULL)
            continue;
        if (memchr(source->content + at, '\n', closing(source->content, at) - at) != NULL)
            return false;
        any = true;
    }
    return any;
}

/* --- printing */

static void print(struct str *out, const struct json_part *part, const struct layout *layout);

/* On one line: [1, 2], { "a": 1 }. */
static void print_flat(struct str *out, const struct json_part *part)
{
    const struct layout flat = {0};
    if (part->first == NULL) {
        str_add(out, part->list ? "[]" : "{}");
        return;
    }
    str_add(out, part->list ? "[" : "{ ");
    for (const struct json_part *child = part->first; child != NULL; child = child->next) {
        print(out, child, &flat);
        str_add(out, child->next == NULL ? "" : ", ");
    }
    str_add(out, part->list ? "]" : " }");
}

static bool is_deep(const struct json_part *part)
{
    for (const struct json_part *child = part->first; child != NULL; child = child->next)
        if (child->scalar == NULL && (!child->list || child->first == NULL || child->first->scalar == NULL))
            return true;
    return false;
}

/* `layout` is that of the part's own line. */
static void print_lines(struct str *out, const struct json_part *part, const struct layout *layout)
{
    struct layout inner = *layout;
    inner.indent = arena_printf(out->arena, "%s%s", layout->indent, layout->unit);
    str_add(out, part->list ? "[" : "{");
    for (const struct json_part *child = part->first; child != NULL; child = child->next) {
        str_addf(out, "%s%s", layout->end, inner.indent);
        print(out, child, &inner);
        str_add(out, child->next == NULL ? "" : ",");
    }
    str_addf(out, "%s%s%s", layout->end, layout->indent, part->list ? "]" : "}");
}

/* An object of one scalar or list fits on a line: { "auth-service": ["000002"] }. */
static void print(struct str *out, const struct json_part *part, const struct layout *layout)
{
    if (part->key != NULL)
        str_addf(out, "%s: ", json_print(out->arena, json_text(out->arena, part->key), false));
    if (part->scalar != NULL)
        str_add(out, part->scalar);
    else if (layout->indent == NULL || part->first == NULL || part->list || (part->first == part->last && !part->grows && !is_deep(part)))
        print_flat(out, part);
    else
        print_lines(out, part, layout);
}

/* --- editing */

static char *spliced(struct arena *arena, const struct source *source, size_t from, size_t to, const char *text)
{
    struct str out = str_new(arena);
    str_add_bytes(&out, source->content, from);
    str_add(&out, text);
    str_add_bytes(&out, source->content + to, source->length - to);
    return out.at;
}

/* Behind the last member, before what is blank in front of the bracket. */
static size_t last_end(const char *text, size_t open, size_t close)
{
    size_t end = close;
    while (end > open + 1 && strchr(" \t\r\n", text[end - 1]) != NULL)
        end--;
    return end;
}

char *json_edit_add(struct arena *arena, const struct source *source, const struct node *parent,
                    const struct json_part *part)
{
    const char *text = source->content;
    size_t open = offset_of(source, parent->place.line, parent->place.column), close = closing(text, open);
    size_t end = last_end(text, open, close);
    struct layout layout = layout_of(arena, source, parent, open, close), inner = layout;
    struct str out = str_new(arena);
    if (!part->grows && members_are_flat(source, parent))
        inner.indent = NULL;
    str_add(&out, parent->first == NULL ? "" : ",");
    if (layout.indent != NULL)
        str_addf(&out, "%s%s", layout.end, layout.indent);
    else
        str_add(&out, parent->first == NULL ? "" : " ");
    print(&out, part, &inner);
    if (parent->first == NULL && layout.indent != NULL)
        str_addf(&out, "%s%s", layout.end, indent_at(arena, text, open));
    return spliced(arena, source, end, parent->first == NULL ? close : end, out.at);
}

char *json_edit_insert(struct arena *arena, const struct source *source, const struct node *parent,
                       const struct node *before, const struct json_part *part)
{
    const char *text = source->content;
    size_t open = offset_of(source, parent->place.line, parent->place.column), at = start_of(source, before);
    struct layout layout = layout_of(arena, source, parent, open, closing(text, open));
    struct str out = str_new(arena);
    print(&out, part, &layout);
    if (layout.indent != NULL)
        str_addf(&out, ",%s%s", layout.end, layout.indent);
    else
        str_add(&out, ", ");
    return spliced(arena, source, at, at, out.at);
}

char *json_edit_replace(struct arena *arena, const struct source *source, const struct node *node, bool key,
                        const char *text)
{
    const struct place *place = key ? &node->key_place : &node->place;
    size_t from = offset_of(source, place->line, place->column);
    return spliced(arena, source, from, scalar_end(source->content, from),
                   json_print(arena, json_text(arena, text), false));
}

/* Where the value of a node begins, and where it ends. */
static size_t value_of(const struct source *source, const struct node *node, size_t *end)
{
    size_t from = offset_of(source, node->place.line, node->place.column);
    bool scalar = node->kind != NODE_MAP && node->kind != NODE_LIST;
    *end = scalar ? scalar_end(source->content, from) : closing(source->content, from) + 1;
    return from;
}

char *json_edit_put(struct arena *arena, const struct source *source, const struct node *node, const char *json)
{
    size_t end, from = value_of(source, node, &end);
    return spliced(arena, source, from, end, json);
}

char *json_edit_written(struct arena *arena, const struct source *source, const struct node *node)
{
    size_t end, from = value_of(source, node, &end);
    return arena_strndup(arena, source->content + from, end - from);
}

char *json_edit_new(struct arena *arena, const struct json_part *root)
{
    const struct layout layout = {.indent = "", .unit = "  ", .end = "\n"};
    struct str out = str_new(arena);
    print_lines(&out, root, &layout);
    str_add(&out, "\n");
    return out.at;
}
