/* Parameters, and SQL made of them, that are refused before anything is written. */
#ifndef WRITE_GENERATE_REFUSE_H
#define WRITE_GENERATE_REFUSE_H

#include "write/generating.h"

/*
 * Columns that are already what the migration would make them, that expressions name and the table does not have, or that
 * cannot be unique in a partitioned table; words behind a column that the type has no
 * use for; what no trigger is for; SQL of an up half that makes an index a second time, or
 * that no server takes for a partitioned table.  Errors: ERR_USAGE.
 */
int generate_refuse_columns(const struct generation *generation, struct err *err);
int generate_refuse_expressions(const struct generation *generation, struct err *err);
int generate_refuse_words(const struct generation *generation, struct err *err);
int generate_refuse_events(const struct generation *generation, struct err *err);
int generate_refuse_result(const struct generation *generation, struct err *err); /* of a function that says nothing of it */
int generate_refuse_unique(const struct generation *generation, struct err *err);
int generate_refuse_actions(const struct generation *generation, const struct actions *actions, struct err *err);

/* generate_grant.c: privileges that there are not, or that the role has already.  Errors: ERR_USAGE. */
int generate_check_privileges(const struct generation *generation, struct err *err);

/* generate_rows.c: new rows that going down could not find; and for templates, what it finds them by.  Errors: ERR_USAGE. */
int generate_check_rows(const struct generation *generation, struct err *err);
void generate_set_rows(const struct generation *generation, struct data *map);

#endif
