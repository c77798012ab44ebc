/* Which version the next migration of a directory gets. */
#ifndef MODEL_NUMBERING_H
#define MODEL_NUMBERING_H

#include "base/arena.h"
#include "base/err.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>
#include <time.h>

enum { NUMBERING_DIGITS = 6 };

VEC(numbers, uint64_t);

/* What the files of a directory show; starts as {0}. */
struct numbering {
    struct numbers taken;
    bool any;        /* there is a migration */
    bool pairs;      /* one of them is a half of a pair; when none is, each is one file for both directions */
    uint64_t last;   /* the highest version */
    int digits;      /* how it is written */
    bool by_time;    /* it is a time: 20240131235959, or seconds since 1970 */
};

/* Takes note of a file name; what is no migration's is ignored. */
void numbering_note(struct arena *arena, struct numbering *numbering, const char *base);

/*
 * The next one in sequence, with `digits` digits (0: those in use, else 6).
 * Errors: ERR_USAGE when it has more digits than that.
 */
char *numbering_next(struct arena *arena, const struct numbering *numbering, int digits, struct err *err);

/*
 * The next one by time: `format` is "unix", "unixNano" or a layout in Go's reference time (2006 01 02 15 04 05);
 * NULL: as in use, else 20060102150405.  `zone` NULL: UTC.
 * Without a format it is above the last one, whatever the clock says.
 * Errors: ERR_USAGE for an unknown zone, or when what comes out is not a version or is taken.
 */
char *numbering_by_time(struct arena *arena, const struct numbering *numbering, const char *format, const char *zone,
                        struct timespec now, struct err *err);

#endif
