#include "sql/lock_mode.h"

const char *const lock_mode_names[LOCK_MODES] = {
    [LOCK_NONE] = "no lock",
    [LOCK_ACCESS_SHARE] = "ACCESS SHARE",
    [LOCK_ROW_SHARE] = "ROW SHARE",
    [LOCK_ROW_EXCLUSIVE] = "ROW EXCLUSIVE",
    [LOCK_SHARE_UPDATE_EXCLUSIVE] = "SHARE UPDATE EXCLUSIVE",
    [LOCK_SHARE] = "SHARE",
    [LOCK_SHARE_ROW_EXCLUSIVE] = "SHARE ROW EXCLUSIVE",
    [LOCK_EXCLUSIVE] = "EXCLUSIVE",
    [LOCK_ACCESS_EXCLUSIVE] = "ACCESS EXCLUSIVE",
};

/* The manual's table 13.2: a mode conflicts with all modes from this one on, and SHARE not with itself. */
static const enum lock_mode weakest_conflict[LOCK_MODES] = {
    [LOCK_NONE] = LOCK_MODES,
    [LOCK_ACCESS_SHARE] = LOCK_ACCESS_EXCLUSIVE,
    [LOCK_ROW_SHARE] = LOCK_EXCLUSIVE,
    [LOCK_ROW_EXCLUSIVE] = LOCK_SHARE,
    [LOCK_SHARE_UPDATE_EXCLUSIVE] = LOCK_SHARE_UPDATE_EXCLUSIVE,
    [LOCK_SHARE] = LOCK_ROW_EXCLUSIVE,
    [LOCK_SHARE_ROW_EXCLUSIVE] = LOCK_ROW_EXCLUSIVE,
    [LOCK_EXCLUSIVE] = LOCK_ROW_SHARE,
    [LOCK_ACCESS_EXCLUSIVE] = LOCK_ACCESS_SHARE,
};

bool lock_mode_conflicts(enum lock_mode held, enum lock_mode wanted)
{
    return wanted >= weakest_conflict[held] && !(held == LOCK_SHARE && wanted == LOCK_SHARE);
}
