/* The effects of changing columns, but for their type. */
#include "schema/effect_work.h"

#include "base/str.h"
#include "schema/schema_domain.h"

static const struct object_name *table_of(const struct effect_work *work)
{
    return &work->action->name;
}

static struct relation *lock_table(struct effect_work *work, enum lock_mode lock)
{
    struct relation *relation = schema_relation(work->schema, table_of(work));
    if (relation == NULL)
        effect_touch_name(work, table_of(work), lock);
    else
        effect_touch_family(work, relation, lock);
    return relation;
}

static bool is_serial(const struct type_name *type)
{
    static const char *const names[] = {"serial", "bigserial", "smallserial", "serial2", "serial4", "serial8"};
    for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
        if (str_same(type->name, names[i]))
            return true;
    return false;
}

static const struct expression *default_of(const struct effect_work *work, const struct column_def *column)
{
    return column->default_value != NULL ? column->default_value : schema_type_default(work->schema, &column->type);
}

struct reason {
    enum truth truth;
    const char *why;
};

static struct reason rewrite_of(const struct effect_work *work, const struct column_def *column)
{
    if (is_serial(&column->type) || column->identity != 0)
        return (struct reason){TRUTH_YES, "every row gets a number of its own"};
    if (column->generated == GENERATED_STORED)
        return (struct reason){TRUTH_YES, "every row's generated value is stored"};
    if (column->generated == GENERATED_VIRTUAL)
        return (struct reason){TRUTH_NO, NULL};
    /* A domain's constraints are checked by writing every row. */
    enum truth constrained = schema_type_is_constrained(work->schema, &column->type);
    const struct expression *value = default_of(work, column);
    if (constrained == TRUTH_YES)
        return (struct reason){constrained, "the domain's constraints are checked"};
    struct reason reason = {constrained, NULL};
    if (constrained == TRUTH_UNKNOWN)
        reason.why = "the domain may have constraints";
    if (value == NULL || value->null)
        return reason;
    if (work->schema->server_version < 11)
        return (struct reason){TRUTH_YES, "before PostgreSQL 11 a default is written into every row"};
    enum truth changing = schema_expression_is_volatile(work->schema, value);
    if (effect_either(changing, constrained) == constrained)
        return reason;
    return (struct reason){changing, changing == TRUTH_YES ? "the default is VOLATILE: every row gets a value of its own"
                                                           : "the default may be VOLATILE"};
}

static bool fills_itself(const struct effect_work *work, const struct column_def *column)
{
    const struct expression *value = default_of(work, column);
    return is_serial(&column->type) || column->identity != 0 || column->generated != GENERATED_NOT ||
           (value != NULL && !value->null);
}

static void add_column_constraint(struct effect_work *work, const struct column_def *column,
                                  const struct constraint_def *constraint)
{
    switch (constraint->kind) {
    case CONSTRAINT_CHECK:
        effect_scan(work, table_of(work), TRUTH_YES, "the CHECK is verified");
        break;
    case CONSTRAINT_UNIQUE:
    case CONSTRAINT_PRIMARY_KEY:
    case CONSTRAINT_EXCLUSION:
        effect_build(work, table_of(work), "an index is built");
        break;
    case CONSTRAINT_FOREIGN_KEY:
        effect_touch_name(work, &constraint->referenced, LOCK_SHARE_ROW_EXCLUSIVE);
        /* The server skips the check where no default is written, even DEFAULT NULL. */
        if (column->default_value != NULL || is_serial(&column->type))
            effect_check_foreign_key(work, table_of(work), &constraint->referenced,
                                     fills_itself(work, column) ? TRUTH_YES : TRUTH_UNKNOWN);
        break;
    default:
        break;
    }
}

void effect_add_column(struct effect_work *work)
{
    struct relation *relation = lock_table(work, LOCK_ACCESS_EXCLUSIVE);
    if (work->action->columns.count == 0)
        return;
    const struct column_def *column = &work->action->columns.at[0];
    const struct column *there = relation != NULL ? relation_column(relation, column->name) : NULL;
    if ((work->action->flags & FLAG_IF_NOT_EXISTS) && there != NULL && !there->dropped)
        return;
    struct reason reason = rewrite_of(work, column);
    effect_rewrite(work, table_of(work), reason.truth, reason.why);
    vec_each(constraint, &column->constraints)
        add_column_constraint(work, column, constraint);
    if (column->default_value != NULL)
        effect_touch_sequences(work, &column->default_value->calls);
    if (!column->not_null || fills_itself(work, column) || schema_type_is_constrained(work->schema, &column->type) != TRUTH_NO)
        return;
    effect_scan(work, table_of(work), TRUTH_YES, "no row may be NULL, and there is no value for them");
    work->effect->fails = relation != NULL ? relation_holds_rows(work->schema, relation) : TRUTH_UNKNOWN;
}

/* What goes with a foreign key: the server takes the triggers off both tables. */
static void drop_constraints(struct effect_work *work, const struct relation *relation, const char *column)
{
    vec_each(constraint, &relation->constraints)
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && !constraint->dropped && constraint->referenced != NULL &&
            effect_names(&constraint->columns, column))
            effect_touch(work, constraint->referenced, LOCK_ACCESS_EXCLUSIVE);
}

static void drop_references(struct effect_work *work, const struct relation *relation, const char *column)
{
    vec_each(other, &relation->referencing)
        vec_each(constraint, &(*other)->constraints)
            if (constraint->kind == CONSTRAINT_FOREIGN_KEY && !constraint->dropped &&
                constraint->referenced == relation && effect_names(effect_referenced_columns(constraint), column))
                effect_touch(work, *other, LOCK_ACCESS_EXCLUSIVE);
}

static void drop_column_of(struct effect_work *work, const struct relation *relation)
{
    const char *column = work->action->column;
    vec_each(index, &relation->indexes)
        if ((*index)->exists && effect_index_has(*index, column))
            effect_touch(work, *index, LOCK_ACCESS_EXCLUSIVE);
    vec_each(sequence, &relation->sequences)
        if ((*sequence)->exists && str_same((*sequence)->owner_column, column))
            effect_touch(work, *sequence, LOCK_ACCESS_EXCLUSIVE);
    drop_constraints(work, relation, column);
    if ((work->action->flags & FLAG_CASCADE) == 0)
        return;
    drop_references(work, relation, column);
    vec_each(view, &relation->views)
        if ((*view)->exists && relation_mentions(*view, column)) {
            effect_touch(work, *view, LOCK_ACCESS_EXCLUSIVE);
            effect_touch_indexes(work, *view, LOCK_ACCESS_EXCLUSIVE);
        }
}

void effect_drop_column(struct effect_work *work)
{
    struct relation *relation = lock_table(work, LOCK_ACCESS_EXCLUSIVE);
    if (relation == NULL)
        return;
    struct relation_refs family = effect_family(work, relation);
    vec_each(one, &family)
        drop_column_of(work, *one);
}

void effect_set_not_null(struct effect_work *work)
{
    static const char why[] = "every row is looked at for NULL";
    struct relation *relation = lock_table(work, LOCK_ACCESS_EXCLUSIVE);
    if (relation == NULL) {
        effect_scan(work, table_of(work), TRUTH_UNKNOWN, why);
        return;
    }
    struct relation_refs family = effect_family(work, relation);
    vec_each(one, &family) {
        enum truth proven = relation_proves_not_null(work->schema, *one, work->action->column);
        bool unknown = proven == TRUTH_NO && relation_column(*one, work->action->column) == NULL;
        enum truth scanned = unknown ? TRUTH_UNKNOWN : truth_not(proven);
        struct touch *touch = effect_touch(work, *one, LOCK_ACCESS_EXCLUSIVE);
        if (!effect_has_rows(*one) || scanned == TRUTH_NO)
            continue;
        touch->scanned = scanned;
        touch->why = why;
    }
}

void effect_set_expression(struct effect_work *work)
{
    struct relation *relation = lock_table(work, LOCK_ACCESS_EXCLUSIVE);
    const struct column *column = relation != NULL ? relation_column(relation, work->action->column) : NULL;
    enum truth stored = column != NULL ? truth_of(column->generated == GENERATED_STORED) : TRUTH_UNKNOWN;
    if (work->schema->server_version < 18)
        stored = TRUTH_YES;
    effect_rewrite(work, table_of(work), stored, "every row's generated value is stored anew");
}

void effect_identity(struct effect_work *work)
{
    struct relation *relation = lock_table(work, LOCK_ACCESS_EXCLUSIVE);
    bool drop = work->action->kind == ACTION_DROP_IDENTITY;
    if (relation == NULL || work->action->kind == ACTION_ADD_IDENTITY)
        return;
    vec_each(sequence, &relation->sequences)
        if ((*sequence)->exists && str_same((*sequence)->owner_column, work->action->column))
            effect_touch(work, *sequence, drop ? LOCK_ACCESS_EXCLUSIVE : LOCK_SHARE_ROW_EXCLUSIVE);
}

void effect_rename_column(struct effect_work *work)
{
    lock_table(work, LOCK_ACCESS_EXCLUSIVE);
}
