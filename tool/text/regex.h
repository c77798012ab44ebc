/* The one door to PCRE2. */
#ifndef TEXT_REGEX_H
#define TEXT_REGEX_H

#include "base/vec.h"

#include <stdbool.h>
#include <stddef.h>

/* Is this valid UTF-8?  If not, *bad_at is the offset of the first byte that is not. */
bool regex_is_utf8(const char *text, size_t length, size_t *bad_at);

/*
 * A pattern, compiled to machine code where the processor allows it.  It lives in the arena and remembers its last
 * match.  How far a match may search is limited, so that no pattern can hang the program.
 */
struct regex;

enum regex_outcome { REGEX_DIFFERS, REGEX_MATCHES, REGEX_LIMIT /* given up: the limit was reached */ };

/* NULL when PCRE2 refuses it: *why says so, *at is the byte in the pattern. */
struct regex *regex_open(struct arena *arena, const char *pattern, const char **why, size_t *at);

/* The names of its groups, in the order of their numbers. */
const struct strings *regex_names(const struct regex *regex);

/* Searches a text, which is valid UTF-8 and must stay until the groups have been asked for. */
enum regex_outcome regex_match(struct regex *regex, const char *text, size_t length);

/* What a named group of the last match holds; NULL when it took no part in it. */
char *regex_group(struct arena *arena, const struct regex *regex, const char *name);

#endif
