#include "flow/seed_undone.h"

#include "pg/tables.h"
#include "sql.h"
#include "sql/action.h"

#include <string.h>

/* Functions that change no rows: sequences are put behind what is there. */
static bool is_tame(const struct calls *calls)
{
    static const char *const names[] = {"setval", "pg_get_serial_sequence", "coalesce", "max", "count", "greatest"};
    vec_each(call, calls) {
        bool tame = false;
        for (size_t i = 0; i < sizeof names / sizeof *names; i++)
            tame = tame || strcmp(names[i], call->name) == 0;
        if (!tame)
            return false;
    }
    return true;
}

/* Does it nothing to rows but by INSERT? */
static bool only_fills(const struct action *action)
{
    switch (action->kind) {
    case ACTION_INSERT:
    case ACTION_DO:
    case ACTION_SET:
    case ACTION_BEGIN:
    case ACTION_COMMIT:
    case ACTION_ANALYZE:
    case ACTION_LOCK:
    case ACTION_END:
        return true;
    case ACTION_SELECT:
        return is_tame(&action->calls);
    default:
        return false;
    }
}

/* The first field; NULL: there is no row. */
static int ask(struct conn *conn, struct arena *arena, const char *sql, const char *parameter, const char **answer,
               struct err *err)
{
    struct rows rows;
    if (conn_query(conn, arena, sql, &parameter, parameter == NULL ? 0 : 1, &rows, err) != 0)
        return -1;
    *answer = rows.count == 0 ? NULL : rows_get(&rows, 0, 0);
    return 0;
}

static int went_down(struct conn *conn, struct arena *arena, const struct seed *seed, const char *table, bool *down,
                     struct err *err)
{
    const char *history = quote_qualified(arena, seed->service->schema, "migration_history"), *oid, *answer;
    const char *sql = sql_insert(arena, sql_insert(arena, sql_seed_undone, "history", history), "table", table);
    *down = false;
    if (ask(conn, arena, sql_seed_may_read, history, &oid, err) != 0)
        return -1;
    if (oid == NULL)
        return 0;
    if (ask(conn, arena, sql, seed->file, &answer, err) != 0)
        return -1;
    *down = *answer == 't';
    return 0;
}

/* What this run has filled was empty; *oid is NULL where that cannot be seen. */
static int is_empty(struct conn *conn, struct arena *arena, const struct service *service, const struct seed_refilled *filled,
                    const char *table, const char **oid, bool *empty, struct err *err)
{
    const char *answer;
    *empty = false;
    if (ask(conn, arena, sql_seed_may_read, table, oid, err) != 0)
        return -1;
    if (*oid == NULL)
        return 0;
    *oid = arena_printf(arena, "%s of %s", *oid, service->name); /* each may have a database of its own */
    vec_each(known, &filled->oids)
        *empty = *empty || strcmp(*known, *oid) == 0;
    if (*empty)
        return 0;
    if (ask(conn, arena, sql_insert(arena, sql_seed_empty, "table", table), NULL, &answer, err) != 0)
        return -1;
    *empty = *answer == 't';
    return 0;
}

static const char *quoted(struct arena *arena, const struct object_name *name)
{
    return name->schema == NULL ? quote_identifier(arena, name->name) : quote_qualified(arena, name->schema, name->name);
}

int seed_undone(struct arena *arena, struct conn *conn, const struct seed *seed, const char *table,
                const struct script *script, struct seed_refilled *filled, enum seed_undone *undone, struct err *err)
{
    struct actions actions = {0};
    struct strings oids = {0};
    struct action_faults faults = {0};
    bool down, all = true, any = false;
    *undone = SEED_STANDS;
    if (went_down(conn, arena, seed, table, &down, err) != 0)
        return -1;
    if (!down)
        return 0;
    actions_read(arena, script->text, strlen(script->text), &actions, &faults);
    vec_each(action, &actions) {
        const char *oid;
        bool empty;
        all = all && only_fills(action);
        if (action->kind != ACTION_INSERT)
            continue;
        if (is_empty(conn, arena, seed->service, filled, quoted(arena, &action->name), &oid, &empty, err) != 0)
            return -1;
        all = all && empty;
        any = any || empty;
        if (empty)
            *vec_add(arena, &oids) = oid;
    }
    if (!any)
        return 0;
    *undone = all && faults.count == 0 ? SEED_UNDONE : SEED_IN_PARTS;
    if (*undone == SEED_UNDONE)
        vec_each(oid, &oids)
            *vec_add(filled->arena, &filled->oids) = arena_strdup(filled->arena, *oid);
    return 0;
}
