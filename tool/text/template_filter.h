/* What a template may do with a value on its way out: {{name | identifier}}. */
#ifndef TEXT_TEMPLATE_FILTER_H
#define TEXT_TEMPLATE_FILTER_H

#include "base/str.h"
#include "base/vec.h"
#include "text/template.h"

struct template_filter {
    const char *name;
    const char *meaning;  /* a sentence for the reference page */
    unsigned modes;       /* 1 << mode: where its result can stand as it is */
    /*
     * Adds to `out`, in whose arena it may work.  `text` is NULL for nothing.  -1 when it cannot take the text, with
     * what is wrong with it: "is empty".
     */
    int (*run)(const char *text, struct str *out, const char **why);
};

extern const struct template_filter template_filters[];
extern const size_t template_filters_count;

/* NULL when there is none of that name. */
const struct template_filter *template_filter_find(const char *name);

void template_filter_names(struct arena *arena, struct strings *names);

/* The functions of the table, by what they write.  The first is also what TEMPLATE_HTML does by itself. */
int template_filter_html(const char *text, struct str *out, const char **why);
int template_filter_url(const char *text, struct str *out, const char **why);
int template_filter_markdown(const char *text, struct str *out, const char **why);
int template_filter_code(const char *text, struct str *out, const char **why);
int template_filter_cell(const char *text, struct str *out, const char **why);
int template_filter_line(const char *text, struct str *out, const char **why);
int template_filter_identifier(const char *text, struct str *out, const char **why);
int template_filter_literal(const char *text, struct str *out, const char **why);
int template_filter_comment(const char *text, struct str *out, const char **why);
int template_filter_number(const char *text, struct str *out, const char **why);

#endif
