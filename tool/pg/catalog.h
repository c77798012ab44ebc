/*
 * Questions to the catalog: did a statement that no transaction can hold really happen?
 *
 * Before such a statement its effect's object is looked at (`before`, kept in the journal); after a crash it is
 * looked at again, and the answers are compared.
 */
#ifndef PG_CATALOG_H
#define PG_CATALOG_H

#include "pg/conn.h"
#include "sql/script.h"

enum outcome {
    OUTCOME_DONE,     /* it happened, wholly */
    OUTCOME_NOT_DONE, /* it did not, or may run a second time; whatever it left was cleaned up, and it can be run again */
    OUTCOME_UNKNOWN   /* nobody can know: a person decides */
};

/* What there is now, as a text to be kept with the intent; NULL when there is no question for this kind. */
int catalog_before(struct conn *conn, struct arena *arena, const struct statement *statement, const char **before,
                   struct err *err);

/*
 * What became of it.  Cleans up: an invalid index that the statement left is dropped (CONCURRENTLY), a detach that
 * is pending is finalised.  `cleaned` says in a sentence what was done, NULL for nothing.
 */
int catalog_settle(struct conn *conn, struct arena *arena, const struct statement *statement, const char *before,
                   enum outcome *outcome, const char **cleaned, struct err *err);

#endif
