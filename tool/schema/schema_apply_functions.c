/* Functions of a simulated schema, and what happens when one is called. */
#include "base/str.h"
#include "schema/called.h"
#include "schema/schema_relation.h"
#include "sql/volatility.h"

#include <string.h>

/* More than so many actions of bodies in one statement are not followed. */
enum { MOST_BODIES = 2000 };

static struct function *make(struct schema *schema, const struct object_name *name)
{
    char key[KEY_SIZE];
    struct function *function = arena_new(schema->arena, struct function);
    function->schema = schema_text(schema, name->schema);
    function->name = schema_text(schema, name->name);
    function->is_volatile = TRUTH_NO;
    function->created_by = schema->migration;
    schema_put(schema, function->exists, true);
    schema_map(schema, &schema->functions, schema_key(key, name->schema, name->name), function);
    *schema_add(schema, &schema->log->functions) = function;
    return function;
}

/* One of them is VOLATILE, and the name is: nobody looks at the arguments. */
static void add_volatility(const struct applying *applying, struct function *function)
{
    enum truth added = truth_of(applying->action->flags & FLAG_VOLATILE);
    if (applying->maybe && added != function->is_volatile)
        added = TRUTH_UNKNOWN;
    if (function->is_volatile != TRUTH_YES)
        schema_put(applying->schema, function->is_volatile, added);
}

/* The body comes behind, as actions of PLACE_BODY. */
void apply_create_function(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct schema *schema = applying->schema;
    struct object_name name = {schema_creation_schema(schema, &action->name), action->name.name};
    struct function *function = schema_function(schema, &name);
    if (name.name == NULL)
        return;
    if (function == NULL) {
        function = make(schema, &name);
    } else if ((action->flags & FLAG_OR_REPLACE) && function->overloads == 1 && !applying->maybe) {
        schema_put(schema, function->body, (struct actions){0});
        schema_put(schema, function->is_volatile, TRUTH_NO);
        schema_put(schema, function->overloads, 0);
    }
    schema_put(schema, function->overloads, function->overloads + 1);
    definition_set(applying, &function->definitions, definition_arguments(schema->arena, &action->names));
    schema_put(schema, function->transaction, applying->maybe ? 0 : schema->transaction);
    add_volatility(applying, function);
}

void function_keep_body(struct schema *schema, const struct action *action)
{
    struct function *function = schema_function(schema, &action->body_of);
    if (function == NULL)
        return;
    struct action copy = copy_action(schema->arena, action);
    *schema_add(schema, &function->body) = copy;
}

/* Relations that the chain left empty may have been filled. */
void schema_unknown(struct schema *schema, bool relations)
{
    if (relations && !schema->unknown_happened)
        schema_put(schema, schema->unknown_happened, true);
    for (size_t i = schema->log->maybe_empty; i < schema->all.count; i++)
        if (schema->all.at[i]->has_rows == TRUTH_NO)
            schema_put(schema, schema->all.at[i]->has_rows, TRUTH_UNKNOWN);
    schema_put(schema, schema->log->maybe_empty, schema->all.count);
}

void apply_unknown(const struct applying *applying)
{
    schema_unknown(applying->schema, true);
}

static void tell(const struct schema *schema, const struct action *action)
{
    if (schema->called != NULL)
        schema->called->see(schema->called, action);
}

/* An action of a body as part of the statement that calls it. */
static struct action bring(const struct action *call, const struct action *action)
{
    struct action brought = *action;
    brought.place = PLACE_BRANCH;
    brought.statement = call->statement;
    brought.at = brought.name_at = call->at;
    brought.start = call->start;
    brought.length = call->length;
    return brought;
}

/* False when too many were. */
static bool run_action(struct schema *schema, const struct action *action)
{
    const struct applying applying = {schema, action, true};
    size_t number = schema->log->bodies++;
    if (number <= MOST_BODIES) {
        tell(schema, action);
        schema_apply_row(&applying);
        return true;
    }
    struct action unknown = {.kind = ACTION_EXECUTE, .body_of = action->body_of};
    unknown = bring(action, &unknown);
    if (number == MOST_BODIES + 1)
        tell(schema, &unknown);
    schema_unknown(schema, true);
    return false;
}

static void run(const struct applying *applying, struct function *function)
{
    bool more = true;
    if (function->running)
        return;
    function->running = true;
    for (size_t i = 0; more && i < function->body.count; i++) {
        struct action action = bring(applying->action, &function->body.at[i]);
        more = run_action(applying->schema, &action);
    }
    function->running = false;
}

/* A query of nothing but a call is there for what the function does: partitions made, tables turned into others. */
static void call_unknown(const struct applying *applying, const struct call *call)
{
    bool alone = applying->action->kind == ACTION_CALL ||
                 (applying->action->kind == ACTION_SELECT && applying->action->uses.count == 0);
    if (volatility_of(call->schema, call->name, call->arguments, applying->schema->server_version) == TRUTH_UNKNOWN)
        schema_unknown(applying->schema, alone);
}

void functions_run(const struct applying *applying)
{
    vec_each(call, &applying->action->calls) {
        struct object_name name = {call->schema, call->name};
        struct function *function = schema_function(applying->schema, &name);
        if (function != NULL)
            run(applying, function);
        else
            call_unknown(applying, call);
    }
}

/* Of rows that come out of a query, there may be none. */
static enum truth rows_of(const struct applying *applying)
{
    const struct action *action = applying->action;
    if (action->kind == ACTION_REFRESH && (action->flags & FLAG_NO_DATA) && !applying->maybe)
        return TRUTH_NO;
    return applying->maybe || action->kind != ACTION_INSERT || (action->flags & FLAG_READS_ROWS) ? TRUTH_UNKNOWN
                                                                                                : TRUTH_YES;
}

static void set_rows(struct schema *schema, struct relation *relation, enum truth rows)
{
    for (; relation != NULL; relation = relation->parent)
        if (relation->has_rows != TRUTH_YES)
            schema_put(schema, relation->has_rows, rows);
}

/* Rows of a partitioned table are in one of its partitions, nobody says in which. */
static void doubt_partitions(const struct applying *applying, struct relation *relation)
{
    struct relation_refs family = {0};
    relation_family(applying->schema, relation, &family);
    for (size_t i = 1; i < family.count; i++)
        if (family.at[i]->has_rows == TRUTH_NO)
            schema_put(applying->schema, family.at[i]->has_rows, TRUTH_UNKNOWN);
}

void apply_rows(const struct applying *applying)
{
    const struct action *action = applying->action;
    struct relation *relation = schema_relation(applying->schema, &action->name);
    bool reads = action->kind == ACTION_COPY && (action->flags & FLAG_READS_ROWS);
    if (relation == NULL || reads)
        return;
    if (relation->partitions.count > 0 && relation->has_rows != TRUTH_YES)
        doubt_partitions(applying, relation);
    set_rows(applying->schema, relation, rows_of(applying));
}

void apply_delete(const struct applying *applying)
{
    struct relation *relation = schema_relation(applying->schema, &applying->action->name);
    if (relation != NULL && relation->has_rows == TRUTH_YES)
        schema_put(applying->schema, relation->has_rows, TRUTH_UNKNOWN);
}

/* Empty again; of one that others see already nobody knows for how long. */
void apply_truncate(const struct applying *applying)
{
    struct relation *relation = schema_relation(applying->schema, &applying->action->name);
    if (relation != NULL)
        schema_put(applying->schema, relation->has_rows,
                   relation_is_new(applying->schema, relation) && !applying->maybe ? TRUTH_NO : TRUTH_UNKNOWN);
}
