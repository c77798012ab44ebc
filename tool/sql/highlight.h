/* SQL as HTML, with words, strings, numbers and comments marked. */
#ifndef SQL_HIGHLIGHT_H
#define SQL_HIGHLIGHT_H

#include "base/str.h"

/* Adds the text, escaped, with <span class="w"> (keywords), "s", "n" and "c" around its tokens. */
void highlight_html(const char *text, size_t length, struct str *out);

#endif
