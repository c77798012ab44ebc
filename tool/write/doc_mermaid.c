/* Diagrams: the same as data, and as Mermaid that GitHub draws. */
#include "write/docing.h"

#include <string.h>

/* Nobody reads more. */
enum { MOST_NODES = 40 };

/* Between quotes; what means something to Mermaid there is written as one of its entities. */
void doc_add_label(struct str *out, const char *text)
{
    str_add_char(out, '"');
    for (; *text != '\0'; text++) {
        unsigned char c = (unsigned char)*text;
        if (c < ' ' || strchr("\"#<>&`%\\{}[]|;", c) != NULL)
            str_addf(out, "#%d;", c < ' ' ? ' ' : c);
        else
            str_add_char(out, *text);
    }
    str_add_char(out, '"');
}

struct graph {
    struct doc *doc;
    struct str mermaid;
    struct data *nodes, *edges;
    bool *known;                /* by number of the migration */
};

static void add_node(struct graph *graph, const struct migration *migration, const struct service *service)
{
    if (graph->known[migration->number])
        return;
    graph->known[migration->number] = true;
    struct data *node = data_add(graph->nodes, doc_migration_data(graph->doc, migration, service));
    str_addf(&graph->mermaid, "    m%zu[", migration->number);
    doc_add_label(&graph->mermaid, data_find(node, "label")->text);
    str_add(&graph->mermaid, "]\n");
}

static void add_edges(struct graph *graph, const struct migration *migration)
{
    struct arena *arena = &graph->doc->page;
    vec_each(need, &migration->needs) {
        if (!graph->known[(*need)->number])
            continue;
        struct data *edge = data_add(graph->edges, data_map(arena));
        data_set_text(arena, edge, "from", (*need)->id);
        data_set_text(arena, edge, "to", migration->id);
        str_addf(&graph->mermaid, "    m%zu --> m%zu\n", (*need)->number, migration->number);
    }
}

/* Dashed: nobody has declared them. */
static void add_undeclared(struct graph *graph)
{
    struct arena *arena = &graph->doc->page;
    vec_each(one, &graph->doc->undeclareds) {
        if (!graph->known[one->maker->number] || !graph->known[one->user->number])
            continue;
        struct data *edge = data_add(graph->edges, data_map(arena));
        data_set_text(arena, edge, "from", one->maker->id);
        data_set_text(arena, edge, "to", one->user->id);
        data_set_bool(arena, edge, "undeclared", true);
        str_addf(&graph->mermaid, "    m%zu -.-> m%zu\n", one->maker->number, one->user->number);
    }
}

static bool needs_none(const struct graph *graph, const struct migrations *migrations)
{
    vec_each(migration, migrations)
        if ((*migration)->needs.count > 0)
            return false;
    return graph->doc->undeclareds.count == 0;
}

static struct data *graph_data(struct graph *graph, size_t left_out, const char *between)
{
    struct arena *arena = &graph->doc->page;
    struct data *map = data_map(arena);
    size_t edges = data_count(graph->edges);
    bool too_large = edges > DOC_MOST_ARROWS || graph->mermaid.length > DOC_MOST_CHARACTERS;
    data_set_text(arena, map, "mermaid",
                  edges > 0 && !too_large ? arena_printf(arena, "graph LR\n%s", graph->mermaid.at) : NULL);
    data_set_text(arena, map, "note", too_large ? arena_printf(arena, "%zu dependencies between %s are too many for one diagram; each page names its own.",
                                                               edges, between) : NULL);
    data_set(map, "nodes", graph->nodes);
    data_set(map, "edges", graph->edges);
    data_set_integer(arena, map, "left_out", (long long)left_out);
    data_set_bool(arena, map, "is_partial", left_out > 0);
    return map;
}

/* The newest of them, and what these need in other services. */
struct data *doc_graph(struct doc *doc, const struct migrations *migrations, const struct service *service)
{
    struct arena *arena = &doc->page;
    struct graph graph = {doc, str_new(arena), data_list(arena), data_list(arena), NULL};
    size_t first = migrations->count > MOST_NODES ? migrations->count - MOST_NODES : 0;
    graph.known = arena_alloc(arena, doc->request->catalog->order.count + 1);
    for (size_t i = first; i < migrations->count; i++)
        vec_each(need, &migrations->at[i]->needs)
            if (service != NULL && (*need)->service != service)
                add_node(&graph, *need, service);
    vec_each(one, &doc->undeclareds)
        if (service != NULL && one->user->service == service && one->maker->service != service)
            add_node(&graph, one->maker, service);
    for (size_t i = first; i < migrations->count; i++)
        add_node(&graph, migrations->at[i], service);
    for (size_t i = first; i < migrations->count; i++)
        add_edges(&graph, migrations->at[i]);
    add_undeclared(&graph);
    struct data *map = graph_data(&graph, first, "migrations");
    data_set_bool(arena, map, "needs_none", needs_none(&graph, migrations));
    return map;
}

struct data *doc_service_graph(struct doc *doc)
{
    struct arena *arena = &doc->page;
    const struct services *services = &doc->request->catalog->services;
    struct graph graph = {doc, str_new(arena), data_list(arena), data_list(arena), NULL};
    vec_each(service, services) {
        data_add(graph.nodes, doc_service_data(doc, *service));
        str_addf(&graph.mermaid, "    s%zu[", (*service)->number);
        doc_add_label(&graph.mermaid, (*service)->name);
        str_add(&graph.mermaid, "]\n");
    }
    bool *drawn = arena_alloc(arena, services->count * services->count + 1);
    vec_each(migration, &doc->request->catalog->order)
        vec_each(need, &(*migration)->needs) {
            size_t from = (*need)->service->number, to = (*migration)->service->number;
            if (from == to || drawn[from * services->count + to])
                continue;
            drawn[from * services->count + to] = true;
            struct data *edge = data_add(graph.edges, data_map(arena));
            data_set_text(arena, edge, "from", (*need)->service->name);
            data_set_text(arena, edge, "to", (*migration)->service->name);
            str_addf(&graph.mermaid, "    s%zu --> s%zu\n", from, to);
        }
    vec_each(one, &doc->undeclareds) {
        size_t from = one->maker->service->number, to = one->user->service->number;
        if (from == to || drawn[from * services->count + to])
            continue;
        drawn[from * services->count + to] = true;
        struct data *edge = data_add(graph.edges, data_map(arena));
        data_set_text(arena, edge, "from", one->maker->service->name);
        data_set_text(arena, edge, "to", one->user->service->name);
        data_set_bool(arena, edge, "undeclared", true);
        str_addf(&graph.mermaid, "    s%zu -.-> s%zu\n", from, to);
    }
    return graph_data(&graph, 0, "services");
}
