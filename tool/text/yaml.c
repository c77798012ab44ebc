#include "text/yaml.h"

#include "base/map.h"
#include "text/source.h"
#include "text/yaml_scalar.h"

#include <yaml.h>

enum { DEEPEST = 100, MOST_COPIES = 10000 };

struct reader {
    struct arena *arena;
    struct source source;
    yaml_parser_t parser;
    yaml_event_t event; /* the current one; owned by the reader */
    struct map anchors; /* name to the finished node */
    size_t copies;
    int depth;
    struct err *err;
};

static struct place place_of(const struct reader *reader, yaml_mark_t mark)
{
    return (struct place){reader->source.path, (int)mark.line + 1, (int)mark.column + 1};
}

/* libyaml's complaints in our words.  `at_context`: its context says better where the fault is. */
static const struct complaint {
    const char *context, *problem; /* NULL: any context */
    bool at_context;
    const char *sentence, *hint;
} complaints[] = {
    {"while scanning a quoted scalar", "found unexpected end of stream", true,
     "this quoted text is never closed; expected a closing quote", NULL},
    {NULL, "mapping values are not allowed in this context", false,
     "a ':' is not allowed here; expected a plain value",
     "begin the key on a line of its own, or put quotes around a text that holds ': '"},
    {NULL, "could not find expected ':'", true, "expected ':' after this key", NULL},
    {NULL, "did not find expected key", false, "expected a key at the indentation of the others, or a smaller one",
     "align the line with its neighbours; a text that begins with * & ! % @ ` [ ] { } or a quote needs quotes"},
    {NULL, "did not find expected '-' indicator", false,
     "expected '- ' and the next item, at the indentation of the others", NULL},
    {NULL, "did not find expected ',' or '}'", false, "expected ',' or '}' in the map that was opened with '{'", NULL},
    {NULL, "did not find expected ',' or ']'", false, "expected ',' or ']' in the list that was opened with '['", NULL},
    {NULL, "did not find expected node content", false, "expected a value here", NULL},
    {NULL, "found character that cannot start any token", false, "this character cannot begin a value",
     "indent with spaces, never with tabs; put quotes around a text that begins with @ ` or %"},
    {NULL, "found a tab character that violates indentation", false, "a tab indents this line; expected spaces", NULL},
    {NULL, "found a tab character where an indentation space is expected", false,
     "a tab indents this line; expected spaces", NULL},
    {NULL, "block sequence entries are not allowed in this context", false, "a list cannot begin here",
     "put '- ' on a line of its own below the key"},
    {NULL, "found unknown escape character", false, "unknown escape after the backslash in this text",
     "use single quotes around a text with backslashes"},
    {NULL, "did not find expected <document start>", false, "expected the end of the file, or a key at its left edge",
     NULL},
    {NULL, "control characters are not allowed", false, "a control character is not allowed here", NULL},
};

static const struct complaint *find_complaint(const yaml_parser_t *parser)
{
    for (size_t i = 0; i < sizeof complaints / sizeof *complaints; i++) {
        const struct complaint *row = &complaints[i];
        bool context = row->context == NULL || (parser->context != NULL && strcmp(parser->context, row->context) == 0);
        if (context && parser->problem != NULL && strcmp(parser->problem, row->problem) == 0)
            return row;
    }
    return NULL;
}

static int report_parser(struct reader *reader)
{
    const yaml_parser_t *parser = &reader->parser;
    if (parser->error == YAML_READER_ERROR) {
        const struct complaint *row = find_complaint(parser);
        return source_fail(&reader->source, parser->problem_offset, reader->err, "%s",
                           row == NULL ? parser->problem : row->sentence);
    }
    const struct complaint *row = find_complaint(parser);
    bool at_context = row != NULL && row->at_context && parser->context != NULL;
    struct place place = place_of(reader, at_context ? parser->context_mark : parser->problem_mark);
    if (row == NULL)
        return source_fail_at(&reader->source, place, reader->err, "this is not YAML: %s%s%s", parser->problem,
                              parser->context == NULL ? "" : ", ", parser->context == NULL ? "" : parser->context);
    source_fail_at(&reader->source, place, reader->err, "%s", row->sentence);
    return row->hint == NULL ? -1 : err_hint(reader->err, "%s", row->hint);
}

static int fail_here(struct reader *reader, const char *sentence)
{
    return source_fail_at(&reader->source, place_of(reader, reader->event.start_mark), reader->err, "%s", sentence);
}

/* To the next event; the one before is given back. */
static int next(struct reader *reader)
{
    yaml_event_delete(&reader->event);
    if (!yaml_parser_parse(&reader->parser, &reader->event))
        return report_parser(reader);
    return 0;
}

/* "!" and the tags of the core schema are nothing special; they only say what is so anyway. */
static bool is_known_tag(const char *tag)
{
    static const char *const known[] = {"!", YAML_STR_TAG, YAML_INT_TAG, YAML_FLOAT_TAG, YAML_BOOL_TAG, YAML_NULL_TAG,
                                        YAML_MAP_TAG, YAML_SEQ_TAG};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (strcmp(tag, known[i]) == 0)
            return true;
    return false;
}

static int refuse_tag(struct reader *reader, const yaml_char_t *tag)
{
    if (tag == NULL || is_known_tag((const char *)tag))
        return 0;
    return source_fail_at(&reader->source, place_of(reader, reader->event.start_mark), reader->err,
                          "the tag %s means nothing here; expected a plain value", (const char *)tag);
}

static void remember(struct reader *reader, const yaml_char_t *anchor, struct node *node)
{
    if (anchor != NULL)
        map_put(reader->arena, &reader->anchors, (const char *)anchor, node);
}

static int read_scalar(struct reader *reader, struct node *node)
{
    if (refuse_tag(reader, reader->event.data.scalar.tag) != 0)
        return -1;
    const char *value = (const char *)reader->event.data.scalar.value;
    size_t length = reader->event.data.scalar.length;
    if (memchr(value, '\0', length) != NULL)
        return fail_here(reader, "a text with a NUL character is not allowed");
    node->text = arena_strndup(reader->arena, value, length);
    node->kind = NODE_TEXT;
    if (reader->event.data.scalar.style == YAML_PLAIN_SCALAR_STYLE && reader->event.data.scalar.plain_implicit)
        node->kind = yaml_scalar_kind(node->text, &node->truth);
    remember(reader, reader->event.data.scalar.anchor, node);
    return next(reader);
}

/* Everything below `from` again; places stay those of the anchor. */
static int copy_children(struct reader *reader, const struct node *from, struct node *to)
{
    struct node **end = &to->first;
    node_each(child, from) {
        if (++reader->copies > MOST_COPIES)
            return fail_here(reader, "the aliases of this file expand to more than 10000 values");
        struct node *copy = arena_new(reader->arena, struct node);
        *copy = *child;
        copy->first = copy->next = NULL;
        if (copy_children(reader, child, copy) != 0)
            return -1;
        *end = copy;
        end = &copy->next;
    }
    return 0;
}

static int read_alias(struct reader *reader, struct node *node)
{
    const char *name = (const char *)reader->event.data.alias.anchor;
    const struct node *anchor = map_find(&reader->anchors, name);
    if (anchor == NULL)
        return source_fail_at(&reader->source, node->place, reader->err,
                              "the alias *%s has no anchor; expected &%s before it", name, name);
    node->kind = anchor->kind;
    node->text = anchor->text;
    node->truth = anchor->truth;
    return copy_children(reader, anchor, node) != 0 ? -1 : next(reader);
}

static int read_node(struct reader *reader, struct node *node);

static int read_key(struct reader *reader, struct map *keys, struct node *member)
{
    if (reader->event.type != YAML_SCALAR_EVENT)
        return fail_here(reader, "expected a text as key");
    struct node key = {.place = place_of(reader, reader->event.start_mark)};
    if (read_scalar(reader, &key) != 0)
        return -1;
    member->key = key.text;
    member->key_place = key.place;
    const struct node *first = map_find(keys, key.text);
    map_put(reader->arena, keys, key.text, member);
    if (first == NULL)
        return 0;
    source_fail_at(&reader->source, key.place, reader->err, "the key \"%s\" is here for the second time", key.text);
    return err_hint(reader->err, "it was first given in line %d, column %d; remove one of the two",
                    first->key_place.line, first->key_place.column);
}

/* After the event that began a list or a map, up to the one that ends it. */
static int read_children(struct reader *reader, yaml_event_type_t end_event, struct node *node)
{
    struct map keys = {0};
    struct node **end = &node->first;
    if (next(reader) != 0)
        return -1;
    while (reader->event.type != end_event) {
        struct node *child = arena_new(reader->arena, struct node);
        if (node->kind == NODE_MAP && read_key(reader, &keys, child) != 0)
            return -1;
        if (read_node(reader, child) != 0)
            return -1;
        *end = child;
        end = &child->next;
    }
    return next(reader);
}

static int read_collection(struct reader *reader, struct node *node)
{
    bool map = reader->event.type == YAML_MAPPING_START_EVENT;
    const yaml_char_t *tag = map ? reader->event.data.mapping_start.tag : reader->event.data.sequence_start.tag;
    if (refuse_tag(reader, tag) != 0)
        return -1;
    if (++reader->depth > DEEPEST)
        return fail_here(reader, "lists and maps are nested deeper than 100 levels");
    const yaml_char_t *name = map ? reader->event.data.mapping_start.anchor : reader->event.data.sequence_start.anchor;
    const char *anchor = name == NULL ? NULL : arena_strdup(reader->arena, (const char *)name);
    node->kind = map ? NODE_MAP : NODE_LIST;
    if (read_children(reader, map ? YAML_MAPPING_END_EVENT : YAML_SEQUENCE_END_EVENT, node) != 0)
        return -1;
    remember(reader, (const yaml_char_t *)anchor, node); /* only now: an alias to itself is an unknown one */
    reader->depth--;
    return 0;
}

static int read_node(struct reader *reader, struct node *node)
{
    node->place = place_of(reader, reader->event.start_mark);
    switch (reader->event.type) {
    case YAML_SCALAR_EVENT:
        return read_scalar(reader, node);
    case YAML_ALIAS_EVENT:
        return read_alias(reader, node);
    default:
        return read_collection(reader, node);
    }
}

static int read_document(struct reader *reader, struct node *root)
{
    if (next(reader) != 0 || next(reader) != 0) /* the start of the stream, then what is in it */
        return -1;
    root->place = (struct place){reader->source.path, 1, 1};
    root->kind = NODE_MAP;
    if (reader->event.type == YAML_STREAM_END_EVENT)
        return 0;
    if (next(reader) != 0 || read_node(reader, root) != 0 || next(reader) != 0)
        return -1;
    if (root->kind == NODE_NULL)
        root->kind = NODE_MAP;
    if (reader->event.type != YAML_STREAM_END_EVENT)
        return fail_here(reader, "a second document begins here; expected one per file");
    return 0;
}

int yaml_read(struct arena *arena, const char *path, const char *content, size_t length, struct node **root,
              struct err *err)
{
    struct reader reader = {.arena = arena, .source = {arena_strdup(arena, path), content, length}, .err = err};
    if (source_check(&reader.source, err) != 0)
        return -1;
    if (!yaml_parser_initialize(&reader.parser))
        return err_set(err, ERR_BUG, "libyaml does not start");
    yaml_parser_set_encoding(&reader.parser, YAML_UTF8_ENCODING);
    yaml_parser_set_input_string(&reader.parser, (const unsigned char *)(length == 0 ? "" : content), length);
    *root = arena_new(arena, struct node);
    int result = read_document(&reader, *root);
    yaml_event_delete(&reader.event);
    yaml_parser_delete(&reader.parser);
    return result;
}
