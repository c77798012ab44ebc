/* Names as SQL text: quoted where they need it, and only there. */
#ifndef SQL_IDENTIFIER_H
#define SQL_IDENTIFIER_H

#include "base/str.h"

void identifier_add(struct str *str, const char *name);

#endif
