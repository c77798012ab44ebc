/*
 * The places of a drawing's items.  Each rank in turn moves to where its links are straight, as far as order and gaps
 * allow: the least squares under that constraint, found by pooling neighbours that want to pass one another.
 */
#include "text/drawing_work.h"

enum { ROUNDS = 8, STIFF = 6 };

/* Items that move as one: the mean of what they wish for. */
struct pool {
    long sum, weight;
    size_t items;
};

static long wish(const struct piece *piece, const struct item *item, bool backwards, long *weight)
{
    long sum = 0, weights = 0;
    size_t count = backwards ? item->after : item->before;
    for (size_t i = 0; i < count; i++) {
        const struct link *link = backwards ? &piece->links.at[item->first_after + i]
                                            : &piece->links.at[piece->by_target[item->first_before + i]];
        long straight = backwards ? piece->items.at[link->to].across + link->arrives - link->leaves
                                  : piece->items.at[link->from].across + link->leaves - link->arrives;
        sum += straight * link->weight;
        weights += link->weight;
    }
    *weight = count == 0 ? 1 : item->passage ? STIFF * weights : 1 + weights;
    return count == 0 ? item->across : sum / weights;
}

static long divide(long sum, long weight)
{
    return sum >= 0 ? sum / weight : -((-sum + weight - 1) / weight);
}

static long distance(const struct piece *piece, const struct item *a, const struct item *b)
{
    long gap = a->passage && b->passage ? piece->box_gap / 2 : piece->box_gap;
    return (a->breadth + b->breadth) * FINE / 2 + gap * FINE;
}

static void settle_rank(struct piece *piece, size_t rank, bool backwards, struct pool *pools)
{
    const struct indexes *items = &piece->ranks[rank];
    size_t count = 0;
    long offset = 0;
    for (size_t i = 0; i < items->count; i++) {
        const struct item *item = &piece->items.at[items->at[i]];
        long weight, wanted = wish(piece, item, backwards, &weight);
        if (i > 0)
            offset += distance(piece, &piece->items.at[items->at[i - 1]], item);
        pools[count++] = (struct pool){(wanted - offset) * weight, weight, 1};
        while (count > 1 && divide(pools[count - 2].sum, pools[count - 2].weight) >=
                                divide(pools[count - 1].sum, pools[count - 1].weight)) {
            count--;
            pools[count - 1].sum += pools[count].sum;
            pools[count - 1].weight += pools[count].weight;
            pools[count - 1].items += pools[count].items;
        }
    }
    offset = 0;
    for (size_t pool = 0, i = 0; pool < count; pool++)
        for (size_t j = 0; j < pools[pool].items; j++, i++) {
            struct item *item = &piece->items.at[items->at[i]];
            if (i > 0)
                offset += distance(piece, &piece->items.at[items->at[i - 1]], item);
            item->across = divide(pools[pool].sum, pools[pool].weight) + offset;
        }
}

static void begin(struct piece *piece, size_t rank)
{
    long at = 0;
    for (size_t i = 0; i < piece->ranks[rank].count; i++) {
        struct item *item = &piece->items.at[piece->ranks[rank].at[i]];
        if (i > 0)
            at += distance(piece, &piece->items.at[piece->ranks[rank].at[i - 1]], item);
        item->across = at;
    }
}

/* Each rank begins behind the longest item of the one before it. */
static void measure(struct piece *piece)
{
    piece->starts = arena_alloc(piece->arena, (piece->rank_count + 1) * sizeof(long));
    piece->lengths = arena_alloc(piece->arena, (piece->rank_count + 1) * sizeof(long));
    vec_each(item, &piece->items)
        if (item->length > piece->lengths[item->rank])
            piece->lengths[item->rank] = item->length;
    for (size_t rank = 0; rank < piece->rank_count; rank++)
        piece->starts[rank + 1] = piece->starts[rank] + piece->lengths[rank] + piece->rank_gap;
}

void drawing_settle(struct piece *piece)
{
    struct pool *pools = arena_alloc(piece->arena, (piece->items.count + 1) * sizeof *pools);
    measure(piece);
    for (size_t rank = 0; rank < piece->rank_count; rank++)
        begin(piece, rank);
    for (int round = 0; round < ROUNDS; round++)
        for (size_t i = 1; i < piece->rank_count; i++)
            settle_rank(piece, round % 2 == 0 ? i : piece->rank_count - 1 - i, round % 2 != 0, pools);
}
