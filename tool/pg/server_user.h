/*
 * Who runs the private server.  PostgreSQL refuses to run as root, so a skein of root's lends its server to an
 * unprivileged user and does, between enter and leave, everything inside that user's directories as that user:
 * nothing there can then lead root astray.
 */
#ifndef PG_SERVER_USER_H
#define PG_SERVER_USER_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>
#include <sys/types.h>

struct server_user {
    const char *name; /* "uid 12345" where the system knows no name */
    uid_t uid;
    gid_t gid;
    bool lent;        /* skein runs as root, the server as this user */
};

/*
 * The caller; for root the `owner` of what is there already (0: nothing is there), else $SKEIN_PG_USER, else
 * postgres, else nobody.
 * Errors: ERR_PERMISSION when that user does not exist, is root, or is not the owner.
 */
int server_user_find(struct arena *arena, uid_t owner, struct server_user *user, struct err *err);

/* Switches the effective identity to the user and back; nothing happens where the user is the caller. */
int server_user_enter(const struct server_user *user, struct err *err);
void server_user_leave(const struct server_user *user);

/* In a child process: becomes the user for good; false when the system refuses. */
bool server_user_become(const struct server_user *user);

/* May the user enter this directory?  Asked of the system, so that ACLs and mounts count too. */
bool server_user_reaches(const struct server_user *user, const char *directory);

/* The name of a user id for messages. */
const char *server_user_name(struct arena *arena, uid_t uid);

#endif
