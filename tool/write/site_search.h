/* What a site's search looks through: search.js, a call with a list of entries. */
#ifndef WRITE_SITE_SEARCH_H
#define WRITE_SITE_SEARCH_H

#include "write/site.h"

void site_search_open(struct str *out);

/* Adds what the page at a path is about: the service, the migration; of a service its tables with their columns, views, types … */
void site_search_add(const struct doc_page *page, const char *path, struct str *out);

void site_search_close(struct str *out);

#endif
