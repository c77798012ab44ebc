/* The order in each rank of a drawing: by the middle of what an item is linked to, forth and back; the best is kept. */
#include "text/drawing_work.h"

#include <stdint.h>
#include <stdlib.h>
#include <string.h>

enum { SWEEPS = 12, SCALE = 256 };

struct wish {
    long key;
    size_t position, item;
};
VEC(wishes, struct wish);

static int compare(const void *a, const void *b)
{
    const struct wish *left = a, *right = b;
    if (left->key != right->key)
        return left->key < right->key ? -1 : 1;
    return left->position < right->position ? -1 : left->position > right->position;
}

static void number(struct piece *piece, size_t rank)
{
    for (size_t i = 0; i < piece->ranks[rank].count; i++)
        piece->items.at[piece->ranks[rank].at[i]].position = i;
}

/* What is linked comes into its rank together: a walk in depth from the items of the first ranks. */
static void begin(struct piece *piece)
{
    size_t count = piece->items.count, *stack = arena_alloc(piece->arena, (count + piece->links.count + 1) * sizeof *stack);
    char *seen = arena_alloc(piece->arena, count + 1);
    for (size_t start = 0; start < count; start++) {
        size_t depth = 0;
        if (piece->items.at[start].before == 0)
            stack[depth++] = start;
        while (depth > 0) {
            size_t at = stack[--depth];
            const struct item *item = &piece->items.at[at];
            if (seen[at]++ != 0) {
                seen[at] = 1;
                continue;
            }
            *vec_add(piece->arena, &piece->ranks[item->rank]) = at;
            for (size_t i = item->after; i-- > 0;)
                if (!seen[piece->links.at[item->first_after + i].to])
                    stack[depth++] = piece->links.at[item->first_after + i].to;
        }
    }
    for (size_t rank = 0; rank < piece->rank_count; rank++)
        number(piece, rank);
}

/* Links are compared by the places of their ends; ports tell links of one box apart. */
static long middle(const struct piece *piece, const struct item *item, bool backwards)
{
    long sum = 0;
    size_t count = backwards ? item->after : item->before;
    for (size_t i = 0; i < count; i++) {
        const struct link *link = backwards ? &piece->links.at[item->first_after + i]
                                            : &piece->links.at[piece->by_target[item->first_before + i]];
        long port = backwards ? link->arrives : link->leaves;
        long fraction = port / (8L * FINE);
        sum += (long)piece->items.at[backwards ? link->to : link->from].position * SCALE +
               (fraction > SCALE / 2 ? SCALE / 2 - 1 : fraction < -SCALE / 2 ? -SCALE / 2 + 1 : fraction);
    }
    return count == 0 ? (long)item->position * SCALE : sum / (long)count;
}

static void sort_rank(struct piece *piece, size_t rank, bool backwards, struct wish *wishes)
{
    struct indexes *items = &piece->ranks[rank];
    for (size_t i = 0; i < items->count; i++)
        wishes[i] = (struct wish){middle(piece, &piece->items.at[items->at[i]], backwards), i, items->at[i]};
    qsort(wishes, items->count, sizeof *wishes, compare);
    for (size_t i = 0; i < items->count; i++)
        items->at[i] = wishes[i].item;
    number(piece, rank);
}

/* How many of the links seen so far end behind a place: sums over a binary indexed tree. */
static size_t count_behind(size_t *tree, size_t size, size_t place, size_t seen)
{
    size_t until = 0;
    for (size_t i = place + 1; i > 0; i -= i & (~i + 1))
        until += tree[i];
    for (size_t i = place + 1; i <= size; i += i & (~i + 1))
        tree[i]++;
    return seen - until;
}

static size_t crossings(const struct piece *piece, size_t rank, size_t *tree, struct wish *ends)
{
    size_t size = piece->ranks[rank + 1].count, count = 0, seen = 0;
    memset(tree, 0, (size + 1) * sizeof *tree);
    for (size_t i = 0; i < piece->ranks[rank].count; i++) {
        const struct item *item = &piece->items.at[piece->ranks[rank].at[i]];
        for (size_t j = 0; j < item->after; j++)
            ends[j] = (struct wish){(long)piece->items.at[piece->links.at[item->first_after + j].to].position, j, 0};
        qsort(ends, item->after, sizeof *ends, compare);
        for (size_t j = 0; j < item->after; j++)
            count += count_behind(tree, size, (size_t)ends[j].key, seen++);
    }
    return count;
}

static size_t crossings_in_all(const struct piece *piece, size_t *tree, struct wish *ends)
{
    size_t count = 0;
    for (size_t rank = 0; rank + 1 < piece->rank_count; rank++)
        count += crossings(piece, rank, tree, ends);
    return count;
}

static void sweep(struct piece *piece, bool backwards, struct wish *wishes)
{
    for (size_t i = 1; i < piece->rank_count; i++)
        sort_rank(piece, backwards ? piece->rank_count - 1 - i : i, backwards, wishes);
}

static void restore(struct piece *piece, const size_t *positions)
{
    for (size_t i = 0; i < piece->items.count; i++) {
        struct item *item = &piece->items.at[i];
        item->position = positions[i];
        piece->ranks[item->rank].at[item->position] = i;
    }
}

void drawing_order(struct piece *piece)
{
    size_t room = piece->items.count + piece->links.count + 2;
    struct wish *wishes = arena_alloc(piece->arena, room * sizeof *wishes);
    size_t *tree = arena_alloc(piece->arena, room * sizeof *tree);
    size_t *best = arena_alloc(piece->arena, room * sizeof *best), fewest = SIZE_MAX;
    begin(piece);
    for (int round = 0; round <= SWEEPS && fewest > 0; round++) {
        if (round > 0)
            sweep(piece, round % 2 == 0, wishes);
        size_t count = crossings_in_all(piece, tree, wishes);
        if (count >= fewest)
            continue;
        fewest = count;
        for (size_t i = 0; i < piece->items.count; i++)
            best[i] = piece->items.at[i].position;
    }
    restore(piece, best);
}
