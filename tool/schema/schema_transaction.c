/* Transactions of a simulated schema, and whose turn it is. */
#include "base/str.h"
#include "schema/schema_relation.h"
#include "schema/schema_setting.h"

/* Nobody holds a lock any more, and values of enums may be used. */
static void end_effects(struct schema *schema)
{
    struct schema_log *log = schema->log;
    schema_put(schema, schema->transaction, schema->transaction + 1);
    if (schema->locks.count > 0)
        schema_put(schema, schema->locks.count, 0);
    if (schema->foreign_keys_added > 0)
        schema_put(schema, schema->foreign_keys_added, 0);
    vec_each(type, &log->fresh_labels)
        schema_put(schema, (*type)->new_labels, (struct strings){0});
    if (log->fresh_labels.count > 0)
        schema_put(schema, log->fresh_labels.count, 0);
}

void schema_turn(struct schema *schema, const struct action *action)
{
    struct schema_log *log = schema->log;
    if (log->in_statement && log->statement == action->statement && action->kind != ACTION_END)
        return;
    schema_put(schema, log->in_statement, true);
    schema_put(schema, log->statement, action->statement);
    log->bodies = 0;
    if (action->kind != ACTION_END)
        schema_put(schema, schema->statements, schema->statements + 1);
    if (schema->in_transaction)
        return;
    end_effects(schema);
    if (settings_are_local(schema))
        settings_end_local(schema);
}

static void open_transaction(struct schema *schema)
{
    size_t start = schema_log_position(schema);
    end_effects(schema);
    schema_put(schema, schema->in_transaction, true);
    schema_put(schema, schema->log->start, start);
}

static void drop_on_commit(struct schema *schema)
{
    struct relation_refs *temporaries = &schema->log->temporaries;
    for (size_t i = temporaries->count; i > 0; i--)
        if (i <= temporaries->count && (temporaries->at[i - 1]->flags & FLAG_ON_COMMIT_DROP))
            relation_drop(schema, temporaries->at[i - 1]);
}

static void close_transaction(struct schema *schema)
{
    settings_end_local(schema);
    schema_put(schema, schema->log->savepoints.count, 0);
    schema_put(schema, schema->begun, false);
    end_effects(schema);
    schema_put(schema, schema->in_transaction, false);
    schema_log_settle(schema);
}

void schema_begin(struct schema *schema)
{
    if (!schema->in_transaction)
        open_transaction(schema);
}

void schema_commit(struct schema *schema)
{
    if (!schema->in_transaction)
        return;
    drop_on_commit(schema);
    close_transaction(schema);
}

/* Back, but statements keep their numbers: what was run was run. */
static void go_back(struct schema *schema, size_t position)
{
    struct schema_log *log = schema->log;
    size_t statements = schema->statements, transaction = schema->transaction, statement = log->statement;
    schema_log_back(schema, position);
    schema_put(schema, schema->statements, statements);
    schema_put(schema, schema->transaction, transaction);
    schema_put(schema, log->statement, statement);
    schema_put(schema, log->in_statement, true);
}

static void roll_back(struct schema *schema)
{
    if (!schema->in_transaction)
        return;
    go_back(schema, schema->log->start);
    close_transaction(schema);
}

void apply_begin(const struct applying *applying)
{
    struct schema *schema = applying->schema;
    if (applying->maybe)
        return;
    schema_begin(schema);
    schema_put(schema, schema->begun, true);
}

static void chain(const struct applying *applying, bool was_open)
{
    if (was_open && (applying->action->flags & FLAG_CHAIN))
        apply_begin(applying);
}

void apply_commit(const struct applying *applying)
{
    bool was_open = applying->schema->in_transaction;
    if (applying->maybe)
        return;
    schema_commit(applying->schema);
    chain(applying, was_open);
}

void apply_rollback(const struct applying *applying)
{
    bool was_open = applying->schema->in_transaction;
    if (applying->maybe)
        return;
    roll_back(applying->schema);
    chain(applying, was_open);
}

/* Its position is behind its own making, so that going back to it leaves it there. */
void apply_savepoint(const struct applying *applying)
{
    struct schema *schema = applying->schema;
    struct savepoints *savepoints = &schema->log->savepoints;
    if (applying->maybe || !schema->in_transaction)
        return;
    *schema_add(schema, savepoints) = (struct savepoint){schema_text(schema, applying->action->name.name), 0};
    savepoints->at[savepoints->count - 1].position = schema_log_position(schema);
}

static struct savepoint *find_savepoint(const struct applying *applying)
{
    struct savepoints *savepoints = &applying->schema->log->savepoints;
    for (size_t i = savepoints->count; i > 0 && !applying->maybe; i--)
        if (str_same(savepoints->at[i - 1].name, applying->action->name.name))
            return &savepoints->at[i - 1];
    return NULL;
}

void apply_rollback_to(const struct applying *applying)
{
    const struct savepoint *savepoint = find_savepoint(applying);
    if (savepoint != NULL)
        go_back(applying->schema, savepoint->position);
}

void apply_release(const struct applying *applying)
{
    struct savepoints *savepoints = &applying->schema->log->savepoints;
    const struct savepoint *savepoint = find_savepoint(applying);
    if (savepoint != NULL)
        schema_put(applying->schema, savepoints->count, (size_t)(savepoint - savepoints->at));
}

void schema_reset_session(struct schema *schema)
{
    struct relation_refs *temporaries = &schema->log->temporaries;
    schema_commit(schema);
    while (temporaries->count > 0)
        relation_drop(schema, temporaries->at[temporaries->count - 1]);
    settings_forget(schema);
    schema_put(schema, schema->log->in_statement, false);
}
