/* Processes and signals. */
#ifndef BASE_PROC_H
#define BASE_PROC_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>

/*
 * Installs handlers for SIGINT and SIGTERM that only count.  proc_interrupted() says how many came
 * and which; the engine looks at it between waits, cancels the running statement on the first one and
 * gives up on the second.  SIGPIPE is ignored.
 */
void proc_catch_signals(void);
int proc_interrupted(void);   /* number of signals so far */
int proc_last_signal(void);   /* the last one, 0 for none */

/* For what only reads: from now on a signal ends the process at once, or does whatever it did before the handlers. */
void proc_end_on_signals(void);

/* Then with removing a directory, which nobody else knows of; NULL: it is gone. */
void proc_remove_on_signals(const char *path);

/*
 * Runs a program found in PATH, without a shell, and waits.  `output` gets its standard output and
 * may be NULL (then it is inherited).  *status is the exit code, or 128 + signal.
 * Errors: ERR_INPUT when the program is not there.
 */
int proc_run(struct arena *arena, const char *const argv[], char **output, int *status, struct err *err);

/* What goes through a program's standard streams; bytes of any value. */
struct proc_streams {
    const char *input;             /* NULL: it reads an empty input */
    size_t input_length;
    struct proc_text {
        char *at;                  /* NUL-terminated behind its last byte */
        size_t length;
    } output, complaint;           /* complaint: its standard error */
};

/* The same with all three streams held here; a program that does not read its input to the end is no error. */
int proc_exchange(struct arena *arena, const char *const argv[], struct proc_streams *streams, int *status,
                  struct err *err);

#endif
