/* Addresses of servers behind a Unix socket. */
#ifndef PG_SERVER_URL_H
#define PG_SERVER_URL_H

#include "base/arena.h"

/*
 * The URL of the database "skein" there, in the form that libpq and Go's lib/pq both understand.  Everything is
 * said in it, so that no PGPORT or PGUSER of the caller's leads elsewhere.
 */
const char *server_url(struct arena *arena, const char *socket_directory);

#endif
