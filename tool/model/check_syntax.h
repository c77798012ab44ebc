/* What `validate` says about the SQL of a catalog: every statement of every half, by PostgreSQL's own grammar. */
#ifndef MODEL_CHECK_SYNTAX_H
#define MODEL_CHECK_SYNTAX_H

#include "model/catalog.h"

/*
 * Every statement that does not parse is an error at its place with the text of its line; the statements after it
 * are checked all the same.  What script_read refuses (psql's commands, COPY data, broken transactions) is an error
 * too, and the last word about its file.  Where the setting server-version names a newer grammar than the one here, a
 * syntax error is only a warning that says so.  `service` NULL: all services.
 */
void check_syntax(struct arena *arena, const struct catalog *catalog, const struct service *service,
                  struct findings *findings);

/* The same for a text that belongs to no service, named `path`. */
void check_syntax_text(struct arena *arena, const struct config *config, const char *path, const char *text, size_t length,
                       struct findings *findings);

#endif
