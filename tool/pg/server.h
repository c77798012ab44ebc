/*
 * The private PostgreSQL: a server of skein's own, on a Unix socket in a 0700 directory, never on a port.
 *
 * Two forms.  The development server's data live in `.skein/` of the repository and survive (durable
 * settings); it runs until it is stopped.  A throw-away server lives in memory (fsync off) and is gone,
 * directory and all, within 100 ms of its owner's death, even by SIGKILL.  Both start from a template that
 * initdb made once and that is kept in the user's cache.  Started by root, the server runs as an
 * unprivileged user.
 */
#ifndef PG_SERVER_H
#define PG_SERVER_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>

struct server {
    const char *data_directory;
    const char *log;            /* the server's log file */
    const char *socket_directory; /* NULL: not running */
    const char *url;            /* of the database "skein" there, for libpq and lib/pq; no secret; NULL: not running */
    const char *bin_directory;  /* of the PostgreSQL programs in use; NULL: not running */
    int pid;                    /* of the postmaster; 0: not running */
    bool started_now;           /* server_start started it, it did not run before */
    const char *note;           /* a sentence that the user should read, such as where the data are; NULL */
    int keeper, lifeline;       /* a throw-away server's keeper: its pid, and the pipe that tells it that we live */
};

/* Says what is there for this repository, without starting anything. */
int server_look(struct arena *arena, const char *root, struct server *server, struct err *err);

/*
 * Starts the development server of the repository at `root`, unless it runs; creates it and the database
 * on first use.  Two callers at once get the same server.
 */
int server_start(struct arena *arena, const char *root, struct server *server, struct err *err);

/* Forgets the data and starts with an empty database. */
int server_reset(struct arena *arena, const char *root, struct server *server, struct err *err);

/* Stops it (fast shutdown) and waits; not running is success. */
int server_stop(struct arena *arena, const char *root, struct err *err);

/* A throw-away server for as long as this process lives, or until server_drop. */
int server_start_throwaway(struct arena *arena, struct server *server, struct err *err);
void server_drop(struct server *server);

#endif
