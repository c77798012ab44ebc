#include "text/template_filter.h"

#include <string.h>

enum { PLAIN = 1 << TEMPLATE_PLAIN, HTML = 1 << TEMPLATE_HTML, SQL = 1 << TEMPLATE_SQL };

const struct template_filter template_filters[] = {
    {"identifier", "a name in SQL, quoted where it must be; at most 63 bytes", SQL, template_filter_identifier},
    {"literal", "a text in SQL, in quotes; nothing becomes NULL", SQL, template_filter_literal},
    {"comment", "text behind `-- `, which every further line gets too", SQL, template_filter_comment},
    {"number", "a decimal number, and nothing else", PLAIN | HTML | SQL, template_filter_number},
    {"line", "on one line: blanks and line ends become one space", PLAIN, template_filter_line},
    {"markdown", "text in Markdown, where none of its characters means anything", PLAIN, template_filter_markdown},
    {"code", "code in a line of Markdown, between backticks", PLAIN, template_filter_code},
    {"cell", "Markdown, such as code, in a cell of a table: bars are escaped", PLAIN, template_filter_cell},
    {"url", "a path in a link, with %20 for a space", PLAIN | HTML, template_filter_url},
    {"html", "text in HTML and in its attributes", PLAIN | HTML, template_filter_html},
};
const size_t template_filters_count = sizeof(template_filters) / sizeof(*template_filters);

const struct template_filter *template_filter_find(const char *name)
{
    for (size_t i = 0; i < template_filters_count; i++)
        if (strcmp(template_filters[i].name, name) == 0)
            return &template_filters[i];
    return NULL;
}

void template_filter_names(struct arena *arena, struct strings *names)
{
    for (size_t i = 0; i < template_filters_count; i++)
        *vec_add(arena, names) = template_filters[i].name;
}
