/* Conditions about the table that an action is about, and about the tables beside it. */
#include "review/condition_rows.h"

#include <string.h>

/* Of an incomplete relation "no" is not known. */
static enum truth known_no(const struct relation *relation)
{
    return relation != NULL && relation->complete ? TRUTH_NO : TRUTH_UNKNOWN;
}

static enum truth is_new(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    if (facts_makes_table(situation))
        return TRUTH_YES;
    if (situation->relation != NULL)
        return truth_of(relation_is_new(situation->schema, situation->relation));
    struct object_name name = facts_table(situation);
    return facts_name_is_new(situation, &name);
}

static enum truth is_temporary(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    struct object_name name = facts_table(situation);
    bool written = (situation->action->flags & FLAG_TEMPORARY) != 0 ||
                   (name.schema != NULL && strcmp(name.schema, "pg_temp") == 0);
    return truth_of(written || (situation->relation != NULL && situation->relation->temporary));
}

static enum truth is_known(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(facts_makes_table(situation) || (situation->relation != NULL && situation->relation->complete));
}

static enum truth is_partitioned(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    if (facts_makes_table(situation))
        return truth_of(situation->action->partition_by != 0);
    const struct relation *relation = situation->relation;
    return relation != NULL && relation->partition_by != 0 ? TRUTH_YES : known_no(relation);
}

static enum truth is_partition(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    if (facts_makes_table(situation))
        return truth_of(facts_parent(situation).name != NULL);
    const struct relation *relation = situation->relation;
    return relation != NULL && relation->parent != NULL ? TRUTH_YES : known_no(relation);
}

static enum truth is_empty(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct relation *relation = situation->relation;
    if (facts_makes_table(situation))
        return TRUTH_YES;
    return relation == NULL ? TRUTH_UNKNOWN : truth_not(relation_holds_rows(situation->schema, relation));
}

/* Somebody else's row cannot come in before the transaction has ended, or is one that its author did not count on. */
static enum truth emptied_before(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    struct object_name table = facts_table(situation);
    for (size_t i = situation->number; situation->schema->in_transaction && i-- > 0;) {
        const struct action *earlier = &situation->subject->actions->at[i];
        if (earlier->kind == ACTION_COMMIT || earlier->kind == ACTION_ROLLBACK)
            break;
        if (earlier->place != PLACE_STATEMENT || !facts_same_name(&earlier->name, &table))
            continue;
        if (earlier->kind == ACTION_INSERT || earlier->kind == ACTION_COPY || earlier->kind == ACTION_MERGE)
            return TRUTH_NO;
        if (earlier->kind == ACTION_TRUNCATE ||
            (earlier->kind == ACTION_DELETE && (earlier->flags & FLAG_WHERE) == 0))
            return TRUTH_YES;
    }
    return TRUTH_NO;
}

static enum truth parent_is_new(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    struct object_name parent = facts_parent(situation);
    return facts_name_is_new(situation, &parent);
}

static enum truth has_parent(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(facts_parent(situation).name != NULL);
}

static enum truth parent_has_default(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    struct object_name name = facts_parent(situation);
    const struct relation *parent = name.name == NULL ? NULL : schema_relation(situation->schema, &name);
    if (parent != NULL && parent->default_partition != NULL && parent->default_partition->exists)
        return TRUTH_YES;
    return name.name == NULL ? TRUTH_NO : known_no(parent);
}

static enum truth default_is_read(const struct situation *situation, const struct condition *condition)
{
    struct object_name name = facts_parent(situation);
    const struct relation *parent = name.name == NULL ? NULL : schema_relation(situation->schema, &name);
    if (parent == NULL || parent->default_partition == NULL)
        return parent_has_default(situation, condition);
    vec_each(touch, &situation->effect->touches)
        if (touch->relation == parent->default_partition)
            return touch->scanned;
    return TRUTH_NO;
}

static enum truth child_is_new(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    struct object_name partition = facts_partition(situation);
    return facts_makes_table(situation) ? TRUTH_YES : facts_name_is_new(situation, &partition);
}

static enum truth child_is_empty(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    struct object_name name = facts_partition(situation);
    const struct relation *partition = name.name == NULL ? NULL : schema_relation(situation->schema, &name);
    if (facts_makes_table(situation))
        return TRUTH_YES;
    return partition == NULL ? TRUTH_UNKNOWN : truth_not(relation_holds_rows(situation->schema, partition));
}

static enum truth references_itself(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct constraint_def *constraint = facts_constraint_def(situation);
    struct object_name table = facts_table(situation);
    return truth_of(constraint != NULL && constraint->kind == CONSTRAINT_FOREIGN_KEY &&
                    facts_same_name(&constraint->referenced, &table));
}

static enum truth referenced_is_new(const struct situation *situation, const struct condition *condition)
{
    const struct constraint_def *constraint = facts_constraint_def(situation);
    const struct constraint *known = facts_known_constraint(situation);
    if (constraint == NULL || constraint->kind != CONSTRAINT_FOREIGN_KEY)
        return known == NULL || known->referenced == NULL
                   ? TRUTH_NO
                   : truth_of(relation_is_new(situation->schema, known->referenced));
    if (references_itself(situation, condition) == TRUTH_YES)
        return is_new(situation, condition);
    return facts_name_is_new(situation, &constraint->referenced);
}

static enum truth both_are_new(const struct situation *situation, const struct condition *condition)
{
    enum truth table = is_new(situation, condition), referenced = referenced_is_new(situation, condition);
    if (table == TRUTH_NO || referenced == TRUTH_NO)
        return TRUTH_NO;
    return table == TRUTH_YES && referenced == TRUTH_YES ? TRUTH_YES : TRUTH_UNKNOWN;
}

const struct condition_row table_conditions[] = {
    {.name = "table-is-new", .ask = is_new,
     .meaning = "the open transaction made the table, so that nobody else can see it; CREATE TABLE itself counts"},
    {.name = "table-is-temporary", .ask = is_temporary, .meaning = "the table is a temporary one"},
    {.name = "table-is-known", .ask = is_known,
     .meaning = "the migrations made the table, so that everything about it is known"},
    {.name = "table-is-partitioned", .ask = is_partitioned, .meaning = "the table has PARTITION BY"},
    {.name = "table-is-partition", .ask = is_partition, .meaning = "the table is a partition"},
    {.name = "table-is-empty", .ask = is_empty,
     .meaning = "nothing was put into the table since the open transaction made it; unknown of any other table"},
    {.name = "emptied-before", .ask = emptied_before,
     .meaning = "earlier in the same transaction TRUNCATE, or DELETE without WHERE, took all rows out of the table"},
    {.name = "has-parent", .ask = has_parent, .meaning = "the table becomes a partition or an heir of another"},
    {.name = "parent-is-new", .ask = parent_is_new,
     .meaning = "the open transaction made the parent of the partition that is made, attached or detached"},
    {.name = "parent-has-default-partition", .ask = parent_has_default,
     .meaning = "that parent has a DEFAULT partition"},
    {.name = "default-partition-is-read", .ask = default_is_read,
     .meaning = "and no valid CHECK of that excludes all rows of the new partition, so that they are looked for there"},
    {.name = "child-is-new", .ask = child_is_new,
     .meaning = "the open transaction made the partition that is attached or detached"},
    {.name = "child-is-empty", .ask = child_is_empty,
     .meaning = "and nothing was put into it; unknown of a partition that was there before"},
    {.name = "referenced-is-new", .ask = referenced_is_new,
     .meaning = "the open transaction made the table that the foreign key references"},
    {.name = "both-are-new", .ask = both_are_new,
     .meaning = "the open transaction made the table and the one that its foreign key references"},
    {.name = "references-itself", .ask = references_itself, .meaning = "the foreign key references its own table"},
    {.name = NULL},
};
