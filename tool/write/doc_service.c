/* The page of a service, and the index: migrations, schema, releases. */
#include "write/docing.h"

static struct data *row_of(struct doc *doc, size_t variant, const struct migration *migration, const struct service *service)
{
    const struct doc_summary *summary = &doc->variants[variant].summaries[migration->number];
    struct data *map = doc_migration_data(doc, migration, service);
    data_set_text(&doc->page, map, "risk", summary->risk);
    data_set_text(&doc->page, map, "summary", summary->text);
    data_set_text(&doc->page, map, "release", release_of(migration));
    data_set_text(&doc->page, map, "anchor", variant > 0 ? NULL : arena_printf(&doc->page, "m%s", migration->digits));
    return map;
}

/* A long list of a service's page: its items are made when they are rendered. */
struct long_list {
    struct doc *doc;
    const struct service *service;
    struct relation_refs relations;
    struct doc_rows rows;        /* empty: the service's migrations */
};

/* What is made for the page is made for the item. */
static struct data *make_in(struct long_list *list, size_t number, struct arena *arena,
                            struct data *make(struct long_list *list, size_t number))
{
    struct arena page = list->doc->page;
    if (arena == &list->doc->page)
        return make(list, number);
    list->doc->page = *arena;
    struct data *item = make(list, number);
    *arena = list->doc->page;
    list->doc->page = page;
    return item;
}

static struct data *migration_row(struct long_list *list, size_t number)
{
    const struct migrations *all = &list->service->migrations;
    struct doc_row row = {0};
    if (list->rows.count > 0)
        row = list->rows.at[number];
    else
        row = (struct doc_row){all->at[number], number == 0 ? NULL : all->at[number - 1], 0};
    struct data *map = row_of(list->doc, row.variant, row.migration, list->service);
    data_set(map, "needs", doc_needs(list->doc, row.migration, row.before)); /* besides the one before it */
    if (list->rows.count > 0)
        doc_set_environments(list->doc, map, "environments", row.migration, true);
    return map;
}

static struct data *relation_item(struct long_list *list, size_t number)
{
    return doc_table(list->doc, list->service, list->relations.at[number]);
}

static struct data *make_row(void *context, size_t number, struct arena *arena)
{
    return make_in(context, number, arena, migration_row);
}

static struct data *make_relation(void *context, size_t number, struct arena *arena)
{
    return make_in(context, number, arena, relation_item);
}

static struct data *migrations_data(struct doc *doc, const struct service *service)
{
    struct long_list *list = arena_new(&doc->page, struct long_list);
    *list = (struct long_list){.doc = doc, .service = service};
    if (doc_environment(doc, service) != NULL)
        list->rows = doc_rows(doc, service);
    size_t count = list->rows.count > 0 ? list->rows.count : service->migrations.count;
    return data_list_from(&doc->page, (struct data_source){count, make_row, list});
}

static bool is_view(const struct relation *relation)
{
    return relation->kind == RELATION_VIEW || relation->kind == RELATION_MATERIALIZED_VIEW;
}

static struct data *relations_data(struct doc *doc, const struct service *service, const struct relation_refs *relations, bool views)
{
    struct long_list *list = arena_new(&doc->page, struct long_list);
    *list = (struct long_list){.doc = doc, .service = service};
    vec_each(relation, relations)
        if (is_view(*relation) == views)
            *vec_add(&doc->page, &list->relations) = *relation;
    return data_list_from(&doc->page, (struct data_source){list->relations.count, make_relation, list});
}

enum neighbourhood { STRANGER, UNDECLARED, DECLARED };

/* By name. */
static struct data *neighbours(struct doc *doc, const struct service *service, bool needed_by)
{
    const struct services *services = &doc->request->catalog->services;
    struct data *list = data_list(&doc->page);
    enum neighbourhood *known = arena_alloc(&doc->page, (services->count + 1) * sizeof(*known));
    vec_each(one, &doc->undeclareds)
        if ((needed_by ? one->maker : one->user)->service == service)
            known[(needed_by ? one->user : one->maker)->service->number] = UNDECLARED;
    vec_each(migration, &service->migrations)
        vec_each(other, needed_by ? &(*migration)->needed_by : &(*migration)->needs)
            known[(*other)->service->number] = DECLARED;
    known[service->number] = STRANGER;
    vec_each(neighbour, services) {
        enum neighbourhood how = known[(*neighbour)->number];
        if (how != STRANGER)
            data_set_bool(&doc->page, data_add(list, doc_service_data(doc, *neighbour)), "undeclared", how == UNDECLARED);
    }
    return list;
}

static void set_relations(struct doc *doc, struct data *page, const struct service *service)
{
    struct relation_refs relations = doc_relations(doc, service);
    struct data *tables = relations_data(doc, service, &relations, false), *views = relations_data(doc, service, &relations, true);
    data_set(page, "tables", tables);
    data_set(page, "views", views);
    data_set_bool(&doc->page, page, "has_tables", data_is_true(tables));
    data_set_bool(&doc->page, page, "has_views", data_is_true(views));
    data_set(page, "er", doc_entities(doc, service, &relations));
}

static struct data *types_data(struct doc *doc, const struct service *service)
{
    static const char *const kinds[] = {[TYPE_ENUM] = "enum", [TYPE_DOMAIN] = "domain", [TYPE_COMPOSITE] = "composite", [TYPE_OTHER] = "type"};
    const struct schema *schema = doc->schemas[service->number];
    struct arena *arena = &doc->page;
    struct data *list = data_list(arena);
    for (size_t i = 0; schema != NULL && i < schema_types(schema)->count; i++) {
        const struct type *type = schema_types(schema)->at[i];
        if (!type->exists || type->created_by == NULL || type->created_by->service != service || type->kind == TYPE_OTHER)
            continue;
        struct data *map = data_add(list, data_map(arena));
        data_set_text(arena, map, "name", type->name);
        data_set_text(arena, map, "kind", kinds[type->kind]);
        data_set_texts(arena, map, "labels", &type->labels);
        data_set_text(arena, map, "definition", type->definition);
        data_set(map, "made_by", doc_migration_data(doc, type->created_by, service));
    }
    return list;
}

/* --- releases */

/* The migrations that a release of a service brings: those above the release before it. */
static struct data *release_data(struct doc *doc, const struct service *service, const char *name, struct data *list,
                                 const struct service *from)
{
    struct data *map = NULL, *migrations = NULL;
    vec_each(migration, &service->migrations) {
        if (!str_same(release_of(*migration), name))
            continue;
        if (map == NULL) {
            map = data_add(list, data_map(&doc->page));
            data_set(map, "service", doc_service_data(doc, service));
            migrations = data_set(map, "migrations", data_list(&doc->page));
        }
        struct data *row = data_add(migrations, row_of(doc, 0, *migration, from));
        data_set_text(&doc->page, row, "release_label", release_label(&doc->page, *migration));
    }
    return map;
}

/* The newest first; what no release has yet before them all. */
static struct data *releases_data(struct doc *doc, const struct service *only)
{
    struct arena *arena = &doc->page;
    const struct services *services = &doc->request->catalog->services;
    struct strings names = {0};
    struct data *list = data_list(arena);
    vec_each(service, services)
        if (only == NULL || only == *service)
            vec_each(release, &(*service)->releases)
                release_add_name(arena, &names, release->name);
    if (names.count == 0)
        return list;
    for (size_t i = names.count + 1; i-- > 0;) {
        const char *name = i == names.count ? NULL : names.at[i];
        struct data *map = data_map(arena), *changes = data_list(arena);
        vec_each(service, services)
            if (only == NULL || only == *service)
                release_data(doc, *service, name, changes, only);
        if (!data_is_true(changes))
            continue;
        data_set_text(arena, map, "name", name);
        data_set(map, "services", changes);
        data_add(list, map);
    }
    return list;
}

struct data *doc_service(struct doc *doc, const struct service *service)
{
    struct arena *arena = &doc->page;
    struct data *page = data_map(arena);
    data_set(page, "repository", doc_repository(doc));
    data_set(page, "service", doc_service_data(doc, service));
    doc_set_obscure(doc, page, service);
    data_set(page, "migrations", migrations_data(doc, service));
    data_set_bool(arena, page, "has_environments", doc_environment(doc, service) != NULL);
    struct data *differences = data_set(page, "differences", doc_differences(doc, service));
    data_set_bool(arena, page, "has_differences", data_is_true(differences));
    struct data *needs = data_set(page, "needs_services", neighbours(doc, service, false));
    data_set_bool(arena, page, "has_needs_services", data_is_true(needs));
    struct data *needed = data_set(page, "needed_by_services", neighbours(doc, service, true));
    data_set_bool(arena, page, "has_needed_by_services", data_is_true(needed));
    set_relations(doc, page, service);
    struct data *types = data_set(page, "types", types_data(doc, service));
    data_set_bool(arena, page, "has_types", data_is_true(types));
    struct data *routines = data_set(page, "routines", doc_routines(doc, service));
    data_set_bool(arena, page, "has_routines", data_is_true(routines));
    data_set(page, "graph", doc_graph(doc, &service->migrations, service));
    struct data *releases = data_set(page, "releases", releases_data(doc, service));
    data_set_bool(arena, page, "has_releases", data_is_true(releases));
    return page;
}

static void set_undeclared(struct doc *doc, struct data *page)
{
    struct data *list = data_set(page, "undeclared", data_list(&doc->page));
    vec_each(one, &doc->undeclareds) {
        struct data *map = data_add(list, data_map(&doc->page));
        data_set(map, "user", doc_migration_data(doc, one->user, NULL));
        data_set(map, "maker", doc_migration_data(doc, one->maker, NULL));
        data_set_text(&doc->page, map, "used", one->name);
    }
    data_set_bool(&doc->page, page, "has_undeclared", data_is_true(list));
}

static size_t count_views(const struct relation_refs *relations)
{
    size_t count = 0;
    vec_each(relation, relations)
        count += is_view(*relation);
    return count;
}

/* The tables of all services, named with their schemas. */
static void set_all_relations(struct doc *doc, struct data *page, const struct relation_refs *relations)
{
    static const struct service nowhere = {.name = ""};
    struct data *er = data_set(page, "er", doc_entities(doc, &nowhere, relations));
    bool shown = data_find_text(er, "mermaid") != NULL || data_find_text(er, "note") != NULL;
    data_set_bool(&doc->page, page, "has_er", shown);
    data_set(page, "tables", relations_data(doc, &nowhere, relations, false));
}

struct data *doc_index(struct doc *doc)
{
    struct relation_refs all = {0};
    struct arena *arena = &doc->page;
    const struct catalog *catalog = doc->request->catalog;
    struct data *page = data_map(arena), *services = data_list(arena);
    vec_each(service, &catalog->services) {
        struct data *map = data_add(services, doc_service_data(doc, *service));
        struct relation_refs relations = doc_relations(doc, *service);
        const struct migrations *migrations = &(*service)->migrations;
        size_t views = count_views(&relations);
        data_set_integer(arena, map, "tables_count", (long long)(relations.count - views));
        data_set_integer(arena, map, "views_count", (long long)views);
        vec_each(relation, &relations)
            *vec_add(arena, &all) = *relation;
        data_set(map, "newest", migrations->count == 0 ? data_text(arena, NULL)
                                    : doc_migration_data(doc, migrations->at[migrations->count - 1], *service));
    }
    data_set(page, "repository", doc_repository(doc));
    data_set(page, "services", services);
    doc_set_obscure(doc, page, NULL);
    data_set(page, "graph", doc_service_graph(doc));
    set_undeclared(doc, page);
    data_set(page, "migration_graph", doc_graph(doc, &catalog->order, NULL));
    set_all_relations(doc, page, &all);
    struct data *releases = data_set(page, "releases", releases_data(doc, NULL));
    data_set_bool(arena, page, "has_releases", data_is_true(releases));
    return page;
}
