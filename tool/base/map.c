#include "base/map.h"

/* uthash allocates without context; the arena of the map being changed is handed over here. */
static _Thread_local struct arena *growing;

#define uthash_malloc(size) arena_alloc(growing, size)
#define uthash_free(memory, size) ((void)(memory))
#include <uthash.h>

/* Chains are misses of the cache: shorter ones are worth the buckets. */
#undef HASH_BKT_CAPACITY_THRESH
#define HASH_BKT_CAPACITY_THRESH 5U

struct map_entry {
    UT_hash_handle hh;
    void *value;
    char key[];
};

void **map_slot(struct arena *arena, struct map *map, const char *key)
{
    struct map_entry *entry = NULL;
    size_t length = strlen(key);
    unsigned hash;
    HASH_VALUE(key, length, hash);
    HASH_FIND_BYHASHVALUE(hh, map->entries, key, length, hash, entry);
    if (entry == NULL) {
        growing = arena;
        entry = arena_alloc(arena, sizeof(*entry) + length + 1);
        memcpy(entry->key, key, length);
        HASH_ADD_KEYPTR_BYHASHVALUE(hh, map->entries, entry->key, length, hash, entry);
    }
    return &entry->value;
}

void map_put(struct arena *arena, struct map *map, const char *key, void *value)
{
    *map_slot(arena, map, key) = value;
}

void *map_find(const struct map *map, const char *key)
{
    struct map_entry *entry = NULL;
    HASH_FIND_STR(map->entries, key, entry);
    return entry == NULL ? NULL : entry->value;
}
