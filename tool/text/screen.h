/*
 * Text as a terminal shows it: made harmless, measured in columns, cut, wrapped.
 *
 * File names, SQL and what a server says are other people's text: printed raw, an escape sequence in them could
 * repaint the screen or retitle the window.  Widths are those of the locale; main sets LC_CTYPE.
 */
#ifndef TEXT_SCREEN_H
#define TEXT_SCREEN_H

#include "base/arena.h"
#include "base/str.h"

#include <stdbool.h>
#include <stddef.h>

/*
 * The same text with control characters (but tab and newline) and bytes that are not UTF-8 written as \x1b.
 * With `one_line` newlines and tabs become spaces.
 */
char *screen_safe(struct arena *arena, const char *text, bool one_line);

/* How many columns it takes; for text without control characters. */
size_t screen_width(const char *text);

/* Cut to at most `columns`, with "…" (or "~" where the locale has none) at the end when something was cut off. */
char *screen_cut(struct arena *arena, const char *text, size_t columns);

/* The width of the terminal behind that stream (0, 1, 2); 80 when it cannot be asked. */
size_t screen_columns(int stream);
bool screen_is_terminal(int stream); /* and one that understands cursor movement: TERM is set and not "dumb" */

/*
 * Adds words, wrapped at `columns`: the first line goes on where the last line of `str` ends, the next ones start
 * with `indent` spaces.  A newline in the text is kept; so are lines that begin with two spaces, as they are.
 */
void screen_wrap(struct str *str, const char *text, size_t indent, size_t columns);

#endif
