#include "model/reference.h"

#include "model/filename.h"
#include "model/report.h"
#include "text/nearest.h"

#include <stdlib.h>
#include <string.h>

/* Resolving all references of a catalog. */
struct linking {
    struct arena *arena;
    const struct catalog *catalog;
    struct findings *findings;
};

static int compare_name(const void *key, const void *element)
{
    return strcmp(key, (*(struct service *const *)element)->name);
}

static struct service *find_service(const struct catalog *catalog, const char *name)
{
    if (catalog->services.count == 0)
        return NULL;
    struct service **found = bsearch(name, catalog->services.at, catalog->services.count,
                                     sizeof(*catalog->services.at), compare_name);
    return found == NULL ? NULL : *found;
}

static void fail(struct linking *linking, const struct reference *reference, const char *rule, enum err_kind kind,
                 const char *hint, const char *text)
{
    struct report report = {linking->arena, linking->findings, reference->migration->service->name};
    report_failure(&report, rule, kind, reference->place, hint, "%s", text);
}

static void unknown_service(struct linking *linking, const struct reference *reference)
{
    struct arena *arena = linking->arena;
    struct strings known = {0};
    vec_each(service, &linking->catalog->services)
        *vec_add(arena, &known) = (*service)->name;
    const char *near = nearest_find(reference->service, &known);
    const char *hint = arena_printf(arena, "known services are %s%s%s%s", words_join(arena, &known),
                                    near == NULL ? "" : "; did you mean ", near == NULL ? "" : near,
                                    near == NULL ? "" : "?");
    fail(linking, reference, "missing-dependency", ERR_DEPENDENCY, hint,
         arena_printf(arena, "%s depends on service \"%s\", which does not exist", reference->migration->digits,
                      reference->service));
}

static const char *what_exists(struct arena *arena, const struct service *service, uint64_t version)
{
    const struct migration *same = service_find(service, version);
    const struct migrations *all = &service->migrations;
    const char *environment = service->environment.name == NULL ? "" : service->environment.name;
    if (same != NULL)
        return arena_printf(arena, "in environment %s that version is %s", environment, same->id);
    if (all->count == 0)
        return arena_printf(arena, "%s has no migrations in environment %s", service->name, environment);
    return arena_printf(arena, "%s has %s to %s in environment %s", service->name, all->at[0]->digits,
                        all->at[all->count - 1]->digits, environment);
}

static void missing(struct linking *linking, const struct reference *reference, const struct service *service,
                    uint64_t version)
{
    const char *hint = what_exists(linking->arena, service, version);
    fail(linking, reference, "missing-dependency", ERR_DEPENDENCY, hint,
         arena_printf(linking->arena, "%s depends on %s%s%s, which does not exist", reference->migration->digits,
                      reference->service == NULL ? "" : reference->service, reference->service == NULL ? "" : " ",
                      reference->text));
}

/* NULL after saying what is wrong. */
static struct migration *resolve(struct linking *linking, const struct reference *reference)
{
    uint64_t version;
    const char *name;
    const struct service *service = reference->service == NULL ? reference->migration->service
                                                               : find_service(linking->catalog, reference->service);
    if (service == NULL) {
        unknown_service(linking, reference);
        return NULL;
    }
    if (!filename_reference(reference->text, &version, &name)) {
        fail(linking, reference, "bad-version", ERR_INPUT, "write a version: 000002 or 000002_name",
             arena_printf(linking->arena, "\"%s\" is not the version of a migration", reference->text));
        return NULL;
    }
    struct migration *target = service_find(service, version);
    if (target == NULL || (name != NULL && strcmp(name, target->name) != 0)) {
        missing(linking, reference, service, version);
        return NULL;
    }
    if (target == reference->migration) {
        fail(linking, reference, "self-dependency", ERR_DEPENDENCY, "remove it",
             arena_printf(linking->arena, "%s depends on itself", target->digits));
        return NULL;
    }
    return target;
}

/* By migration, then target, so that what is declared twice lies together. */
static int compare_references(const void *left, const void *right)
{
    const struct reference *a = left, *b = right;
    if (a->migration != b->migration)
        return (uintptr_t)a->migration < (uintptr_t)b->migration ? -1 : 1;
    if (a->target == b->target)
        return 0;
    if (a->target->version != b->target->version)
        return a->target->version < b->target->version ? -1 : 1;
    return strcmp(a->target->service->name, b->target->service->name);
}

static void reserve(struct arena *arena, struct migration_refs *refs)
{
    refs->room = refs->count;
    refs->at = refs->count == 0 ? NULL : arena_alloc(arena, refs->count * sizeof(*refs->at));
    refs->count = 0;
}

/* Counts first, so that 100,000 migrations take no more memory than their edges. */
static void connect(struct linking *linking, const struct reference_list *list)
{
    vec_each(reference, list) {
        reference->migration->needs.count++;
        reference->target->needed_by.count++;
    }
    vec_each(service, &linking->catalog->services)
        vec_each(migration, &(*service)->migrations) {
            reserve(linking->arena, &(*migration)->needs);
            reserve(linking->arena, &(*migration)->needed_by);
        }
    vec_each(reference, list) {
        struct migration_refs *needs = &reference->migration->needs, *by = &reference->target->needed_by;
        needs->at[needs->count++] = reference->target;
        by->at[by->count++] = reference->migration;
    }
}

void reference_link(struct arena *arena, const struct catalog *catalog, struct references *references,
                    struct findings *findings)
{
    struct linking linking = {arena, catalog, findings};
    struct reference_list *list = &references->list;
    size_t kept = 0;
    vec_each(reference, list) {
        if (reference->target == NULL)
            reference->target = resolve(&linking, reference);
        if (reference->target != NULL)
            list->at[kept++] = *reference;
    }
    list->count = kept;
    if (kept == 0)
        return;
    qsort(list->at, kept, sizeof(*list->at), compare_references);
    kept = 1;
    for (size_t i = 1; i < list->count; i++)
        if (list->at[i].migration != list->at[kept - 1].migration || list->at[i].target != list->at[kept - 1].target)
            list->at[kept++] = list->at[i];
    list->count = kept;
    connect(&linking, list);
}
