#include "model/state.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

static bool is_applied(const struct execution *execution)
{
    return strcmp(execution->status, "success") == 0;
}

const struct execution *state_find(const struct service_state *state, uint64_t version)
{
    size_t low = 0, high = state->executions.count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        const struct execution *execution = &state->executions.at[middle];
        if (execution->version == version)
            return execution;
        if (execution->version < version)
            low = middle + 1;
        else
            high = middle;
    }
    return NULL;
}

bool state_applied(const struct service_state *state, uint64_t version)
{
    const struct execution *execution = state_find(state, version);
    return execution != NULL && is_applied(execution);
}

int64_t state_top(const struct service_state *state)
{
    for (size_t i = state->executions.count; i != 0; i--)
        if (is_applied(&state->executions.at[i - 1]))
            return (int64_t)state->executions.at[i - 1].version;
    return NO_VERSION;
}

/* The highest applied version that is not above `limit`. */
static int64_t top_below(const struct service_state *state, int64_t limit)
{
    for (size_t i = state->executions.count; i != 0; i--) {
        const struct execution *execution = &state->executions.at[i - 1];
        if ((int64_t)execution->version <= limit && is_applied(execution))
            return (int64_t)execution->version;
    }
    return NO_VERSION;
}

static bool drop_above(struct service_state *state, int64_t row)
{
    bool changed = false;
    vec_each(execution, &state->executions)
        if ((int64_t)execution->version > row && is_applied(execution)) {
            execution->status = "rolled_back";
            changed = true;
        }
    return changed;
}

static struct execution by_row(struct arena *arena, const struct service_state *state, uint64_t version,
                               const struct migration *migration)
{
    struct execution execution = {.version = version, .status = "success"};
    execution.environment = state->service->environment.name;
    execution.migration_id = migration != NULL ? migration->id : arena_printf(arena, "%" PRIu64, version);
    return execution;
}

/* That version counts as applied: in place of its row, or as a new one behind the others. */
static void take(struct arena *arena, struct service_state *state, size_t sorted, uint64_t version)
{
    const struct migration *migration = service_find(state->service, version);
    struct executions known = {state->executions.at, sorted, sorted};
    struct service_state old = {.executions = known};
    const struct execution *row = state_find(&old, version);
    struct execution *target = row != NULL ? &state->executions.at[row - known.at]
                                           : vec_add(arena, &state->executions);
    *target = by_row(arena, state, version, migration);
}

static int compare_executions(const void *left, const void *right)
{
    const struct execution *a = left, *b = right;
    return (a->version > b->version) - (a->version < b->version);
}

/* Files above `common` and up to `last` count as applied, and `last` itself even when no file bears it. */
static bool add_range(struct arena *arena, struct service_state *state, int64_t common, int64_t last)
{
    size_t sorted = state->executions.count;
    bool changed = false;
    vec_each(file, &state->service->migrations) {
        uint64_t version = (*file)->version;
        if ((int64_t)version > common && (int64_t)version <= last) {
            take(arena, state, sorted, version);
            changed = true;
        }
    }
    if (!state->dirty && last > common && service_find(state->service, (uint64_t)last) == NULL) {
        take(arena, state, sorted, (uint64_t)last);
        changed = true;
    }
    if (state->executions.count > sorted)
        qsort(state->executions.at, state->executions.count, sizeof(*state->executions.at), compare_executions);
    return changed;
}

void state_reconcile(struct arena *arena, struct service_state *state)
{
    /* Without a table there is no row to be right, and a dirty one of a journalled step is skein's own. */
    if (state->version_table == NULL || (state->dirty && state->open != NULL))
        return;
    /* A dirty row may stand for an up or a down; what is below it is applied either way. */
    bool dropped = !state->dirty && drop_above(state, state->version);
    int64_t last = state->dirty ? state->version - 1 : state->version;
    bool added = add_range(arena, state, top_below(state, last), last);
    state->taken_over = state->taken_over || dropped || added;
}
