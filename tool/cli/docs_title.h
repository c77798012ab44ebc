/* How a site about the database is called. */
#ifndef CLI_DOCS_TITLE_H
#define CLI_DOCS_TITLE_H

#include "cli/run.h"

/*
 * The setting docs_title; NULL where it is not there.  Markdown asks for no more: its pages lie in the repository, and have
 * to be the same in every copy of it.
 */
const char *docs_title(const struct run *run);

/* The same, or the name of git's remote "origin", or that of the repository's directory. */
const char *docs_title_of_site(struct run *run);

/* "shop" of https://host/team/shop.git, git@host:team/shop.git, ../shop; NULL: there is no name in it. */
const char *docs_title_of_url(struct arena *arena, const char *url);

#endif
