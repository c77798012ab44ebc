/*
 * Comments that silence a rule for one statement: `-- skein: ignore rule-id reason`, and squawk's own.
 *
 * A comment is about the statement in which it stands, or behind which it stands on the same line; else about the
 * next one.
 */
#ifndef SQL_IGNORE_H
#define SQL_IGNORE_H

#include "sql/action.h"

struct ignore {
    size_t at;               /* byte offset of the comment */
    struct strings rules;    /* as written; empty: all (squawk only) */
    const char *reason;      /* NULL: none is given */
    bool squawk;             /* in squawk's words, which know no reason */
    bool whole_file;         /* squawk-ignore-file */
    size_t statement;        /* number of the statement; SIZE_MAX: there is none */
};
VEC(ignores, struct ignore);

/* Those of a text, in order; `actions` are its own.  A text that says neither skein nor squawk is not scanned. */
void ignores_read(struct arena *arena, const char *text, size_t length, const struct actions *actions,
                  struct ignores *ignores);

#endif
