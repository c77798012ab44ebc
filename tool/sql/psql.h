/* What only psql understands in a text, named and found: its commands, and the data behind COPY … FROM STDIN. */
#ifndef SQL_PSQL_H
#define SQL_PSQL_H

#include "base/err.h"
#include "sql/cursor.h"

/* Says in err, without a place, that the command at this backslash is psql's, and what to write instead. */
void psql_name_command(const char *at, struct err *err);

/* The same of COPY through the client. */
void psql_name_copy(struct err *err);

/* COPY … FROM STDIN or TO STDOUT (the server takes either word on either side)?  *reads: it is FROM. */
bool psql_copies(struct cursor cursor, bool *reads);

/* The first token of a command of psql; NULL: there is none.  Outside of quotes no SQL has a backslash. */
const struct token *psql_find_command(const struct tokens *tokens);

/* Where the command ends that begins at a backslash: at the end of its line, or behind its data where it copies from here. */
size_t psql_command_end(const char *text, size_t length, const struct tokens *tokens, const struct token *command);

/* Where the data ends that begins in the line behind `from`, with its \. line; `from` itself where no such line follows. */
size_t psql_data_end(const char *text, size_t length, size_t from);

#endif
