/* What migrations use, and who made it. */
#include "review/depends_on.h"
#include "review/deriving.h"

#include <string.h>

static bool is_told(const struct derived *derived, const struct migration *maker)
{
    vec_each(told, &derived->told)
        if (*told == maker)
            return true;
    return false;
}

/* On an empty database the order of version numbers may save it; another service's run, or a rollback, will not. */
static enum severity severity_of(const struct migration *user, const struct migration *maker, bool certain)
{
    return user->service != maker->service && certain ? SEVERITY_ERROR : SEVERITY_WARNING;
}

void derived_note_undeclared(struct derived *derived, const struct migration *user, const struct migration *maker,
                             const char *name)
{
    struct undeclareds *known = &derived->undeclareds;
    for (size_t i = known->count; i > 0 && known->at[i - 1].user == user; i--)
        if (known->at[i - 1].maker == maker)
            return;
    *vec_add(derived->arena, known) = (struct undeclared){user, maker, name};
}

void derived_undeclared(struct derived *derived, const struct situation *situation, const struct use *use,
                        const struct lineage *lineage, struct findings *findings)
{
    const struct subject *subject = situation->subject;
    const struct migration *user = subject->migration, *maker = lineage->maker;
    enum severity severity = severity_of(user, maker, use->certain);
    struct arena *half = &derived->half;
    derived_note_undeclared(derived, user, maker, lineage->name);
    if (is_told(derived, maker) || !derived_check(derived, "undeclared-dependency", &severity))
        return;
    *vec_add(derived->arena, &derived->told) = (struct migration *)maker;
    *vec_add(derived->arena, &derived->foreign) = maker->service;
    subject_report(derived->arena, subject, findings, severity, "undeclared-dependency", derived_place(situation, use),
                   "only a declared dependency is applied before, and rolled back after; without one it depends on "
                   "what else runs",
                   depends_on_hint(half, user, maker), "%s is made by %s, on which %s does not depend", lineage->name,
                   migration_label(half, maker), migration_label(half, user));
}

static void report_dropped(struct derived *derived, const struct situation *situation, const struct use *use,
                           const struct lineage *lineage, struct findings *findings)
{
    const struct migration *dropper = lineage->dropper;
    enum severity severity = SEVERITY_ERROR;
    if (!derived_check(derived, "used-after-dropped", &severity))
        return;
    const char *who = dropper == situation->subject->migration ? "further up" : migration_label(&derived->half, dropper);
    subject_report(derived->arena, situation->subject, findings, severity, "used-after-dropped", derived_place(situation, use), NULL, NULL,
                   "%s is not there any more: it was dropped or renamed %s%s", lineage->name,
                   dropper == situation->subject->migration ? "" : "by ", who);
}

/* If something makes it later, it was used too early: derived_finish will know. */
static void wait_for(struct derived *derived, const struct situation *situation, const struct use *use,
                     struct lineage *lineage, struct findings *findings)
{
    const struct migration *user = situation->subject->migration;
    if (lineage->early != NULL && lineage->early->user == user)
        return;
    subject_report(derived->arena, situation->subject, findings, SEVERITY_ERROR, derived_waiting,
                   derived_place(situation, use), NULL, NULL, "%s", lineage->name);
    struct early_use *one = arena_new(derived->arena, struct early_use);
    *one = (struct early_use){.user = user, .statement = situation->action->statement, .name = lineage->name,
                              .message = findings->at[findings->count - 1].message,
                              .owner = derived_owner(derived, user, lineage->schema), .touches = use->touches,
                              .next = lineage->early};
    lineage->early = one;
    *vec_add(derived->arena, &derived->early) = one;
}

static void judge(struct derived *derived, struct lineages *lineages, const struct situation *situation,
                  const struct use *use, struct findings *findings)
{
    const struct migration *user = situation->subject->migration;
    bool known;
    struct lineage *lineage = lineage_of(lineages, situation->schema, use, &known);
    if (known) {
        if (lineage->maker != user && !reach_find(derived->reach, user, lineage->maker))
            derived_undeclared(derived, situation, use, lineage, findings);
        return;
    }
    derived->seeks[user->service->number] = true;
    bool there = use->class == USE_RELATION && schema_relation(situation->schema, &use->name) != NULL;
    if (lineage->dropper != NULL && use->class != USE_FUNCTION) {
        if (use->certain && !there && !situation->schema->unknown_happened)
            report_dropped(derived, situation, use, lineage, findings);
        return;
    }
    if (use->certain)
        wait_for(derived, situation, use, lineage, findings);
    else
        derived_foreign(derived, situation, use, lineage->schema, findings);
}

void derived_uses(struct derived *derived, struct lineages *lineages, const struct situation *situation,
                  struct findings *findings)
{
    vec_each(use, &derived->uses)
        if (use->class != USE_NONE)
            judge(derived, lineages, situation, use, findings);
}
