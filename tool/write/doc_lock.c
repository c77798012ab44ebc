/* The locks that a half takes, from the line on where it takes them, and what it does while it holds them. */
#include "write/docing.h"

#include "review/facts.h"
#include "sql/row_change.h"

#include <string.h>

static const char *shown(struct arena *arena, const char *schema, const char *name)
{
    return schema == NULL ? arena_strdup(arena, name) : arena_printf(arena, "%s.%s", schema, name);
}

static int line_of(const struct situation *situation)
{
    int line = 0, column;
    lines_find(situation->subject->lines, situation->action->at, &line, &column);
    return situation->subject->first_line + line - 1;
}

/* The longest last. */
enum { ROWS_WRITTEN = 5, ROWS_CHANGED_ALL, ROWS_DELETED_ALL };
static const struct {
    const char *what, *done;
} works[] = {{NULL, NULL}, {"every row", "may be read"}, {"every row", "is read"}, {"an index", "may be built"},
             {"an index", "is built"}, {"rows", "are written"}, {"every row", "is changed"}, {"every row", "is deleted"},
             {"every row", "may be written anew"}, {"every row", "is written anew"}};

static bool is_target(const struct situation *situation, const struct touch *touch)
{
    const struct action *action = situation->action;
    const struct relation *relation = action->name.name == NULL ? NULL : schema_relation(situation->schema, &action->name);
    return touch->relation != NULL && touch->relation == relation;
}

static bool is_of_every_row(const struct action *action)
{
    return (action->kind == ACTION_UPDATE || action->kind == ACTION_DELETE) && (action->flags & FLAG_WHERE) == 0;
}

static int work_of(const struct situation *situation, const struct touch *touch)
{
    const struct action *action = situation->action;
    if (touch->rewritten != TRUTH_NO)
        return touch->rewritten == TRUTH_YES ? 9 : 8;
    if (touch->index_built != TRUTH_NO)
        return touch->index_built == TRUTH_YES ? 4 : 3;
    if (is_target(situation, touch) && is_of_every_row(action) && (action->flags & FLAG_READS_ROWS) == 0)
        return action->kind == ACTION_UPDATE ? ROWS_CHANGED_ALL : ROWS_DELETED_ALL;
    if (is_target(situation, touch) && facts_writes_many_rows(situation) == TRUTH_YES)
        return ROWS_WRITTEN;
    return touch->scanned == TRUTH_NO ? 0 : touch->scanned == TRUTH_YES ? 2 : 1;
}

/* The rows that a statement writes are locked, too, whatever it does to its table. */
static int rows_of(const struct situation *situation, const struct touch *touch)
{
    bool writes = (row_changes_of(situation->action) & (ROWS_CHANGED | ROWS_DELETED)) != 0 && is_target(situation, touch);
    return !writes ? 0 : is_of_every_row(situation->action) ? 2 : 1;
}

/* --- transactions that are over */

static int longest(const struct doc_lock *lock)
{
    int length = 0;
    vec_each(work, &lock->works)
        length = work->length > length ? work->length : length;
    return length;
}

static bool outdoes(const struct doc_lock *one, const struct doc_lock *other)
{
    return strcmp(one->relation, other->relation) == 0 && one->mode >= other->mode && longest(one) >= longest(other) &&
           one->rows >= other->rows;
}

/* Nothing is kept that another one of its relation outdoes. */
static void settle(struct doc_locks *locks, size_t *settled, const struct doc_lock *lock)
{
    size_t kept = 0, place = SIZE_MAX;
    for (size_t i = 0; i < *settled; i++)
        if (outdoes(&locks->at[i], lock))
            return;
    for (size_t i = 0; i < *settled; i++) {
        if (!outdoes(lock, &locks->at[i]))
            locks->at[kept++] = locks->at[i];
        else if (place == SIZE_MAX)
            locks->at[place = kept++] = *lock;
    }
    if (place == SIZE_MAX)
        locks->at[kept++] = *lock;
    *settled = kept;
}

void doc_settle_locks(struct doc_lock_book *book)
{
    size_t count = book->locks.count;
    for (size_t i = book->settled; i < count; i++) {
        struct doc_lock lock = book->locks.at[i];
        settle(&book->locks, &book->settled, &lock);
    }
    book->locks.count = book->settled;
}

/* --- the one that is open */

/* The lock that it holds on a relation, with the strongest mode; NULL: none. */
static struct doc_lock *held_on(const struct doc_lock_book *book, const char *relation)
{
    for (size_t i = book->locks.count; i-- > book->settled;)
        if (strcmp(book->locks.at[i].relation, relation) == 0)
            return &book->locks.at[i];
    return NULL;
}

/* A stronger one comes on top of a weaker one, and takes its place where nothing was done meanwhile. */
static struct doc_lock *take(struct arena *arena, struct doc_lock_book *book, const struct doc_lock *lock)
{
    struct doc_lock *held = held_on(book, lock->relation);
    if (held != NULL && held->mode >= lock->mode) {
        held->rows = held->mode == lock->mode && lock->rows > held->rows ? lock->rows : held->rows;
        return held;
    }
    if (held != NULL && held->works.count == 0)
        *held = *lock;
    else
        *(held = vec_add(arena, &book->locks)) = *lock;
    return held;
}

/* A page is read by people. */
enum { MOST_WORKS = 6 };

static bool is_told(const struct doc_works *told, const struct doc_work *work)
{
    vec_each(one, told)
        if (str_same(one->of, work->of) && one->length == work->length)
            return true;
    return false;
}

static void add_work(struct arena *arena, struct doc_lock *lock, struct doc_work work)
{
    if (work.of != NULL && strcmp(work.of, lock->relation) == 0)
        work.of = NULL;
    if (is_told(&lock->works, &work))
        return;
    if (lock->works.count < MOST_WORKS)
        *vec_add(arena, &lock->works) = work;
    else
        lock->more = true;
}

/* Whoever waits for another relation that is locked waits for work on this one, too. */
static void add_work_elsewhere(struct arena *arena, struct doc_lock_book *book, const struct doc_work *work)
{
    for (size_t i = book->settled; i < book->locks.count; i++) {
        struct doc_lock *lock = &book->locks.at[i];
        if (lock->mode >= LOCK_SHARE && strcmp(lock->relation, work->of) != 0)
            add_work(arena, lock, *work);
    }
}

static const char *told_as(struct arena *arena, int length)
{
    return arena_printf(arena, "%s %s", works[length].what, works[length].done);
}

static void note_lock(struct arena *arena, struct doc_lock_book *book, const struct situation *situation,
                      const struct touch *touch)
{
    if (touch->name.name == NULL || !doc_was_there(situation, touch->relation) ||
        (touch->relation != NULL && !doc_has_own_page(touch->relation)))
        return;
    const char *relation = shown(arena, touch->name.schema, touch->name.name);
    struct doc_lock lock = {.relation = relation, .mode = touch->lock, .line = line_of(situation)}, *held = NULL;
    struct doc_work work = {.of = relation, .length = work_of(situation, touch), .line = lock.line};
    lock.rows = lock.mode == LOCK_ROW_EXCLUSIVE ? rows_of(situation, touch) : 0;
    if (work.length > 0 && touch->why != NULL && strcmp(touch->why, told_as(arena, work.length)) != 0)
        work.why = arena_strdup(arena, touch->why);
    if (lock.mode >= LOCK_ROW_EXCLUSIVE)
        held = take(arena, book, &lock);
    else
        held = held_on(book, relation);
    if (held != NULL && work.length > 0)
        add_work(arena, held, work);
    if (work.length > 1)
        add_work_elsewhere(arena, book, &work);
}

void doc_note_locks(struct arena *arena, struct doc_lock_book *book, const struct situation *situation)
{
    if (book->transaction != situation->schema->transaction) {
        doc_settle_locks(book);
        book->transaction = situation->schema->transaction;
    }
    vec_each(touch, &situation->effect->touches)
        note_lock(arena, book, situation, touch);
}

/* --- for the page */

static struct data *works_data(struct arena *arena, const struct doc_lock *lock)
{
    struct data *list = data_list(arena);
    vec_each(work, &lock->works) {
        struct data *map = data_add(list, data_map(arena));
        data_set_text(arena, map, "what", works[work->length].what);
        data_set_text(arena, map, "done", works[work->length].done);
        data_set_text(arena, map, "of", work->of);
        data_set_text(arena, map, "why", work->why);
        data_set_text(arena, map, "work_line", work->line == lock->line ? NULL : arena_printf(arena, "%d", work->line));
    }
    return list;
}

struct data *doc_locks_data(struct arena *arena, const struct doc_locks *locks)
{
    static const char *const blocked[LOCK_MODES] = {
        [LOCK_ROW_EXCLUSIVE] = "schema changes and index builds",
        [LOCK_SHARE_UPDATE_EXCLUSIVE] = "schema changes and VACUUM", [LOCK_SHARE] = "writes",
        [LOCK_SHARE_ROW_EXCLUSIVE] = "writes", [LOCK_EXCLUSIVE] = "writes", [LOCK_ACCESS_EXCLUSIVE] = "reads and writes"};
    static const char *const of_rows[] = {NULL, "writes of the same rows, schema changes and index builds",
                                          "writes of any row, schema changes and index builds"};
    struct data *list = data_list(arena);
    vec_each(lock, locks) {
        bool is_of_rows = lock->mode == LOCK_ROW_EXCLUSIVE && lock->rows > 0;
        struct data *map = data_add(list, data_map(arena));
        data_set_text(arena, map, "relation", lock->relation);
        data_set_text(arena, map, "mode", lock_mode_names[lock->mode]);
        data_set_text(arena, map, "blocks", is_of_rows ? of_rows[lock->rows] : blocked[lock->mode]);
        data_set(map, "works", works_data(arena, lock));
        data_set_bool(arena, map, "has_more_works", lock->more);
        data_set_integer(arena, map, "line", lock->line);
    }
    return list;
}
