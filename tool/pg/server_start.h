/* The start of the development server, from an empty directory or from its data. */
#ifndef PG_SERVER_START_H
#define PG_SERVER_START_H

#include "pg/server_place.h"

/*
 * Starts a server on the place's data, which it creates first when there are none; `cache` and `socket` are
 * directories of server_place.  The caller holds the place's lock, has the user's identity, and has found that
 * no postmaster runs.
 * Errors: ERR_CONNECTION: programs missing or of another version than the data, no room, or what the log says.
 */
int server_start_new(struct arena *arena, const struct server_place *place, const char *cache, const char *socket,
                     struct err *err);

#endif
