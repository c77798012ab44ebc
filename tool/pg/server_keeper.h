/*
 * The keeper of a throw-away server: a process between its owner and the server, which removes both server and
 * directory as soon as the owner is gone, however it went.
 *
 * It holds the read end of a pipe of which only the owner has the write end, and the lock of the directory.
 * Killed itself, it takes the server along (PR_SET_PDEATHSIG); the directory is then removed by whoever starts a
 * throw-away server next and finds its lock free.
 */
#ifndef PG_SERVER_KEEPER_H
#define PG_SERVER_KEEPER_H

#include "base/err.h"
#include "pg/server_launch.h"

struct keeper {
    pid_t pid;
    int lifeline; /* the owner's end of the pipe */
};

/* Starts the keeper of a directory, from which `launch` is to be started once its data are there. */
int keeper_open(const char *directory, const struct server_launch *launch, struct keeper *keeper, struct err *err);

/* Lets it start the server. */
int keeper_start(const struct keeper *keeper, struct err *err);

/* Ends the server, removes the directory, and waits until that is done. */
void keeper_close(struct keeper *keeper);

#endif
