/* Versions that other environments have: those of all files in a migrations directory, and in the
 * directories below it. */
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

/* Does a file in `directory`, or in a directory below it, have the version? */
bool elsewhere_has(struct arena *arena, struct elsewhere *elsewhere, const char *directory, uint64_t version);

#endif
