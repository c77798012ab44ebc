#include "model/release_find.h"

#include "model/filename.h"
#include "text/nearest.h"

#include <string.h>

struct strings release_names(struct arena *arena, const struct catalog *catalog, const struct service *service)
{
    struct strings names = {0};
    vec_each(each, &catalog->services)
        if (service == NULL || *each == service)
            vec_each(release, &(*each)->releases)
                release_add_name(arena, &names, release->name);
    return names;
}

/* The one before and the one behind in their order; nothing where the text is not even a name. */
static const char *neighbours(struct arena *arena, const struct strings *names, const char *text)
{
    struct strings near = {0};
    size_t at = 0;
    while (at < names->count && release_compare(names->at[at], text) < 0)
        at++;
    if (at > 0)
        *vec_add(arena, &near) = names->at[at - 1];
    if (at < names->count)
        *vec_add(arena, &near) = names->at[at];
    return words_join(arena, &near);
}

static int no_releases(const struct catalog *catalog, struct err *err)
{
    err_set(err, ERR_USAGE, "no service declares releases");
    if (catalog->plain)
        return err_hint(err, "they stand in the dependencies.json of services, and --migrations has none");
    return err_hint(err, "\"releases\": {\"1.2.0\": \"000004\"} in a service's dependencies.json says with which migration "
                         "one ends");
}

static int unknown(struct arena *arena, const struct strings *names, const char *text, struct err *err)
{
    bool good = release_is_name(text);
    const char *near = good ? neighbours(arena, names, text) : nearest_find(text, names);
    err_set(err, ERR_USAGE, good ? "there is no release %s" : "'%s' is not the name of a release", text);
    if (near != NULL)
        return err_hint(err, "the nearest: %s", near);
    return err_hint(err, "MAJOR.MINOR.PATCH, from %s to %s", names->at[0], names->at[names->count - 1]);
}

/* 1.2.0.4: cuts the migration off. */
static bool split_label(struct arena *arena, const char *text, const char **release, uint64_t *version)
{
    const char *dot = strrchr(text, '.'), *name;
    if (dot == NULL || dot[1 + strspn(dot + 1, "0123456789")] != '\0' || !filename_reference(dot + 1, version, &name))
        return false;
    const char *cut = arena_strndup(arena, text, (size_t)(dot - text));
    if (!release_is_name(cut))
        return false;
    *release = cut;
    return true;
}

static int several(struct arena *arena, const char *text, const struct strings *owners, struct err *err)
{
    err_set(err, ERR_USAGE, "%s is a migration of several services: %s", text, words_join(arena, owners));
    return err_hint(err, "name one with --service");
}

static int find_migration(struct arena *arena, const struct catalog *catalog, const struct service *service, const char *text,
                          const char *release, uint64_t version, struct release_found *found, struct err *err)
{
    struct strings owners = {0}, labels = {0};
    vec_each(each, &catalog->services) {
        const struct migration *migration = service_find(*each, version);
        const char *brings = migration == NULL ? NULL : release_of(migration);
        if ((service != NULL && *each != service) || brings == NULL)
            continue;
        if (release_compare(brings, release) == 0) {
            *vec_add(arena, &owners) = (*each)->name;
            *found = (struct release_found){brings, migration};
        } else {
            *vec_add(arena, &labels) = arena_printf(arena, "%s of %s", release_label(arena, migration), (*each)->name);
        }
    }
    if (owners.count == 1)
        return 0;
    if (owners.count > 1)
        return several(arena, text, &owners, err);
    err_set(err, ERR_USAGE, "release %s brings no migration %llu", release, (unsigned long long)version);
    return labels.count == 0 ? err_hint(err, "skein list shows the label of each migration")
                             : err_hint(err, "is it %s?", words_join(arena, &labels));
}

int release_find(struct arena *arena, const struct catalog *catalog, const struct service *service, const char *text,
                 struct release_found *found, struct err *err)
{
    struct strings names = release_names(arena, catalog, NULL);
    const char *release = text;
    uint64_t version;
    if (names.count == 0)
        return no_releases(catalog, err);
    bool label = split_label(arena, text, &release, &version);
    *found = (struct release_found){0};
    if (release_is_name(release))
        vec_each(name, &names)
            if (release_compare(*name, release) == 0)
                found->name = *name;
    if (found->name == NULL)
        return unknown(arena, &names, release, err);
    return label ? find_migration(arena, catalog, service, text, release, version, found, err) : 0;
}
