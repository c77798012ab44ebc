/* psql on a database, in place of this process. */
#ifndef CLI_PSQL_H
#define CLI_PSQL_H

#include "pg/conn.h"

/*
 * Becomes psql: the one in `directory` (may be NULL), else the one in PATH.  The password goes through the
 * environment, where the list of processes does not show it.  Comes back only with an error.
 */
int psql_run(struct arena *arena, const struct dsn *dsn, const char *directory, const struct strings *arguments,
             struct err *err);

#endif
