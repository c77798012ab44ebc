#include "flow/adopt.h"

#include "base/str.h"
#include "sql.h"

#include <string.h>

struct executions adopt_copy(struct arena *arena, const struct service_state *state)
{
    struct executions copy = {0};
    vec_each(execution, &state->executions)
        *vec_add(arena, &copy) = *execution;
    return copy;
}

static bool recorded_as_applied(const struct executions *recorded, uint64_t version)
{
    size_t low = 0, high = recorded->count;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (recorded->at[middle].version < version)
            low = middle + 1;
        else
            high = middle;
    }
    return low < recorded->count && recorded->at[low].version == version &&
           strcmp(recorded->at[low].status, "success") == 0;
}

/* What changed, as two arrays of versions and ids for SQL. */
struct difference {
    struct str up_versions, up_ids, down_versions;
    size_t ups, downs;
};

static void add_up(struct difference *difference, uint64_t version, const char *id)
{
    const char *comma = difference->ups++ == 0 ? "" : ",";
    str_addf(&difference->up_versions, "%s%llu", comma, (unsigned long long)version);
    str_addf(&difference->up_ids, "%s\"", comma);
    for (; *id != '\0'; id++) {
        if (*id == '"' || *id == '\\')
            str_add_char(&difference->up_ids, '\\');
        str_add_char(&difference->up_ids, *id);
    }
    str_add_char(&difference->up_ids, '"');
}

static struct difference compare(struct arena *arena, const struct service_run *run, const struct executions *recorded)
{
    struct difference difference = {str_new(arena), str_new(arena), str_new(arena), 0, 0};
    vec_each(execution, &run->record->state->executions) {
        bool applied = strcmp(execution->status, "success") == 0;
        bool was = recorded_as_applied(recorded, execution->version);
        if (applied && !was)
            add_up(&difference, execution->version, execution->migration_id);
        else if (!applied && was)
            str_addf(&difference.down_versions, "%s%llu", difference.downs++ == 0 ? "" : ",",
                     (unsigned long long)execution->version);
    }
    return difference;
}

static int write(struct arena *arena, struct service_run *run, const struct difference *difference, struct err *err)
{
    struct pipeline_items items = {0};
    size_t answered;
    const char *parameters[] = {run->record->tables.service,
                                arena_printf(arena, "{%s}", difference->up_versions.at),
                                arena_printf(arena, "{%s}", difference->up_ids.at),
                                arena_printf(arena, "{%s}", difference->down_versions.at),
                                run->facts.environment,
                                run->facts.applied_by};
    *vec_add(arena, &items) = (struct pipeline_item){.sql = "BEGIN"};
    *vec_add(arena, &items) = fence_item(arena, &run->record->tables, &run->facts, &run->expected, NULL, true);
    *vec_add(arena, &items) = (struct pipeline_item){
        .sql = tables_fill(arena, &run->record->tables, sql_adopt), .parameters = parameters, .count = 6};
    *vec_add(arena, &items) = (struct pipeline_item){.sql = "COMMIT"};
    if (conn_pipeline(&run->target->work, arena, &items, NULL, NULL, &answered, err) == 0)
        return 0;
    conn_rollback(&run->target->work);
    fence_explain(err);
    return err_context(err, "putting on record what golang-migrate did");
}

static void add_count(struct str *text, size_t count, const char *what)
{
    if (count > 0)
        str_addf(text, "%s%zu migration%s put on record as %s", str_ends(text->at, ": ") ? "" : ", ", count,
                 count == 1 ? "" : "s", what);
}

/* Whoever wrote the row, golang-migrate or skein force. */
static const char *describe(struct arena *arena, const struct service_run *run, const struct difference *difference)
{
    int64_t version = run->record->state->version;
    struct str text = str_new(arena);
    if (run->service->directory != NULL)
        str_addf(&text, "%s: ", run->service->name);
    str_add(&text, "golang-migrate's row says ");
    if (version == NO_VERSION)
        str_add(&text, "that nothing is applied: ");
    else
        str_addf(&text, "version %lld: ", (long long)version);
    add_count(&text, difference->ups, "applied");
    add_count(&text, difference->downs, "rolled back");
    return text.at;
}

int adopt_write(struct arena *arena, struct service_run *run, const struct executions *recorded, const char **sentence,
                struct err *err)
{
    struct difference difference = compare(arena, run, recorded);
    if (difference.ups == 0 && difference.downs == 0)
        return 0;
    if (write(arena, run, &difference, err) != 0)
        return -1;
    run->expected.generation++;
    run->record->state->generation++;
    *sentence = describe(arena, run, &difference);
    return 0;
}
