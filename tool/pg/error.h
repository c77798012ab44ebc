/* What the server or libpq says, as an err: kinds by SQLSTATE, never with a password. */
#ifndef PG_ERROR_H
#define PG_ERROR_H

#include "pg/conn.h"

#include <libpq-fe.h>

/*
 * From a failed result.  Kinds by SQLSTATE (PostgreSQL's errcodes, appendix A): 08, 57P01–57P03 connection
 * and retry, 28, 42501 permission, 55P03 lock, everything else ERR_FAILED.  DETAIL, HINT and CONTEXT are kept.
 */
int error_from_result(struct conn *conn, const PGresult *result, struct err *err);

/* From a connection that cannot be made or has broken; libpq must run with PQERRORS_VERBOSE. */
int error_from_connect(const struct dsn *dsn, const PGconn *pg, struct err *err);
int error_from_break(struct conn *conn, struct err *err);

#endif
