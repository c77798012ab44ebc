#include "write/site_data.h"

#include "write/site_picture.h"
#include "write/site_place.h"
#include "sql/highlight.h"

#include <stdlib.h>
#include <string.h>

static void set_picture(struct arena *arena, struct data *data, const char *key, const struct str *picture)
{
    data_set_text(arena, data, key, picture->length == 0 ? NULL : picture->at);
}

static void set_sql(struct doc_page *page, const char *key, const char *from)
{
    const char *sql = data_find_text(data_find(page->data, "migration"), from);
    struct str html = str_new(page->arena);
    if (sql != NULL)
        highlight_html(sql, strlen(sql), &html);
    data_set_text(page->arena, page->data, key, html.at);
}

static void set_neighbour(struct arena *arena, struct data *data, const char *key, const struct service *service,
                          const struct migration *migration)
{
    if (migration == NULL) {
        data_set(data, key, data_text(arena, NULL));
        return;
    }
    struct data *map = data_set(data, key, data_map(arena));
    data_set_text(arena, map, "id", migration->id);
    data_set_text(arena, map, "link", site_place_migration(arena, migration, site_place_folder(arena, service)));
}

static void set_neighbours(struct arena *arena, struct data *data, const struct migration *migration)
{
    const struct migrations *all = &migration->service->migrations;
    size_t place = 0;
    for (size_t low = 0, high = all->count; low < high;) {
        place = (low + high) / 2;
        if (all->at[place]->version < migration->version)
            low = place + 1;
        else if (all->at[place]->version > migration->version)
            high = place;
        else
            break;
    }
    set_neighbour(arena, data, "previous", migration->service, place > 0 ? all->at[place - 1] : NULL);
    set_neighbour(arena, data, "following", migration->service, place + 1 < all->count ? all->at[place + 1] : NULL);
}

static void set_for_migration(struct doc_page *page)
{
    struct arena *arena = page->arena;
    struct data *data = page->data;
    struct str picture = str_new(arena);
    site_picture_neighbours(arena, page->migration, &picture);
    set_picture(arena, data, "neighbours_picture", &picture);
    set_sql(page, "up_html", "up_sql");
    set_sql(page, "down_html", "down_sql");
    set_neighbours(arena, data, page->migration);
    data_set_text(arena, data, "page_title", arena_printf(arena, "%s – %s", page->migration->id, service_shown(page->service)));
}

static void set_entities(struct doc_page *page, bool elsewhere)
{
    struct str entities = str_new(page->arena);
    const char *note = site_picture_entities(page->arena, data_find(page->data, "tables"), elsewhere, &entities);
    set_picture(page->arena, page->data, "entities_picture", &entities);
    data_set_text(page->arena, page->data, "entities_note", note);
    data_set_bool(page->arena, page->data, "has_entities", entities.length > 0 || note != NULL);
}

static void set_for_service(struct doc_page *page)
{
    struct arena *arena = page->arena;
    struct data *data = page->data;
    struct str graph = str_new(arena);
    site_picture_migrations(arena, page->service, &graph);
    set_picture(arena, data, "graph_picture", &graph);
    set_entities(page, false);
    data_set_text(arena, data, "page_title", service_shown(page->service));
}

static long long number_of(const struct data *map, const char *key)
{
    const char *text = data_find_text(map, key);
    return text == NULL ? 0 : strtoll(text, NULL, 10);
}

static const char *counted(struct arena *arena, long long count, const char *one)
{
    return arena_printf(arena, "%lld %s%s", count, one, count == 1 ? "" : "s");
}

static void add_count(struct arena *arena, struct data *list, long long number, const char *one)
{
    struct data *map = data_add(list, data_map(arena));
    data_set_integer(arena, map, "number", number);
    data_set_text(arena, map, "what", arena_printf(arena, "%s%s", one, number == 1 ? "" : "s"));
}

/* How many of what: of each service in its words, and of all. */
static void set_counts(struct arena *arena, struct doc_page *page)
{
    long long services = 0, migrations = 0, tables = 0;
    for (struct data *service = (struct data *)data_find_first(page->data, "services"); service != NULL; service = service->next) {
        long long own = number_of(service, "migrations_count"), made = number_of(service, "tables_count");
        data_set_text(arena, service, "counts",
                      arena_printf(arena, "%s, %s", counted(arena, own, "migration"), counted(arena, made, "table")));
        services++, migrations += own, tables += made;
    }
    struct data *list = data_set(page->data, "counts", data_list(arena));
    add_count(arena, list, services, "service");
    add_count(arena, list, migrations, "migration");
    add_count(arena, list, tables, "table");
}

static void set_for_index(const struct site *site, struct doc_page *page)
{
    struct arena *arena = page->arena;
    struct data *data = page->data;
    struct str graph = str_new(arena);
    const char *title = data_find_text(data_find(page->data, "repository"), "title");
    set_counts(arena, page);
    site_picture_services(arena, site->request->catalog, &graph);
    set_picture(arena, data, "graph_picture", &graph);
    set_entities(page, true);
    data_set_text(arena, data, "page_title", title == NULL ? "Migrations" : title);
}

void site_data_set(const struct site *site, struct doc_page *page)
{
    data_set_text(page->arena, page->data, "root", page->kind == DOC_INDEX ? "" : "../");
    if (page->kind == DOC_MIGRATION)
        set_for_migration(page);
    else if (page->kind == DOC_SERVICE)
        set_for_service(page);
    else
        set_for_index(site, page);
}
