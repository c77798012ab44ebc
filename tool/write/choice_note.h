/* What is said below a picture of tables that does not show all of them. */
#ifndef WRITE_CHOICE_NOTE_H
#define WRITE_CHOICE_NOTE_H

#include "text/drawing_choice.h"

/* `names` are those of the `count` tables that there are; `elsewhere`: they have no places of their own on the page. */
const char *choice_note(struct arena *arena, const struct drawing_choice *choice, const char *const *names, size_t count,
                        bool elsewhere);

#endif
