/* Identifiers that the server would cut: it keeps 63 bytes, and says so in a NOTICE that nobody reads. */
#ifndef SQL_LONG_NAME_H
#define SQL_LONG_NAME_H

#include "base/arena.h"

/*
 * The next identifier of a statement that has more bytes than `limit`, as written but without quotes; NULL: none.
 * *at is the byte in the text where to begin, and then where the name stands.
 */
char *long_name_find(struct arena *arena, const char *text, size_t length, size_t limit, size_t *at);

#endif
