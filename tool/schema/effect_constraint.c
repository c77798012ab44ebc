/* The effects of adding, validating and dropping constraints. */
#include "schema/effect_work.h"

#include "base/str.h"

static const struct object_name *table_of(const struct effect_work *work)
{
    return &work->action->name;
}

static struct relation *lock_family(struct effect_work *work, enum lock_mode lock)
{
    struct relation *relation = schema_relation(work->schema, table_of(work));
    if (relation != NULL)
        effect_touch_family(work, relation, lock);
    else
        effect_touch_name(work, table_of(work), lock);
    return relation;
}

static bool is_same_list(const struct strings *a, const struct strings *b)
{
    for (size_t i = 0; i < a->count && i < b->count; i++)
        if (!str_same(a->at[i], b->at[i]))
            return false;
    return a->count == b->count;
}

static bool has_equal_key(const struct relation *relation, const struct constraint_def *key, const struct relation *referenced)
{
    struct constraint wanted = {.referenced = (struct relation *)referenced, .referenced_columns = key->referenced_columns};
    vec_each(constraint, &relation->constraints)
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && !constraint->dropped && constraint->valid == TRUTH_YES &&
            constraint->referenced == referenced && str_same(constraint->options, key->options) &&
            is_same_list(&constraint->columns, &key->columns) &&
            is_same_list(effect_referenced_columns(constraint), effect_referenced_columns(&wanted)))
            return true;
    return false;
}

/* A partitioned table takes over the equal keys of its partitions, and reads no row of those. */
static bool is_taken_over(struct effect_work *work, const struct constraint_def *key, struct relation *referenced)
{
    struct relation *relation = schema_relation(work->schema, table_of(work));
    size_t rows = 0;
    if (relation == NULL || relation->partition_by == 0 || referenced == NULL)
        return false;
    struct relation_refs family = effect_partitions(work, relation);
    vec_each(one, &family) {
        if (effect_has_rows(*one) && !has_equal_key(*one, key, referenced))
            return false;
        rows += effect_has_rows(*one);
    }
    return rows > 0;
}

static void add_foreign_key(struct effect_work *work, const struct constraint_def *constraint)
{
    lock_family(work, LOCK_SHARE_ROW_EXCLUSIVE);
    struct relation *referenced = schema_relation(work->schema, &constraint->referenced);
    if (referenced != NULL && referenced->partition_by != 0)
        effect_touch_family(work, referenced, LOCK_SHARE_ROW_EXCLUSIVE);
    else
        effect_touch_name(work, &constraint->referenced, LOCK_SHARE_ROW_EXCLUSIVE);
    if (is_taken_over(work, constraint, referenced))
        effect_touch(work, referenced, LOCK_ACCESS_EXCLUSIVE); /* its triggers for the partitions go */
    else if (!constraint->not_valid)
        effect_check_foreign_key(work, table_of(work), &constraint->referenced, TRUTH_YES);
}

/* A primary key makes its columns NOT NULL, and looks for NULL where nothing proves that there is none. */
static void prove_keys(struct effect_work *work, struct relation *relation, const struct relation *index)
{
    enum truth proven = TRUTH_YES;
    vec_each(key, &index->keys)
        if (key->column != NULL)
            proven = truth_not(effect_either(truth_not(proven), truth_not(relation_proves_not_null(
                                                                    work->schema, relation, key->column))));
    if (index->keys.count == 0)
        proven = TRUTH_UNKNOWN;
    effect_scan(work, table_of(work), truth_not(proven), "the key's columns are looked at for NULL");
}

static void use_index(struct effect_work *work, const struct constraint_def *constraint, struct relation *relation)
{
    struct object_name name = {relation != NULL ? relation->schema : table_of(work)->schema, constraint->using_index};
    bool renamed = constraint->name != NULL && !str_same(constraint->name, constraint->using_index);
    struct relation *index = schema_relation(work->schema, &name);
    lock_family(work, LOCK_ACCESS_EXCLUSIVE);
    effect_touch_name(work, &name, renamed ? LOCK_SHARE_UPDATE_EXCLUSIVE : LOCK_ACCESS_SHARE);
    if (constraint->kind != CONSTRAINT_PRIMARY_KEY)
        return;
    if (relation != NULL && index != NULL)
        prove_keys(work, relation, index);
    else
        effect_scan(work, table_of(work), TRUTH_UNKNOWN, "the key's columns are looked at for NULL");
}

static void add_key(struct effect_work *work, const struct constraint_def *constraint)
{
    struct relation *relation = schema_relation(work->schema, table_of(work));
    if (constraint->using_index != NULL) {
        use_index(work, constraint, relation);
        return;
    }
    bool strong = work->schema->server_version >= 18;
    vec_each(name, &constraint->columns) {
        const struct column *column = relation != NULL ? relation_column(relation, *name) : NULL;
        /* NOT NULL is set along with a primary key, on the partitions too. */
        strong |= constraint->kind == CONSTRAINT_PRIMARY_KEY && (column == NULL || column->not_null != TRUTH_YES);
    }
    if (relation != NULL && relation->partition_by != 0)
        lock_family(work, strong ? LOCK_ACCESS_EXCLUSIVE : LOCK_SHARE);
    effect_touch_name(work, table_of(work), LOCK_ACCESS_EXCLUSIVE);
    effect_build(work, table_of(work), constraint->kind == CONSTRAINT_EXCLUSION ? "an index is built, and every row is "
                                                                                  "compared with the others"
                                                                                : "an index is built");
}

static void add_not_null(struct effect_work *work, const struct constraint_def *constraint)
{
    struct relation *relation = lock_family(work, LOCK_ACCESS_EXCLUSIVE);
    enum truth proven = TRUTH_UNKNOWN;
    if (constraint->not_valid)
        return;
    if (relation != NULL && constraint->columns.count > 0)
        proven = relation_proves_not_null(work->schema, relation, constraint->columns.at[0]);
    effect_scan(work, table_of(work), truth_not(proven), "every row is looked at for NULL");
}

static void add_check(struct effect_work *work, const struct constraint_def *constraint)
{
    static const char why[] = "the CHECK is verified";
    if (!constraint->no_inherit || work->schema->server_version >= 18)
        lock_family(work, LOCK_ACCESS_EXCLUSIVE);
    struct touch *touch = effect_touch_name(work, table_of(work), LOCK_ACCESS_EXCLUSIVE);
    if (constraint->not_valid || touch == NULL)
        return;
    if (!constraint->no_inherit) {
        effect_scan(work, table_of(work), TRUTH_YES, why);
    } else {
        touch->scanned = TRUTH_YES;
        touch->why = why;
    }
}

void effect_add_constraint(struct effect_work *work)
{
    if (work->action->constraints.count == 0) {
        lock_family(work, LOCK_ACCESS_EXCLUSIVE);
        return;
    }
    const struct constraint_def *constraint = &work->action->constraints.at[0];
    switch (constraint->kind) {
    case CONSTRAINT_FOREIGN_KEY:
        add_foreign_key(work, constraint);
        break;
    case CONSTRAINT_CHECK:
        add_check(work, constraint);
        break;
    case CONSTRAINT_NOT_NULL:
        add_not_null(work, constraint);
        break;
    default:
        add_key(work, constraint);
    }
}

void effect_validate_constraint(struct effect_work *work)
{
    struct relation *relation = lock_family(work, LOCK_SHARE_UPDATE_EXCLUSIVE);
    const struct constraint *constraint = relation != NULL ? relation_constraint(relation, work->action->text) : NULL;
    enum truth scanned = constraint != NULL ? truth_not(constraint->valid) : TRUTH_UNKNOWN;
    if (scanned == TRUTH_NO)
        return;
    effect_scan(work, table_of(work), scanned, "the constraint is verified");
    if (constraint == NULL || constraint->kind != CONSTRAINT_FOREIGN_KEY || constraint->referenced == NULL)
        return;
    struct object_name referenced = {constraint->referenced->schema, constraint->referenced->name};
    effect_check_foreign_key(work, table_of(work), &referenced, scanned);
}

static void drop_dependents(struct effect_work *work, const struct relation *relation,
                            const struct constraint *dropped)
{
    vec_each(other, &relation->referencing)
        vec_each(constraint, &(*other)->constraints) {
            const struct strings *columns = effect_referenced_columns(constraint);
            if (constraint->kind != CONSTRAINT_FOREIGN_KEY || constraint->dropped || constraint->referenced != relation ||
                columns->count != dropped->columns.count)
                continue;
            size_t found = 0;
            vec_each(column, columns)
                found += effect_names(&dropped->columns, *column);
            if (found == columns->count)
                effect_touch(work, *other, LOCK_ACCESS_EXCLUSIVE);
        }
}

void effect_drop_constraint(struct effect_work *work)
{
    struct relation *relation = lock_family(work, LOCK_ACCESS_EXCLUSIVE);
    const struct constraint *constraint = relation != NULL ? relation_constraint(relation, work->action->text) : NULL;
    if (constraint == NULL)
        return;
    if (constraint->kind == CONSTRAINT_FOREIGN_KEY && constraint->referenced != NULL)
        effect_touch_family(work, constraint->referenced, LOCK_ACCESS_EXCLUSIVE);
    if (constraint->index != NULL && constraint->index->exists) {
        effect_touch(work, constraint->index, LOCK_ACCESS_EXCLUSIVE);
        if (work->action->flags & FLAG_CASCADE)
            drop_dependents(work, relation, constraint);
    }
}

void effect_rename_constraint(struct effect_work *work)
{
    struct relation *relation = schema_relation(work->schema, table_of(work));
    const struct constraint *constraint = relation != NULL ? relation_constraint(relation, work->action->text) : NULL;
    if (relation != NULL && constraint != NULL && constraint->kind == CONSTRAINT_CHECK)
        effect_touch_family(work, relation, LOCK_ACCESS_EXCLUSIVE);
    else
        effect_touch_name(work, table_of(work), LOCK_ACCESS_EXCLUSIVE);
    if (constraint != NULL && constraint->index != NULL && constraint->index->exists)
        effect_touch(work, constraint->index, LOCK_SHARE_UPDATE_EXCLUSIVE);
}
