/*
 * Pages of which a part is generated: blocks between `<!-- skein:begin NAME -->` and `<!-- skein:end NAME -->`, each on
 * a line of its own.  Whatever stands outside of them is somebody's, and stays.
 */
#ifndef WRITE_PAGE_H
#define WRITE_PAGE_H

#include "base/arena.h"
#include "base/err.h"

#include <stdbool.h>

/* Is there a block in it?  A page without one is nobody's but its author's. */
bool page_is_generated(const char *text);

/* Does nothing but blocks and blanks stand in it? */
bool page_is_untouched(const char *text);

/*
 * The page `old` with the blocks of `fresh` in place of its own.  Blocks that it does not have stand behind the one that
 * they stand behind in `fresh`; those that `fresh` does not have are taken out.  Lines end as they do in `old`.  `old`
 * NULL: the page is new, and is `fresh`.  A block of the name `kept` (NULL: none) stays where `fresh` does not have it.
 * Errors: ERR_INPUT at the line of a marker that has no counterpart; `path` is the page's.
 */
int page_merge(struct arena *arena, const char *path, const char *old, const char *fresh, const char *kept,
               const char **merged, struct err *err);

/* What people wrote into it: the page without its blocks.  Errors: as above. */
int page_strip(struct arena *arena, const char *path, const char *text, const char **rest, struct err *err);

#endif
