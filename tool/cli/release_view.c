#include "cli/release_view.h"
#include "base/str.h"
#include "cli/json_log.h"
#include "model/release_find.h"
#include "text/table.h"

#include <inttypes.h>
#include <stdio.h>

/* Where a service stands in a release. */
struct standing_at {
    const struct service *service;
    const struct release *release; /* its own, perhaps an older one; NULL: what none has yet */
    bool declared;                 /* it has the release itself */
    size_t brings;                 /* migrations that came with it */
    size_t migrations;             /* up to it */
};

/* False when the service has nothing to do with the release, whose name is NULL for what none has yet. */
static bool look(const struct service *service, const char *name, struct standing_at *at)
{
    *at = (struct standing_at){.service = service, .release = name == NULL ? NULL : release_at(&service->releases, name)};
    if (name != NULL && at->release == NULL)
        return false;
    at->declared = at->release != NULL && release_compare(at->release->name, name) == 0;
    vec_each(migration, &service->migrations) {
        const char *brings = release_of(*migration);
        bool here = name == NULL ? brings == NULL : at->declared && str_same(brings, at->release->name);
        at->brings += here;
        at->migrations += name == NULL || (*migration)->version <= at->release->version;
    }
    return name != NULL || at->brings > 0;
}

static const struct migration *last_of(const struct standing_at *at)
{
    const struct migrations *all = &at->service->migrations;
    return at->release != NULL ? service_find(at->service, at->release->version) : all->at[all->count - 1];
}

/* The id of its last migration; the version alone where that is another environment's. */
static const char *last_id(struct arena *arena, const struct standing_at *at)
{
    const struct migration *last = last_of(at);
    return last != NULL ? last->id : arena_printf(arena, "%" PRIu64, at->release->version);
}

static void add_row(struct arena *arena, struct table *table, const char *name, const struct standing_at *at)
{
    int row = table_row(table, -1);
    enum tone tone = name == NULL ? TONE_WARN : at->declared ? TONE_NONE : TONE_FAINT;
    table_cell(table, row, 0, name == NULL ? "not released" : name, tone);
    table_cell(table, row, 1, at->service->name, tone);
    table_cell(table, row, 2, last_id(arena, at), tone);
    table_cell(table, row, 3, arena_printf(arena, "%zu", at->brings), tone);
    table_cell(table, row, 4, arena_printf(arena, "%zu", at->migrations), tone);
}

static struct json *standing_json(struct arena *arena, const struct standing_at *at)
{
    struct json *object = json_object(arena);
    const struct migration *last = last_of(at);
    json_set_text(object, "service", at->service->name);
    json_set_integer(object, "version", (long long)(last != NULL ? last->version : at->release->version));
    json_set_text(object, "id", last == NULL ? NULL : last->id);
    json_set_bool(object, "declared", at->declared);
    json_set_integer(object, "brings", (long long)at->brings);
    json_set_integer(object, "migrations", (long long)at->migrations);
    return object;
}

static bool is_shown(const struct run *run, const struct service *service)
{
    return run->service == NULL || run->service == service;
}

static void print_table(const struct run *run, const struct strings *names)
{
    static const struct table_column columns[] = {{"RELEASE", TABLE_LEFT, false},
                                                  {"SERVICE", TABLE_LEFT, true},
                                                  {"ENDS WITH", TABLE_LEFT, true},
                                                  {"BRINGS", TABLE_RIGHT, false},
                                                  {"MIGRATIONS", TABLE_RIGHT, false}};
    struct table *table = table_open(columns, sizeof(columns) / sizeof(columns[0]));
    for (size_t i = 0; i <= names->count; i++)
        vec_each(service, &run->catalog.services) {
            const char *name = i < names->count ? names->at[i] : NULL;
            struct standing_at at;
            if (is_shown(run, *service) && look(*service, name, &at))
                add_row(run->arena, table, name, &at);
        }
    table_close(table);
}

static struct json *standings_json(const struct run *run, const char *name)
{
    struct json *list = json_list(run->arena);
    vec_each(service, &run->catalog.services) {
        struct standing_at at;
        if (is_shown(run, *service) && look(*service, name, &at))
            json_add(list, standing_json(run->arena, &at));
    }
    return list;
}

static void print_json(const struct run *run, const struct strings *names)
{
    struct json *document = json_log_document(run->arena), *list = json_list(run->arena);
    vec_each(name, names) {
        struct json *object = json_object(run->arena);
        json_set_text(object, "name", *name);
        json_set(object, "services", standings_json(run, *name));
        json_add(list, object);
    }
    json_set(document, "releases", list);
    json_set(document, "unreleased", standings_json(run, NULL));
    json_log_print(run->arena, document);
}

void release_view(const struct run *run)
{
    struct strings names = release_names(run->arena, &run->catalog, run->service);
    if (option_on(&run->options, OPTION_JSON))
        print_json(run, &names);
    else if (names.count == 0)
        puts("no releases");
    else
        print_table(run, &names);
}
