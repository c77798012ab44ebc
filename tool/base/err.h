/*
 * Errors are values.
 *
 * A function that can fail returns 0 or -1 and takes `struct err *err` as its last parameter.  Whoever
 * finds the fault fills it once, with the facts: a kind, a sentence (lower case, no full stop), a hint
 * that says what to do, and the place in a file where there is one.  Callers may add context on the way
 * up.  Only main prints it.  The setters return -1, so that a failure is one `return`.
 */
#ifndef BASE_ERR_H
#define BASE_ERR_H

#include "base/arena.h"

#include <stdarg.h>

/* One kind per way of failing; err_kinds[] gives each its name, exit code and sentence. */
enum err_kind {
    ERR_NONE,
    ERR_FAILED,      /* a migration failed, or a check found something */
    ERR_INPUT,       /* a file or a configuration is wrong */
    ERR_USAGE,       /* the command line is wrong */
    ERR_CONNECTION,  /* the database cannot be reached */
    ERR_PERMISSION,  /* the database or the file system says no */
    ERR_DEPENDENCY,  /* a dependency is missing, cyclic or not applied */
    ERR_POLICY,      /* the environment's policy refuses, or nobody confirmed */
    ERR_LOCK,        /* somebody else holds the lock */
    ERR_DRIFT,       /* the database is not in the state that its records say */
    ERR_UNSETTLED,   /* a statement's outcome is unknown; a person decides */
    ERR_INTERRUPTED, /* SIGINT or SIGTERM */
    ERR_BUG,         /* a fault of skein itself */
    ERR_RETRY,       /* a passing fault; trying again may help */
    ERR_KINDS
};

struct err_kind_row {
    const char *name;    /* as in JSON and in the docs */
    int exit_code;
    const char *meaning; /* a sentence for the reference page */
};

extern const struct err_kind_row err_kinds[ERR_KINDS];

/* A place in a file.  Lines and columns count from 1 (columns in characters); 0 means unknown. */
struct place {
    const char *file;
    int line, column;
};

struct err {
    struct arena *arena; /* owns the texts; set by whoever owns the err, before it is passed on */
    enum err_kind kind;
    char *message;
    char *hint;          /* what to do; may be NULL */
    char *detail;        /* more facts, such as the server's DETAIL and CONTEXT; may be NULL */
    struct place place;
    char *source_line;   /* the text of the line at place, for the caret; may be NULL */
    char sqlstate[6];    /* empty when the fault is not the server's */
};

int err_set(struct err *err, enum err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* As err_set, with what errno says at the end of the sentence. */
int err_errno(struct err *err, enum err_kind kind, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/* A failure that the command's own output has told already: no message, nothing more is printed. */
int err_told(struct err *err, enum err_kind kind);

/* What the user can do about it. */
int err_hint(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Where it is.  The file name is copied. */
int err_at(struct err *err, const char *file, int line, int column);

/* Puts "context: " in front of the sentence. */
int err_context(struct err *err, const char *format, ...) __attribute__((format(printf, 2, 3)));

/* Forgets the error, so that the err can be used again. */
void err_clear(struct err *err);

int err_exit_code(const struct err *err);

#endif
