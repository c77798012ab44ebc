#include "model/reach.h"

#include <stdint.h>
#include <string.h>

enum { SLOTS = 64, BITS = 64 };

/* Who depends on one target, known for the first `known` migrations of the order. */
struct slot {
    const void *target;    /* a migration or a service */
    bool is_service;
    uint64_t *bits;
    size_t known;
};

struct reach {
    struct arena *arena;
    const struct migrations *order;
    struct slot slots[SLOTS];
    size_t next;           /* the slot that gives way */
};

struct reach *reach_new(struct arena *arena, const struct catalog *catalog)
{
    struct reach *reach = arena_new(arena, struct reach);
    reach->arena = arena;
    reach->order = &catalog->order;
    return reach;
}

static bool has(const struct slot *slot, size_t number)
{
    return (slot->bits[number / BITS] >> (number % BITS) & 1) != 0;
}

static struct slot *slot_of(struct reach *reach, const void *target, bool is_service, size_t first)
{
    for (size_t i = 0; i < SLOTS; i++)
        if (reach->slots[i].target == target)
            return &reach->slots[i];
    struct slot *slot = &reach->slots[reach->next++ % SLOTS];
    size_t bytes = (reach->order->count / BITS + 1) * sizeof(*slot->bits);
    if (slot->bits == NULL)
        slot->bits = arena_alloc(reach->arena, bytes);
    memset(slot->bits, 0, bytes);
    slot->target = target;
    slot->is_service = is_service;
    slot->known = first;
    return slot;
}

static bool stands_on(const struct slot *slot, const struct migration *migration)
{
    if (migration == slot->target || (slot->is_service && migration->service == slot->target))
        return true;
    vec_each(need, &migration->needs)
        if ((*need)->number >= migration->number || has(slot, (*need)->number))
            return true;
    return false;
}

static bool find(struct reach *reach, struct slot *slot, const struct migration *from)
{
    for (; slot->known <= from->number; slot->known++)
        if (stands_on(slot, reach->order->at[slot->known]))
            slot->bits[slot->known / BITS] |= (uint64_t)1 << (slot->known % BITS);
    return has(slot, from->number);
}

bool reach_find(struct reach *reach, const struct migration *from, const struct migration *target)
{
    if (target->number > from->number)
        return false;
    return find(reach, slot_of(reach, target, false, target->number), from);
}

bool reach_find_service(struct reach *reach, const struct migration *from, const struct service *service)
{
    return find(reach, slot_of(reach, service, true, 0), from);
}
