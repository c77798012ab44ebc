#include "model/release_check.h"

#include "model/report.h"

static const struct release *find(const struct service *service, const char *name)
{
    const struct release *release = release_at(&service->releases, name);
    return release != NULL && release_compare(release->name, name) == 0 ? release : NULL;
}

/* What a migration needs and its release does not hold; NULL when nothing. */
static const struct migration *missing(const struct migration *migration, const char *name)
{
    vec_each(need, &migration->needs)
        if (find((*need)->service, name) != NULL && release_is_before(name, *need))
            return *need;
    return NULL;
}

static void warn(const struct report *report, const struct release *release, const struct migration *migration,
                 const struct migration *need)
{
    report_warning(report, "incomplete-release", release->place,
                   arena_printf(report->arena, "let release %s of %s end with %s or later", release->name, need->service->name,
                                need->digits),
                   "release %s is not complete: %s needs %s, which comes after it", release->name,
                   migration_label(report->arena, migration), migration_label(report->arena, need));
}

/* The first one that is found says enough about a release. */
static void check_service(const struct report *report, const struct service *service)
{
    size_t next = 0;
    vec_each(release, &service->releases) {
        bool found = false;
        for (; next < service->migrations.count && service->migrations.at[next]->version <= release->version; next++) {
            const struct migration *migration = service->migrations.at[next];
            const struct migration *need = found ? NULL : missing(migration, release->name);
            if (need != NULL)
                warn(report, release, migration, need);
            found = found || need != NULL;
        }
    }
}

void release_check(struct arena *arena, const struct catalog *catalog, struct findings *findings)
{
    vec_each(service, &catalog->services)
        check_service(&(struct report){arena, findings, (*service)->name}, *service);
}
