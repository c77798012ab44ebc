/*
 * Documentation as a static site: pages of HTML from the templates in templates/site/, a style sheet, a script, and
 * what its search looks through.  It is read from files, without a server and without a network.
 *
 *   index.html  style.css  site.js  search.js  SERVICE/index.html  SERVICE/000001_create_users.html
 *
 * What only some environments have is in SERVICE/000002_add_users+development.html.
 *
 * The same repository gives the same bytes.  Files that did not change are not written; pages of an earlier run that
 * are not made any more are removed, and nothing else is.
 */
#ifndef WRITE_SITE_H
#define WRITE_SITE_H

#include "base/map.h"
#include "write/doc.h"
#include "write/template_set.h"

struct site {
    struct arena *arena;
    const struct doc_request *request; /* of the caller */
    const char *directory;             /* absolute */
    struct template_sets templates;
    struct strings search;             /* search.js, as far as it is made */
    struct map paths, folders;         /* that belong to it */
    size_t written, same, removed;     /* files */
};

/*
 * Writes the site of the request's catalog; its `layout`, `page` and `sql` are not looked at.  The directory is made.
 * Errors: it holds something, but no site of skein's (ERR_INPUT); templates; files.
 */
int site_write(const struct doc_request *request, const char *directory, struct site *site, struct err *err);

#endif
