/* Where `skein docs` writes its Markdown pages, and the writing of one. */
#ifndef CLI_DOCS_PAGES_H
#define CLI_DOCS_PAGES_H

#include "cli/command.h"
#include "cli/docs_applied.h"
#include "write/doc.h"
#include "write/template_set.h"

enum { DOCS_PAGE_MODE = 0666, DOCS_LARGEST_PAGE = 64 << 20 };

struct docs_pages {
    struct run *run;
    const struct variants *variants;
    const struct catalog *catalog; /* of the environment that stands for all */
    bool check;                   /* write nothing */
    bool connected;               /* the database was asked what is applied; else what it said before stays */
    struct doc_layout layout;
    const char **directories;     /* of migrations, absolute, by number of the service */
    struct template_sets templates;
    struct map own;               /* pages of migrations that only some environments have, by their absolute paths */
    const char *made;             /* the directory that was made last */
    struct strings written, alone, removed, moved, stripped; /* as they are shown */
    size_t unchanged;
    struct findings faults;       /* of the SQL: what is not understood */
};

/* The set of templates is opened, and the places of pages are known. */
int docs_pages_open(struct run *run, const struct variants *variants, struct docs_pages *pages, struct err *err);

/* Where pages of a service's own migrations of an environment are. */
const char *docs_pages_folder(struct arena *arena, const struct docs_pages *pages, const struct service *service,
                              const char *environment);

/* For doc_request: renders, merges and writes a page. */
int docs_pages_put(void *context, struct doc_page *page, struct err *err);

/* A page's path as people are told of it. */
const char *docs_pages_shown(struct docs_pages *pages, const char *path);

/*
 * docs_sweep.c: takes away pages of migrations that are no more.  What people wrote into one moves to the page of the
 * migration of its name, when nobody wrote anything into that; else the blocks go, and it is their page.
 */
int docs_pages_sweep(struct docs_pages *pages, struct err *err);

#endif
