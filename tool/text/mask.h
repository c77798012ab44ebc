/*
 * Connection strings as they may be shown.
 *
 * When in doubt it hides: what cannot be told apart from a piece of a password becomes "****".
 */
#ifndef TEXT_MASK_H
#define TEXT_MASK_H

#include "base/arena.h"

#define MASK "****"

/*
 * A URL or a key=value string of libpq without its secrets, however badly it is written.
 *
 * In a URL everything between the first ':' and the last '@' is hidden, so that an unescaped '@', '/' or '?' in a
 * password shows no part of it.  Of parameters only those known to be harmless are shown.
 */
char *mask_url(struct arena *arena, const char *text);

#endif
