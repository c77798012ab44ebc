/* Statements on one line: comments out, blanks collapsed to one space, no ';' at the end. */
#ifndef SQL_NORMALISE_H
#define SQL_NORMALISE_H

#include "base/arena.h"

/* As patterns are matched against it: what strings say is masked ('').  Words and names stay as they are written. */
char *normalise(struct arena *arena, const char *text, size_t length);

/* As people read it: strings stay. */
char *normalise_line(struct arena *arena, const char *text, size_t length);

#endif
