/* What a template is compiled to; for the template_*.c alone. */
#ifndef TEXT_TEMPLATE_PART_H
#define TEXT_TEMPLATE_PART_H

#include "text/template_filter.h"

enum { SECTIONS_MAX = 32, PARTIALS_MAX = 100, FILTERS_MAX = 4 };

enum name_kind { NAME_KEYS, NAME_ITEM, NAME_FIRST, NAME_LAST };

struct name {
    enum name_kind kind;
    const char *text;    /* as written */
    struct strings keys; /* of NAME_KEYS, at least one: a, b and c of a.b.c */
};

enum part_kind { PART_TEXT, PART_VARIABLE, PART_SECTION, PART_INVERTED, PART_PARTIAL };

struct part {
    enum part_kind kind;
    bool begins_line;    /* of PART_TEXT: an indentation goes before it */
    bool raw;            /* of PART_VARIABLE: {{{name}}} or {{& name}} */
    size_t offset;       /* in the template, of the tag */
    struct span text;    /* of PART_TEXT */
    struct name name;    /* of the others; a partial's has text alone */
    const struct template_filter *filters[FILTERS_MAX + 1]; /* NULL behind the last */
    const char *indent;  /* of a partial alone on its line: the blanks before it; otherwise NULL */
    struct part *first;  /* of sections */
    struct part *next;
};

/* Can SQL hold what a variable becomes, by the declarations of its template? */
bool part_is_for_sql(const struct part *variable);

/* A tag as it stands in the text. */
struct tag {
    char sigil;           /* one of # ^ / > ! & { = and 0 for a plain variable */
    size_t start, end;    /* of the whole tag */
    size_t content;       /* where what is between sigil and end begins */
    struct span inside;   /* that, without blanks at its ends */
};

struct delimiters {
    const char *open, *close;
    const char *close_raw, *close_set; /* of {{{name}}} and of {{=< >=}} */
};
struct delimiters delimiters_new(struct arena *arena, struct span open, struct span close);

/* Reading tags (template_tag.c): each fails at its place. */
int tag_read(const struct source *source, const struct delimiters *delimiters, size_t start, struct tag *tag,
             struct err *err);
int tag_delimiters(struct arena *arena, const struct source *source, const struct tag *tag,
                   struct delimiters *delimiters, struct err *err);
int tag_name(struct arena *arena, const struct source *source, const struct delimiters *delimiters,
             const struct tag *tag, struct part *part, struct err *err);

/* Looking up names (template_name.c). */
struct frame {
    const struct data *value;
    const struct data_items *items; /* the value is its item; NULL: none's */
    const struct frame *outer;
};

/* NULL when nobody knows the name. */
const struct data *name_find(const struct name *name, const struct frame *frame);

/* Says so in the sentence and hint of err. */
int name_unknown(const struct name *name, const struct frame *frame, struct err *err);

#endif
