#include "model/check.h"

#include <inttypes.h>

/* Below this, versions that do not follow each other are a gap in a sequence; above, they are times. */
static const uint64_t sequence_below = 1000000;

struct checking {
    struct arena *arena;
    struct findings *findings;
    const struct service *service;
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

static void check_gap(const struct checking *checking, const struct migration *before, const struct migration *after)
{
    if (after->version >= sequence_below || after->version == before->version + 1)
        return;
    const char *path = after->up.path != NULL ? after->up.path : after->down.path;
    say(checking, SEVERITY_NOTE, "gap", path, NULL,
        arena_printf(checking->arena, "nothing lies between %s and %s", before->digits,
                     migration_label(checking->arena, after)));
}

void check_structure(struct arena *arena, const struct catalog *catalog, struct findings *findings)
{
    vec_each(service, &catalog->services) {
        struct checking checking = {arena, findings, *service};
        const struct migrations *all = &(*service)->migrations;
        for (size_t i = 0; i < all->count; i++) {
            check_half(&checking, all->at[i], DIRECTION_UP);
            check_half(&checking, all->at[i], DIRECTION_DOWN);
            if (i != 0)
                check_gap(&checking, all->at[i - 1], all->at[i]);
        }
    }
}
