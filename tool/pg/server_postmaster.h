/*
 * A running postmaster, as its postmaster.pid and the system tell it.
 *
 * A process id alone proves nothing: it may be of yesterday, of another container, of another copy of the
 * repository.  A postmaster is taken for that of a data directory only when that very directory is its working
 * directory; only such a process is ever signalled.
 */
#ifndef PG_SERVER_POSTMASTER_H
#define PG_SERVER_POSTMASTER_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>

struct postmaster {
    int pid;                      /* 0: none */
    bool ready;                   /* accepts connections */
    const char *socket_directory; /* "" while it does not say */
    const char *bin_directory;    /* NULL when the system does not tell */
    int shared_memory;            /* id of its System V segment, -1: not said */
};

/* The postmaster that runs on this data directory; false: none does. */
bool postmaster_find(struct arena *arena, const char *data, struct postmaster *postmaster);

/*
 * Removes a postmaster.pid whose process id belongs to some other process by now, which PostgreSQL would take
 * for a living postmaster.  Only for who knows that none runs.
 */
void postmaster_forget(struct arena *arena, const char *data);

/* Sends the signal to the postmaster of that data directory and to nobody else; false: it does not run. */
bool postmaster_signal(struct arena *arena, const char *data, int signal);

/* Is there a socket in that directory that a living server of other data holds? */
bool postmaster_holds_socket(struct arena *arena, const char *directory, const char *data);

/* Removes the shared memory segment that a killed postmaster left. */
void postmaster_free_memory(struct arena *arena, const char *data);

#endif
