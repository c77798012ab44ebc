/* ADD, VALIDATE and DROP CONSTRAINT, in a simulated schema. */
#include "base/str.h"
#include "schema/schema_relation.h"

#include <string.h>

/* The order in which the server makes them: it shows in the numbers of names that clash. */
static int rank(enum constraint_kind kind)
{
    static const int ranks[] = {
        [CONSTRAINT_CHECK] = 0,     [CONSTRAINT_NOT_NULL] = 0, [CONSTRAINT_PRIMARY_KEY] = 1,
        [CONSTRAINT_EXCLUSION] = 2, [CONSTRAINT_UNIQUE] = 2,   [CONSTRAINT_FOREIGN_KEY] = 3,
    };
    return ranks[kind];
}

static bool is_key(enum constraint_kind kind)
{
    return kind == CONSTRAINT_UNIQUE || kind == CONSTRAINT_PRIMARY_KEY;
}

/* One index serves for UNIQUE beside a PRIMARY KEY of the same columns, when nobody named the two. */
static bool repeats(const struct relation *relation, const struct constraint_def *def, size_t first)
{
    if (def->kind != CONSTRAINT_UNIQUE || def->name != NULL || def->using_index != NULL)
        return false;
    for (size_t i = first; i < relation->constraints.count; i++) {
        const struct constraint *other = &relation->constraints.at[i];
        bool same = is_key(other->kind) && !other->dropped && other->columns.count == def->columns.count;
        for (size_t j = 0; same && j < def->columns.count; j++)
            same = strcmp(other->columns.at[j], def->columns.at[j]) == 0;
        if (same)
            return true;
    }
    return false;
}

static void define_ranked(const struct applying *applying, struct relation *relation,
                          const struct constraint_defs *defs, int wanted, size_t first)
{
    vec_each(def, defs)
        if (rank(def->kind) == wanted && !repeats(relation, def, first))
            constraint_define(applying, relation, def);
}

void constraints_define(const struct applying *applying, struct relation *relation)
{
    const struct action *action = applying->action;
    size_t first = relation->constraints.count;
    for (int wanted = 0; wanted <= 3; wanted++) {
        vec_each(column, &action->columns)
            define_ranked(applying, relation, &column->constraints, wanted, first);
        define_ranked(applying, relation, &action->constraints, wanted, first);
    }
}

static void doubt(const struct applying *applying, struct relation *relation)
{
    if (applying->maybe && relation->complete)
        schema_put(applying->schema, relation->complete, false);
}

/* Partitions take all of them, other children checks and NOT NULL. */
static void inherit(const struct applying *applying, struct relation *parent, struct relation *child)
{
    const struct constraint *last = &parent->constraints.at[parent->constraints.count - 1];
    bool checks = last->kind == CONSTRAINT_CHECK || last->kind == CONSTRAINT_NOT_NULL;
    doubt(applying, child);
    if (last->index != NULL && child->parent != NULL)
        index_inherit(applying, child, last->index);
    else if (checks || child->parent != NULL)
        constraint_inherit(applying, child, last);
}

static bool already(const struct applying *applying, const struct relation *relation, const struct constraint_def *def)
{
    return applying->maybe && def->name != NULL && relation_constraint(relation, def->name) != NULL;
}

void apply_add_constraint(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct relation *relation = relation_enter(applying->schema, &action->name, RELATION_TABLE);
    struct relation_refs family = {0};
    if (relation == NULL || action->constraints.count == 0 || already(applying, relation, &action->constraints.at[0]))
        return;
    doubt(applying, relation);
    constraint_define(applying, relation, &action->constraints.at[0]);
    if (action->flags & FLAG_ONLY)
        return;
    relation_family(applying->schema, relation, &family);
    for (size_t i = 1; i < family.count; i++)
        inherit(applying, relation, family.at[i]);
}

static void validate(struct schema *schema, struct relation *relation, struct constraint *constraint, bool maybe)
{
    if (constraint->valid == TRUTH_YES)
        return;
    schema_put(schema, constraint->valid, maybe ? TRUTH_UNKNOWN : TRUTH_YES);
    schema_put(schema, constraint->validated_in, maybe ? 0 : schema->transaction);
    if (constraint->kind != CONSTRAINT_NOT_NULL || maybe)
        return;
    vec_each(name, &constraint->columns) {
        struct column *column = relation_column(relation, *name);
        if (column != NULL)
            column_set_not_null(schema, column, TRUTH_YES);
    }
}

/* Of one that the chain did not make, the name becomes known. */
static void enter_constraint(struct schema *schema, struct relation *relation, const char *name)
{
    *schema_add(schema, &relation->constraints) =
        (struct constraint){.name = schema_text(schema, name), .understood = TRUTH_NO};
    schema_count_constraint(schema, relation->schema, name, 1);
}

void apply_validate(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct schema *schema = applying->schema;
    struct relation *relation = relation_enter(schema, &action->name, RELATION_TABLE);
    struct relation_refs family = {0};
    if (relation == NULL || action->text == NULL)
        return;
    if (relation_constraint(relation, action->text) == NULL)
        enter_constraint(schema, relation, action->text);
    relation_family(schema, relation, &family);
    vec_each(one, &family) {
        struct constraint *constraint = relation_constraint(*one, action->text);
        if (constraint != NULL)
            validate(schema, *one, constraint, applying->maybe);
    }
}

/* PostgreSQL 18 names every NOT NULL; those that were not written as constraints are not kept here by name. */
static void drop_not_null(const struct applying *applying, struct relation *relation)
{
    struct schema *schema = applying->schema;
    if (schema->server_version < 18)
        return;
    vec_each(column, &relation->columns) {
        const char *name = schema_object_name(schema->arena, relation->name, column->name, "not_null");
        if (!column->dropped && strcmp(name, applying->action->text) == 0)
            column_set_not_null(schema, column, applying->maybe ? TRUTH_UNKNOWN : TRUTH_NO);
    }
}

static void columns_not_null(struct schema *schema, struct relation *relation, const struct strings *names,
                             enum truth truth)
{
    vec_each(name, names) {
        struct column *column = relation_column(relation, *name);
        if (column != NULL)
            column_set_not_null(schema, column, truth);
    }
}

static void drop_one(const struct applying *applying, struct relation *relation)
{
    struct schema *schema = applying->schema;
    struct constraint *constraint = relation_constraint(relation, applying->action->text);
    doubt(applying, relation);
    if (constraint == NULL) {
        drop_not_null(applying, relation);
        return;
    }
    if (constraint->kind == CONSTRAINT_NOT_NULL && constraint->understood != TRUTH_NO)
        columns_not_null(schema, relation, &constraint->columns, applying->maybe ? TRUTH_UNKNOWN : TRUTH_NO);
    if (applying->maybe)
        schema_put(schema, constraint->valid, TRUTH_UNKNOWN);
    else
        constraint_drop(schema, relation, constraint);
}

void apply_drop_constraint(const struct applying *applying)
{
    struct relation *relation = relation_enter(applying->schema, &applying->action->name, RELATION_TABLE);
    struct relation_refs family = {0};
    if (relation == NULL || applying->action->text == NULL)
        return;
    if (applying->action->flags & FLAG_ONLY)
        *vec_add(applying->schema->arena, &family) = relation;
    else
        relation_family(applying->schema, relation, &family);
    vec_each(one, &family)
        drop_one(applying, *one);
}
