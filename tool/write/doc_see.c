/* What is noted of a migration while its statements are replayed. */
#include "write/docing.h"

#include "review/facts.h"
#include "sql/row_change.h"

#include <string.h>

/* Nobody can wait for what the migration itself made. */
static bool was_there(const struct situation *situation, const struct relation *relation)
{
    if (relation == NULL)
        return true;
    if (relation->temporary || relation_is_new(situation->schema, relation))
        return false;
    return situation->subject->direction == DIRECTION_DOWN || relation->created_by != situation->subject->migration;
}

static bool has_own_page(const struct relation *relation)
{
    return relation->kind != RELATION_INDEX && relation->kind != RELATION_SEQUENCE && relation->kind != RELATION_COMPOSITE;
}

static const char *shown(struct arena *arena, const char *schema, const char *name)
{
    return schema == NULL ? arena_strdup(arena, name) : arena_printf(arena, "%s.%s", schema, name);
}

/* The longest last. */
static const char *const works[] = {
    NULL, "every row may be read", "every row is read", "an index may be built", "an index is built",
    "every row may be written anew", "every row is written anew"};

static int work_of(const struct touch *touch)
{
    if (touch->rewritten != TRUTH_NO)
        return touch->rewritten == TRUTH_YES ? 6 : 5;
    if (touch->index_built != TRUTH_NO)
        return touch->index_built == TRUTH_YES ? 4 : 3;
    return touch->scanned == TRUTH_NO ? 0 : touch->scanned == TRUTH_YES ? 2 : 1;
}

/* A lock is held to the end of its transaction, whatever weaker ones come. */
static enum lock_mode held_on(const struct doc_locks *locks, const struct doc_lock *lock)
{
    enum lock_mode mode = lock->mode;
    vec_each(earlier, locks)
        if (strcmp(earlier->relation, lock->relation) == 0 && earlier->mode > mode)
            mode = earlier->mode;
    return mode;
}

static bool outdoes(const struct doc_lock *one, const struct doc_lock *other)
{
    return strcmp(one->relation, other->relation) == 0 && one->mode >= other->mode && one->length >= other->length &&
           one->rows >= other->rows;
}

/* Nothing is kept that another one of its relation outdoes. */
static void add_lock(struct arena *arena, struct doc_locks *locks, const struct doc_lock *lock)
{
    size_t kept = 0, place = SIZE_MAX;
    vec_each(other, locks)
        if (outdoes(other, lock))
            return;
    for (size_t i = 0; i < locks->count; i++) {
        if (!outdoes(lock, &locks->at[i]))
            locks->at[kept++] = locks->at[i];
        else if (place == SIZE_MAX)
            locks->at[place = kept++] = *lock;
    }
    locks->count = kept;
    if (place == SIZE_MAX)
        *vec_add(arena, locks) = *lock;
}

/* The rows that a statement writes are locked, too, whatever it does to its table. */
static int rows_of(const struct situation *situation, const struct touch *touch)
{
    const struct action *action = situation->action;
    const struct relation *relation = action->name.name == NULL ? NULL : schema_relation(situation->schema, &action->name);
    bool writes = (row_changes_of(action) & (ROWS_CHANGED | ROWS_DELETED)) != 0 && touch->relation == relation;
    bool every = (action->kind == ACTION_UPDATE || action->kind == ACTION_DELETE) && (action->flags & FLAG_WHERE) == 0;
    return !writes ? 0 : every ? 2 : 1;
}

static void note_lock(struct doc *doc, const struct situation *situation, const struct touch *touch)
{
    struct doc_locks *locks = &doc->halves[situation->subject->direction].locks;
    int line = 0, column;
    if (touch->lock < LOCK_ROW_EXCLUSIVE || touch->name.name == NULL || !was_there(situation, touch->relation) ||
        (touch->relation != NULL && !has_own_page(touch->relation)))
        return;
    lines_find(situation->subject->lines, situation->action->at, &line, &column);
    struct doc_lock lock = {.relation = shown(&doc->page, touch->name.schema, touch->name.name), .mode = touch->lock,
                            .length = work_of(touch), .line = situation->subject->first_line + line - 1};
    lock.work = works[lock.length];
    if (lock.work != NULL && touch->why != NULL && strcmp(touch->why, lock.work) != 0)
        lock.why = arena_strdup(&doc->page, touch->why);
    if (situation->schema->in_transaction)
        lock.mode = held_on(locks, &lock);
    if (lock.mode == LOCK_ROW_EXCLUSIVE)
        lock.rows = rows_of(situation, touch);
    add_lock(&doc->page, locks, &lock);
}

static void note_touch(struct doc *doc, const char *schema, const char *name, const struct service *service)
{
    vec_each(touch, &doc->touches)
        if (str_same(touch->schema, schema) && strcmp(touch->name, name) == 0)
            return;
    *vec_add(&doc->page, &doc->touches) =
        (struct doc_touch){schema == NULL ? NULL : arena_strdup(&doc->page, schema), arena_strdup(&doc->page, name), service};
}

static void note_touches(struct doc *doc, const struct situation *situation)
{
    const struct action *action = situation->action;
    if (situation->subject->direction == DIRECTION_DOWN)
        return;
    if (action->kind == ACTION_CREATE_TABLE || action->kind == ACTION_CREATE_TABLE_AS)
        note_touch(doc, action->name.schema != NULL ? action->name.schema
                                                    : schema_creation_schema(situation->schema, &action->name),
                   action->name.name, situation->subject->migration->service);
    vec_each(touch, &situation->effect->touches) {
        const struct relation *relation = touch->relation;
        if (relation != NULL && touch->lock >= LOCK_ROW_EXCLUSIVE && has_own_page(relation) && !relation->temporary)
            note_touch(doc, relation->schema, relation->name,
                       relation->created_by == NULL ? NULL : relation->created_by->service);
    }
}

/* --- what going back will not find as it was */

static void note_name(struct doc *doc, struct strings *names, const char *name)
{
    vec_each(one, names)
        if (strcmp(*one, name) == 0)
            return;
    *vec_add(&doc->page, names) = name;
}

static void note_rows(struct doc *doc, const struct situation *situation)
{
    const struct action *action = situation->action;
    struct doc_half *half = &doc->halves[situation->subject->direction];
    unsigned changes = row_changes_of(action);
    if (action->kind == ACTION_DROP && action->object == OBJECT_TABLE)
        changes = ROWS_DELETED;
    if (changes == 0 || action->name.name == NULL || !was_there(situation, situation->relation))
        return;
    const char *name = arena_strdup(&doc->page, describe_name(&doc->page, situation, &action->name));
    if (changes & ROWS_CHANGED)
        note_name(doc, &half->changed, name);
    if (changes & ROWS_ADDED)
        note_name(doc, &half->filled, name);
    if (changes & ROWS_DELETED)
        note_name(doc, &half->emptied, name);
}

/* What no half that goes back can know of values that this one has changed. */
static const char *pattern_of_loss(const struct situation *situation)
{
    static const char changed[] = "{column} of {name} became {type}[, which was {old-type}]: what that cannot hold of the old "
                                  "values is lost.",
                      back[] = "Going back, {column} of {name} becomes {type}[, which is {old-type}]: what that cannot hold is lost.";
    const struct action *action = situation->action;
    const struct column *column = situation->relation == NULL ? NULL : relation_column(situation->relation, action->column);
    bool down = situation->subject->direction == DIRECTION_DOWN;
    if (!was_there(situation, situation->relation) ||
        (column != NULL && !down && column->migration == situation->subject->migration) ||
        effect_type_change_keeps_values(situation->schema, situation->relation, action) == TRUTH_YES)
        return NULL;
    return down ? back : changed;
}

static const char *pattern_of_what_stays(struct doc *doc, const struct situation *situation)
{
    struct doc_half *half = &doc->halves[situation->subject->direction];
    bool down = situation->subject->direction == DIRECTION_DOWN, first = !half->dynamic;
    switch (situation->action->kind) {
    case ACTION_ALTER_COLUMN_TYPE: return pattern_of_loss(situation);
    case ACTION_ADD_ENUM_VALUE: return down ? NULL : "The value {text} of the enum {name} stays: PostgreSQL does not take values away.";
    case ACTION_EXECUTE:
        half->dynamic = true;
        return down || !first ? NULL : "What SQL did that is only known when it runs is not known here.";
    default: return NULL;
    }
}

static void note_what_stays(struct doc *doc, const struct situation *situation)
{
    const char *pattern = pattern_of_what_stays(doc, situation);
    struct describing describing = {.situation = situation};
    if (pattern != NULL)
        phrase_format(&doc->page, &vec_add(&doc->page, &doc->halves[situation->subject->direction].stays)->parts, pattern,
                      describe_value, &describing);
}

static void note(struct doc *doc, const struct situation *situation)
{
    doc_note_before(doc, situation);
    risk_add(&doc->page, &doc->halves[situation->subject->direction].risk, situation);
    vec_each(touch, &situation->effect->touches)
        note_lock(doc, situation, touch);
    note_touches(doc, situation);
    note_rows(doc, situation);
    note_what_stays(doc, situation);
}

void doc_called(struct doc *doc, const struct situation *situation)
{
    struct doc_half *half = &doc->halves[situation->subject->direction];
    describe_called(&doc->page, situation, &half->does, &half->told);
    if (!facts_is_fired_later(situation))
        note(doc, situation);
}

void doc_see(struct doc *doc, const struct situation *situation)
{
    if (situation->action->place == PLACE_BODY || situation->action->kind == ACTION_END)
        return;
    describe_action(&doc->page, situation, &doc->halves[situation->subject->direction].does);
    note(doc, situation);
}
