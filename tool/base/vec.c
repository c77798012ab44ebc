#include "base/vec.h"

#include <string.h>

enum { FIRST_ROOM = 8 };

void *vec_grow(struct arena *arena, void *elements, size_t *room, size_t size)
{
    size_t bigger = *room == 0 ? FIRST_ROOM : *room * 2;
    void *moved = arena_alloc(arena, bigger * size);
    if (*room != 0)
        memcpy(moved, elements, *room * size);
    *room = bigger;
    return moved;
}
