/* The one door to PCRE2. */
#ifndef TEXT_REGEX_H
#define TEXT_REGEX_H

#include <stdbool.h>
#include <stddef.h>

/* Is this valid UTF-8?  If not, *bad_at is the offset of the first byte that is not. */
bool regex_is_utf8(const char *text, size_t length, size_t *bad_at);

#endif
