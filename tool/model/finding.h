/* What a check has to say about a place in a file.  Readers collect them instead of stopping at the first. */
#ifndef MODEL_FINDING_H
#define MODEL_FINDING_H

#include "base/err.h"
#include "base/vec.h"

enum severity { SEVERITY_NOTE, SEVERITY_WARNING, SEVERITY_ERROR };

extern const char *const severity_names[]; /* "note", "warning", "error" */

struct finding {
    enum severity severity;
    const char *rule;       /* a short id: "duplicate-version", "unknown-key", "dependency-cycle" … */
    enum err_kind kind;     /* what running anyway would fail with */
    struct place place;
    const char *message, *hint; /* hint: what to do, SQL or words, maybe of several lines; may be NULL */
    const char *why;            /* what happens otherwise, in sentences; NULL: the message says it all */
    const char *statement;      /* that it is about, blanks collapsed and without comments; NULL: none */
    const char *source_line;    /* the text of the line at place, for the caret; NULL: not at hand */
    const char *fingerprint;    /* of what is printed (cli/findings_view.h) */
    const char *service;        /* NULL when it concerns the repository */
};
VEC(findings, struct finding);

/* Adds one; the place is taken as it is.  `hint` may be NULL. */
void finding_add(struct arena *arena, struct findings *findings, enum severity severity, const char *rule,
                 enum err_kind kind, struct place place, const char *service, const char *hint,
                 const char *format, ...) __attribute__((format(printf, 9, 10)));

/* By file, then line and column; those of one place keep their order. */
void findings_sort(struct arena *arena, struct findings *findings);

/* 0 when none is an error; else the first error as an err, which says how many more there are. */
int findings_judge(const struct findings *findings, struct err *err);

#endif
