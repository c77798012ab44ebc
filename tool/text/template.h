/*
 * Text from templates: mustache, compiled once and rendered many times.
 *
 * The language is that of mustache's specification, its six core modules: {{name}}, {{a.b}}, {{.}}; {{{name}}} and
 * {{& name}}, as the value is; {{#section}} … {{/section}}, {{^inverted}} … {{/inverted}}; {{> partial}};
 * {{! comment}}; {{=<% %>=}}.  Tags of sections, partials, comments and delimiters that stand alone on a line take
 * the line with them, and a partial alone on its line is indented as its tag is (but for its empty lines).
 * Besides:
 *
 *   {{name | filter | …}}  the value as the filters of template_filter.h make it, in every mode;
 *   {{#@first}}, {{#@last}} true in the first and the last item of the innermost list: {{^@last}}, {{/@last}};
 *   an empty text is false, and true does not become {{.}}.
 *
 * Strict unless asked otherwise: a name or a partial that nobody knows is an error, and so is a list or a map where
 * a text belongs.  What may be absent is set to nothing (text/data.h).
 *
 * Errors are ERR_INPUT at file, line and column of the tag, with what was expected and what to do; inside a partial
 * err->detail says where it was included.
 */
#ifndef TEXT_TEMPLATE_H
#define TEXT_TEMPLATE_H

#include "base/err.h"
#include "base/map.h"
#include "base/str.h"
#include "base/vec.h"
#include "text/data.h"
#include "text/source.h"

#include <stdbool.h>

struct part;

struct template {
    const char *name;        /* by which partials are included */
    struct source source;    /* its path is what errors name */
    const struct part *first;
    const struct part *bare; /* the first variable that SQL may not hold as it is written; NULL: none */
};

/* Compiles.  The source's text is not copied and must live as long as the template. */
int template_read(struct arena *arena, const char *name, const struct source *source, struct template **template,
                  struct err *err);

/* Templates by name.  An empty set is {0}; adding one of a name that is there already takes its place. */
struct templates {
    struct map by_name;
    struct strings names; /* in the order of adding, each once */
};
void templates_add(struct arena *arena, struct templates *templates, struct template *template);
const struct template *templates_find(const struct templates *templates, const char *name);

enum template_mode {
    TEMPLATE_PLAIN, /* text and Markdown: values stand as they are */
    TEMPLATE_HTML,  /* {{name}} is escaped, unless its last filter makes what HTML can hold */
    /*
     * In SQL nothing is quoted by guessing: the last filter of {{name | …}} must make what SQL can hold (identifier,
     * literal, comment, number), or the template says by {{{name}}} that the value is SQL already.  Anything else is
     * an error as soon as the template or a partial that it includes is rendered, reached or not.
     */
    TEMPLATE_SQL,
};

/* Where in templates what was rendered comes from: for who reads that and finds a fault in it. */
struct template_piece {
    size_t at;                     /* in what was rendered */
    const struct source *source;
    size_t offset;                 /* of the text, or of the tag that became it */
    bool is_text;
};
VEC(template_trace, struct template_piece);

struct template_options {
    enum template_mode mode;
    bool lenient; /* as the specification has it: what is missing is empty */
    size_t limit; /* bytes written and tags visited, together; 0: 256 Mi.  Beyond it rendering fails */
    struct template_trace *trace; /* filled in; NULL: nobody asks */
};

/*
 * Renders at the end of `out`, which is left as it was when rendering fails; working memory comes from out's arena.
 * `partials` may be NULL.  Sections may be 32 deep in a template and partials 100 deep in each other; an error about
 * a deeper one names the chain.
 */
int template_render(const struct template *template, const struct templates *partials,
                    const struct template_options *options, const struct data *data, struct str *out,
                    struct err *err);

/* The place in a template of a byte of what was rendered.  `trace` is not empty. */
struct place template_place(const struct template_trace *trace, size_t at);

#endif
