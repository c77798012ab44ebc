/* PostgreSQL's table locks, weakest first (documentation, 13.3.1 Table-Level Locks). */
#ifndef SQL_LOCK_MODE_H
#define SQL_LOCK_MODE_H

#include <stdbool.h>

enum lock_mode {
    LOCK_NONE,
    LOCK_ACCESS_SHARE,
    LOCK_ROW_SHARE,
    LOCK_ROW_EXCLUSIVE,
    LOCK_SHARE_UPDATE_EXCLUSIVE,
    LOCK_SHARE,
    LOCK_SHARE_ROW_EXCLUSIVE,
    LOCK_EXCLUSIVE,
    LOCK_ACCESS_EXCLUSIVE,
    LOCK_MODES
};

extern const char *const lock_mode_names[LOCK_MODES];     /* "ACCESS SHARE", as in LOCK TABLE and in the manual */

/* Does one who holds `held` keep another session from `wanted`? */
bool lock_mode_conflicts(enum lock_mode held, enum lock_mode wanted);

#endif
