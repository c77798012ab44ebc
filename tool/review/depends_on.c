#include "review/depends_on.h"

#include "base/file.h"
#include "base/path.h"
#include "base/str.h"
#include "model/service.h"

#include <stdlib.h>
#include <string.h>

/* By service, then version. */
static int compare(const void *left, const void *right)
{
    const struct migration *a = *(struct migration *const *)left, *b = *(struct migration *const *)right;
    if (a->service != b->service)
        return strcmp(a->service->name, b->service->name);
    return (a->version > b->version) - (a->version < b->version);
}

/* What it needs directly, the new one with it. */
static struct migration_refs all_needs(struct arena *arena, const struct migration *migration,
                                       const struct migration *needed)
{
    struct migration_refs needs = {0};
    vec_each(need, &migration->needs)
        *vec_add(arena, &needs) = *need;
    *vec_add(arena, &needs) = (struct migration *)needed;
    qsort(needs.at, needs.count, sizeof(*needs.at), compare);
    return needs;
}

/* ["000001", "000004"] */
static void add_versions(struct str *text, const struct migration_refs *needs, const struct service *service)
{
    const char *before = "[";
    vec_each(need, needs) {
        if ((*need)->service != service)
            continue;
        str_addf(text, "%s\"%s\"", before, (*need)->digits);
        before = ", ";
    }
    str_add(text, strcmp(before, "[") == 0 ? "[]" : "]");
}

static void add_cross(struct str *text, const struct migration_refs *needs, const struct service *own)
{
    const struct service *last = own;
    const char *before = "";
    str_add(text, "\"cross_service_dependencies\": { ");
    vec_each(need, needs) {
        if ((*need)->service == own || (*need)->service == last)
            continue;
        last = (*need)->service;
        str_addf(text, "%s\"%s\": ", before, last->name);
        add_versions(text, needs, last);
        before = ", ";
    }
    str_add(text, " }");
}

/* The members of the entry that change; all that say the order where the entry cannot stay as it is. */
static void add_members(struct str *text, const struct migration *migration, const struct migration *needed,
                        const struct migration_refs *needs, bool whole)
{
    const struct declaration *declaration = &migration->declaration;
    bool crosses = needed->service != migration->service;
    if (!crosses || whole) {
        str_addf(text, "\"%s\": ", declaration->needs_key == NULL ? "depends_on" : declaration->needs_key);
        add_versions(text, needs, migration->service);
    }
    if (crosses && whole)
        str_add(text, ", ");
    if (crosses)
        add_cross(text, needs, migration->service);
}

const char *depends_on_hint(struct arena *arena, const struct migration *migration, const struct migration *needed)
{
    const struct declaration *declaration = &migration->declaration;
    struct migration_refs needs = all_needs(arena, migration, needed);
    const char *file = path_join(arena, migration->service->migrations_directory, "dependencies.json");
    bool crosses = needed->service != migration->service;
    struct str text = str_new(arena);
    if (!declaration->present) {
        str_addf(&text, "add to \"migrations\" in %s:\n\"%s\": { ", file, migration->digits);
        add_members(&text, migration, needed, &needs, false);
    } else if (declaration->short_form && !crosses) {
        str_addf(&text, "write in %s:%d:\n\"%s\": ", file, declaration->place.line, declaration->key);
        add_versions(&text, &needs, migration->service);
        return text.at;
    } else if (declaration->short_form) {
        str_addf(&text, "write in %s:%d, in \"migrations\":\n\"%s\": { ", file, declaration->place.line, declaration->key);
        add_members(&text, migration, needed, &needs, true);
    } else {
        str_addf(&text, "write in %s:%d, in the entry \"%s\":\n", file, declaration->place.line, declaration->key);
        add_members(&text, migration, needed, &needs, false);
        return text.at;
    }
    str_add(&text, " }");
    return text.at;
}
