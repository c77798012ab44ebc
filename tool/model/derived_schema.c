/* Schema discipline: a migration works in its own service's schema, and says so. */
#include "model/deriving.h"

#include <string.h>

/* The service whose own schema it is, and that has nothing to do with the migration; NULL: it is free to use. */
static const struct service *owner_of(struct derived *derived, const struct migration *migration, const char *schema)
{
    const struct service *own = migration->service;
    const struct service *owner = schema == NULL ? NULL : map_find(&derived->owners, schema);
    if (owner == NULL || owner == own || own->schema == NULL || strcmp(own->schema, schema) == 0)
        return NULL;
    return reach_find_service(derived->reach, migration, owner) ? NULL : owner;
}

static bool is_told(const struct derived *derived, const struct service *service)
{
    vec_each(told, &derived->foreign)
        if (*told == service)
            return true;
    return false;
}

void derived_foreign(struct derived *derived, const struct situation *situation, const struct use *use,
                     const char *schema, struct findings *findings)
{
    const struct migration *migration = situation->subject->migration;
    const struct service *owner = owner_of(derived, migration, schema);
    enum severity severity = use->touches && use->certain ? SEVERITY_ERROR : SEVERITY_WARNING;
    if (owner == NULL || is_told(derived, owner) || !derived_check(derived, "foreign-schema", &severity))
        return;
    *vec_add(derived->arena, &derived->foreign) = owner;
    const char *hint = arena_printf(&derived->half, "move it to %s, or declare which of its migrations is needed: "
                                    "\"cross_service_dependencies\": { \"%s\": [\"…\"] }", owner->name, owner->name);
    subject_report(derived->arena, situation->subject, findings, severity, "foreign-schema", use->at,
                   "a schema belongs to one service, which changes it without asking others", hint,
                   "%s.%s is in the schema of %s, on which %s does not depend", schema, use->name.name, owner->name,
                   migration_label(&derived->half, migration));
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

static void report_unqualified(struct derived *derived, const struct situation *situation, struct findings *findings)
{
    const struct action *action = situation->action;
    const char *schema = situation->subject->migration->service->schema;
    enum severity severity = SEVERITY_NOTE;
    if (derived->told_unqualified || !derived_check(derived, "unqualified-name", &severity))
        return;
    derived->told_unqualified = true;
    subject_report(derived->arena, situation->subject, findings, severity, "unqualified-name", action->name_at,
                   "skein puts the service's schema first in search_path; psql and golang-migrate would put it "
                   "wherever their connection says",
                   arena_printf(&derived->half, "write %s.%s", schema, action->name.name),
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
    if (action->name.schema != NULL)
        derived_foreign(derived, situation, &use, action->name.schema, findings);
    else if (path_is_default(situation->schema))
        report_unqualified(derived, situation, findings);
}
