/* What becomes of a table's rows when a statement runs. */
#ifndef SQL_ROW_CHANGE_H
#define SQL_ROW_CHANGE_H

#include "sql/action.h"

enum row_change { ROWS_ADDED = 1 << 0, ROWS_CHANGED = 1 << 1, ROWS_DELETED = 1 << 2 };

/* Of INSERT, UPDATE, DELETE, MERGE, COPY … FROM, TRUNCATE: bits; 0: the action writes no rows. */
unsigned row_changes_of(const struct action *action);

#endif
