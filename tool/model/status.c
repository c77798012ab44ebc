#include "model/status.h"
#include "base/str.h"

#include <stdlib.h>
#include <string.h>

const char *const standing_names[STANDINGS] = {
    [STANDING_APPLIED] = "applied",
    [STANDING_CHANGED] = "changed",
    [STANDING_MISSING] = "missing",
    [STANDING_PENDING] = "pending",
    [STANDING_OUT_OF_ORDER] = "out of order",
    [STANDING_FAILED] = "failed",
    [STANDING_OPEN] = "open",
};

/* Our journal says so, or golang-migrate's mark. */
static bool is_open(const struct service_state *state, uint64_t version)
{
    if (state->open != NULL)
        return state->open->version == version;
    return state->dirty && state->version == (int64_t)version;
}

static int is_changed(const struct status_row *row, bool *changed, struct err *err)
{
    char checksum[65];
    *changed = false;
    if (row->execution == NULL || row->execution->checksum == NULL || row->execution->checksum[0] == '\0')
        return 0;
    if (migration_checksum(row->migration, checksum, err) != 0)
        return -1;
    *changed = strcmp(checksum, row->execution->checksum) != 0;
    return 0;
}

static enum standing stand(const struct service_state *state, const struct status_row *row)
{
    if (is_open(state, row->version))
        return STANDING_OPEN;
    if (state_applied(state, row->version))
        return row->migration != NULL ? STANDING_APPLIED : STANDING_MISSING;
    if (row->execution != NULL && strcmp(row->execution->status, "failed") == 0)
        return STANDING_FAILED;
    return (int64_t)row->version < state_top(state) ? STANDING_OUT_OF_ORDER : STANDING_PENDING;
}

/* Applied versions without a file; what was rolled back and has no file is history. */
static void add_missing(struct arena *arena, struct status *status)
{
    const struct service_state *state = status->state;
    vec_each(execution, &state->executions) {
        bool counts = state_applied(state, execution->version) || is_open(state, execution->version);
        if (counts && service_find(status->service, execution->version) == NULL)
            *vec_add(arena, &status->rows) = (struct status_row){
                .version = execution->version, .execution = execution, .id = execution->migration_id};
    }
}

static int by_version(const void *a, const void *b)
{
    uint64_t left = ((const struct status_row *)a)->version, right = ((const struct status_row *)b)->version;
    return left < right ? -1 : left > right;
}

int status_make(struct arena *arena, const struct service *service, const struct service_state *state, bool checksums,
                struct status *status, struct err *err)
{
    *status = (struct status){.service = service, .state = state};
    vec_each(migration, &service->migrations)
        *vec_add(arena, &status->rows) = (struct status_row){.version = (*migration)->version,
                                                             .migration = *migration,
                                                             .execution = state_find(state, (*migration)->version),
                                                             .id = (*migration)->id};
    add_missing(arena, status);
    if (status->rows.count > 0)
        qsort(status->rows.at, status->rows.count, sizeof(struct status_row), by_version);
    vec_each(row, &status->rows) {
        bool changed = false;
        row->standing = stand(state, row);
        if (checksums && row->standing == STANDING_APPLIED && is_changed(row, &changed, err) != 0)
            return -1;
        if (changed)
            row->standing = STANDING_CHANGED;
        status->counts[row->standing]++;
    }
    return 0;
}

bool status_is_current(const struct status *status)
{
    return status->counts[STANDING_APPLIED] == status->rows.count && !status->state->dirty;
}
