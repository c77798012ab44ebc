/* Conditions about what an action does to those who use the database meanwhile: to what they can see. */
#include "review/condition_rows.h"

#include <stddef.h>

/* Without a table's name it is about tables that the migrations need not know. */
static bool is_of_all(const struct situation *situation)
{
    return (situation->action->flags & FLAG_ALL) != 0;
}

static bool is_full(const struct action *action)
{
    return action->kind == ACTION_CLUSTER || action->kind == ACTION_SET_TABLESPACE ||
           (action->kind == ACTION_VACUUM && (action->flags & FLAG_FULL) != 0);
}

static enum truth rewrites(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    if (is_of_all(situation) && is_full(situation->action))
        return TRUTH_YES;
    return facts_any_touch(situation, offsetof(struct touch, rewritten));
}

static enum truth scans(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return facts_any_touch(situation, offsetof(struct touch, scanned));
}

static enum truth builds_index(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return facts_any_touch(situation, offsetof(struct touch, index_built));
}

static enum truth fails(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return situation->effect->fails;
}

/* On what is not known by name, or may not be there: DROP TABLE IF EXISTS, the tables of a domain. */
static enum lock_mode on_unknown(const struct situation *situation)
{
    const struct action *action = situation->action;
    if (is_of_all(situation))
        return is_full(action) ? LOCK_ACCESS_EXCLUSIVE : LOCK_SHARE_UPDATE_EXCLUSIVE;
    if (situation->effect->touches.count > 0)
        return LOCK_NONE;
    switch (action->kind) {
    case ACTION_DROP_OWNED:
        return LOCK_ACCESS_EXCLUSIVE;
    case ACTION_DROP:
        return action->object == OBJECT_TABLE || action->object == OBJECT_VIEW ||
                       action->object == OBJECT_MATERIALIZED_VIEW || (action->flags & FLAG_CASCADE) != 0
                   ? LOCK_ACCESS_EXCLUSIVE
                   : LOCK_NONE;
    case ACTION_ALTER_DOMAIN_SET_NOT_NULL:
    case ACTION_ALTER_DOMAIN_VALIDATE_CONSTRAINT:
        return LOCK_SHARE;
    case ACTION_ALTER_DOMAIN_ADD_CONSTRAINT:
        return action->constraints.count == 1 && action->constraints.at[0].not_valid ? LOCK_NONE : LOCK_SHARE;
    default:
        return LOCK_NONE;
    }
}

static enum lock_mode strongest(const struct situation *situation)
{
    enum lock_mode lock = on_unknown(situation);
    vec_each(touch, &situation->effect->touches)
        if (touch->lock > lock && facts_is_visible(situation, touch->relation))
            lock = touch->lock;
    return lock;
}

static enum truth lock(const struct situation *situation, const struct condition *condition)
{
    return number_compares(condition, strongest(situation));
}

static enum truth blocks(const struct situation *situation, enum lock_mode wanted)
{
    vec_each(touch, &situation->effect->touches)
        if (facts_is_visible(situation, touch->relation) && lock_mode_conflicts(touch->lock, wanted))
            return TRUTH_YES;
    return TRUTH_NO;
}

static enum truth blocks_reads(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return blocks(situation, LOCK_ACCESS_SHARE);
}

static enum truth blocks_writes(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return blocks(situation, LOCK_ROW_EXCLUSIVE);
}

static enum truth touches_referenced(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    struct object_name table = facts_table(situation);
    vec_each(touch, &situation->effect->touches)
        if (touch->lock >= LOCK_SHARE_ROW_EXCLUSIVE && facts_is_visible(situation, touch->relation) &&
            !(touch->relation != NULL ? touch->relation == situation->relation : facts_same_name(&touch->name, &table)))
            return TRUTH_YES;
    return TRUTH_NO;
}

const struct condition_row effect_conditions[] = {
    {.name = "rewrites", .ask = rewrites, .meaning = "every row of a table that others see is written again"},
    {.name = "scans", .ask = scans, .meaning = "every row of a table that others see is read, under the lock"},
    {.name = "builds-index", .ask = builds_index, .meaning = "an index of a table that others see is built"},
    {.name = "fails", .ask = fails, .meaning = "it cannot work when the table has rows"},
    {.name = "lock", .argument = ARGUMENT_LOCK, .ask = lock,
     .meaning = "the strongest lock on a table that others see is that one: `lock >= SHARE-ROW-EXCLUSIVE`"},
    {.name = "blocks-reads", .ask = blocks_reads, .meaning = "SELECT has to wait"},
    {.name = "blocks-writes", .ask = blocks_writes, .meaning = "INSERT, UPDATE and DELETE have to wait"},
    {.name = "touches-referenced", .ask = touches_referenced,
     .meaning = "another table is locked in SHARE ROW EXCLUSIVE or more, too: one that a foreign key connects"},
    {.name = NULL},
};
