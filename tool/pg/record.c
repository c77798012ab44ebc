#include "pg/record.h"

#include "base/str.h"
#include "sql.h"

#include <string.h>

enum version_write { ROW_INSERTED, ROW_UPDATED, ROW_DELETED };

static const char *const version_writes[] = {
    "INSERT INTO {version_table} (version, dirty) SELECT $10::bigint, false WHERE NOT $11::boolean",
    "UPDATE {version_table} SET version = $10::bigint, dirty = false WHERE $11::boolean",
    "DELETE FROM {version_table} WHERE $10::bigint IS NULL AND $11::boolean IS NOT NULL",
};

static char *number(struct arena *arena, int64_t value)
{
    return arena_printf(arena, "%lld", (long long)value);
}

static struct pipeline_item item_of(struct arena *arena, const char *sql, const char *const *parameters, size_t count)
{
    const char **kept = arena_alloc(arena, count * sizeof(*kept));
    memcpy(kept, parameters, count * sizeof(*kept));
    return (struct pipeline_item){.sql = sql, .parameters = kept, .count = count, .repeated = true};
}

static const char *fence_text(struct record_texts *texts, const struct tables *tables)
{
    if (texts->fence == NULL)
        texts->fence = tables_fill(texts->arena, tables, sql_fence);
    return texts->fence;
}

static const char *record_text(struct record_texts *texts, const struct tables *tables, enum direction direction,
                               enum version_write write)
{
    const char **text = &texts->records[direction][write];
    if (*text == NULL) {
        const char *executions = direction == DIRECTION_UP ? sql_executions_up : sql_executions_down;
        const char *sql = sql_insert(texts->arena, sql_record, "version_write", version_writes[write]);
        sql = sql_insert(texts->arena, sql, "executions_write", executions);
        *text = tables_fill(texts->arena, tables, sql);
    }
    return *text;
}

struct pipeline_item fence_item(struct arena *arena, const struct tables *tables, const struct run_facts *facts,
                                const struct expected *expected, const char *search_path, bool durable)
{
    const char *row = expected->version == NO_VERSION && !expected->dirty
                          ? ""
                          : arena_printf(arena, "%lld:%s", (long long)expected->version, expected->dirty ? "true" : "false");
    const char *parameters[] = {tables->service, number(arena, expected->generation), row,
                                search_path == NULL ? "" : search_path, number(arena, facts->lock_timeout),
                                number(arena, facts->statement_timeout), durable ? "" : "off"};
    return item_of(arena, fence_text(facts->texts, tables), parameters, 7);
}

static bool has_row(const struct expected *expected)
{
    return expected->version != NO_VERSION || expected->dirty;
}

struct pipeline_item record_item(struct arena *arena, const struct tables *tables, const struct run_facts *facts,
                                 const struct expected *expected, const struct entry *entry)
{
    const char *version = number(arena, (int64_t)entry->migration->version);
    bool keeps_row = entry->version_after != NO_VERSION;
    enum version_write write = !keeps_row ? ROW_DELETED : has_row(expected) ? ROW_UPDATED : ROW_INSERTED;
    const char *sql = record_text(facts->texts, tables, entry->direction, write);
    const char *parameters[] = {tables->service,
                                version,
                                entry->migration->id,
                                entry->direction == DIRECTION_UP ? "up" : "down",
                                facts->environment,
                                entry->checksum,
                                entry->duration < 0 ? NULL : number(arena, entry->duration),
                                facts->applied_by,
                                entry->metadata,
                                keeps_row ? number(arena, entry->version_after) : NULL,
                                has_row(expected) ? "true" : "false"};
    struct pipeline_item item = item_of(arena, sql, parameters, 11);
    item.wants_rows = true;
    return item;
}

struct expected expected_after(const struct expected *expected, const struct entry *entry)
{
    return (struct expected){.generation = expected->generation + 1, .version = entry->version_after, .dirty = false};
}

bool fence_explain(struct err *err)
{
    const char *mark = strcmp(err->sqlstate, "22P02") == 0 ? strstr(err->message, "skein-fence ") : NULL;
    if (mark == NULL)
        return false;
    char *found = arena_strndup(err->arena, mark + strlen("skein-fence "), strcspn(mark + strlen("skein-fence "), "\""));
    err_set(err, ERR_DRIFT, "somebody else changed the migration state meanwhile: found %s", found);
    err_hint(err, "nothing was changed by this migration; look with `skein status` and run again");
    return true;
}

void record_failure(struct conn *conn, const struct tables *tables, const struct run_facts *facts,
                    const struct entry *entry, struct err *err)
{
    struct arena arena = {0};
    struct err trouble = {.arena = err->arena};
    const char *parameters[] = {tables->service,
                                number(&arena, (int64_t)entry->migration->version),
                                entry->migration->id,
                                entry->direction == DIRECTION_UP ? "up" : "down",
                                facts->environment,
                                entry->checksum,
                                number(&arena, entry->duration),
                                facts->applied_by,
                                entry->metadata,
                                err->message,
                                err->sqlstate[0] == '\0' ? NULL : err->sqlstate};
    if (conn_query(conn, &arena, tables_fill(&arena, tables, sql_record_failure), parameters, 11, NULL, &trouble) != 0)
        err->detail = arena_printf(err->arena, "%s%sthe failure could not be recorded: %s",
                                   err->detail == NULL ? "" : err->detail, err->detail == NULL ? "" : "\n", trouble.message);
    arena_release(&arena);
}
