/*
 * Growing arrays in an arena.
 *
 * `VEC(name, type)` declares `struct name { type *at; size_t count, room; }`; an empty one is {0}.
 * `vec_add(arena, &vec)` gives the address of a new zeroed element: `*vec_add(arena, &v) = x;`.
 * Growing moves the elements, so keep indexes, not addresses, while it grows.
 */
#ifndef BASE_VEC_H
#define BASE_VEC_H

#include "base/arena.h"

#define VEC(name, type)    \
    struct name {          \
        type *at;          \
        size_t count, room; \
    }

#define vec_add(arena, vec)                                                                          \
    (((vec)->count == (vec)->room                                                                    \
          ? (void)((vec)->at = vec_grow((arena), (vec)->at, &(vec)->room, sizeof(*(vec)->at)))        \
          : (void)0),                                                                                \
     &(vec)->at[(vec)->count++])

#define vec_each(item, vec) \
    for (__typeof__(&*(vec)->at) item = (vec)->at; item != (vec)->at + (vec)->count; item++)

/* The elements in a piece of memory with room for at least one more; *room is updated. */
void *vec_grow(struct arena *arena, void *elements, size_t *room, size_t size);

VEC(strings, const char *);

#endif
