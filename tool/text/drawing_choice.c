#include "text/drawing_choice.h"

#include <stdlib.h>

enum { HUB = 40 }; /* links to a box that more lead to are drawn for none */

struct candidate {
    size_t first, size;
};

static size_t root_of(size_t *parents, size_t box)
{
    while (parents[box] != box)
        box = parents[box] = parents[parents[box]];
    return box;
}

/* The lower number leads, so that a piece is known by its first box. */
static void join(size_t *parents, size_t one, size_t other)
{
    size_t a = root_of(parents, one), b = root_of(parents, other);
    parents[a > b ? a : b] = a > b ? b : a;
}

static bool *find_hubs(struct arena *arena, size_t count, const struct drawing_links *links, struct drawing_choice *choice)
{
    size_t *degrees = arena_alloc(arena, (count + 1) * sizeof(*degrees));
    bool *hubs = arena_alloc(arena, count + 1);
    vec_each(link, links)
        degrees[link->to] += link->from != link->to;
    for (size_t i = 0; i < count; i++) {
        hubs[i] = degrees[i] > HUB;
        if (hubs[i])
            *vec_add(arena, &choice->hubs) = i;
    }
    return hubs;
}

static int compare(const void *left, const void *right)
{
    const struct candidate *a = left, *b = right;
    if (a->size != b->size)
        return a->size > b->size ? -1 : 1;
    return a->first < b->first ? -1 : a->first > b->first;
}

void drawing_choose(struct arena *arena, size_t count, const struct drawing_links *links, size_t most,
                    struct drawing_choice *choice)
{
    *choice = (struct drawing_choice){.drawn = arena_alloc(arena, count + 1)};
    bool *hubs = find_hubs(arena, count, links, choice);
    size_t *parents = arena_alloc(arena, (count + 1) * sizeof(*parents));
    struct candidate *candidates = arena_alloc(arena, (count + 1) * sizeof(*candidates));
    bool *taken = arena_alloc(arena, count + 1);
    for (size_t i = 0; i < count; i++)
        parents[i] = i;
    vec_each(link, links)
        if (!hubs[link->from] && !hubs[link->to])
            join(parents, link->from, link->to);
    for (size_t i = 0; i < count; i++) {
        candidates[i].first = i;
        candidates[root_of(parents, i)].size++;
    }
    if (count > 1)
        qsort(candidates, count, sizeof(*candidates), compare);
    for (size_t i = 0; i < count && candidates[i].size > 1; i++) {
        choice->all_pieces++;
        if (choice->boxes + candidates[i].size > most)
            continue;
        taken[candidates[i].first] = true;
        choice->pieces++;
        choice->boxes += candidates[i].size;
    }
    for (size_t i = 0; i < count; i++)
        choice->drawn[i] = taken[root_of(parents, i)];
}
