/* Rows that a migration writes, and what becomes of them when it is rolled back. */
#include "write/docing.h"

#include "sql/row_change.h"

#include <string.h>

static bool holds(const struct strings *strings, const char *text)
{
    vec_each(one, strings)
        if (strcmp(*one, text) == 0)
            return true;
    return false;
}

static void note_name(struct arena *arena, struct strings *names, const char *name)
{
    if (!holds(names, name))
        *vec_add(arena, names) = arena_strdup(arena, name);
}

static void forget_name(struct strings *names, const char *name)
{
    size_t kept = 0;
    vec_each(one, names)
        if (strcmp(*one, name) != 0)
            names->at[kept++] = *one;
    names->count = kept;
}

static struct doc_change *find_change(const struct doc_changes *changes, const char *table)
{
    vec_each(change, changes)
        if (strcmp(change->table, table) == 0)
            return change;
    return NULL;
}

static void note_change(struct arena *arena, struct doc_changes *changes, const char *table, const struct action *action)
{
    struct doc_change *change = find_change(changes, table);
    bool known = action->kind == ACTION_UPDATE && action->names.count > 0;
    if (change == NULL) {
        change = vec_add(arena, changes);
        *change = (struct doc_change){.table = table};
    } else if (change->columns.count == 0) {
        return;
    }
    for (size_t i = 0; known && i < action->names.count; i++)
        note_name(arena, &change->columns, action->names.at[i]);
    if (!known)
        change->columns.count = 0;
}

static void forget_change(struct doc_changes *changes, const char *table)
{
    size_t kept = 0;
    vec_each(change, changes)
        if (strcmp(change->table, table) != 0)
            changes->at[kept++] = *change;
    changes->count = kept;
}

/* --- rows that go with others */

static void note_swept(struct doc *doc, const struct situation *situation, struct doc_half *half, const struct relation *relation)
{
    struct object_name name = {relation->schema, relation->name};
    if (relation == situation->relation || relation->kind != RELATION_TABLE || !relation->exists ||
        !doc_was_there(situation, relation))
        return;
    const char *shown = describe_name(&doc->page, situation, &name);
    note_name(&doc->page, &half->swept, shown);
    note_name(&doc->page, &half->emptied, shown);
}

/* Each once: `swept` knows them. */
static void sweep(struct doc *doc, const struct situation *situation, struct doc_half *half, const struct relation *parent)
{
    vec_each(child, &parent->referencing) {
        size_t before = half->swept.count;
        if (relation_goes_with(*child, parent))
            note_swept(doc, situation, half, *child);
        if (half->swept.count > before)
            sweep(doc, situation, half, *child);
    }
}

static void note_deleted(struct doc *doc, const struct situation *situation, struct doc_half *half, const char *name)
{
    const struct action *action = situation->action;
    bool all = action->kind == ACTION_TRUNCATE || (action->kind == ACTION_DELETE && (action->flags & FLAG_WHERE) == 0);
    note_name(&doc->page, &half->emptied, name);
    if (action->kind == ACTION_TRUNCATE)
        vec_each(touch, &situation->effect->touches)
            if (touch->relation != NULL && touch->lock == LOCK_ACCESS_EXCLUSIVE)
                note_swept(doc, situation, half, touch->relation);
    if (action->kind != ACTION_TRUNCATE && action->kind != ACTION_DROP && situation->relation != NULL)
        sweep(doc, situation, half, situation->relation);
    if (all && action->place == PLACE_STATEMENT) {
        forget_name(&half->filled, name);
        forget_change(&half->changed, name);
    }
}

void doc_note_rows(struct doc *doc, const struct situation *situation)
{
    const struct action *action = situation->action;
    struct doc_half *half = &doc->halves[situation->subject->direction];
    struct arena *arena = &doc->page;
    unsigned changes = row_changes_of(action);
    bool drops_column = action->kind == ACTION_DROP_COLUMN && action->column != NULL && action->place == PLACE_STATEMENT;
    if (action->kind == ACTION_DROP && action->object == OBJECT_TABLE)
        changes = ROWS_DELETED;
    if ((changes == 0 && !drops_column) || action->name.name == NULL || !doc_was_there(situation, situation->relation))
        return;
    const char *name = arena_strdup(arena, describe_name(arena, situation, &action->name));
    if (drops_column)
        map_put(arena, &half->gone, arena_printf(arena, "%s.%s", name, action->column), half);
    if (changes & ROWS_CHANGED)
        note_change(arena, &half->changed, name, action);
    if (changes & ROWS_ADDED)
        note_name(arena, &half->filled, name);
    if (changes & ROWS_DELETED)
        note_deleted(doc, situation, half, name);
}

/* --- when both halves are known */

static void add_sentence(struct doc *doc, struct phrases *phrases, const char *before, const char *name, const char *behind)
{
    struct phrase *phrase = vec_add(&doc->page, phrases);
    phrase_say(&doc->page, &phrase->parts, before);
    phrase_code(&doc->page, &phrase->parts, name);
    phrase_say(&doc->page, &phrase->parts, behind);
}

/* Values go with their columns. */
static bool is_gone(struct doc *doc, const struct doc_half *down, const struct doc_change *change)
{
    vec_each(column, &change->columns)
        if (map_find(&down->gone, arena_printf(&doc->page, "%s.%s", change->table, *column)) == NULL)
            return false;
    return change->columns.count > 0;
}

void doc_add_rows_left(struct doc *doc, struct phrases *phrases)
{
    const struct doc_half *up = &doc->halves[DIRECTION_UP], *down = &doc->halves[DIRECTION_DOWN];
    vec_each(name, &up->swept)
        add_sentence(doc, phrases, "Rows of ", *name, " go, too, by CASCADE: that data is in backups alone.");
    vec_each(change, &up->changed)
        if (find_change(&down->changed, change->table) == NULL && !holds(&down->emptied, change->table) &&
            !is_gone(doc, down, change))
            add_sentence(doc, phrases, "Rows of ", change->table, " keep the values that the up half gave them.");
    vec_each(name, &up->filled)
        if (!holds(&down->emptied, *name))
            add_sentence(doc, phrases, "Rows that the up half put into ", *name, " stay there.");
}
