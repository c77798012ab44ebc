/* Options in parentheses, as many commands have them: (CONCURRENTLY, VERBOSE off, create_slot = false). */
#ifndef SQL_FLAG_H
#define SQL_FLAG_H

#include "sql/cursor.h"

/*
 * What the boolean `option` (in capitals) is set to in the list that begins here, the last one counting;
 * a name alone is true.  `otherwise` when there is no list or not that option in it.  The cursor goes past
 * the list.
 */
bool flag_read(struct cursor *cursor, const char *option, bool otherwise);

#endif
