#include "write/generate_order.h"

#include "base/str.h"
#include "model/catalog.h"
#include "review/risk.h"
#include "review/use.h"

#include <string.h>

/* Does `from` stand on `target`?  Chains are long: nothing recurses. */
static bool is_reached(struct generation *generation, const struct migration *from, const struct migration *target)
{
    struct arena scratch = {0};
    bool *seen = arena_alloc(&scratch, generation->request->catalog->order.count + 1);
    VEC(, const struct migration *) open = {0};
    bool reached = false;
    if (from != NULL)
        *vec_add(&scratch, &open) = from;
    while (open.count > 0 && !reached) {
        const struct migration *migration = open.at[--open.count];
        reached = migration == target;
        if (seen[migration->number])
            continue;
        seen[migration->number] = true;
        vec_each(need, &migration->needs)
            *vec_add(&scratch, &open) = *need;
    }
    arena_release(&scratch);
    return reached;
}

static void add_once(struct arena *arena, struct strings *texts, const char *text)
{
    vec_each(each, texts)
        if (strcmp(*each, text) == 0)
            return;
    *vec_add(arena, texts) = text;
}

static struct strings *cross_of(struct arena *arena, struct declare_entry *entry, const char *service)
{
    vec_each(cross, &entry->crosses)
        if (strcmp(cross->service, service) == 0)
            return &cross->versions;
    struct declare_cross *cross = vec_add(arena, &entry->crosses);
    cross->service = service;
    return &cross->versions;
}

/* What only some environments have, the others cannot depend on. */
static bool may_need(const struct migration *migration, const char *environment)
{
    return migration->environment == NULL || str_same(migration->environment, environment);
}

static void need(struct generation *generation, const struct migration *migration, const struct migration *last,
                 struct declare_entry *entry)
{
    const struct service *service = generation->request->service;
    if (migration == NULL || !may_need(migration, entry->environment) || is_reached(generation, last, migration))
        return;
    if (migration->service != service)
        add_once(generation->arena, cross_of(generation->arena, entry, migration->service->name), migration->digits);
    else if (entry->ordered)
        add_once(generation->arena, &entry->depends_on, migration->digits);
}

static void need_relation(struct generation *generation, const struct relation *relation, const struct migration *last,
                          struct declare_entry *entry)
{
    if (relation == NULL)
        return;
    need(generation, relation->created_by, last, entry);
    if (relation != generation->existing)
        return;
    vec_each(column, &relation->columns)
        if (!column->dropped)
            need(generation, column->migration, last, entry);
}

/* --- what the SQL does */

/* A migration while it is replayed on the schema. */
struct replay {
    struct generation *generation;
    const struct migration *last;
    struct declare_entry *entry;
    struct subject subject;
    struct actions actions;
    struct lines lines;
    struct risk risk;
};

static void need_use(struct replay *replay, const struct use *use)
{
    const struct schema *schema = replay->generation->schema;
    const struct type *type = use->class == USE_TYPE ? schema_type(schema, &use->name) : NULL;
    const struct function *function = use->class == USE_FUNCTION ? schema_function(schema, &use->name) : NULL;
    if (use->class == USE_RELATION)
        need_relation(replay->generation, schema_relation(schema, &use->name), replay->last, replay->entry);
    if (type != NULL)
        need(replay->generation, type->created_by, replay->last, replay->entry);
    if (function != NULL)
        need(replay->generation, function->created_by, replay->last, replay->entry);
}

/* A partition is part of its parent, an index of its table. */
static void affect(struct replay *replay, const struct object_name *name, bool made)
{
    struct arena *arena = replay->generation->arena;
    const struct schema *schema = replay->generation->schema;
    const struct relation *relation = schema_relation(schema, name);
    while (relation != NULL && relation->parent != NULL && relation->parent != relation)
        relation = relation->parent;
    if (relation != NULL && relation->kind == RELATION_TABLE)
        add_once(arena, &replay->entry->affects_tables, arena_printf(arena, "%s.%s", relation->schema, relation->name));
    else if (relation == NULL && made)
        add_once(arena, &replay->entry->affects_tables,
                 arena_printf(arena, "%s.%s", schema_creation_schema(schema, name), name->name));
}

static void see(struct replay *replay, const struct action *action)
{
    struct arena *arena = replay->generation->arena;
    struct schema *schema = replay->generation->schema;
    struct effect effect;
    struct uses uses = {0};
    const struct situation situation = {.subject = &replay->subject, .schema = schema, .action = action,
                                        .number = (size_t)(action - replay->actions.at), .effect = &effect};
    bool table = action->kind == ACTION_CREATE_TABLE && action->table.name == NULL;
    schema_turn(schema, action);
    effect_of(arena, schema, action, &effect);
    risk_add(arena, &replay->risk, &situation);
    uses_of(arena, action, &uses);
    vec_each(use, &uses) {
        need_use(replay, use);
        if (use->class == USE_RELATION && use->alters)
            affect(replay, &use->name, false);
    }
    if (table)
        affect(replay, &action->name, true);
    schema_hold(schema, action, &effect);
    schema_apply(schema, action);
}

/* What the migrations after it find is the schema after it. */
static void replay_up(struct generation *generation, const struct generate_migration *migration,
                      const struct migration *last, struct declare_entry *entry)
{
    struct arena *arena = generation->arena;
    struct action_faults faults = {0};
    size_t length = strlen(migration->up);
    struct replay replay = {.generation = generation, .last = last, .entry = entry};
    actions_read(arena, migration->up, length, &replay.actions, &faults);
    replay.lines = lines_new(arena, migration->up, length);
    replay.subject = (struct subject){
        .path = migration->name, .first_line = 1, .text = migration->up, .length = length, .lines = &replay.lines,
        .config = &generation->request->service->config, .service = generation->request->service->name,
        .direction = DIRECTION_UP, .run_transaction = migration->step->transaction, .actions = &replay.actions};
    if (migration->step->transaction)
        schema_begin(generation->schema);
    vec_each(action, &replay.actions)
        see(&replay, action);
    if (generation->schema->in_transaction)
        schema_commit(generation->schema);
    entry->risk_level = risk_level_names[replay.risk.level];
}

/* The last one that every environment has; in an environment's own sequence the last of that. */
static const struct migration *last_of(const struct generation *generation, const char *environment)
{
    const struct migrations *migrations = &generation->request->service->migrations;
    for (size_t i = migrations->count; i > 0; i--)
        if (may_need(migrations->at[i - 1], environment))
            return migrations->at[i - 1];
    return NULL;
}

void generate_entry(struct generation *generation, const struct generate_migration *migration,
                    const struct generate_migration *before, const char *environment, struct declare_entry *entry)
{
    struct arena *arena = generation->arena;
    const struct migration *last = last_of(generation, environment);
    const char *said = generation->parameters[PARAMETER_DESCRIPTION];
    *entry = (struct declare_entry){.version = migration->version, .name = migration->name, .environment = environment,
                                    .rollback_unsafe = !migration->step->rollback_safe, .kind = migration->step->kind,
                                    .description = said != NULL ? said : generate_title(arena, migration->name)};
    /* Where the environments have sequences of their own, the one before is another one in each. */
    entry->ordered = last != NULL || generation->request->service->migrations.count == 0 || before != NULL;
    if (before != NULL)
        *vec_add(arena, &entry->depends_on) = before->version;
    else if (last != NULL)
        *vec_add(arena, &entry->depends_on) = last->digits;
    replay_up(generation, migration, last, entry);
}
