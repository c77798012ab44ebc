/* Recording that a version is applied, without running anything. */
#include "flow/apply.h"
#include "flow/session.h"
#include "sql.h"

/* Versions that the forced row makes applied: golang-migrate's reading of it, everything up to the row. */
static struct pipeline_item force_item(struct arena *arena, const struct service_run *run, int64_t version)
{
    bool has_row = run->expected.version != NO_VERSION || run->expected.dirty;
    const char *write = version == NO_VERSION ? "DELETE FROM {version_table} WHERE $2::bigint IS NULL"
                        : has_row             ? "UPDATE {version_table} SET version = $2::bigint, dirty = false"
                                              : "INSERT INTO {version_table} (version, dirty) VALUES ($2::bigint, false)";
    const char **parameters = arena_alloc(arena, 4 * sizeof(*parameters));
    parameters[0] = run->record->tables.service;
    parameters[1] = version == NO_VERSION ? NULL : arena_printf(arena, "%lld", (long long)version);
    parameters[2] = run->facts.environment;
    parameters[3] = run->facts.applied_by;
    return (struct pipeline_item){
        .sql = tables_fill(arena, &run->record->tables, sql_insert(arena, sql_force, "version_write", write)),
        .parameters = parameters, .count = 4};
}

static int force(struct session *session, struct service_run *run, int64_t version, struct err *err)
{
    struct arena *arena = session->arena;
    struct pipeline_items items = {0};
    size_t answered;
    *vec_add(arena, &items) = (struct pipeline_item){.sql = "BEGIN"};
    *vec_add(arena, &items) = fence_item(arena, &run->record->tables, &run->facts, &run->expected, NULL, true);
    *vec_add(arena, &items) = force_item(arena, run, version);
    *vec_add(arena, &items) = (struct pipeline_item){.sql = "COMMIT"};
    if (conn_pipeline(&run->target->work, arena, &items, NULL, NULL, &answered, err) == 0)
        return 0;
    conn_rollback(&run->target->work);
    fence_explain(err);
    return -1;
}

/* Opening a second session after the row was written puts the executions in step with it. */
int apply_force(struct arena *arena, struct targets *targets, const struct service *service, int64_t version,
                const struct events *events, struct err *err)
{
    struct session session;
    int failed = session_open(arena, targets, service, events, &session, err);
    if (!failed)
        failed = session_prepare(&session, err);
    if (!failed)
        failed = force(&session, session_run(&session, service), version, err);
    /* A connection that is merely closed gives the lock back when the server notices: the second session would wait. */
    vec_each(target, &targets->list)
        conn_rollback(&target->lock.conn);
    session_close(&session);
    return failed ? -1 : apply_init(arena, targets, service, events, err);
}
