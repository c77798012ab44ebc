/* Diagrams: the same as data, and as Mermaid that GitHub draws. */
#include "write/docing.h"

#include "review/names.h"

#include <ctype.h>
#include <string.h>

/* Mermaid refuses more than 500 arrows or 50,000 characters; nobody reads as much. */
enum { MOST_ENTITIES = 60, MOST_WITH_COLUMNS = 24, MOST_NODES = 40 };

/* Between quotes; what means something to Mermaid there is written as one of its entities. */
static void add_label(struct str *out, const char *text)
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

/* A word as the grammar of entity-relationship diagrams has it. */
static void add_word(struct str *out, const char *text)
{
    if (!isalpha((unsigned char)*text))
        str_add_char(out, '_');
    for (; *text != '\0'; text++)
        if (text[0] != ' ' || out->at[out->length - 1] != '_') /* numeric(12, 2) */
            str_add_char(out, isalnum((unsigned char)*text) || strchr("-_()[]", *text) != NULL ? *text : '_');
}

/* --- entities */

struct entities {
    struct doc *doc;
    const struct relation_refs *relations;
    struct str mermaid;
    struct data *list, *relationships;
    size_t count;
    bool with_columns;
};

static bool is_table(const struct relation *relation)
{
    return relation->kind == RELATION_TABLE || relation->kind == RELATION_FOREIGN_TABLE;
}

/* Partitions are part of what they belong to. */
static bool is_entity(const struct relation *relation)
{
    return is_table(relation) && relation->parent == NULL;
}

static size_t number_of(const struct entities *entities, const struct relation *relation)
{
    size_t number = 0;
    vec_each(one, entities->relations) {
        number += is_entity(*one);
        if (*one == relation && is_entity(*one))
            return number;
    }
    return 0;
}

static const char *key_of(const struct relation *relation, const char *column)
{
    const char *key = NULL;
    vec_each(constraint, &relation->constraints)
        if (!constraint->dropped)
            vec_each(one, &constraint->columns) {
                if (strcmp(*one, column) != 0)
                    continue;
                if (constraint->kind == CONSTRAINT_PRIMARY_KEY)
                    return "PK";
                if (constraint->kind == CONSTRAINT_FOREIGN_KEY)
                    key = "FK";
                else if (constraint->kind == CONSTRAINT_UNIQUE && key == NULL && constraint->columns.count == 1)
                    key = "UK";
            }
    return key;
}

static void add_columns(struct entities *entities, struct data *map, const struct relation *relation)
{
    struct arena *arena = &entities->doc->page;
    struct data *columns = data_set(map, "columns", data_list(arena));
    if (entities->with_columns)
        str_add(&entities->mermaid, " {\n");
    vec_each(column, &relation->columns) {
        if (column->dropped)
            continue;
        const char *type = column->type.name == NULL ? "unknown" : names_type(arena, &column->type);
        const char *key = key_of(relation, column->name);
        struct data *one = data_add(columns, data_map(arena));
        data_set_text(arena, one, "type", type);
        data_set_text(arena, one, "name", column->name);
        data_set_text(arena, one, "key", key);
        if (!entities->with_columns)
            continue;
        str_add(&entities->mermaid, "        ");
        add_word(&entities->mermaid, type);
        str_add_char(&entities->mermaid, ' ');
        add_word(&entities->mermaid, column->name);
        str_addf(&entities->mermaid, "%s%s\n", key == NULL ? "" : " ", key == NULL ? "" : key);
    }
    if (entities->with_columns)
        str_add(&entities->mermaid, "    }");
}

static void add_entity(struct entities *entities, const struct service *service, const struct relation *relation)
{
    struct arena *arena = &entities->doc->page;
    bool own = str_same(service->schema, relation->schema) || strcmp(relation->schema, "public") == 0;
    const char *name = own ? relation->name : arena_printf(arena, "%s.%s", relation->schema, relation->name);
    struct data *map = data_add(entities->list, data_map(arena));
    data_set_text(arena, map, "name", name);
    data_set_text(arena, map, "anchor", doc_anchor(arena, relation->schema, relation->name));
    str_addf(&entities->mermaid, "    t%zu[", ++entities->count);
    add_label(&entities->mermaid, name);
    str_add(&entities->mermaid, "]");
    add_columns(entities, map, relation);
    str_add(&entities->mermaid, "\n");
}

static bool is_optional(const struct relation *relation, const struct strings *columns)
{
    vec_each(name, columns) {
        const struct column *column = relation_column(relation, *name);
        if (column == NULL || column->not_null != TRUTH_YES)
            return true;
    }
    return false;
}

static void add_relationship(struct entities *entities, const struct relation *relation, const struct constraint *constraint)
{
    struct arena *arena = &entities->doc->page;
    size_t from = number_of(entities, relation), to = number_of(entities, constraint->referenced);
    if (from == 0 || to == 0)
        return;
    bool optional = is_optional(relation, &constraint->columns);
    const char *columns = describe_names(arena, &constraint->columns);
    struct data *map = data_add(entities->relationships, data_map(arena));
    data_set_text(arena, map, "from", relation->name);
    data_set_text(arena, map, "from_anchor", doc_anchor(arena, relation->schema, relation->name));
    data_set_text(arena, map, "to", constraint->referenced->name);
    data_set_text(arena, map, "to_anchor", doc_anchor(arena, constraint->referenced->schema, constraint->referenced->name));
    data_set_text(arena, map, "columns", columns);
    data_set_bool(arena, map, "optional", optional);
    str_addf(&entities->mermaid, "    t%zu }o--%s t%zu : ", from, optional ? "o|" : "||", to);
    add_label(&entities->mermaid, columns);
    str_add(&entities->mermaid, "\n");
}

struct data *doc_entities(struct doc *doc, const struct service *service, const struct relation_refs *relations)
{
    struct arena *arena = &doc->page;
    struct entities entities = {doc, relations, str_new(arena), data_list(arena), data_list(arena), 0, false};
    struct data *map = data_map(arena);
    size_t count = 0;
    vec_each(relation, relations)
        count += is_entity(*relation);
    bool drawn = count > 0 && count <= MOST_ENTITIES;
    entities.with_columns = count <= MOST_WITH_COLUMNS;
    for (size_t i = 0; drawn && i < relations->count; i++)
        if (is_entity(relations->at[i]))
            add_entity(&entities, service, relations->at[i]);
    for (size_t i = 0; drawn && i < relations->count; i++)
        vec_each(constraint, &relations->at[i]->constraints)
            if (!constraint->dropped && constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->referenced != NULL)
                add_relationship(&entities, relations->at[i], constraint);
    data_set_text(arena, map, "mermaid", drawn ? arena_printf(arena, "erDiagram\n%s", entities.mermaid.at) : NULL);
    data_set(map, "entities", entities.list);
    data_set(map, "relations", entities.relationships);
    data_set_bool(arena, map, "too_many", count > MOST_ENTITIES);
    data_set_integer(arena, map, "count", (long long)count);
    return map;
}

/* --- graphs */

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
    add_label(&graph->mermaid, data_find(node, "label")->text);
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

static struct data *graph_data(struct graph *graph, size_t left_out)
{
    struct arena *arena = &graph->doc->page;
    struct data *map = data_map(arena);
    data_set_text(arena, map, "mermaid",
                  data_is_true(graph->edges) ? arena_printf(arena, "graph LR\n%s", graph->mermaid.at) : NULL);
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
    for (size_t i = first; i < migrations->count; i++)
        add_node(&graph, migrations->at[i], service);
    for (size_t i = first; i < migrations->count; i++)
        add_edges(&graph, migrations->at[i]);
    return graph_data(&graph, first);
}

struct data *doc_service_graph(struct doc *doc)
{
    struct arena *arena = &doc->page;
    const struct services *services = &doc->request->catalog->services;
    struct graph graph = {doc, str_new(arena), data_list(arena), data_list(arena), NULL};
    vec_each(service, services) {
        data_add(graph.nodes, doc_service_data(doc, *service));
        str_addf(&graph.mermaid, "    s%zu[", (*service)->number);
        add_label(&graph.mermaid, (*service)->name);
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
    return graph_data(&graph, 0);
}
