/* One start of a postmaster: its command line, its child process, and the wait until it is ready. */
#ifndef PG_SERVER_LAUNCH_H
#define PG_SERVER_LAUNCH_H

#include "base/arena.h"
#include "base/err.h"
#include "pg/server_user.h"

#include <sys/types.h>

struct server_launch {
    const char *data, *socket, *log, *running;
    const struct server_user *user;
    char **argv, **environment;
    int log_file, running_file; /* handed to the server; -1: not open */
    int notify_file;            /* where the server says that it is ready; -1: not open */
    const char *notify;         /* the path of that socket */
    off_t log_start;            /* how long the log was before */
};

/*
 * Opens what a start needs.  data, socket, log, running and user are set by the caller, and running_file holds
 * the lock on `running`.  `settings` are "name=value", NULL-terminated; listening, port, permissions and
 * logging are set here.
 */
int server_launch_prepare(struct arena *arena, const char *bin_directory, const char *const settings[],
                          struct server_launch *launch, struct err *err);

/* In a child: becomes the server.  With a `death_signal` it gets that one when `parent`, who made it, dies. */
_Noreturn void server_launch_exec(const struct server_launch *launch, int death_signal, pid_t parent);

/* Starts it as a daemon of its own session that holds nothing of the caller's. */
int server_launch_daemon(const struct server_launch *launch, struct err *err);

/*
 * Waits until the server accepts connections.  Errors: ERR_CONNECTION with what its log says when it dies;
 * ERR_INTERRUPTED; ERR_RETRY after a minute, since recovery after a crash may take long.
 */
int server_launch_wait(struct arena *arena, struct server_launch *launch, struct err *err);

/* Closes the files of this side; the server keeps its own. */
void server_launch_release(struct server_launch *launch);

#endif
