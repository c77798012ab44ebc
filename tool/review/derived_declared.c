/* What dependencies.json declares about a migration, against what its SQL does. */
#include "base/str.h"
#include "review/deriving.h"
#include "text/nearest.h"

#include <string.h>
#include <strings.h>

/* --- tables */

static void note(struct derived *derived, const char *name, bool altered)
{
    vec_each(table, &derived->tables)
        if (strcmp(table->name, name) == 0) {
            table->altered = table->altered || altered;
            return;
        }
    *vec_add(&derived->half, &derived->tables) = (struct half_table){name, altered};
}

static const char *full_name(struct derived *derived, const char *schema, const char *name)
{
    return schema == NULL ? arena_strdup(&derived->half, name) : arena_printf(&derived->half, "%s.%s", schema, name);
}

/* A partition is part of its parent, an index of its table; NULL: it is no table, or nobody else sees it. */
static const struct relation *table_of(const struct relation *relation)
{
    while (relation->parent != NULL && relation->parent != relation)
        relation = relation->parent;
    bool table = relation->kind == RELATION_TABLE || relation->kind == RELATION_FOREIGN_TABLE ||
                 relation->kind == RELATION_UNKNOWN;
    return table && !relation->temporary ? relation : NULL;
}

static void note_name(struct derived *derived, const struct situation *situation, const struct object_name *name,
                      bool altered)
{
    const struct relation *relation = schema_relation(situation->schema, name);
    const struct relation *table = relation == NULL ? NULL : table_of(relation);
    if (table != NULL)
        note(derived, full_name(derived, table->schema, table->name), altered);
    else if (relation == NULL)
        note(derived, full_name(derived, schema_creation_schema(situation->schema, name), name->name), altered);
}

static bool makes_table(const struct action *action)
{
    return use_made(action) == USE_RELATION &&
           (action->kind == ACTION_CREATE_TABLE || action->kind == ACTION_CREATE_TABLE_AS ||
            action->kind == ACTION_CREATE_FOREIGN_TABLE);
}

static bool is_partition(const struct action *action)
{
    return action->kind == ACTION_CREATE_TABLE && action->table.name != NULL &&
           (action->bound.strategy != 0 || (action->flags & FLAG_DEFAULT_PARTITION) != 0);
}

void derived_tables(struct derived *derived, const struct situation *situation)
{
    const struct action *action = situation->action;
    bool other = action->object == OBJECT_VIEW || action->object == OBJECT_MATERIALIZED_VIEW ||
                 action->object == OBJECT_SEQUENCE || action->object == OBJECT_INDEX;
    if (situation->subject->migration->declaration.tables_at.line == 0)
        return;
    derived->opaque = derived->opaque || action->kind == ACTION_EXECUTE || action->kind == ACTION_CALL ||
                      action->kind == ACTION_DROP_OWNED || action->kind == ACTION_COPY;
    vec_each(use, &derived->uses)
        if (use->class == USE_RELATION) {
            bool known = schema_relation(situation->schema, &use->name) != NULL;
            note_name(derived, situation, &use->name, use->alters && (known || !other));
        }
    if (makes_table(action) && !is_partition(action))
        note(derived, full_name(derived, schema_creation_schema(situation->schema, &action->name), action->name.name),
             true);
}

/* "users" stands for a table of that name in any schema. */
static bool names_table(const char *declared, const char *name)
{
    const char *dot = strchr(name, '.');
    return strcasecmp(declared, name) == 0 ||
           (strchr(declared, '.') == NULL && dot != NULL && strcasecmp(declared, dot + 1) == 0);
}

static bool is_declared(const struct declaration *declaration, const char *name)
{
    vec_each(declared, &declaration->affects_tables)
        if (names_table(*declared, name))
            return true;
    return false;
}

static bool is_mentioned(const struct derived *derived, const char *declared)
{
    vec_each(table, &derived->tables)
        if (names_table(declared, table->name))
            return true;
    return false;
}

/* --- findings at the declaration */

static void report(struct derived *derived, const struct migration *migration, struct spot spot,
                   struct findings *findings, enum severity severity, const char *rule, const char *hint,
                   const char *message)
{
    struct place place = {migration->declaration.place.file, spot.line, spot.column};
    if (derived_check(derived, rule, &severity))
        finding_add(derived->arena, findings, severity, rule, ERR_INPUT, place, migration->service->name, hint, "%s",
                    message);
}

/* A misspelt name is told once: as the one that is declared. */
static void check_altered(struct derived *derived, const struct migration *migration, const struct strings *unknown,
                          struct findings *findings)
{
    const struct declaration *declaration = &migration->declaration;
    vec_each(table, &derived->tables)
        if (table->altered && !is_declared(declaration, table->name) && nearest_find(table->name, unknown) == NULL)
            report(derived, migration, declaration->tables_at, findings, SEVERITY_NOTE, "affects-tables",
                   arena_printf(derived->arena, "add \"%s\"", table->name),
                   arena_printf(derived->arena, "%s changes %s, which affects_tables does not name",
                                migration_label(&derived->half, migration), table->name));
}

static void check_tables(struct derived *derived, const struct migration *migration, struct findings *findings)
{
    const struct declaration *declaration = &migration->declaration;
    struct arena *arena = derived->arena;
    struct strings names = {0}, unknown = {0};
    vec_each(table, &derived->tables)
        *vec_add(&derived->half, &names) = table->name;
    vec_each(declared, &declaration->affects_tables)
        if (!derived->opaque && !is_mentioned(derived, *declared))
            *vec_add(&derived->half, &unknown) = *declared;
    check_altered(derived, migration, &unknown, findings);
    vec_each(declared, &unknown) {
        const char *near = nearest_find(*declared, &names);
        report(derived, migration, declaration->tables_at, findings, SEVERITY_NOTE, "affects-tables",
               near == NULL ? NULL : arena_printf(arena, "did you mean \"%s\"?", near),
               arena_printf(arena, "affects_tables names %s, which %s does not mention", *declared,
                            migration_label(&derived->half, migration)));
    }
}

static const struct risk_reason *first_loss(const struct risk *risk)
{
    vec_each(reason, &risk->reasons)
        if (reason->loses)
            return reason;
    return NULL;
}

static void check_rollback(struct derived *derived, const struct migration *migration, struct findings *findings)
{
    const struct declaration *declaration = &migration->declaration;
    struct arena *arena = derived->arena;
    const struct risk_reason *loss = first_loss(derived->risk);
    const char *label = migration_label(&derived->half, migration), *message = NULL;
    if (declaration->rollback_safe != 1)
        return;
    if (migration->down.path == NULL)
        message = arena_printf(arena, "%s is declared safe to roll back, and has no down half", label);
    else if (loss != NULL)
        message = arena_printf(arena, "%s is declared safe to roll back, but %s (line %d): no rollback brings that back",
                               label, loss->text, loss->line);
    if (message != NULL)
        report(derived, migration, declaration->rollback_at, findings, SEVERITY_WARNING, "rollback-unsafe",
               "\"rollback_safe\": false", message);
}

static void check_risk(struct derived *derived, const struct migration *migration, struct findings *findings)
{
    const struct declaration *declaration = &migration->declaration;
    const struct risk *risk = derived->risk;
    enum risk_level declared = risk_level_find(declaration->risk_level);
    if (declared >= risk->level) /* nothing declared, or nothing known, is above all */
        return;
    struct str reasons = str_new(derived->arena);
    size_t told = 0;
    vec_each(reason, &risk->reasons)
        if (reason->level > declared && told++ < 3)
            str_addf(&reasons, "%s%s (line %d)", told == 1 ? "" : ", ", reason->text, reason->line);
    report(derived, migration, declaration->risk_at, findings, SEVERITY_WARNING, "risk-understated",
           arena_printf(derived->arena, "\"risk_level\": \"%s\"", risk_level_names[risk->level]),
           arena_printf(derived->arena, "%s is declared %s and is %s: it %s%s",
                        migration_label(&derived->half, migration), declaration->risk_level,
                        risk_level_names[risk->level], reasons.at, told > 3 ? " …" : ""));
}

void derived_declared(struct derived *derived, const struct subject *subject, struct findings *findings)
{
    const struct migration *migration = subject->migration;
    if (migration->declaration.tables_at.line > 0)
        check_tables(derived, migration, findings);
    check_rollback(derived, migration, findings);
    check_risk(derived, migration, findings);
}
