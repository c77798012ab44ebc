/* The effects of making something on relations that are there: keys' targets, parents, tables of triggers. */
#include "schema/effect_work.h"

#include "base/str.h"

static bool is_itself(const struct action *action, const struct object_name *referenced)
{
    return str_same(action->name.name, referenced->name) &&
           (str_same(action->name.schema, referenced->schema) || referenced->schema == NULL);
}

static void touch_referenced(struct effect_work *work, const struct constraint_defs *constraints)
{
    vec_each(constraint, constraints)
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && !is_itself(work->action, &constraint->referenced))
            effect_touch_name(work, &constraint->referenced, LOCK_SHARE_ROW_EXCLUSIVE);
}

void effect_create_table(struct effect_work *work)
{
    const struct action *action = work->action;
    if ((action->flags & FLAG_IF_NOT_EXISTS) && schema_relation(work->schema, &action->name) != NULL)
        return;
    vec_each(column, &action->columns)
        touch_referenced(work, &column->constraints);
    touch_referenced(work, &action->constraints);
    vec_each(parent, &action->parents)
        effect_touch_name(work, parent, LOCK_SHARE_UPDATE_EXCLUSIVE);
    if (action->bound.strategy != 0 || (action->flags & FLAG_DEFAULT_PARTITION))
        effect_partition_of(work);
    else
        effect_touch_name(work, &action->table, LOCK_ACCESS_SHARE); /* LIKE */
}

/* Triggers, rules, policies, statistics: the lock that each takes on its table. */
void effect_on_table(struct effect_work *work)
{
    effect_touch_uses(work);
    switch (work->action->kind) {
    case ACTION_CREATE_TRIGGER:
        effect_touch_name(work, &work->action->table, LOCK_SHARE_ROW_EXCLUSIVE);
        break;
    case ACTION_CREATE_STATISTICS:
        effect_touch_name(work, &work->action->table, LOCK_SHARE_UPDATE_EXCLUSIVE);
        break;
    default:
        effect_touch_name(work, &work->action->table, LOCK_ACCESS_EXCLUSIVE);
        break;
    }
}

/* DROP STATISTICS. */
void effect_statistics(struct effect_work *work)
{
    struct relation *table = schema_statistics(work->schema, &work->action->name);
    if (table != NULL && table->exists)
        effect_touch(work, table, LOCK_SHARE_UPDATE_EXCLUSIVE);
}

/* CREATE and ALTER SEQUENCE; OWNED BY looks at the table. */
void effect_sequence(struct effect_work *work)
{
    if (work->action->kind == ACTION_ALTER_SEQUENCE)
        effect_touch_name(work, &work->action->name, LOCK_SHARE_ROW_EXCLUSIVE);
    effect_touch_name(work, &work->action->table, LOCK_ACCESS_SHARE);
}

void effect_comment(struct effect_work *work)
{
    const struct action *action = work->action;
    switch (action->object) {
    case OBJECT_TABLE:
    case OBJECT_VIEW:
    case OBJECT_MATERIALIZED_VIEW:
    case OBJECT_FOREIGN_TABLE:
    case OBJECT_INDEX:
    case OBJECT_SEQUENCE:
    case OBJECT_COLUMN:
        effect_touch_name(work, &action->name, LOCK_SHARE_UPDATE_EXCLUSIVE);
        break;
    default:
        effect_touch_name(work, &action->table, LOCK_ACCESS_SHARE); /* of its constraint, trigger, rule, policy */
        break;
    }
}

static bool is_composite(const struct schema *schema, const struct object_name *name)
{
    const struct type *type = schema_type(schema, name);
    return type != NULL && type->kind == TYPE_COMPOSITE;
}

/* ALTER POLICY takes its table's lock; of a composite type the relation behind it is locked. */
void effect_alter_other(struct effect_work *work)
{
    const struct action *action = work->action;
    effect_touch_uses(work);
    if (action->object == OBJECT_POLICY)
        effect_touch_name(work, &action->table, LOCK_ACCESS_EXCLUSIVE);
    else if (action->object == OBJECT_TYPE && is_composite(work->schema, &action->name))
        effect_touch_name(work, &action->name, LOCK_ACCESS_EXCLUSIVE);
}

void effect_grant(struct effect_work *work)
{
    if (work->action->object == OBJECT_TABLE && work->schema->server_version >= 18)
        effect_touch_name(work, &work->action->name, LOCK_ACCESS_SHARE);
}

/* A domain's new constraint is held against every column of it. */
void effect_domain(struct effect_work *work)
{
    const struct action *action = work->action;
    const struct type *type = schema_type(work->schema, &action->name);
    bool not_valid = action->constraints.count > 0 && action->constraints.at[0].not_valid;
    if (type == NULL || not_valid)
        return;
    vec_each(table, &type->tables) {
        if (!(*table)->exists)
            continue;
        struct touch *touch = effect_touch(work, *table, LOCK_SHARE);
        touch->scanned = truth_of(effect_has_rows(*table));
        touch->why = "every value of the domain is checked";
    }
}
