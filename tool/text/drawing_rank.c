/* The ranks of a drawing: the longest way from a box that nothing leads to. */
#include "text/drawing_work.h"

#include <stdint.h>

/* Passages together, for each box and arrow of a piece, and at least so many. */
enum { PASSAGES_PER_PART = 8, PASSAGES_ALWAYS = 2000 };

/* Arrows by the boxes they leave. */
struct exits {
    size_t *first, *arrow; /* of box b: arrow[first[b]] … arrow[first[b + 1] - 1] */
};

static struct exits find_exits(const struct piece *piece)
{
    size_t boxes = piece->items.count;
    struct exits exits = {arena_alloc(piece->arena, (boxes + 2) * sizeof(size_t)),
                          arena_alloc(piece->arena, (piece->arrows.count + 1) * sizeof(size_t))};
    vec_each(arrow, &piece->arrows)
        exits.first[arrow->from + 2]++;
    for (size_t i = 2; i < boxes + 2; i++)
        exits.first[i] += exits.first[i - 1];
    vec_each(arrow, &piece->arrows)
        exits.arrow[exits.first[arrow->from + 1]++] = (size_t)(arrow - piece->arrows.at);
    return exits;
}

static void turn(struct link *arrow)
{
    *arrow = (struct link){arrow->to, arrow->from, arrow->arrives, arrow->leaves, arrow->weight};
}

/* A walk in depth: an arrow to a box that is still on the way closes a cycle. */
static void break_cycles_from(struct piece *piece, const struct exits *exits, size_t start, char *seen, size_t *next,
                              size_t *stack)
{
    size_t depth = 0;
    stack[depth++] = start;
    seen[start] = 1;
    while (depth > 0) {
        size_t box = stack[depth - 1];
        if (exits->first[box] + next[box] == exits->first[box + 1]) {
            seen[box] = 2;
            depth--;
            continue;
        }
        struct link *arrow = &piece->arrows.at[exits->arrow[exits->first[box] + next[box]++]];
        size_t to = arrow->to;
        if (seen[to] == 1) {
            turn(arrow);
        } else if (seen[to] == 0) {
            seen[to] = 1;
            stack[depth++] = to;
        }
    }
}

static void break_cycles(struct piece *piece)
{
    struct exits exits = find_exits(piece);
    size_t boxes = piece->items.count, *sources = arena_alloc(piece->arena, (boxes + 1) * sizeof(size_t));
    char *seen = arena_alloc(piece->arena, boxes + 1);
    size_t *next = arena_alloc(piece->arena, (boxes + 1) * sizeof(size_t));
    size_t *stack = arena_alloc(piece->arena, (boxes + 1) * sizeof(size_t));
    vec_each(arrow, &piece->arrows)
        sources[arrow->to]++;
    for (int round = 0; round < 2; round++)
        for (size_t box = 0; box < boxes; box++)
            if (seen[box] == 0 && (round == 1 || sources[box] == 0))
                break_cycles_from(piece, &exits, box, seen, next, stack);
}

/* Boxes in an order in which every arrow leads on. */
static size_t *sorted(const struct piece *piece, const struct exits *exits)
{
    size_t boxes = piece->items.count, filled = 0, *order = arena_alloc(piece->arena, (boxes + 1) * sizeof(size_t));
    size_t *waiting = arena_alloc(piece->arena, (boxes + 1) * sizeof(size_t));
    vec_each(arrow, &piece->arrows)
        waiting[arrow->to]++;
    for (size_t box = 0; box < boxes; box++)
        if (waiting[box] == 0)
            order[filled++] = box;
    for (size_t done = 0; done < filled; done++)
        for (size_t i = exits->first[order[done]]; i < exits->first[order[done] + 1]; i++)
            if (--waiting[piece->arrows.at[exits->arrow[i]].to] == 0)
                order[filled++] = piece->arrows.at[exits->arrow[i]].to;
    return order;
}

/* The longest way from a start; starts then move up to what they lead to. */
static void give_ranks(struct piece *piece)
{
    struct exits exits = find_exits(piece);
    size_t *order = sorted(piece, &exits), boxes = piece->items.count;
    char *led_to = arena_alloc(piece->arena, boxes + 1);
    for (size_t i = 0; i < boxes; i++)
        for (size_t j = exits.first[order[i]]; j < exits.first[order[i] + 1]; j++) {
            const struct link *arrow = &piece->arrows.at[exits.arrow[j]];
            size_t least = piece->items.at[arrow->from].rank + 1, *rank = &piece->items.at[arrow->to].rank;
            *rank = *rank < least ? least : *rank;
            led_to[arrow->to] = 1;
        }
    for (size_t box = 0; box < boxes; box++) {
        size_t nearest = SIZE_MAX;
        for (size_t j = exits.first[box]; j < exits.first[box + 1]; j++) {
            size_t rank = piece->items.at[piece->arrows.at[exits.arrow[j]].to].rank;
            nearest = rank < nearest ? rank : nearest;
        }
        if (!led_to[box] && nearest != SIZE_MAX)
            piece->items.at[box].rank = nearest - 1;
    }
}

static void make_links(struct piece *piece)
{
    size_t boxes = piece->items.count, budget = (boxes + piece->arrows.count) * PASSAGES_PER_PART + PASSAGES_ALWAYS;
    piece->chains = arena_alloc(piece->arena, (piece->arrows.count + 1) * sizeof *piece->chains);
    for (size_t i = 0; i < piece->arrows.count; i++) {
        const struct link *arrow = &piece->arrows.at[i];
        size_t rank = piece->items.at[arrow->from].rank, last = piece->items.at[arrow->to].rank, from = arrow->from;
        if (last - rank - 1 > budget)
            continue;
        budget -= last - rank - 1;
        while (++rank < last) {
            size_t passage = piece->items.count;
            *vec_add(piece->arena, &piece->items) = (struct item){.rank = rank, .passage = true};
            *vec_add(piece->arena, &piece->chains[i]) = passage;
            *vec_add(piece->arena, &piece->links) =
        (struct link){from, passage, from == arrow->from ? arrow->leaves : 0, 0, arrow->weight};
            from = passage;
        }
        *vec_add(piece->arena, &piece->links) =
        (struct link){from, arrow->to, from == arrow->from ? arrow->leaves : 0, arrow->arrives, arrow->weight};
    }
}

/* Links by where they come from, and by where they go: counted into place. */
static void index_links(struct piece *piece)
{
    size_t count = piece->links.count;
    struct link *by_source = arena_alloc(piece->arena, (count + 1) * sizeof *by_source);
    piece->by_target = arena_alloc(piece->arena, (count + 1) * sizeof *piece->by_target);
    vec_each(link, &piece->links) {
        piece->items.at[link->from].after++;
        piece->items.at[link->to].before++;
    }
    size_t before = 0, after = 0;
    vec_each(item, &piece->items) {
        item->first_before = before, before += item->before, item->before = 0;
        item->first_after = after, after += item->after, item->after = 0;
    }
    vec_each(link, &piece->links) {
        struct item *from = &piece->items.at[link->from];
        by_source[from->first_after + from->after++] = *link;
    }
    for (size_t i = 0; i < count; i++) {
        struct item *to = &piece->items.at[by_source[i].to];
        piece->by_target[to->first_before + to->before++] = i;
    }
    piece->links.at = by_source;
}

void drawing_rank(struct piece *piece)
{
    break_cycles(piece);
    give_ranks(piece);
    vec_each(item, &piece->items)
        piece->rank_count = item->rank >= piece->rank_count ? item->rank + 1 : piece->rank_count;
    make_links(piece);
    index_links(piece);
    piece->ranks = arena_alloc(piece->arena, (piece->rank_count + 1) * sizeof *piece->ranks);
}
