/* Text for pages: what would turn the order of letters around, or do nothing that anybody sees, is made visible. */
#ifndef TEXT_VISIBLE_H
#define TEXT_VISIBLE_H

#include "base/str.h"

/*
 * Control characters (but tab and line ends) become their pictures, U+2400 and so on; those of Unicode that embed,
 * override or isolate a direction become U+FFFD.  The text is UTF-8; other bytes stay.
 */
void visible_text(struct str *text);

#endif
