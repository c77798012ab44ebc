#include "base/vec.h"

enum { FIRST_ROOM = 8, FIRST_BYTES = 64 };

/* Most arrays stay short, and the newest grow where they are. */
static size_t first_room(size_t size)
{
    size_t room = FIRST_BYTES / size;
    return room == 0 ? 1 : room < FIRST_ROOM ? room : FIRST_ROOM;
}

void *vec_grow(struct arena *arena, void *elements, size_t *room, size_t size)
{
    size_t bigger = *room == 0 ? first_room(size) : *room * 2;
    void *moved = arena_grow(arena, elements, *room * size, bigger * size);
    *room = bigger;
    return moved;
}
