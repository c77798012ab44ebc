/* What was used before anything made it, when the chain is over; and the comments that silence it. */
#include "review/depends_on.h"
#include "review/deriving.h"

#include <string.h>

const char derived_waiting[] = "used-before-created";
const char *const derived_awaited[] = {"used-before-created", "undeclared-dependency", "foreign-schema", NULL};

bool derived_waits(const struct finding *finding)
{
    return finding->rule == derived_waiting; /* this very text, not one that is equal */
}

struct excuse {
    const char *id;
    struct ignored_name *name;
    struct excuse *next;
};

/* Of the half that is under way: not far from the end. */
void derived_excuse(struct derived *derived, const struct finding *finding, const char *id, struct ignored_name *name)
{
    for (size_t i = derived->early.count; i > 0; i--) {
        struct early_use *early = derived->early.at[i - 1];
        if (early->message != finding->message)
            continue;
        struct excuse *excuse = arena_new(derived->arena, struct excuse);
        *excuse = (struct excuse){id, name, early->excuses};
        early->excuses = excuse;
        name->awaited = true;
        return;
    }
}

void derived_doubt_unused(struct derived *derived, struct ignored_name *name)
{
    *vec_add(derived->arena, &derived->doubtful) = name;
}

static bool is_excused(const struct early_use *early, const char *id)
{
    bool excused = false;
    for (const struct excuse *excuse = early->excuses; excuse != NULL; excuse = excuse->next)
        if (strcmp(excuse->id, id) == 0)
            excused = excuse->name->used = true;
    return excused;
}

static bool complete_undeclared(struct derived *derived, const struct early_use *early, struct finding *finding)
{
    struct arena *arena = derived->arena;
    derived_note_undeclared(derived, early->user, early->maker, early->name);
    finding->severity = early->maybe ? SEVERITY_WARNING : SEVERITY_ERROR;
    finding->rule = "undeclared-dependency";
    finding->message = arena_printf(arena, "%s is only made by %s, which runs later: %s does not depend on it",
                                    early->name, migration_label(arena, early->maker),
                                    migration_label(arena, early->user));
    finding->hint = depends_on_hint(arena, early->user, early->maker);
    return derived_check(derived, finding->rule, &finding->severity);
}

static bool complete_early(struct derived *derived, const struct early_use *early, struct finding *finding)
{
    struct arena *arena = derived->arena;
    finding->severity = early->maybe ? SEVERITY_WARNING : SEVERITY_ERROR;
    finding->rule = "used-before-created";
    if (early->maker == early->user) {
        finding->message = arena_printf(arena, "%s is only made further down", early->name);
    } else {
        finding->message = arena_printf(arena, "%s is only made by %s, which needs this migration to be applied before",
                                        early->name, migration_label(arena, early->maker));
        finding->hint = "make it here or before, or move what uses it behind that migration";
    }
    return derived_check(derived, finding->rule, &finding->severity);
}

static bool complete(struct derived *derived, const struct early_use *early, struct finding *finding)
{
    if (early == NULL || (early->maker == NULL && early->owner == NULL))
        return false;
    if (early->maker == NULL)
        return derived_foreign_finding(derived, early->user, early->owner, early->name, early->touches, finding);
    bool needed = early->maker == early->user || reach_find(derived->reach, early->maker, early->user);
    return needed ? complete_early(derived, early, finding) : complete_undeclared(derived, early, finding);
}

/* The finding that waited, and the next in order; false: it goes. */
static bool settle_waiting(struct derived *derived, size_t *at, struct finding *finding)
{
    const struct early_uses *early = &derived->early;
    while (*at < early->count && early->at[*at]->message != finding->message)
        (*at)++;
    const struct early_use *use = *at < early->count ? early->at[*at] : NULL;
    return complete(derived, use, finding) && !is_excused(use, finding->rule);
}

static bool is_used_after_all(const struct derived *derived, size_t *at, const struct finding *finding)
{
    if (*at >= derived->doubtful.count || derived->doubtful.at[*at]->unused != finding->message)
        return false;
    return derived->doubtful.at[(*at)++]->used;
}

void derived_finish(struct derived *derived, struct findings *findings)
{
    size_t kept = 0, early = 0, doubtful = 0;
    for (size_t i = 0; i < findings->count; i++) {
        struct finding *finding = &findings->at[i];
        if (derived_waits(finding) ? settle_waiting(derived, &early, finding)
                                   : !is_used_after_all(derived, &doubtful, finding))
            findings->at[kept++] = *finding;
    }
    findings->count = kept;
}
