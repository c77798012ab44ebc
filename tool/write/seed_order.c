#include "write/seed_order.h"

#include "schema/called.h"
#include "sql/row_change.h"

struct looking {
    struct called_watch called;   /* first: the schema knows no more of it */
    struct arena *arena;
    const struct schema *schema;
    struct relation_refs *filled;
};

bool seed_order_holds(const struct relation_refs *tables, const struct relation *table)
{
    vec_each(each, tables)
        if (*each == table)
            return true;
    return false;
}

static bool is_within(const struct relation *table, const struct relation *whole)
{
    while (table != NULL && table != whole)
        table = table->parent;
    return table != NULL;
}

static void add_references(struct arena *arena, const struct relation *table, struct relation_refs *referenced)
{
    vec_each(constraint, &table->constraints)
        if (constraint->kind == CONSTRAINT_FOREIGN_KEY && !constraint->dropped && constraint->referenced != NULL &&
            !is_within(table, constraint->referenced) && !seed_order_holds(referenced, constraint->referenced))
            *vec_add(arena, referenced) = constraint->referenced;
}

static void look(struct called_watch *called, const struct action *action)
{
    const struct looking *looking = (const struct looking *)called;
    if (action->place == PLACE_BODY || (row_changes_of(action) & ROWS_ADDED) == 0 || action->name.name == NULL)
        return;
    struct relation *table = schema_relation(looking->schema, &action->name);
    if (table == NULL || !table->exists || table->temporary)
        return;
    for (; table != NULL && !seed_order_holds(looking->filled, table); table = table->parent)
        *vec_add(looking->arena, looking->filled) = table;
}

/* In the transaction in which it runs, and in a fresh session. */
static void replay(struct looking *looking, struct schema *schema, const struct actions *actions)
{
    size_t mark = schema_mark(schema);
    schema_reset_session(schema);
    schema_begin(schema);
    schema->called = &looking->called;
    vec_each(action, actions) {
        look(&looking->called, action);
        schema_apply(schema, action);
    }
    schema->called = NULL;
    schema_undo(schema, mark);
}

bool seed_order_read(struct arena *arena, struct schema *schema, const char *sql, size_t length,
                     struct seed_tables *tables)
{
    struct arena scratch = {0};
    struct actions actions = {0};
    struct action_faults faults = {0};
    struct looking looking = {{look}, arena, schema, &tables->filled};
    *tables = (struct seed_tables){0};
    actions_read(&scratch, sql, length, &actions, &faults);
    replay(&looking, schema, &actions);
    vec_each(table, &tables->filled)
        add_references(arena, *table, &tables->referenced);
    arena_release(&scratch);
    return faults.count == 0;
}

bool seed_order_needs(const struct generation *generation, const char *sql, size_t length)
{
    struct arena scratch = {0};
    struct seed_tables tables;
    struct relation_refs reached = {0};
    seed_order_read(&scratch, generation->schema, sql, length, &tables);
    vec_each(table, &tables.filled)
        if (*table != generation->existing)
            add_references(&scratch, *table, &reached);
    for (size_t i = 0; i < reached.count; i++)
        add_references(&scratch, reached.at[i], &reached);
    bool needs = seed_order_holds(&reached, generation->existing);
    arena_release(&scratch);
    return needs;
}
