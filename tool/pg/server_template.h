/*
 * A database cluster that initdb made once, with an empty database "skein" in it: new servers start from a
 * copy.  It is kept in the cache, one per user, version and build of PostgreSQL.  Copies share its system
 * identifier.
 */
#ifndef PG_SERVER_TEMPLATE_H
#define PG_SERVER_TEMPLATE_H

#include "base/arena.h"
#include "base/err.h"
#include "pg/server_programs.h"
#include "pg/server_user.h"

/*
 * Copies the template to `data`, making it on first use.  `cache` is of server_place_cache.  Called with the
 * user's identity (server_user_enter).  Errors: ERR_CONNECTION with what initdb or the system says.
 */
int server_template_copy(struct arena *arena, const char *cache, const struct server_user *user,
                         const struct server_programs *programs, const char *data, struct err *err);

#endif
