/* What status shows: every migration of a service, in the files or in the database, and where it stands. */
#ifndef MODEL_STATUS_H
#define MODEL_STATUS_H

#include "model/state.h"

enum standing {
    STANDING_APPLIED,
    STANDING_CHANGED,      /* applied, and the file was edited since */
    STANDING_MISSING,      /* applied, and there is no file */
    STANDING_PENDING,
    STANDING_OUT_OF_ORDER, /* pending, below the newest applied one */
    STANDING_FAILED,       /* not applied; the last attempt failed */
    STANDING_OPEN,         /* begun, and its outcome is not on record */
    STANDINGS
};

extern const char *const standing_names[STANDINGS]; /* "applied", "out of order", … */

struct status_row {
    uint64_t version;
    enum standing standing;
    const struct migration *migration; /* NULL: only the database has it */
    const struct execution *execution; /* NULL: never tried, or by another tool */
    const char *id;
};
VEC(status_rows, struct status_row);

struct status {
    const struct service *service;
    const struct service_state *state;
    struct status_rows rows;           /* by version */
    size_t counts[STANDINGS];
};

/*
 * Compares files and state.  With `checksums` the up halves are read to find those that changed.
 * Errors: those of migration_checksum.
 */
int status_make(struct arena *arena, const struct service *service, const struct service_state *state, bool checksums,
                struct status *status, struct err *err);

/* Is everything in the files applied, and nothing wrong? */
bool status_is_current(const struct status *status);

#endif
