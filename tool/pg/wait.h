/* Waiting for the server: with a tick for progress, a deadline, and ears for SIGINT and SIGTERM. */
#ifndef PG_WAIT_H
#define PG_WAIT_H

#include "pg/conn.h"

#include <libpq-fe.h>

enum { WAIT_TICK = 100 }; /* milliseconds */

/*
 * Sends what is still to be sent and gives the next result, NULL at the end of a command (or of an item of a
 * pipeline).  The first signal, or the deadline, cancels the running statement, which then fails by itself; the
 * second signal gives up: ERR_INTERRUPTED.  Errors: ERR_CONNECTION when the connection breaks.  `err` may be
 * NULL when a failure is known already.
 */
int wait_result(struct conn *conn, PGresult **result, struct err *err);

/* The failure in a result as an err, where a cancel of our own becomes ERR_INTERRUPTED or a time-out. */
int wait_failure(struct conn *conn, const PGresult *result, struct err *err);

/* Copies a result's rows. */
void rows_take(struct arena *arena, const PGresult *result, struct rows *rows);

#endif
