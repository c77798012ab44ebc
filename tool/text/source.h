/* A text that came from a file, and complaints about places in it. */
#ifndef TEXT_SOURCE_H
#define TEXT_SOURCE_H

#include "base/arena.h"
#include "base/err.h"

#include <stddef.h>

struct source {
    const char *path; /* only named, never opened */
    const char *content;
    size_t length;
};

/*
 * What no text file may hold: a byte order mark, a NUL byte, bytes that are not UTF-8.
 * Errors: ERR_INPUT at the place.
 */
int source_check(const struct source *source, struct err *err);

/* Fails with ERR_INPUT at a byte offset, or at a place; the line goes along, for the caret. */
int source_fail(const struct source *source, size_t offset, struct err *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));
int source_fail_at(const struct source *source, struct place place, struct err *err, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

#endif
