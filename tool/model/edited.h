/* What of a migration was edited since it was applied: which half, and, where git has the text of then, which lines. */
#ifndef MODEL_EDITED_H
#define MODEL_EDITED_H

#include "model/migration.h"

struct edited {
    char before[65], now[65];      /* SHA-256 of the up half, as it was applied and as it is */
    const char *commit;            /* that brought the text of then; NULL: git does not have it */
    int first_line, last_line;     /* in which every difference lies, as the file is now; 0: not known.  last < first: lines
                                      before first_line were taken out */
};

/*
 * Compares an up half with the checksum that was recorded; false where they are the same, or there is nothing to compare.
 * Down halves are not recorded.
 */
bool edited_find(struct arena *arena, const struct migration *migration, const char *recorded, struct edited *edited);

/* "the up half: lines 3 to 5 (commit 12ab34c has what was applied); SHA-256 … was applied, … is there". */
const char *edited_text(struct arena *arena, const struct edited *edited);

#endif
