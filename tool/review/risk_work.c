/* Work that lasts as long as a table is big, while others wait for locks. */
#include "review/risking.h"

#include "review/facts.h"

static const char *work_of(const struct touch *touch)
{
    bool maybe = touch->rewritten != TRUTH_YES && touch->scanned != TRUTH_YES && touch->index_built != TRUTH_YES;
    if (touch->rewritten == TRUTH_YES || (maybe && touch->rewritten == TRUTH_UNKNOWN))
        return maybe ? "may rewrite" : "rewrites";
    if (touch->index_built == TRUTH_YES || (maybe && touch->index_built == TRUTH_UNKNOWN))
        return maybe ? "may build an index of" : "builds an index of";
    return maybe ? "may read all of" : "reads all of";
}

/* Whom a lock keeps out. */
enum stop { STOP_NOBODY, STOP_WRITERS, STOP_READERS };

static enum stop stop_of(enum lock_mode mode)
{
    return lock_mode_conflicts(mode, LOCK_ACCESS_SHARE)     ? STOP_READERS
           : lock_mode_conflicts(mode, LOCK_ROW_EXCLUSIVE) ? STOP_WRITERS
                                                            : STOP_NOBODY;
}

/* What an action works on, and what it does to that. */
struct work {
    const char *verb;
    const struct relation *relation;    /* NULL: not known */
    const char *schema, *name;
    enum stop stop;                     /* of those who want to use the same relation */
};

static void add_reason(struct arena *arena, struct risk *risk, const struct situation *situation, const struct work *work,
                       enum stop stop, const char *waited_for)
{
    const struct table_size *size = risk_size_of(situation->subject, work->schema, work->name);
    enum risk_level level = risk_weigh(size, stop == STOP_READERS ? RISK_HIGH : RISK_MEDIUM, false);
    const char *text = arena_printf(arena, "%s %s%s while nobody can %s %s", work->verb,
                                    risk_shown(arena, work->schema, work->name), risk_size_text(arena, size),
                                    stop == STOP_READERS ? "read" : "write", waited_for);
    if (level > RISK_LOW)
        risk_add_reason(arena, risk, situation, (struct risk_reason){.level = level, .text = text});
}

/* A table's indexes and sequences go with it. */
static bool is_waited_for(const struct situation *situation, const struct held_lock *held, const struct relation *except)
{
    const struct relation *relation = held->relation;
    return relation != except && relation->kind != RELATION_INDEX && relation->kind != RELATION_SEQUENCE &&
           relation->kind != RELATION_COMPOSITE && risk_was_there(situation, relation);
}

/* Whoever waits for what earlier statements have locked waits for this work, too. */
static void add_elsewhere(struct arena *arena, struct risk *risk, const struct situation *situation, const struct work *work)
{
    enum stop most = work->stop;
    const struct relation *first = NULL;
    size_t more = 0;
    vec_each(held, &situation->schema->locks) {
        enum stop stop = stop_of(held->mode);
        if (stop < most || stop <= work->stop || !is_waited_for(situation, held, work->relation))
            continue;
        more = stop > most ? 0 : more + 1;
        first = stop > most ? held->relation : first;
        most = stop;
    }
    if (first == NULL)
        return;
    const char *name = risk_shown(arena, first->schema, first->name);
    add_reason(arena, risk, situation, work, most, more == 0 ? name : arena_printf(arena, "%s and %zu more", name, more));
}

static enum stop held_stop(const struct situation *situation, const struct relation *relation, enum lock_mode mode)
{
    const struct held_lock *held =
        relation == NULL || !situation->schema->in_transaction ? NULL : schema_held(situation->schema, relation);
    return stop_of(held != NULL && held->mode > mode ? held->mode : mode);
}

static void add_touch(struct arena *arena, struct risk *risk, const struct situation *situation, const struct touch *touch)
{
    struct work work = {work_of(touch), touch->relation, touch->name.schema, touch->name.name,
                        held_stop(situation, touch->relation, touch->lock)};
    bool is_certain = touch->rewritten == TRUTH_YES || touch->scanned == TRUTH_YES || touch->index_built == TRUTH_YES;
    bool writes = situation->action->kind >= ACTION_INSERT && situation->action->kind <= ACTION_MERGE;
    if (touch->rewritten == TRUTH_NO && touch->scanned == TRUTH_NO && touch->index_built == TRUTH_NO)
        return;
    if (work.stop != STOP_NOBODY && !writes && risk_was_there(situation, touch->relation))
        add_reason(arena, risk, situation, &work, work.stop, "it");
    if (is_certain && !writes && situation->schema->in_transaction && facts_is_visible(situation, touch->relation))
        add_elsewhere(arena, risk, situation, &work);
}

static void add_rows(struct arena *arena, struct risk *risk, const struct situation *situation)
{
    const struct object_name *name = &situation->action->name;
    const struct relation *relation = situation->relation;
    if (!situation->schema->in_transaction || name->name == NULL || facts_writes_many_rows(situation) != TRUTH_YES ||
        facts_works_on_own(situation))
        return;
    struct work work = {"writes rows of", relation, relation == NULL ? name->schema : relation->schema,
                        relation == NULL ? name->name : relation->name, held_stop(situation, relation, LOCK_NONE)};
    if (work.stop != STOP_NOBODY && risk_was_there(situation, relation))
        add_reason(arena, risk, situation, &work, work.stop, "it");
    add_elsewhere(arena, risk, situation, &work);
}

void risk_add_work(struct arena *arena, struct risk *risk, const struct situation *situation)
{
    add_rows(arena, risk, situation);
    if (situation->action->kind != ACTION_DROP && situation->action->kind != ACTION_TRUNCATE)
        vec_each(touch, &situation->effect->touches)
            add_touch(arena, risk, situation, touch);
}
