#include "cli/docs_applied.h"

#include "base/str.h"
#include "flow/target.h"

static const char *duration_text(struct arena *arena, int64_t microseconds)
{
    return microseconds < 1000000 ? arena_printf(arena, "%.1f ms", (double)microseconds / 1e3)
                                  : arena_printf(arena, "%.1f s", (double)microseconds / 1e6);
}

static const char *state_of(const struct execution *execution, const struct migration *migration, struct err *err)
{
    char hex[65];
    if (execution->checksum == NULL || migration_checksum(migration, hex, err) != 0)
        return execution->status;
    return str_same(execution->checksum, hex) ? execution->status : "edited since";
}

static void note(struct run *run, struct docs_applied *applied, const struct service_state *state,
                 const struct migration *migration)
{
    struct arena *arena = run->arena;
    struct err err = {.arena = arena};
    const struct execution *execution = state_find(state, migration->version);
    if (execution == NULL && !state_applied(state, migration->version))
        return;
    struct doc_applied *one = vec_add(arena, &applied->by_number[migration->number]);
    *one = (struct doc_applied){.database = state->schema, .state = "applied"};
    if (execution == NULL)
        return;
    one->database = execution->environment != NULL ? execution->environment : state->schema;
    one->at = execution->applied_at;
    one->by = execution->applied_by;
    one->duration = duration_text(arena, execution->duration);
    one->state = state_of(execution, migration, &err);
}

const struct doc_applications *docs_applied_find(const struct docs_applied *applied, const struct migration *migration)
{
    const struct migration *same = service_find(applied->catalog->services.at[migration->service->number], migration->version);
    bool is_there = same != NULL && str_same(same->environment, migration->environment);
    return is_there ? &applied->by_number[same->number] : NULL;
}

int docs_applied_read(struct run *run, struct docs_applied *applied, struct err *err)
{
    struct targets targets;
    struct service_states states = {0};
    applied->catalog = &run->catalog;
    applied->by_number = arena_alloc(run->arena, (run->catalog.order.count + 1) * sizeof(*applied->by_number));
    if (targets_find(run->arena, &run->catalog, &run->events, &targets, err) != 0)
        return -1;
    int read = targets_read(run->arena, &targets, &states, err);
    targets_close(&targets);
    if (read != 0)
        return -1;
    vec_each(service, &run->catalog.services)
        vec_each(migration, &(*service)->migrations)
            note(run, applied, states.at[(*service)->number], *migration);
    return 0;
}
