/*
 * Where a private server keeps its things: data in the repository's .skein/, the socket at a short path of its
 * own, templates in the cache, throw-away servers in memory.  Everything is private to the server's user.
 */
#ifndef PG_SERVER_PLACE_H
#define PG_SERVER_PLACE_H

#include "base/arena.h"
#include "base/err.h"
#include "pg/server_user.h"

/* The socket's address holds 108 bytes with its NUL; a longer path leaves a server that nobody can reach. */
enum { SOCKET_PATH_LIMIT = 107 };
#define SOCKET_NAME "/.s.PGSQL.5432"

struct server_place {
    const char *root;    /* of the repository; absolute, without symbolic links */
    const char *dot;     /* <root>/.skein */
    const char *state;   /* that directory, or another one where the server's user cannot use it */
    const char *note;    /* why it is another one; NULL */
    const char *data;    /* <state>/data */
    const char *log;     /* <state>/server.log */
    const char *lock;    /* <state>/lock: held by who starts or stops the server */
    const char *running; /* <state>/running: held by the server as long as it lives */
    struct server_user user;
};

/*
 * Says where things are or would be, and makes nothing.
 * Errors: ERR_PERMISSION when .skein belongs to somebody else; ERR_INPUT when there is no such root.
 */
int server_place_find(struct arena *arena, const char *root, struct server_place *place, struct err *err);

/* Makes the state directory.  Called before server_user_enter. */
int server_place_make(struct arena *arena, const struct server_place *place, struct err *err);

/* Makes the directory for the socket of this repository; a taken one (by a server that moved away) is left alone. */
int server_place_socket(struct arena *arena, const struct server_place *place, const char **directory,
                        struct err *err);

/* Makes the directory for templates. */
int server_place_cache(struct arena *arena, const struct server_user *user, const char **directory,
                       struct err *err);

/* The directory in which throw-away servers live: memory where there are 256 MB, else the disk. */
const char *server_place_throwaway(struct arena *arena, const struct server_user *user);

#endif
