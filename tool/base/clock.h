/* Time: a steady clock, pauses with jitter, and durations as people write them. */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include "base/arena.h"
#include "base/err.h"

#include <stdint.h>

int64_t clock_now(void); /* monotonic, in microseconds */

/* Sleeps for about `milliseconds` (±25 %, so that two waiters fall out of step), or until a signal. */
void clock_pause(int milliseconds);

/*
 * "250ms", "30s", "5m", "1h", "1m30s", Go's "7.5s", or a bare number of seconds, in milliseconds.
 * Errors: ERR_INPUT with what was expected.
 */
int duration_read(const char *text, int64_t *milliseconds, struct err *err);

/* "7.3 ms", "1.25 s", "2 m 05 s", from microseconds. */
char *duration_text(struct arena *arena, int64_t microseconds);

#endif
