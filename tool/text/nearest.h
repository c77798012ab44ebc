/* "Did you mean …?": the nearest known word. */
#ifndef TEXT_NEAREST_H
#define TEXT_NEAREST_H

#include "base/vec.h"

/* The known word at the smallest edit distance (Damerau–Levenshtein, without case) from `word`, or
 * NULL when none is near enough to be meant (distance at most a third of the longer one's length, at least 1). */
const char *nearest_find(const char *word, const struct strings *known);

/* "a, b and c"; "none" for an empty list. */
char *words_join(struct arena *arena, const struct strings *words);

#endif
