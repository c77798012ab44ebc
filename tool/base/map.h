/* Text to value, unordered.  Keys and the table live in the arena; values belong to the caller. */
#ifndef BASE_MAP_H
#define BASE_MAP_H

#include "base/arena.h"

struct map_entry;

struct map {
    struct map_entry *entries;
};

/* An empty map is {0}.  Putting a key again replaces its value. */
void map_put(struct arena *arena, struct map *map, const char *key, void *value);

/* Where the value of a key is, for good; NULL is in it when the key was not there. */
void **map_slot(struct arena *arena, struct map *map, const char *key);

/* NULL when the key is not there. */
void *map_find(const struct map *map, const char *key);

#endif
