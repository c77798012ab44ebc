/* Conditions about the transaction: who opened it, what it holds already, which limits are in force. */
#include "review/condition_rows.h"

#include "base/str.h"
#include "review/label_use.h"

#include <stdio.h>
#include <string.h>

static enum truth in_transaction(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(situation->schema->in_transaction);
}

static enum truth is_explicit(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(situation->schema->begun);
}

static enum truth is_of_run(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(situation->subject->run_transaction || situation->subject->assumed_transaction);
}

/* skein unwraps the BEGIN … COMMIT around a whole file; a transaction of somebody else's nobody unwraps. */
static enum truth is_nested(const struct situation *situation, const struct condition *condition)
{
    bool begun = situation->schema->begun;
    /* A block may commit where it is alone; whether a body may, its caller decides. */
    if (situation->action->place == PLACE_BODY)
        return TRUTH_NO;
    if (situation->action->place != PLACE_STATEMENT)
        return truth_of(begun || is_of_run(situation, condition) == TRUTH_YES);
    switch (situation->action->kind) {
    case ACTION_BEGIN:
        return truth_of(begun || situation->subject->assumed_transaction);
    case ACTION_COMMIT:
    case ACTION_ROLLBACK:
        return truth_of(!begun || situation->subject->assumed_transaction);
    default:
        return TRUTH_NO;
    }
}

/* Does an earlier statement hold such a lock on a relation, but for `except`? */
static bool holds(const struct situation *situation, enum lock_mode least, const struct relation *except)
{
    vec_each(held, &situation->schema->locks)
        if (held->mode >= least && held->statement < situation->schema->statements &&
            (except == NULL || held->relation != except))
            return true;
    return false;
}

static enum truth holds_access_exclusive(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(holds(situation, LOCK_ACCESS_EXCLUSIVE, NULL));
}

static enum truth holds_elsewhere(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(holds(situation, LOCK_ACCESS_EXCLUSIVE, situation->relation));
}

static enum truth holds_strong(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(holds(situation, LOCK_SHARE_ROW_EXCLUSIVE, NULL));
}

/* Within one statement the constraint's own lock is as strong. */
static enum truth under_strong_lock(const struct situation *situation, const struct condition *condition)
{
    const struct constraint *constraint = facts_known_constraint(situation);
    bool own = constraint != NULL && constraint->transaction != 0 &&
               constraint->transaction == situation->schema->transaction;
    return truth_of(own || holds_strong(situation, condition) == TRUTH_YES);
}

static bool is_held(const struct situation *situation, const struct touch *touch)
{
    const struct held_lock *held = touch->relation == NULL ? NULL : schema_held(situation->schema, touch->relation);
    return held != NULL && held->mode >= touch->lock;
}

/* A table's indexes and sequences go with it, and a view has no rows that anybody waits for. */
static bool is_table(const struct relation *relation)
{
    return relation == NULL || relation->kind == RELATION_TABLE || relation->kind == RELATION_MATERIALIZED_VIEW ||
           relation->kind == RELATION_FOREIGN_TABLE || relation->kind == RELATION_UNKNOWN;
}

/* The one that is taken here for the first time in the transaction; NULL: none. */
static const struct touch *new_exclusive(const struct situation *situation)
{
    vec_each(touch, &situation->effect->touches)
        if (touch->lock == LOCK_ACCESS_EXCLUSIVE && is_table(touch->relation) &&
            facts_is_visible(situation, touch->relation) && !is_held(situation, touch))
            return touch;
    return NULL;
}

/* A lock of an earlier statement on another table. */
static bool is_other(const struct situation *situation, const struct held_lock *held, const struct touch *touch)
{
    return held->mode == LOCK_ACCESS_EXCLUSIVE && held->statement < situation->schema->statements &&
           held->relation != touch->relation && is_table(held->relation);
}

static enum truth other_exclusive_locks(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct touch *touch = new_exclusive(situation);
    if (touch != NULL && situation->schema->in_transaction)
        vec_each(held, &situation->schema->locks)
            if (is_other(situation, held, touch))
                return TRUTH_YES;
    return TRUTH_NO;
}

static bool takes_exclusive(const struct situation *situation, const struct relation *relation)
{
    vec_each(touch, &situation->effect->touches)
        if (touch->relation == relation && touch->lock == LOCK_ACCESS_EXCLUSIVE)
            return true;
    return false;
}

/* What the statement locks so itself is locked while it works, whatever came before. */
static enum truth prolongs(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    vec_each(held, &situation->schema->locks)
        if (held->mode == LOCK_ACCESS_EXCLUSIVE && held->statement < situation->schema->statements &&
            held->relation->kind != RELATION_INDEX && held->relation->kind != RELATION_SEQUENCE &&
            !takes_exclusive(situation, held->relation))
            return TRUTH_YES;
    return TRUTH_NO;
}

/* What the open statement did so far is not "before". */
static enum truth altered_before(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct held_lock *held =
        situation->relation == NULL ? NULL : schema_held(situation->schema, situation->relation);
    size_t now = facts_is_continued(situation);
    return truth_of(held != NULL && held->alterations > now);
}

static bool is_counted(const struct situation *situation, const struct object_name *name)
{
    const struct relation *relation = schema_relation(situation->schema, name);
    return relation != NULL && (!facts_is_visible(situation, relation) ||
                                relation->referenced_in == situation->schema->transaction);
}

static void count_new(const struct situation *situation, const struct constraint_defs *constraints,
                      struct object_names *seen, struct arena *arena)
{
    struct object_name table = facts_table(situation);
    vec_each(constraint, constraints) {
        bool counts = constraint->kind == CONSTRAINT_FOREIGN_KEY && !facts_same_name(&constraint->referenced, &table) &&
                      !is_counted(situation, &constraint->referenced);
        vec_each(name, seen)
            counts = counts && !facts_same_name(name, &constraint->referenced);
        if (counts)
            *vec_add(arena, seen) = constraint->referenced;
    }
}

/* With those of this action. */
static enum truth foreign_keys(const struct situation *situation, const struct condition *condition)
{
    struct arena scratch = {0};
    struct object_names seen = {0};
    count_new(situation, &situation->action->constraints, &seen, &scratch);
    vec_each(column, &situation->action->columns)
        count_new(situation, &column->constraints, &seen, &scratch);
    size_t count = seen.count + (situation->schema->in_transaction ? situation->schema->foreign_keys_added : 0);
    bool adds = seen.count > 0;
    arena_release(&scratch);
    return adds ? number_compares(condition, (long long)count) : TRUTH_NO;
}

/* 0 switches a timeout off. */
static enum truth is_limited(const struct situation *situation, const char *setting)
{
    const char *value = schema_setting(situation->schema, setting);
    for (; value != NULL && *value != '\0'; value++)
        if (*value >= '1' && *value <= '9')
            return TRUTH_YES;
    return TRUTH_NO;
}

static enum truth lock_timeout(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return is_limited(situation, "lock_timeout");
}

static enum truth statement_timeout(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return is_limited(situation, "statement_timeout");
}

/* What a run gives a migration as a whole is no statement_timeout that anybody chose. */
static enum truth is_timeout_of_run(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct config *config = situation->subject->config;
    const char *value = schema_setting(situation->schema, "statement_timeout");
    char of_run[32];
    if (value == NULL || !situation->subject->run_transaction || config_number(config, SETTING_STATEMENT_TIMEOUT) != 0)
        return TRUTH_NO;
    snprintf(of_run, sizeof of_run, "%lldms", (long long)config_number(config, SETTING_TIMEOUT));
    return truth_of(strcmp(value, of_run) == 0);
}

static enum truth idle_timeout(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return truth_of(is_limited(situation, "idle_in_transaction_session_timeout") == TRUTH_YES ||
                    is_limited(situation, "transaction_timeout") == TRUTH_YES);
}

static enum truth value_used(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    return label_use_find(situation, NULL, NULL);
}

/* Is there an earlier transaction that took ACCESS EXCLUSIVE on `late` before it took it on `early`? */
static bool was_reversed(const struct situation *situation, const struct relation *early, const struct relation *late)
{
    size_t i = early->exclusives.count, j = late->exclusives.count;
    while (i > 0 && j > 0) {
        const struct exclusive *one = &early->exclusives.at[i - 1], *other = &late->exclusives.at[j - 1];
        if (one->transaction == other->transaction && one->transaction != situation->schema->transaction &&
            other->statement < one->statement)
            return true;
        i -= one->transaction >= other->transaction;
        j -= other->transaction >= one->transaction;
    }
    return false;
}

static enum truth lock_order_reversed(const struct situation *situation, const struct condition *condition)
{
    (void)condition;
    const struct touch *touch = new_exclusive(situation);
    if (touch == NULL || touch->relation == NULL || !situation->schema->in_transaction)
        return TRUTH_NO;
    vec_each(held, &situation->schema->locks)
        if (is_other(situation, held, touch) && was_reversed(situation, held->relation, touch->relation))
            return TRUTH_YES;
    return TRUTH_NO;
}

const struct condition_row transaction_conditions[] = {
    {.name = "in-transaction", .ask = in_transaction,
     .meaning = "a transaction is open: of a BEGIN, of the run, or assumed"},
    {.name = "explicit-transaction", .ask = is_explicit, .meaning = "a BEGIN of the text is open"},
    {.name = "left-open", .ask = is_explicit, .meaning = "the same, asked of `end`: the text has no COMMIT for it"},
    {.name = "run-transaction", .ask = is_of_run,
     .meaning = "skein, or whoever runs the text, puts all of it into one transaction"},
    {.name = "nested", .ask = is_nested,
     .meaning = "BEGIN stands in a transaction already, or COMMIT or ROLLBACK in none of the text"},
    {.name = "holds-access-exclusive", .ask = holds_access_exclusive,
     .meaning = "an earlier statement of this transaction holds ACCESS EXCLUSIVE on a table that others see"},
    {.name = "holds-access-exclusive-elsewhere", .ask = holds_elsewhere,
     .meaning = "and that is another table than the one at hand"},
    {.name = "prolongs-access-exclusive", .ask = prolongs,
     .meaning = "and that is a table that this statement does not lock so itself"},
    {.name = "holds-strong-lock", .ask = holds_strong,
     .meaning = "an earlier statement holds SHARE ROW EXCLUSIVE or more"},
    {.name = "under-strong-lock", .ask = under_strong_lock,
     .meaning = "so does one, or this transaction has added the constraint that is validated"},
    {.name = "other-exclusive-locks", .ask = other_exclusive_locks,
     .meaning = "this takes ACCESS EXCLUSIVE on a table while an earlier statement holds it on another"},
    {.name = "lock-order-reversed", .ask = lock_order_reversed,
     .meaning = "and an earlier transaction of the migrations locked the two in the other order"},
    {.name = "altered-before", .ask = altered_before,
     .meaning = "an earlier ALTER TABLE of this transaction changed the same table"},
    {.name = "foreign-keys", .argument = ARGUMENT_NUMBER, .ask = foreign_keys,
     .meaning = "with this one so many tables that were there before got a foreign key to them in this transaction"},
    {.name = "lock-timeout-in-force", .ask = lock_timeout,
     .meaning = "lock_timeout is set, by the text or by the run, and not 0"},
    {.name = "statement-timeout-in-force", .ask = statement_timeout, .meaning = "so is statement_timeout"},
    {.name = "statement-timeout-of-run", .ask = is_timeout_of_run,
     .meaning = "the only limit is the time that skein gives a migration as a whole"},
    {.name = "idle-timeout-in-force", .ask = idle_timeout,
     .meaning = "so is idle_in_transaction_session_timeout or transaction_timeout"},
    {.name = "value-used-before-commit", .ask = value_used,
     .meaning = "an enum's value is used that ADD VALUE added in this transaction; unknown where only the same text "
                "stands in a string"},
    {.name = NULL},
};
