/* Identifiers that the server would cut: it keeps 63 bytes, and says so in a NOTICE that nobody reads. */
#ifndef SQL_LONG_NAME_H
#define SQL_LONG_NAME_H

#include "base/arena.h"

/* The first identifier of a statement that has more bytes than `limit`, as written but without quotes; NULL: none. */
char *long_name_find(struct arena *arena, const char *text, size_t length, size_t limit);

#endif
