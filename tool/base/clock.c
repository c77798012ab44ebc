#include "base/clock.h"

#include "base/str.h"

#include <inttypes.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static const int64_t SECOND = 1000000000; /* in nanoseconds, as Go counts */

int64_t clock_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

void clock_pause(int milliseconds)
{
    if (milliseconds <= 0)
        return;
    int64_t nanoseconds = (int64_t)milliseconds * 1000000;
    int64_t jitter = (int64_t)arc4random_uniform(501) - 250; /* in thousandths */
    nanoseconds += nanoseconds / 1000 * jitter;
    struct timespec pause = {.tv_sec = nanoseconds / SECOND, .tv_nsec = nanoseconds % SECOND};
    nanosleep(&pause, NULL);
}

static const struct unit {
    const char *name;
    int64_t nanoseconds;
} units[] = {
    {"ns", 1},       {"us", 1000},           {"µs", 1000},             {"ms", 1000000},
    {"s", SECOND},   {"m", 60 * SECOND},     {"h", 3600 * SECOND},
};

/* The unit that the letters at *at name, moving *at behind them; NULL when there is none of that name. */
static const struct unit *read_unit(const char **at)
{
    size_t length = strcspn(*at, "0123456789.");
    for (size_t i = 0; i < sizeof units / sizeof *units; i++) {
        if (span_equals((struct span){*at, length}, units[i].name)) {
            *at += length;
            return &units[i];
        }
    }
    return NULL;
}

static bool add_digits(const char *at, size_t count, int64_t unit, int64_t *total)
{
    int64_t number = 0;
    for (size_t i = 0; i < count; i++)
        if (__builtin_mul_overflow(number, 10, &number) || __builtin_add_overflow(number, at[i] - '0', &number))
            return false;
    return !__builtin_mul_overflow(number, unit, &number) && !__builtin_add_overflow(*total, number, total);
}

static bool add_fraction(const char *at, size_t count, int64_t unit, int64_t *total)
{
    int64_t sum = 0;
    for (size_t i = 0; i < count && unit >= 10; i++) {
        unit /= 10;
        sum += unit * (at[i] - '0');
    }
    return !__builtin_add_overflow(*total, sum, total);
}

enum outcome { GOOD, MALFORMED, TOO_LONG };

/* One "7.5s" at *at. */
static enum outcome read_part(const char **at, bool first, int64_t *total)
{
    static const char digits[] = "0123456789";
    const char *whole = *at;
    size_t whole_count = strspn(whole, digits), fraction_count = 0;
    const char *fraction = whole + whole_count;
    if (*fraction == '.') {
        fraction++;
        fraction_count = strspn(fraction, digits);
    }
    if (whole_count + fraction_count == 0)
        return MALFORMED;
    *at = fraction + fraction_count;
    int64_t nanoseconds = SECOND;
    if (!(first && **at == '\0')) { /* a bare number is seconds */
        const struct unit *unit = read_unit(at);
        if (unit == NULL)
            return MALFORMED;
        nanoseconds = unit->nanoseconds;
    }
    return add_digits(whole, whole_count, nanoseconds, total) &&
                   add_fraction(fraction, fraction_count, nanoseconds, total)
               ? GOOD : TOO_LONG;
}

int duration_read(const char *text, int64_t *milliseconds, struct err *err)
{
    int64_t total = 0;
    const char *at = text;
    enum outcome outcome = *at == '\0' ? MALFORMED : GOOD;
    for (bool first = true; outcome == GOOD && *at != '\0'; first = false)
        outcome = read_part(&at, first, &total);
    if (outcome == TOO_LONG)
        return err_set(err, ERR_INPUT, "the duration \"%s\" is too long", text);
    if (outcome == MALFORMED)
        return err_set(err, ERR_INPUT,
                       text[0] == '-' ? "the duration \"%s\" is negative; expected one such as 250ms, 30s or 1h30m"
                                      : "\"%s\" is not a duration; expected one such as 250ms, 30s, 5m, 1h30m, or "
                                        "a number of seconds",
                       text);
    *milliseconds = total / 1000000 + (total % 1000000 != 0); /* never down to 0, which means something else */
    return 0;
}

char *duration_text(struct arena *arena, int64_t microseconds)
{
    int64_t time = microseconds < 0 ? 0 : microseconds;
    int64_t tenths = (time + 50) / 100; /* of a millisecond */
    if (tenths < 10000)
        return arena_printf(arena, "%" PRId64 ".%" PRId64 " ms", tenths / 10, tenths % 10);
    int64_t hundredths = (time + 5000) / 10000; /* of a second */
    if (hundredths < 6000)
        return arena_printf(arena, "%" PRId64 ".%02" PRId64 " s", hundredths / 100, hundredths % 100);
    int64_t seconds = (time + 500000) / 1000000;
    if (seconds < 3600)
        return arena_printf(arena, "%" PRId64 " m %02" PRId64 " s", seconds / 60, seconds % 60);
    int64_t minutes = (seconds + 30) / 60;
    return arena_printf(arena, "%" PRId64 " h %02" PRId64 " m", minutes / 60, minutes % 60);
}
