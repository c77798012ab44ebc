/* Versions that other environments have: those of the files in any directory below a migrations directory. */
#ifndef MODEL_ELSEWHERE_H
#define MODEL_ELSEWHERE_H

#include "base/arena.h"
#include "base/vec.h"

#include <stdbool.h>
#include <stdint.h>

VEC(versions_elsewhere, uint64_t);

/* An unread one is {0}; the directories are looked at when somebody asks for the first time. */
struct elsewhere {
    bool read;
    struct versions_elsewhere versions; /* sorted */
};

/* Does the version lie in a directory below `directory`? */
bool elsewhere_has(struct arena *arena, struct elsewhere *elsewhere, const char *directory, uint64_t version);

/* The highest of them; false when there is none. */
bool elsewhere_newest(struct arena *arena, struct elsewhere *elsewhere, const char *directory, uint64_t *version);

#endif
