/* The locks that the open transaction of a simulated schema holds. */
#include "schema/effect.h"
#include "schema/schema_change.h"
#include "schema/schema_relation.h"

static struct held_lock *find_held(const struct schema *schema, const struct relation *relation)
{
    size_t number = relation->held;
    if (number >= schema->locks.count || schema->locks.at[number].relation != relation)
        return NULL;
    return &schema->locks.at[number];
}

const struct held_lock *schema_held(const struct schema *schema, const struct relation *relation)
{
    return find_held(schema, relation);
}

static void note_exclusive(struct schema *schema, struct relation *relation)
{
    if (schema->in_transaction)
        *schema_add(schema, &relation->exclusives) = (struct exclusive){schema->transaction, schema->statements};
}

/* relation->held is a hint that is checked when it is used, so it needs no taking back. */
static void hold(struct schema *schema, struct relation *relation, enum lock_mode mode)
{
    struct held_lock *held = find_held(schema, relation);
    if (held == NULL) {
        relation->held = schema->locks.count;
        *schema_add(schema, &schema->locks) = (struct held_lock){relation, mode, schema->statements, 0};
    } else if (held->mode < mode) {
        schema_put(schema, held->mode, mode);
        schema_put(schema, held->statement, schema->statements);
    } else {
        return;
    }
    if (mode == LOCK_ACCESS_EXCLUSIVE)
        note_exclusive(schema, relation);
}

/* ALTER TABLE statements that could have been one: not those that must stand alone. */
static bool alters(const struct action *action)
{
    return action->kind >= ACTION_ADD_COLUMN && action->kind <= ACTION_ALTER_TABLE_OTHER &&
           action->kind != ACTION_VALIDATE_CONSTRAINT && action->kind != ACTION_ATTACH_PARTITION &&
           action->kind != ACTION_DETACH_PARTITION && action->object == OBJECT_TABLE;
}

static void count_alteration(struct schema *schema, const struct action *action)
{
    const struct relation *relation = schema_relation(schema, &action->name);
    struct held_lock *held = relation == NULL ? NULL : find_held(schema, relation);
    if (held == NULL || schema->log->altered == schema->statements)
        return;
    schema_put(schema, held->alterations, held->alterations + 1);
    schema_put(schema, schema->log->altered, schema->statements);
}

void schema_hold(struct schema *schema, const struct action *action, const struct effect *effect)
{
    for (size_t i = 0; i < effect->touches.count && action->place != PLACE_BODY; i++) {
        const struct touch *touch = &effect->touches.at[i];
        struct relation *relation = touch->relation;
        if (touch->lock == LOCK_NONE)
            continue;
        if (relation == NULL && touch->name.name != NULL)
            relation = relation_enter(schema, &touch->name, RELATION_UNKNOWN);
        if (relation != NULL && !relation_is_new(schema, relation))
            hold(schema, relation, touch->lock);
    }
    if (alters(action))
        count_alteration(schema, action);
}
