#include "review/check.h"

#include "model/elsewhere.h"

#include <inttypes.h>

/* Below this, versions that do not follow each other are a gap in a sequence; above, they are times. */
static const uint64_t sequence_below = 1000000;

struct checking {
    struct arena *arena;
    struct findings *findings;
    const struct service *service;
    struct elsewhere elsewhere;
};

static void say(const struct checking *checking, enum severity severity, const char *rule, const char *path,
                const char *hint, const char *message)
{
    finding_add(checking->arena, checking->findings, severity, rule, ERR_INPUT, (struct place){.file = path},
                checking->service->name, hint, "%s", message);
}

static void check_half(const struct checking *checking, const struct migration *migration, enum direction direction)
{
    const struct half *half = migration_half(migration, direction);
    struct err err = {.arena = checking->arena};
    if (half->path != NULL)
        return;
    migration_missing_half(migration, direction, &err);
    say(checking, SEVERITY_WARNING, "missing-half", err.place.file, err.hint, err.message);
}

/* What only other environments have leaves a gap here by design. */
static bool is_missing(struct checking *checking, const struct migration *before, const struct migration *after)
{
    const char *directory = checking->service->migrations_directory;
    for (uint64_t version = before->version + 1; version < after->version; version++)
        if (directory == NULL || !elsewhere_has(checking->arena, &checking->elsewhere, directory, version))
            return true;
    return false;
}

static void check_gap(struct checking *checking, const struct migration *before, const struct migration *after)
{
    if (after->version >= sequence_below || !is_missing(checking, before, after))
        return;
    const char *path = after->up.path != NULL ? after->up.path : after->down.path;
    say(checking, SEVERITY_NOTE, "gap", path, NULL,
        arena_printf(checking->arena, "nothing lies between %s and %s", before->digits,
                     migration_label(checking->arena, after)));
}

void check_structure(struct arena *arena, const struct catalog *catalog, struct findings *findings)
{
    vec_each(service, &catalog->services) {
        struct checking checking = {arena, findings, *service, {0}};
        const struct migrations *all = &(*service)->migrations;
        for (size_t i = 0; i < all->count; i++) {
            check_half(&checking, all->at[i], DIRECTION_UP);
            check_half(&checking, all->at[i], DIRECTION_DOWN);
            if (i != 0)
                check_gap(&checking, all->at[i - 1], all->at[i]);
        }
    }
}
