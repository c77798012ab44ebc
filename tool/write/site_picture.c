#include "write/site_picture.h"

#include "write/site_place.h"

#include <stdint.h>

enum {
    STRAIGHT = 12,      /* the weight of arrows within a service */
    DRAWN_WHOLE = 16,   /* migrations of a service, before runs of them become one box */
    DRAWN_AT_MOST = 160 /* boxes */
};

/* --- services */

static const char *count_of(struct arena *arena, size_t count, const char *one, const char *many)
{
    return arena_printf(arena, "%zu %s", count, count == 1 ? one : many);
}

static void add_service(struct picture *picture, const struct service *service)
{
    size_t box = picture_add_box(picture, service_shown(service),
                                 site_place_service(picture->arena, service, ""), NULL);
    picture_add_line(picture, box, NULL,
                     count_of(picture->arena, service->migrations.count, "migration", "migrations"), NULL);
}

/* One arrow for each pair of services; `seen` holds, for each service, who was joined to it last. */
static void join_services(struct picture *picture, const struct service *service, size_t *seen)
{
    vec_each(migration, &service->migrations)
        vec_each(need, &(*migration)->needs) {
            size_t number = (*need)->service->number;
            if ((*need)->service == service || seen[number] == service->number + 1)
                continue;
            seen[number] = service->number + 1;
            struct picture_arrow *arrow = picture_add_arrow(picture, number, -1, service->number, -1);
            arrow->hint = arena_printf(picture->arena, "%s needs %s", service_shown(service),
                                       service_shown((*need)->service));
        }
}

void site_picture_services(struct arena *arena, const struct catalog *catalog, struct str *out)
{
    const struct services *services = &catalog->services;
    struct picture picture = picture_new(arena, "services-picture", "Services and what they depend on", false);
    size_t *seen = arena_alloc(arena, (services->count + 1) * sizeof *seen);
    vec_each(service, services)
        add_service(&picture, *service);
    vec_each(service, services)
        join_services(&picture, *service, seen);
    if (picture.arrows.count > 0 && services->count <= DRAWN_AT_MOST)
        picture_render(&picture, out);
}

/* --- migrations */

/* The migrations that a box stands for: one, or a run of a service's. */
struct stretch {
    const struct migration *first, *last;
};
VEC(stretches, struct stretch);

struct migration_picture {
    struct picture picture;
    const struct service *service;
    const char *from;           /* the folder of the page it stands in */
    struct stretches stretches; /* by box */
};

static size_t find_box(const struct migration_picture *drawn, const struct migration *migration)
{
    for (size_t box = 0; box < drawn->stretches.count; box++) {
        const struct stretch *stretch = &drawn->stretches.at[box];
        if (stretch->first->service == migration->service && stretch->first->version <= migration->version &&
            migration->version <= stretch->last->version)
            return box;
    }
    return SIZE_MAX;
}

static size_t box_of(struct migration_picture *drawn, const struct migration *migration, const char *style)
{
    struct arena *arena = drawn->picture.arena;
    bool foreign = migration->service != drawn->service;
    size_t box = find_box(drawn, migration);
    if (box != SIZE_MAX)
        return box;
    box = picture_add_box(&drawn->picture, migration->id, site_place_migration(arena, migration, drawn->from),
                          foreign ? "foreign" : style);
    if (foreign)
        picture_add_line(&drawn->picture, box, NULL, service_shown(migration->service), NULL);
    *vec_add(arena, &drawn->stretches) = (struct stretch){migration, migration};
    return box;
}

static void join(struct migration_picture *drawn, const struct migration *need, const struct migration *migration)
{
    size_t from = box_of(drawn, need, NULL), to = box_of(drawn, migration, NULL);
    vec_each(arrow, &drawn->picture.drawing.arrows)
        if (arrow->from == from && arrow->to == to)
            return;
    if (from == to)
        return;
    picture_add_arrow(&drawn->picture, from, -1, to, -1);
    if (need->service == drawn->service && migration->service == drawn->service)
        drawn->picture.drawing.arrows.at[drawn->picture.drawing.arrows.count - 1].weight = STRAIGHT;
}

/* Only a link between its neighbours in the service: it needs the one before, and only the next one needs it. */
static bool is_plain(const struct service *service, size_t place)
{
    const struct migration *migration = service->migrations.at[place];
    return place > 0 && place + 1 < service->migrations.count && migration->needs.count == 1 &&
           migration->needs.at[0] == service->migrations.at[place - 1] && migration->needed_by.count == 1 &&
           migration->needed_by.at[0] == service->migrations.at[place + 1];
}

/* The box of a run of plain migrations stands for each of them. */
static void add_run(struct migration_picture *drawn, size_t first, size_t last)
{
    struct arena *arena = drawn->picture.arena;
    struct migration *const *at = drawn->service->migrations.at;
    const char *title = arena_printf(arena, "%s … %s", at[first]->digits, at[last]->digits);
    size_t box = picture_add_box(&drawn->picture, title, arena_printf(arena, "#m%s", at[first]->digits), "run");
    picture_add_line(&drawn->picture, box, NULL, count_of(arena, last - first + 1, "migration", "migrations"), NULL);
    *vec_add(arena, &drawn->stretches) = (struct stretch){at[first], at[last]};
}

static void add_migrations(struct migration_picture *drawn)
{
    const struct migrations *all = &drawn->service->migrations;
    for (size_t i = 0; i < all->count; i++) {
        size_t last = i;
        while (all->count > DRAWN_WHOLE && last < all->count && is_plain(drawn->service, last))
            last++;
        if (last > i + 1)
            add_run(drawn, i, last - 1);
        else
            box_of(drawn, all->at[i], NULL);
        i = last > i + 1 ? last - 1 : i;
    }
}

static bool is_only_a_row(const struct picture *picture)
{
    for (size_t i = 0; i < picture->arrows.count; i++)
        if (picture->drawing.arrows.at[i].from + 1 != picture->drawing.arrows.at[i].to)
            return false;
    return true;
}

static size_t count_joints(const struct service *service)
{
    size_t count = 0;
    for (size_t i = 0; i < service->migrations.count; i++)
        count += !is_plain(service, i);
    return count;
}

void site_picture_migrations(struct arena *arena, const struct service *service, struct str *out)
{
    struct migration_picture drawn = {
        picture_new(arena, "migrations-picture", "Migrations in their order", false), service,
        site_place_folder(arena, service), {0}};
    if (count_joints(service) > DRAWN_AT_MOST)
        return;
    add_migrations(&drawn);
    vec_each(migration, &service->migrations) {
        vec_each(need, &(*migration)->needs)
            join(&drawn, *need, *migration);
        vec_each(next, &(*migration)->needed_by)
            if ((*next)->service != service)
                join(&drawn, *migration, *next);
    }
    if (!is_only_a_row(&drawn.picture) && drawn.picture.boxes.count <= DRAWN_AT_MOST)
        picture_render(&drawn.picture, out);
}

void site_picture_neighbours(struct arena *arena, const struct migration *migration, struct str *out)
{
    struct migration_picture drawn = {
        picture_new(arena, "neighbours-picture", "What it needs, and what needs it", false), migration->service,
        site_place_folder(arena, migration->service), {0}};
    size_t count = migration->needs.count + migration->needed_by.count;
    if (count == 0 || count > DRAWN_WHOLE)
        return;
    vec_each(need, &migration->needs)
        box_of(&drawn, *need, NULL);
    box_of(&drawn, migration, "here");
    vec_each(need, &migration->needs)
        join(&drawn, *need, migration);
    vec_each(next, &migration->needed_by)
        join(&drawn, migration, *next);
    picture_render(&drawn.picture, out);
}
