#include "review/derived.h"

#include "review/deriving.h"
#include "review/facts.h"
#include "review/rule_check.h"

struct derived *derived_new(struct arena *arena, const struct catalog *catalog, const struct rule_set *rules)
{
    struct derived *derived = arena_new(arena, struct derived);
    *derived = (struct derived){.arena = arena, .catalog = catalog, .rules = rules};
    derived->reach = reach_new(arena, catalog);
    for (int direction = 0; direction < 2; direction++)
        derived->risks[direction] = arena_alloc(arena, (catalog->order.count + 1) * sizeof(struct risk *));
    derived->habits = arena_alloc(arena, (catalog->services.count + 1) * sizeof(*derived->habits));
    derived->seeks = arena_alloc(arena, catalog->services.count + 1);
    vec_each(service, &catalog->services)
        if ((*service)->schema != NULL)
            map_put(arena, &derived->owners, (*service)->schema, *service);
    return derived;
}

static struct lineages *lineages_of(struct derived *derived, const struct schema *schema)
{
    vec_each(world, &derived->worlds)
        if ((*world)->schema == schema)
            return &(*world)->lineages;
    struct derived_world *world = arena_new(derived->arena, struct derived_world);
    *world = (struct derived_world){schema, {derived->arena, {0}}};
    *vec_add(derived->arena, &derived->worlds) = world;
    return &world->lineages;
}

bool derived_check(const struct derived *derived, const char *rule, enum severity *severity)
{
    return derived->rules == NULL || rules_tell(derived->rules, rule, severity);
}

size_t derived_place(const struct situation *situation, const struct use *use)
{
    return use_place(use, situation->action, situation->subject->text);
}

void derived_begin(struct derived *derived, const struct subject *subject)
{
    (void)subject;
    derived->risk = arena_new(derived->arena, struct risk);
    derived->told.count = 0;
    derived->foreign.count = 0;
    derived->tables = (struct half_tables){0};
    derived->told_unqualified = derived->opaque = false;
}

void derived_see(struct derived *derived, const struct situation *situation, struct findings *findings)
{
    struct lineages *lineages = lineages_of(derived, situation->schema);
    bool up = situation->subject->direction == DIRECTION_UP;
    if (findings != NULL)
        risk_add(derived->arena, derived->risk, situation);
    if (findings != NULL && up) {
        derived->uses.count = 0;
        uses_of(derived->arena, situation->action, &derived->uses);
        derived_uses(derived, lineages, situation, findings);
        derived_made(derived, situation, findings);
        derived_tables(derived, situation);
    }
    if (up)
        lineages_note(lineages, situation->schema, situation->action);
}

void derived_called(struct derived *derived, const struct situation *situation)
{
    if (!facts_is_fired_later(situation))
        risk_add(derived->arena, derived->risk, situation);
    if (situation->subject->direction != DIRECTION_UP)
        return;
    derived->uses.count = 0;
    uses_of(derived->arena, situation->action, &derived->uses);
    derived_tables(derived, situation);
}

void derived_end(struct derived *derived, const struct subject *subject, struct findings *findings)
{
    const struct migration *migration = subject->migration;
    if (findings != NULL)
        derived->risks[subject->direction][migration->number] = derived->risk;
    if (findings != NULL && subject->direction == DIRECTION_UP && migration->declaration.present)
        derived_declared(derived, subject, findings);
    arena_release(&derived->half);
}

bool derived_seeks(const struct derived *derived, const struct service *service)
{
    return derived->seeks[service->number];
}

const struct undeclareds *derived_undeclareds(const struct derived *derived)
{
    return &derived->undeclareds;
}

const struct risk *derived_risk(const struct derived *derived, const struct migration *migration,
                                enum direction direction)
{
    return derived->risks[direction][migration->number];
}
