#include "model/service.h"

#include "base/file.h"
#include "model/filename.h"
#include "text/nearest.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

const char *service_config_path(struct arena *arena, const char *directory)
{
    static const char *const names[] = {"config.yaml", "config/config.yaml"};
    for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
        const char *path = path_join(arena, directory, names[i]);
        /* A symlink to nowhere is there: reading it says so, where taking it for absent would be another database. */
        if (faccessat(AT_FDCWD, path, F_OK, AT_SYMLINK_NOFOLLOW) == 0)
            return path;
    }
    return NULL;
}

/* By version; the services' migrations are sorted so. */
struct migration *service_find(const struct service *service, uint64_t version)
{
    size_t low = 0, high = service->migrations.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        struct migration *migration = service->migrations.at[middle];
        if (migration->version == version)
            return migration;
        if (migration->version < version)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

const char *service_shown(const struct service *service)
{
    return service->directory == NULL ? service->migrations_directory : service->name;
}

static struct migration *find_by_name(const struct service *service, const char *name, size_t *count)
{
    struct migration *found = NULL;
    *count = 0;
    vec_each(migration, &service->migrations)
        if (strcmp((*migration)->name, name) == 0) {
            found = *migration;
            ++*count;
        }
    return found;
}

static int unknown_migration(const struct service *service, const char *reference, struct err *err)
{
    struct strings known = {0};
    vec_each(migration, &service->migrations) {
        *vec_add(err->arena, &known) = (*migration)->id;
        *vec_add(err->arena, &known) = (*migration)->name;
    }
    const char *near = nearest_find(reference, &known);
    const struct migrations *all = &service->migrations;
    err_set(err, ERR_USAGE, "%s has no migration \"%s\"", service_shown(service), reference);
    if (near != NULL)
        return err_hint(err, "did you mean %s?", near);
    if (all->count == 0)
        return err_hint(err, "it has none at all");
    return err_hint(err, "it has %s to %s", all->at[0]->id, all->at[all->count - 1]->id);
}

struct migration *service_get(const struct service *service, const char *reference, struct err *err)
{
    uint64_t version;
    const char *name;
    size_t count;
    if (filename_reference(reference, &version, &name)) {
        struct migration *migration = service_find(service, version);
        if (migration != NULL && (name == NULL || strcmp(name, migration->name) == 0))
            return migration;
    }
    struct migration *migration = find_by_name(service, reference, &count);
    if (count == 1)
        return migration;
    if (count == 0) {
        unknown_migration(service, reference, err);
        return NULL;
    }
    err_set(err, ERR_USAGE, "%zu migrations of %s are named \"%s\"", count, service_shown(service), reference);
    err_hint(err, "name it by its version");
    return NULL;
}
