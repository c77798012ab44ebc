#include "model/graph.h"

#include "base/str.h"
#include "model/report.h"

#include <stdlib.h>
#include <string.h>

/* Sorting a catalog; arrays by a migration's provisional number, its position in `all`. */
struct graph {
    struct arena scratch;
    struct migrations all;     /* by version, then service name */
    size_t *open;              /* dependencies not yet placed */
    struct {
        size_t *at;
        size_t count;
    } ready;                   /* a binary heap: the smallest number on top, which is the smallest version */
};

static int compare_migrations(const void *left, const void *right)
{
    const struct migration *a = *(struct migration *const *)left, *b = *(struct migration *const *)right;
    if (a->version != b->version)
        return a->version < b->version ? -1 : 1;
    return (a->service->number > b->service->number) - (a->service->number < b->service->number);
}

static void heap_push(struct graph *graph, size_t number)
{
    size_t *at = graph->ready.at, i = graph->ready.count++;
    for (size_t parent; i != 0 && at[parent = (i - 1) / 2] > number; i = parent)
        at[i] = at[parent];
    at[i] = number;
}

static size_t heap_pop(struct graph *graph)
{
    size_t *at = graph->ready.at, top = at[0], last = at[--graph->ready.count], i = 0;
    for (size_t child; (child = 2 * i + 1) < graph->ready.count; i = child) {
        if (child + 1 < graph->ready.count && at[child + 1] < at[child])
            child++;
        if (at[child] >= last)
            break;
        at[i] = at[child];
    }
    at[i] = last;
    return top;
}

static void collect(struct graph *graph, const struct catalog *catalog)
{
    size_t count = 0;
    vec_each(service, &catalog->services)
        count += (*service)->migrations.count;
    graph->all.at = arena_alloc(&graph->scratch, (count + 1) * sizeof(*graph->all.at));
    graph->open = arena_alloc(&graph->scratch, (count + 1) * sizeof(*graph->open));
    graph->ready.at = arena_alloc(&graph->scratch, (count + 1) * sizeof(*graph->ready.at));
    vec_each(service, &catalog->services)
        vec_each(migration, &(*service)->migrations)
            graph->all.at[graph->all.count++] = *migration;
    qsort(graph->all.at, count, sizeof(*graph->all.at), compare_migrations);
    for (size_t i = 0; i < count; i++) {
        graph->all.at[i]->number = i;
        graph->open[i] = graph->all.at[i]->needs.count;
    }
}

/* Kahn's algorithm: what needs nothing more comes next.  Placed migrations keep open == 0. */
static void place_all(struct graph *graph, struct migrations *order)
{
    for (size_t i = 0; i < graph->all.count; i++)
        if (graph->open[i] == 0)
            heap_push(graph, i);
    while (graph->ready.count != 0) {
        struct migration *migration = graph->all.at[heap_pop(graph)];
        order->at[order->count++] = migration;
        vec_each(dependent, &migration->needed_by)
            if (--graph->open[(*dependent)->number] == 0)
                heap_push(graph, (*dependent)->number);
    }
}

/* The dependency through which a migration that is left waits; there is one. */
static struct migration *first_open(const struct graph *graph, const struct migration *migration)
{
    vec_each(need, &migration->needs)
        if (graph->open[(*need)->number] != 0)
            return *need;
    return NULL;
}

static bool is_implied(const struct migration *migration)
{
    return !migration->declaration.present;
}

enum { SHOWN_AT_MOST = 20 };

static void add_member(struct str *text, const struct migration *migration, bool with_service)
{
    if (with_service)
        str_addf(text, "%s ", migration->service->name);
    str_add(text, migration->digits);
}

/*
 * "000003 → 000005 → 000003"; "users 000003 → auth 000002 → users 000003" where it crosses services; with its middle
 * left out when it is long.
 */
static const char *cycle_text(struct arena *arena, const struct graph *graph, const struct migration *start,
                              size_t length)
{
    struct str text = str_new(arena);
    const struct migration *at = start;
    bool crosses = false;
    for (size_t i = 0; i < length; i++, at = first_open(graph, at))
        crosses = crosses || at->service != start->service;
    for (size_t i = 0; i < length; i++, at = first_open(graph, at)) {
        if (i == SHOWN_AT_MOST / 2 && length > SHOWN_AT_MOST)
            str_addf(&text, "… %zu more … → ", length - SHOWN_AT_MOST);
        if (length > SHOWN_AT_MOST && i >= SHOWN_AT_MOST / 2 && i < length - SHOWN_AT_MOST / 2)
            continue;
        add_member(&text, at, crosses);
        str_add(&text, " → ");
    }
    add_member(&text, start, crosses);
    return text.at;
}

static void report_cycle(struct arena *arena, struct findings *findings, const struct graph *graph,
                         const struct migration *start)
{
    const struct migration *at = start, *implied = NULL, *declared = NULL;
    size_t length = 0;
    do {
        if (is_implied(at))
            implied = at;
        else if (declared == NULL)
            declared = at;
        at = first_open(graph, at);
        length++;
    } while (at != start);
    const char *hint = "remove one of these dependencies";
    if (implied != NULL)
        hint = arena_printf(arena, "%s has no entry in dependencies.json and so needs the one before it; give it one",
                            migration_label(arena, implied));
    struct report report = {arena, findings, start->service->name};
    report_failure(&report, "dependency-cycle", ERR_DEPENDENCY,
                   declared == NULL ? (struct place){0} : declared->declaration.place, hint,
                   "dependency cycle: %s", cycle_text(arena, graph, start, length));
}

/* Walks from each migration that is left along what it waits for; a walk that meets itself is a cycle. */
static void find_cycles(struct arena *arena, struct graph *graph, struct findings *findings)
{
    size_t *walk = arena_alloc(&graph->scratch, (graph->all.count + 1) * sizeof(*walk));
    for (size_t i = 0; i < graph->all.count; i++) {
        struct migration *at = graph->all.at[i];
        if (graph->open[i] == 0)
            continue;
        while (at != NULL && walk[at->number] == 0) {
            walk[at->number] = i + 1;
            at = first_open(graph, at);
        }
        if (at != NULL && walk[at->number] == i + 1)
            report_cycle(arena, findings, graph, at);
    }
}

void graph_order(struct arena *arena, struct catalog *catalog, struct findings *findings)
{
    struct graph graph = {0};
    struct migrations *order = &catalog->order;
    collect(&graph, catalog);
    *order = (struct migrations){.room = graph.all.count};
    order->at = arena_alloc(arena, (graph.all.count + 1) * sizeof(*order->at));
    place_all(&graph, order);
    if (order->count < graph.all.count) {
        find_cycles(arena, &graph, findings);
        for (size_t i = 0; i < graph.all.count; i++)
            if (graph.open[i] != 0)
                order->at[order->count++] = graph.all.at[i];
    }
    for (size_t i = 0; i < order->count; i++)
        order->at[i]->number = i;
    arena_release(&graph.scratch);
}
