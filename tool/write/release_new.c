#include "write/release_new.h"

#include "base/file.h"
#include "model/elsewhere.h"
#include "model/release_find.h"
#include "write/declare.h"

#include <ctype.h>
#include <inttypes.h>
#include <string.h>

/* As Semantic Versioning has it: 1.2.0, and not 1.02.0. */
static bool is_canonical(const char *name)
{
    for (const char *at = name; release_is_name(name) && *at != '\0'; at++)
        if (*at == '0' && isdigit((unsigned char)at[1]) && (at == name || at[-1] == '.'))
            return false;
    return release_is_name(name);
}

static int check_name(struct arena *arena, const struct catalog *catalog, const struct service *service, const char *name,
                      struct err *err)
{
    struct strings names = release_names(arena, catalog, service);
    if (!is_canonical(name)) {
        err_set(err, ERR_USAGE, "'%s' cannot be the name of a release", name);
        return err_hint(err, "MAJOR.MINOR.PATCH, without zeros in front: 1.2.0");
    }
    vec_each(known, &names)
        if (release_compare(*known, name) == 0) {
            err_set(err, ERR_USAGE, "there is a release %s already", *known);
            return err_hint(err, "skein release lists what it holds; what was released is not changed");
        }
    if (names.count == 0 || release_compare(names.at[names.count - 1], name) < 0)
        return 0;
    err_set(err, ERR_USAGE, "%s is older than the last release, %s", name, names.at[names.count - 1]);
    return err_hint(err, "a release holds what those before it hold: give it a newer name");
}

/* NULL: the service has no migration in any environment. */
static const char *newest(struct arena *arena, const struct service *service)
{
    struct elsewhere elsewhere = {0};
    const struct migrations *own = &service->migrations;
    const struct migration *last = own->count == 0 ? NULL : own->at[own->count - 1];
    uint64_t version = 0;
    bool other = elsewhere_newest(arena, &elsewhere, service->migrations_directory, &version);
    if (!other || (last != NULL && last->version >= version))
        return last == NULL ? NULL : last->digits;
    return arena_printf(arena, "%0*" PRIu64, last == NULL ? 0 : (int)strlen(last->digits), version);
}

static size_t count_new(const struct service *service)
{
    size_t count = 0;
    vec_each(migration, &service->migrations)
        count += release_of(*migration) == NULL;
    return count;
}

static int add_part(struct arena *arena, const struct service *service, const char *name, struct batch *batch,
                    struct release_parts *parts, struct err *err)
{
    const char *version = newest(arena, service);
    const char *path = path_join(arena, service->migrations_directory, "dependencies.json");
    size_t limit = (size_t)config_number(&service->config, SETTING_MAX_FILE_SIZE), length;
    char *old = NULL, *text;
    if (version == NULL)
        return 0;
    if ((file_kind(path) != FILE_NONE && file_read(arena, path, limit, &old, &length, err) != 0) ||
        declare_release(arena, path, old, name, version, &text, err) != 0)
        return -1;
    if (old == NULL)
        batch_create(batch, path, text);
    else
        batch_replace(batch, path, old, text);
    *vec_add(arena, parts) = (struct release_part){service, version, count_new(service), path};
    return 0;
}

int release_new(struct arena *arena, const struct catalog *catalog, const struct service *service, const char *name,
                struct batch *batch, struct release_parts *parts, struct err *err)
{
    if (catalog->plain) {
        err_set(err, ERR_USAGE, "releases stand in the dependencies.json of services, and --migrations has none");
        return err_hint(err, "skein reads services where there is no --migrations and no migrations_path");
    }
    if (check_name(arena, catalog, service, name, err) != 0)
        return -1;
    vec_each(each, &catalog->services)
        if ((service == NULL || *each == service) && add_part(arena, *each, name, batch, parts, err) != 0)
            return -1;
    if (parts->count > 0)
        return 0;
    return err_set(err, ERR_USAGE, "%s no migrations yet: there is nothing to release",
                   service == NULL ? "the services have" : arena_printf(arena, "%s has", service->name));
}
