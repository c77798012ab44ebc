#include "flow/transaction.h"

#include <ctype.h>
#include <string.h>
#include <strings.h>

/*
 * DISCARD ALL in pieces, since it cannot run in a pipeline; in a transaction of its own, so that a later
 * failure does not bring the settings back.  Prepared statements go only where the file may have made some: those of
 * skein itself are worth keeping.
 */
static const char *const resets[] = {
    "BEGIN", "CLOSE ALL", "RESET SESSION AUTHORIZATION", "RESET ALL", "UNLISTEN *",
    "SELECT pg_advisory_unlock_all()", "DISCARD TEMP", "DISCARD SEQUENCES", "COMMIT",
};
enum { RESETS = sizeof(resets) / sizeof(resets[0]) };

static void add(struct arena *arena, struct pipeline_items *items, struct marks *marks, struct pipeline_item item,
                struct mark mark)
{
    *vec_add(arena, items) = item;
    *vec_add(arena, marks) = mark;
}

/* What skein has prepared may be gone behind such a file; it is prepared again then. */
static bool drops_prepared(const struct script *script)
{
    return strcasestr(script->text, "deallocate") != NULL || strcasestr(script->text, "discard") != NULL;
}

static const char *skip_word(const char *sql, const char *word)
{
    size_t length = strlen(word);
    if (strncasecmp(sql, word, length) != 0 || !isspace((unsigned char)sql[length]))
        return NULL;
    return sql + length + strspn(sql + length, " \t\r\n");
}

/* Is that all there is, a name that means this schema, quoted or folded? */
static bool is_name(const char *text, const char *schema)
{
    struct arena arena = {0};
    size_t bare = strcspn(text, " \t\r\n");
    bool same = text[bare + strspn(text + bare, " \t\r\n")] == '\0' &&
                ((strncasecmp(text, schema, bare) == 0 && schema[bare] == '\0' && strpbrk(schema, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == NULL) ||
                 strcmp(text, quote_identifier(&arena, schema)) == 0);
    arena_release(&arena);
    return same;
}

/*
 * skein has made the service's schema for its state tables; a file that begins with CREATE SCHEMA, as it could before,
 * means that one.
 */
static const char *for_own_schema(struct arena *arena, const struct service_run *run, const char *sql)
{
    const char *rest = run->search_path == NULL ? NULL : skip_word(sql, "CREATE");
    rest = rest == NULL ? NULL : skip_word(rest, "SCHEMA");
    if (rest == NULL || !is_name(rest, run->record->tables.schema))
        return sql;
    return arena_printf(arena, "CREATE SCHEMA IF NOT EXISTS %s", rest);
}

void transaction_add_statements(struct arena *arena, const struct service_run *run, const struct script *script,
                                size_t first, size_t count, size_t index, struct pipeline_items *items, struct marks *marks)
{
    bool forgets = drops_prepared(script);
    for (size_t i = first; i < first + count; i++) {
        const struct statement *statement = &script->statements.at[i];
        char *sql = arena_strndup(arena, script->text + statement->start, statement->length);
        add(arena, items, marks, (struct pipeline_item){.sql = for_own_schema(arena, run, sql), .forgets = forgets},
            (struct mark){index, PHASE_STATEMENT, statement});
    }
}

/* SET ROLE and the like would make the record fail, also when they are LOCAL. */
static bool names_role(const struct script *script)
{
    return strcasestr(script->text, "role") != NULL || strcasestr(script->text, "authorization") != NULL;
}

static void add_resets(struct arena *arena, const struct script *script, size_t index, struct pipeline_items *items,
                       struct marks *marks)
{
    struct mark mark = {index, PHASE_RESET, NULL};
    for (size_t i = 0; i < RESETS; i++)
        add(arena, items, marks, (struct pipeline_item){.sql = resets[i]}, mark);
    if (strcasestr(script->text, "prepare") != NULL)
        add(arena, items, marks, (struct pipeline_item){.sql = "DEALLOCATE ALL", .forgets = true}, mark);
}

void transaction_add(struct arena *arena, const struct service_run *run, const struct loaded *loaded, size_t index,
                     const struct entry *entry, bool durable, struct pipeline_items *items, struct marks *marks)
{
    const struct script *script = &loaded->script;
    const struct tables *tables = &run->record->tables;
    add(arena, items, marks, (struct pipeline_item){.sql = "BEGIN", .repeated = true}, (struct mark){index, PHASE_BEGIN, NULL});
    add(arena, items, marks, fence_item(arena, tables, &run->facts, &run->expected, run->search_path, durable),
        (struct mark){index, PHASE_FENCE, NULL});
    if (script->mode == SCRIPT_WHOLE)
        add(arena, items, marks, (struct pipeline_item){.sql = script->text}, (struct mark){index, PHASE_WHOLE, NULL});
    else
        transaction_add_statements(arena, run, script, 0, script->statements.count, index, items, marks);
    if (names_role(script))
        add(arena, items, marks, (struct pipeline_item){.sql = "RESET SESSION AUTHORIZATION"},
            (struct mark){index, PHASE_RECORD, NULL});
    add(arena, items, marks, record_item(arena, tables, &run->facts, &run->expected, entry),
        (struct mark){index, PHASE_RECORD, NULL});
    add(arena, items, marks, (struct pipeline_item){.sql = "COMMIT", .flush = true, .repeated = true},
        (struct mark){index, PHASE_COMMIT, NULL});
    if (script->touches_session || script->mode == SCRIPT_WHOLE)
        add_resets(arena, script, index, items, marks);
}

/* A slice of the items, up to the next text that must go whole. */
struct slice {
    size_t first;
    void (*on_answer)(void *context, size_t item, const struct rows *rows);
    void *context;
};

static void hear_slice(void *context, size_t item, const struct rows *rows)
{
    const struct slice *slice = context;
    slice->on_answer(slice->context, slice->first + item, rows);
}

static size_t next_whole(const struct marks *marks, size_t from)
{
    while (from < marks->count && marks->at[from].phase != PHASE_WHOLE)
        from++;
    return from;
}

/* The text may have closed the transaction by itself; then nobody knows what else it did. */
static int send_whole(struct target *target, const char *sql, struct err *err)
{
    target->work.prepared = NULL; /* the text may have dropped what skein has prepared */
    if (conn_run(&target->work, sql, err) != 0)
        return -1;
    if (conn_in_transaction(&target->work))
        return 0;
    err_set(err, ERR_UNSETTLED, "the file ended the transaction in the middle; what it committed is in the database, but not recorded");
    return err_hint(err, "put the file's transactions under `-- skein: no-transaction`, or record it with `skein force VERSION`");
}

int transaction_send(struct target *target, const struct pipeline_items *items,
                     const struct marks *marks,
                     void (*on_answer)(void *context, size_t item, const struct rows *rows), void *context,
                     struct mark *where, struct err *err)
{
    for (size_t first = 0; first < items->count;) {
        size_t end = next_whole(marks, first), answered = 0;
        struct slice slice = {first, on_answer, context};
        struct pipeline_items part = {.at = items->at + first, .count = end - first};
        if (part.count > 0 && conn_pipeline(&target->work, target->work.arena, &part, hear_slice, &slice, &answered, err) != 0) {
            *where = marks->at[first + answered < marks->count ? first + answered : marks->count - 1];
            return -1;
        }
        if (end < items->count && send_whole(target, items->at[end].sql, err) != 0) {
            *where = marks->at[end];
            return -1;
        }
        first = end + 1;
    }
    return 0;
}

int session_reset(struct conn *conn, struct err *err)
{
    conn->prepared = NULL;
    return conn_run(conn, "DISCARD ALL", err);
}
