/* Which seed files there are, and in which order services take their turn. */
#include "base/file.h"
#include "base/str.h"
#include "flow/seed.h"

#include <stdint.h>
#include <string.h>

static void add(struct arena *arena, struct seeds *seeds, const struct service *service, const char *root,
                const char *file)
{
    *vec_add(arena, seeds) = (struct seed){.service = service, .file = file, .path = path_join(arena, root, file)};
}

static int add_declared(struct arena *arena, const char *root, const struct service *service, struct seeds *seeds,
                        struct err *err)
{
    const char *inside = arena_printf(arena, "%s/", path_absolute(arena, root));
    vec_each(file, &service->environment.seed_files) {
        const char *path = path_absolute(arena, path_join(arena, root, *file));
        if (!str_starts(path, inside) || strchr(*file, '\n') != NULL) {
            const struct place *place = &service->environment.place;
            err_set(err, ERR_INPUT, "the seed file %s of %s is outside the repository", *file, service->name);
            err_hint(err, "paths of seed_files start at the repository's root %s", root);
            return err_at(err, place->file, place->line, place->column);
        }
        add(arena, seeds, service, root, path + strlen(inside));
    }
    return 0;
}

static int add_conventional(struct arena *arena, const char *root, const struct service *service, struct seeds *seeds,
                            struct err *err)
{
    struct file_entries entries = {0};
    const char *inside = arena_printf(arena, "%s/", path_absolute(arena, root));
    const char *base = path_absolute(arena, path_join(arena, root, path_join(arena, service->directory, "seeds")));
    const char *environment = service->environment.name;
    if (environment == NULL || strchr(environment, '/') != NULL || !str_starts(base, inside))
        return 0;
    const char *file = path_join(arena, base, arena_printf(arena, "%s.sql", environment));
    if (file_kind(file) == FILE_REGULAR)
        add(arena, seeds, service, root, file + strlen(inside));
    const char *directory = path_join(arena, base, environment);
    if (file_kind(directory) != FILE_DIRECTORY)
        return 0;
    if (file_list(arena, directory, &entries, err) != 0)
        return -1;
    vec_each(entry, &entries)
        if (entry->kind == FILE_REGULAR && str_ends(entry->name, ".sql"))
            add(arena, seeds, service, root, path_join(arena, directory, entry->name) + strlen(inside));
    return 0;
}

int seed_find_service(struct arena *arena, const char *root, const struct service *service, struct seeds *seeds,
                      struct err *err)
{
    if (service->schema == NULL)
        return 0;
    return (service->environment.seed_files.count != 0 ? add_declared : add_conventional)(arena, root, service, seeds, err);
}

/* Does one of its migrations need one of a service that has not had its turn? */
static bool must_wait(const struct catalog *catalog, const struct service *service, const bool *done)
{
    vec_each(migration, &service->migrations)
        vec_each(needed, &(*migration)->needs)
            for (size_t i = 0; i < catalog->services.count; i++)
                if (catalog->services.at[i] == (*needed)->service && (*needed)->service != service && !done[i])
                    return true;
    return false;
}

/* Where its first migration stands in the order of all of them. */
static size_t first_number(const struct service *service)
{
    size_t first = SIZE_MAX;
    vec_each(migration, &service->migrations)
        if ((*migration)->number < first)
            first = (*migration)->number;
    return first;
}

/* Services may need each other both ways, by different migrations: then the one that begins first goes first. */
static size_t next_service(const struct catalog *catalog, const bool *done)
{
    const struct services *services = &catalog->services;
    size_t first = services->count;
    for (size_t i = 0; i < services->count; i++) {
        if (done[i])
            continue;
        if (!must_wait(catalog, services->at[i], done))
            return i;
        if (first == services->count || first_number(services->at[i]) < first_number(services->at[first]))
            first = i;
    }
    return first;
}

int seed_find(struct arena *arena, const struct catalog *catalog, const struct service *service, struct seeds *seeds,
              struct err *err)
{
    bool *done = arena_alloc(arena, catalog->services.count + 1);
    const char *root = catalog->config->root;
    for (size_t turn = 0; turn < catalog->services.count; turn++) {
        size_t i = next_service(catalog, done);
        const struct service *one = catalog->services.at[i];
        done[i] = true;
        if ((service == NULL || one == service) && seed_find_service(arena, root, one, seeds, err) != 0)
            return -1;
    }
    seed_sort(arena, catalog, seeds);
    return 0;
}
