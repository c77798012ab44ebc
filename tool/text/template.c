#include "text/template.h"

#include "base/file.h"
#include "text/nearest.h"
#include "text/template_part.h"

#include <string.h>

enum { DEFAULT_LIMIT = 256 * 1024 * 1024 };

/* A template that is being rendered, and the tag that asked for it. */
struct inclusion {
    const struct template *template;
    const struct inclusion *outer; /* NULL: rendered for itself */
    size_t offset;                 /* of the tag in the outer one */
    size_t depth;
};

struct render {
    const struct templates *partials;
    const struct template_options *options;
    struct str *out;
    struct err *err;
    const struct inclusion *inclusion;
    const char *indent;            /* of every line of the template at hand */
    size_t start, visited, limit;
    struct str work[2];            /* between filters */
};

void templates_add(struct arena *arena, struct templates *templates, struct template *template)
{
    if (map_find(&templates->by_name, template->name) == NULL)
        *vec_add(arena, &templates->names) = template->name;
    map_put(arena, &templates->by_name, template->name, template);
}

const struct template *templates_find(const struct templates *templates, const char *name)
{
    return templates == NULL ? NULL : map_find(&templates->by_name, name);
}

/* Adds the place to an error, and how rendering came there. */
static int fail_at(const struct render *render, size_t offset)
{
    enum { MOST = 5 };
    struct err *err = render->err;
    const struct inclusion *at = render->inclusion;
    const struct source *source = &at->template->source;
    struct place place = file_place(source->path, source->content, offset);
    struct str chain = str_new(err->arena);
    err->source_line = file_line(err->arena, source->content, source->length, place.line);
    err_at(err, place.file, place.line, place.column);
    for (size_t i = 0; at->outer != NULL && i < MOST; at = at->outer, i++) {
        source = &at->outer->template->source;
        place = file_place(source->path, source->content, at->offset);
        str_addf(&chain, "%sincluded at %s:%d:%d", i > 0 ? ", " : "", place.file, place.line, place.column);
    }
    if (chain.length > 0)
        err->detail = arena_printf(err->arena, "%s%s", chain.at, at->outer != NULL ? " …" : "");
    return -1;
}

static int check_limit(struct render *render, size_t offset)
{
    if (++render->visited + (render->out->length - render->start) <= render->limit)
        return 0;
    err_set(render->err, ERR_INPUT, "the text becomes too large: more than %zu bytes and tags", render->limit);
    err_hint(render->err, "look for sections that contain each other's lists, and partials that include each other");
    return fail_at(render, offset);
}

static bool is_empty_line(const char *at, const char *end)
{
    return *at == '\n' || (*at == '\r' && at + 1 < end && at[1] == '\n');
}

static void add_text(struct render *render, const struct part *part)
{
    bool begins = part->begins_line;
    const char *at = part->text.at, *end = at + part->text.length;
    if (*render->indent == '\0') {
        if (at < end)
            str_add_bytes(render->out, at, part->text.length);
        return;
    }
    do {
        const char *line_end = at < end ? memchr(at, '\n', (size_t)(end - at)) : NULL;
        line_end = line_end == NULL ? end : line_end + 1;
        if (begins && (at == end || !is_empty_line(at, end)))
            str_add(render->out, render->indent);
        if (at < line_end)
            str_add_bytes(render->out, at, (size_t)(line_end - at));
        begins = true;
        at = line_end;
    } while (at < end);
}

static int run_filter(struct render *render, const struct part *part, const struct template_filter *filter,
                      const char *text, struct str *out)
{
    const char *why = NULL;
    if (filter->run(text, out, &why) == 0)
        return 0;
    err_set(render->err, ERR_INPUT, "\"%s\" %s", part->name.text, why);
    err_hint(render->err, "give it a value that the filter %s can take", filter->name);
    return fail_at(render, part->offset);
}

static struct str *clear(struct str *work, struct arena *arena)
{
    if (work->at == NULL)
        *work = str_new(arena);
    work->length = 0;
    *work->at = '\0';
    return work;
}

/* Nothing passes all filters but the last, which may have a word for it. */
static int add_filtered(struct render *render, const struct part *part, const char *text)
{
    const struct template_filter *filter = NULL;
    bool html = render->options->mode == TEMPLATE_HTML && !part->raw;
    for (size_t i = 0; (filter = part->filters[i]) != NULL; i++) {
        bool last = part->filters[i + 1] == NULL;
        html = html && (!last || (filter->modes & 1U << TEMPLATE_HTML) == 0);
        if (last && !html)
            return run_filter(render, part, filter, text, render->out);
        if (text == NULL && !last)
            continue;
        struct str *work = clear(&render->work[i % 2], render->out->arena);
        if (run_filter(render, part, filter, text, work) != 0)
            return -1;
        text = work->at;
    }
    if (html)
        return template_filter_html(text, render->out, NULL);
    if (text != NULL)
        str_add(render->out, text);
    return 0;
}

/* In strict mode an unknown name is an error, in lenient mode it is nothing. */
static int find_value(struct render *render, const struct part *part, const struct frame *frame,
                      const struct data **value)
{
    static const struct data nothing = {.kind = DATA_NOTHING};
    *value = name_find(&part->name, frame);
    if (*value == NULL && !render->options->lenient) {
        name_unknown(&part->name, frame, render->err);
        return fail_at(render, part->offset);
    }
    if (*value == NULL)
        *value = &nothing;
    return 0;
}

static int render_variable(struct render *render, const struct part *part, const struct frame *frame)
{
    const struct data *value = NULL;
    if (find_value(render, part, frame, &value) != 0)
        return -1;
    switch (value->kind) {
    case DATA_TEXT: return add_filtered(render, part, value->text);
    case DATA_TRUE: return add_filtered(render, part, "true");
    case DATA_FALSE: return add_filtered(render, part, "false");
    case DATA_NOTHING: return add_filtered(render, part, NULL);
    default: break;
    }
    if (render->options->lenient)
        return add_filtered(render, part, NULL);
    err_set(render->err, ERR_INPUT, "\"%s\" is %s, and a text was expected", part->name.text,
            data_kind_name(value->kind));
    err_hint(render->err, "write {{#%s}} … {{/%s}} around what each of it becomes", part->name.text, part->name.text);
    return fail_at(render, part->offset);
}

static int render_parts(struct render *render, const struct part *part, const struct frame *frame);

static int render_list(struct render *render, const struct part *part, const struct data *list, const struct frame *frame)
{
    struct data_items items = data_items(list);
    struct frame inner = {.items = &items, .outer = frame};
    while ((inner.value = data_next(&items)) != NULL)
        if (check_limit(render, part->offset) != 0 || render_parts(render, part->first, &inner) != 0) {
            data_items_end(&items);
            return -1;
        }
    return 0;
}

static int render_section(struct render *render, const struct part *part, const struct frame *frame)
{
    const struct data *value = NULL;
    if (find_value(render, part, frame, &value) != 0)
        return -1;
    if (data_is_true(value) != (part->kind == PART_SECTION))
        return 0;
    if (part->kind == PART_INVERTED || value->kind == DATA_TRUE)
        return render_parts(render, part->first, frame);
    return value->kind == DATA_LIST ? render_list(render, part, value, frame)
                                    : render_parts(render, part->first, &(struct frame){.value = value, .outer = frame});
}

static int unknown_partial(struct render *render, const struct part *part)
{
    static const struct strings none;
    const struct strings *names = render->partials == NULL ? &none : &render->partials->names;
    const char *nearest = nearest_find(part->name.text, names);
    err_set(render->err, ERR_INPUT, "there is no template \"%s\"", part->name.text);
    if (nearest != NULL)
        err_hint(render->err, "did you mean %s?", nearest);
    else
        err_hint(render->err, "templates are %s", words_join(render->err->arena, names));
    return fail_at(render, part->offset);
}

/* The names from where the template was included last to where it is included again. */
static int too_deep(struct render *render, const struct part *part)
{
    const struct inclusion *at = render->inclusion;
    const char *chain = part->name.text;
    while (at != NULL && strcmp(at->template->name, part->name.text) != 0) {
        chain = arena_printf(render->err->arena, "%s > %s", at->template->name, chain);
        at = at->outer;
    }
    if (at != NULL)
        chain = arena_printf(render->err->arena, "%s > %s", at->template->name, chain);
    err_set(render->err, ERR_INPUT, "partials include each other more than %d deep: %s", PARTIALS_MAX, chain);
    err_hint(render->err, "include a partial in itself only in a section whose data ends: inner items need a list of "
                          "their own, even if it is empty");
    return fail_at(render, part->offset);
}

static int render_template(struct render *render, const struct frame *frame)
{
    const struct template *template = render->inclusion->template;
    const struct part *bare = template->bare;
    if (bare == NULL || render->options->mode != TEMPLATE_SQL)
        return render_parts(render, template->first, frame);
    err_set(render->err, ERR_INPUT, "in SQL, \"%s\" does not say how it is quoted", bare->name.text);
    err_hint(render->err, "write {{%s | identifier}}, literal, comment or number as its last filter, or {{{%s}}} where "
                          "the value is SQL", bare->name.text, bare->name.text);
    return fail_at(render, bare->offset);
}

static int render_partial(struct render *render, const struct part *part, const struct frame *frame)
{
    const struct inclusion *outer = render->inclusion;
    const struct template *template = templates_find(render->partials, part->name.text);
    const char *indent = render->indent;
    if (template == NULL)
        return render->options->lenient ? 0 : unknown_partial(render, part);
    if (outer->depth == PARTIALS_MAX)
        return too_deep(render, part);
    struct inclusion inner = {template, outer, part->offset, outer->depth + 1};
    render->inclusion = &inner;
    if (part->indent == NULL)
        render->indent = "";
    else if (*part->indent != '\0')
        render->indent = *indent == '\0' ? part->indent : arena_printf(render->out->arena, "%s%s", indent, part->indent);
    int result = render_template(render, frame);
    render->inclusion = outer;
    render->indent = indent;
    return result;
}

static void trace(struct render *render, const struct part *part)
{
    const struct source *source = &render->inclusion->template->source;
    bool is_text = part->kind == PART_TEXT;
    if (render->options->trace != NULL && (is_text || part->kind == PART_VARIABLE))
        *vec_add(render->out->arena, render->options->trace) = (struct template_piece){
            render->out->length - render->start, source, is_text ? (size_t)(part->text.at - source->content) : part->offset,
            is_text};
}

struct place template_place(const struct template_trace *trace, size_t at)
{
    size_t low = 0, high = trace->count;
    while (high - low > 1) {
        size_t middle = low + (high - low) / 2;
        *(trace->at[middle].at <= at ? &low : &high) = middle;
    }
    const struct template_piece *piece = &trace->at[low];
    return file_place(piece->source->path, piece->source->content, piece->offset + (piece->is_text ? at - piece->at : 0));
}

static int render_parts(struct render *render, const struct part *part, const struct frame *frame)
{
    for (; part != NULL; part = part->next) {
        int result = 0;
        trace(render, part);
        switch (part->kind) {
        case PART_TEXT: add_text(render, part); break;
        case PART_VARIABLE: result = render_variable(render, part, frame); break;
        case PART_SECTION:
        case PART_INVERTED: result = render_section(render, part, frame); break;
        case PART_PARTIAL: result = render_partial(render, part, frame); break;
        }
        if (result != 0 || check_limit(render, part->offset) != 0)
            return -1;
    }
    return 0;
}

int template_render(const struct template *template, const struct templates *partials,
                    const struct template_options *options, const struct data *data, struct str *out,
                    struct err *err)
{
    const struct inclusion inclusion = {.template = template};
    const struct frame frame = {.value = data};
    struct render render = {
        .partials = partials,
        .options = options,
        .out = out,
        .err = err,
        .inclusion = &inclusion,
        .indent = "",
        .start = out->length,
        .limit = options->limit == 0 ? DEFAULT_LIMIT : options->limit,
    };
    if (render_template(&render, &frame) == 0)
        return 0;
    out->length = render.start;
    if (out->at != NULL)
        out->at[out->length] = '\0';
    return -1;
}
