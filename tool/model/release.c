#include "model/release.h"

#include "model/elsewhere.h"
#include "model/field.h"
#include "model/filename.h"
#include "model/report.h"
#include "model/service.h"
#include "text/node.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

enum { PARTS = 3 };

bool release_is_name(const char *name)
{
    for (int part = 0; part < PARTS; part++) {
        size_t digits = strspn(name, "0123456789");
        if (digits == 0 || digits > 9 || name[digits] != (part + 1 < PARTS ? '.' : '\0'))
            return false;
        name += digits + (part + 1 < PARTS);
    }
    return true;
}

int release_compare(const char *left, const char *right)
{
    for (int part = 0; part < PARTS; part++) {
        char *end_left, *end_right;
        unsigned long a = strtoul(left, &end_left, 10), b = strtoul(right, &end_right, 10);
        if (a != b)
            return a < b ? -1 : 1;
        left = end_left + (*end_left == '.');
        right = end_right + (*end_right == '.');
    }
    return 0;
}

void release_add_name(struct arena *arena, struct strings *names, const char *name)
{
    size_t at = names->count;
    while (at > 0 && release_compare(names->at[at - 1], name) >= 0)
        at--;
    if (at < names->count && release_compare(names->at[at], name) == 0)
        return;
    (void)vec_add(arena, names);
    memmove(&names->at[at + 1], &names->at[at], (names->count - 1 - at) * sizeof(*names->at));
    names->at[at] = name;
}

const struct release *release_at(const struct releases *releases, const char *name)
{
    const struct release *found = NULL;
    vec_each(release, releases)
        if (release_compare(release->name, name) <= 0)
            found = release;
    return found;
}

bool release_is_before(const char *name, const struct migration *migration)
{
    const struct releases *releases = &migration->service->releases;
    const struct release *release = release_at(releases, name);
    return releases->count > 0 && (release == NULL || migration->version > release->version);
}

/* Later releases end later, so that the first one that reaches far enough is found by halves. */
const char *release_of(const struct migration *migration)
{
    const struct releases *releases = &migration->service->releases;
    size_t low = 0, high = releases->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (releases->at[middle].version < migration->version)
            low = middle + 1;
        else
            high = middle;
    }
    return low < releases->count ? releases->at[low].name : NULL;
}

const char *release_label(struct arena *arena, const struct migration *migration)
{
    const char *name = release_of(migration);
    return name == NULL ? NULL : arena_printf(arena, "%s.%" PRIu64, name, migration->version);
}

/* 1.2.0 and 1.02.0 are one release. */
static void add(const struct report *report, struct service *service, const struct release *release, struct place at_key)
{
    struct releases *releases = &service->releases;
    size_t at = releases->count;
    while (at > 0 && release_compare(releases->at[at - 1].name, release->name) > 0)
        at--;
    if (at > 0 && release_compare(releases->at[at - 1].name, release->name) == 0) {
        report_error(report, "bad-release", at_key, "keep one of them", "release %s is named before, in line %d",
                     release->name, releases->at[at - 1].place.line);
        return;
    }
    (void)vec_add(report->arena, releases);
    memmove(&releases->at[at + 1], &releases->at[at], (releases->count - 1 - at) * sizeof(*releases->at));
    releases->at[at] = *release;
}

static bool is_there(const struct report *report, const struct service *service, uint64_t version, struct elsewhere *elsewhere)
{
    return service_find(service, version) != NULL ||
           elsewhere_has(report->arena, elsewhere, service->migrations_directory, version);
}

static void read_one(const struct report *report, struct service *service, const char *path, const struct node *node,
                     struct elsewhere *elsewhere)
{
    struct place at_key = {path, node->key_place.line, node->key_place.column};
    struct place place = {path, node->place.line, node->place.column};
    const char *name;
    uint64_t version;
    if (!release_is_name(node->key)) {
        report_error(report, "bad-release", at_key, "write MAJOR.MINOR.PATCH: 1.2.0", "\"%s\" is not the name of a release",
                     node->key);
    } else if (node->kind != NODE_TEXT && node->kind != NODE_NUMBER) {
        field_wrong_type(report, node, "the version of its last migration, such as \"000004\"");
    } else if (!filename_reference(node->text, &version, &name) || !is_there(report, service, version, elsewhere)) {
        report_error(report, "bad-release", place, "name the last migration that is in the release",
                     "release %s ends with \"%s\", which is no migration of %s", node->key, node->text, service->name);
    } else {
        struct release release = {arena_strdup(report->arena, node->key), version, place};
        add(report, service, &release, at_key);
    }
}

/* A later release holds what an earlier one held. */
static void check_order(const struct report *report, const struct service *service)
{
    const struct releases *releases = &service->releases;
    for (size_t i = 1; i < releases->count; i++)
        if (releases->at[i].version < releases->at[i - 1].version)
            report_error(report, "bad-release", releases->at[i].place, "a release holds what those before it hold",
                         "release %s ends before release %s", releases->at[i].name, releases->at[i - 1].name);
}

void release_read(const struct report *report, struct service *service, const char *path, const struct node *node,
                  struct elsewhere *elsewhere)
{
    if (node->kind != NODE_MAP) {
        field_wrong_type(report, node, "an object: {\"1.2.0\": \"000004\"}");
        return;
    }
    node_each(member, node)
        read_one(report, service, path, member, elsewhere);
    check_order(report, service);
}
