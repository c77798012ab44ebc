/* Schema discipline: a migration works in its own service's schema, and says so. */
#include "review/deriving.h"

#include <string.h>

static bool is_told(const struct derived *derived, const struct service *service)
{
    vec_each(told, &derived->foreign)
        if (*told == service)
            return true;
    return false;
}

const struct service *derived_owner(struct derived *derived, const struct migration *migration, const char *schema)
{
    const struct service *own = migration->service;
    const struct service *owner = schema == NULL ? NULL : map_find(&derived->owners, schema);
    if (owner == NULL || owner == own || own->schema == NULL || strcmp(own->schema, schema) == 0 ||
        is_told(derived, owner) || reach_find_service(derived->reach, migration, owner))
        return NULL;
    *vec_add(derived->arena, &derived->foreign) = owner;
    return owner;
}

bool derived_foreign_finding(struct derived *derived, const struct migration *migration, const struct service *owner,
                             const char *name, bool touches, struct finding *finding)
{
    struct arena *arena = derived->arena;
    finding->severity = touches ? SEVERITY_ERROR : SEVERITY_WARNING;
    finding->rule = "foreign-schema";
    finding->message = arena_printf(arena, "%s is in the schema of %s, on which %s does not depend", name, owner->name,
                                    migration_label(arena, migration));
    finding->why = "a schema belongs to one service, which changes it without asking others";
    finding->hint = arena_printf(arena, "move it to %s, or say in dependencies.json which of its migrations it needs:\n"
                                 "\"cross_service_dependencies\": { \"%s\": [\"…\"] }", owner->name, owner->name);
    return derived_check(derived, finding->rule, &finding->severity);
}

void derived_foreign(struct derived *derived, const struct situation *situation, const struct use *use,
                     const char *schema, struct findings *findings)
{
    const struct migration *migration = situation->subject->migration;
    const struct service *owner = derived_owner(derived, migration, schema);
    if (owner == NULL)
        return;
    bool is_schema = use->name.schema == NULL && strcmp(use->name.name, schema) == 0;
    const char *name = is_schema ? schema : arena_printf(&derived->half, "%s.%s", schema, use->name.name);
    subject_report(derived->arena, situation->subject, findings, SEVERITY_ERROR, "foreign-schema",
                   derived_place(situation, use), NULL, NULL, "%s", name);
    if (!derived_foreign_finding(derived, migration, owner, name, use->touches && use->certain,
                                 &findings->at[findings->count - 1]))
        findings->count--;
}

/* skein's own path is in force: nobody has said where unqualified names are meant to land. */
static bool path_is_default(const struct schema *schema)
{
    const struct strings *path = &schema->search_path, *standard = &schema->default_path;
    if (path->count != standard->count)
        return false;
    for (size_t i = 0; i < path->count; i++)
        if (strcmp(path->at[i], standard->at[i]) != 0)
            return false;
    return true;
}

/* Where schemas are usually written, each file is told; where they never are, the service once. */
static void report_unqualified(struct derived *derived, const struct situation *situation, const struct use *use,
                               struct findings *findings)
{
    const struct action *action = situation->action;
    const struct service *service = situation->subject->migration->service;
    struct habit *habit = &derived->habits[service->number];
    enum severity severity = SEVERITY_NOTE;
    if (derived->told_unqualified || (habit->told && !habit->qualifies) ||
        !derived_check(derived, "unqualified-name", &severity))
        return;
    derived->told_unqualified = habit->told = true;
    subject_report(derived->arena, situation->subject, findings, severity, "unqualified-name", derived_place(situation, use),
                   "skein puts the service's schema first in search_path; psql and golang-migrate would put it "
                   "wherever their connection says",
                   arena_printf(&derived->half, "write %s.%s", service->schema, action->name.name),
                   "%s does not say in which schema it is made", action->name.name);
}

void derived_made(struct derived *derived, const struct situation *situation, struct findings *findings)
{
    const struct action *action = situation->action;
    enum use_class made = use_made(action);
    bool is_schema = action->object == OBJECT_SCHEMA && action->name.name != NULL;
    struct use use = {made, action->name, action->name_at, true, true, action->place != PLACE_BRANCH};
    if (situation->subject->migration->service->schema == NULL || action->place == PLACE_BODY)
        return;
    if (is_schema && (action->kind != ACTION_CREATE_SCHEMA || (action->flags & FLAG_IF_NOT_EXISTS) == 0))
        derived_foreign(derived, situation, &use, action->name.name, findings);
    if (made == USE_NONE || action->kind == ACTION_CREATE_INDEX)
        return;
    if (action->name.schema != NULL) {
        derived->habits[situation->subject->migration->service->number].qualifies = true;
        derived_foreign(derived, situation, &use, action->name.schema, findings);
    } else if (path_is_default(situation->schema))
        report_unqualified(derived, situation, &use, findings);
}
