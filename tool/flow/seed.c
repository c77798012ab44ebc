#include "flow/seed_undone.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/hash.h"
#include "base/str.h"
#include "pg/tables.h"
#include "sql.h"
#include "sql/script.h"

#include <string.h>

struct sowing {
    struct arena *arena;
    struct conn *conn;
    struct seed *seed;
    const char *table;   /* seed_executions, quoted */
    bool force;
    struct seed_refilled *refilled;
};

/* The same text, with our names in it. */
static const char *filled(const struct sowing *sowing, const char *sql)
{
    return sql_insert(sowing->arena, sql, "table", sowing->table);
}

static int check_schema(const struct sowing *sowing, struct err *err)
{
    struct rows rows;
    const struct service *service = sowing->seed->service;
    const char *parameters[] = {service->schema};
    if (conn_query(sowing->conn, sowing->arena, sql_schema_exists, parameters, 1, &rows, err) != 0)
        return -1;
    if (rows.count == 0) {
        err_set(err, ERR_DEPENDENCY, "%s has no schema %s yet, so there is nothing to seed", service->name,
                service->schema);
        return err_hint(err, "migrate first: skein up --service %s", service->name);
    }
    if (*rows_get(&rows, 0, 0) == 't')
        return 0;
    return err_set(err, ERR_PERMISSION, "no privilege USAGE on the schema %s", service->schema);
}

/* Its own table is made once; who may not create it finds it, or hears that. */
static int is_unchanged(const struct sowing *sowing, const char *checksum, bool *known, bool *unchanged,
                        struct err *err)
{
    struct rows rows;
    const char *name[] = {sowing->seed->service->schema}, *file[] = {sowing->seed->file};
    if (conn_query(sowing->conn, sowing->arena, sql_seed_prepare, name, 1, NULL, err) != 0
        || conn_run(sowing->conn, filled(sowing, sql_seed_create), err) != 0
        || conn_query(sowing->conn, sowing->arena, filled(sowing, sql_seed_find), file, 1, &rows, err) != 0)
        return -1;
    *known = rows.count != 0;
    *unchanged = *known && strcmp(rows_get(&rows, 0, 0), checksum) == 0 && !sowing->force;
    return 0;
}

/* Bytes before a character of a text, which counts from 1. */
static size_t offset_of(const char *text, int character)
{
    size_t at = 0;
    for (; text[at] != '\0' && (character > 1 || ((unsigned char)text[at] & 0xC0) == 0x80); at++)
        if (((unsigned char)text[at] & 0xC0) != 0x80)
            character--;
    return at;
}

static int failed_at(const struct sowing *sowing, const struct script *script, const char *sent, size_t start,
                     struct err *err)
{
    size_t offset = start;
    if (sowing->conn->error_position > 0)
        offset += offset_of(sent, sowing->conn->error_position);
    struct place place = script_place(script, offset);
    if (sowing->conn->error_position > 0 || script->statements.count == 1) {
        err_at(err, place.file, place.line, place.column);
        err->source_line = script_line(err->arena, script, offset);
    } else {
        err_at(err, script->path, 0, 0);
    }
    if (strcmp(err->sqlstate, "23505") == 0 && err->hint == NULL)
        err_hint(err, "a seed file that is run again must not insert its rows twice: add ON CONFLICT DO NOTHING");
    return -1;
}

/* Statement by statement, so that a failure without a position is found at its statement. */
static int send_statements(const struct sowing *sowing, const struct script *script, struct err *err)
{
    if (script->mode == SCRIPT_WHOLE)
        return conn_run(sowing->conn, script->text, err) != 0 ? failed_at(sowing, script, script->text, 0, err) : 0;
    vec_each(statement, &script->statements) {
        const char *text = arena_strndup(sowing->arena, script->text + statement->start, statement->length);
        struct script one = *script;
        one.statements.count = 1;
        if (conn_run(sowing->conn, text, err) != 0)
            return failed_at(sowing, &one, text, statement->start, err);
    }
    return 0;
}

static int read_script(const struct sowing *sowing, const char *text, size_t length, struct script *script,
                       struct err *err)
{
    if (script_read(sowing->arena, sowing->seed->path, 1, text, length, script, err) != 0)
        return -1;
    if (script->mode != SCRIPT_STEPS)
        return 0;
    err_set(err, ERR_INPUT, "a seed file is one transaction: %s", script->why != NULL ? script->why : "this one is not");
    err_hint(err, "write that into a migration, or leave it out");
    return err_at(err, sowing->seed->path, 0, 0);
}

static int sow(const struct sowing *sowing, const struct script *script, const char *checksum, struct err *err)
{
    const struct service *service = sowing->seed->service;
    const char *path = arena_printf(sowing->arena, "SET LOCAL search_path = %s, public",
                                    quote_identifier(sowing->arena, service->schema));
    const char *row[] = {sowing->seed->file, checksum, service->environment.name};
    bool known = false, unchanged = false;
    enum seed_undone undone = SEED_STANDS;
    if (is_unchanged(sowing, checksum, &known, &unchanged, err) != 0 || conn_run(sowing->conn, path, err) != 0 ||
        (unchanged && seed_undone(sowing->arena, sowing->conn, sowing->seed, sowing->table, script,
                                  sowing->refilled, &undone, err) != 0))
        return -1;
    unchanged = unchanged && undone != SEED_UNDONE;
    sowing->seed->outcome = unchanged ? SEED_UNCHANGED : known ? SEED_AGAIN : SEED_APPLIED;
    sowing->seed->lacks = undone == SEED_IN_PARTS;
    if (unchanged)
        return 0;
    if (send_statements(sowing, script, err) != 0)
        return -1;
    return conn_query(sowing->conn, sowing->arena, filled(sowing, sql_seed_record), row, 3, NULL, err);
}

static int run_one(const struct sowing *sowing, bool *leaves_traces, struct err *err)
{
    char *text = NULL, checksum[SHA256_HEX_SIZE];
    size_t length = 0;
    struct script script = {0};
    int64_t begin = clock_now();
    size_t limit = (size_t)config_number(&sowing->seed->service->config, SETTING_MAX_FILE_SIZE);
    if (file_read(sowing->arena, sowing->seed->path, limit, &text, &length, err) != 0
        || read_script(sowing, text, length, &script, err) != 0 || check_schema(sowing, err) != 0
        || conn_run(sowing->conn, "BEGIN ISOLATION LEVEL READ COMMITTED", err) != 0)
        return -1;
    sha256_hex(text, length, checksum);
    *leaves_traces = script.touches_session || script.mode == SCRIPT_WHOLE;
    int result = sow(sowing, &script, checksum, err);
    if (result == 0)
        result = conn_run(sowing->conn, "COMMIT", err);
    if (result != 0) {
        struct err ignored = {.arena = sowing->arena};
        conn_run(sowing->conn, "ROLLBACK", &ignored);
    }
    sowing->seed->duration = clock_now() - begin;
    return result;
}

int seed_run(struct arena *arena, struct targets *targets, struct seeds *seeds, bool force,
             void (*on_done)(void *context, const struct seed *seed), void *context, struct err *err)
{
    struct seed_refilled refilled = {.arena = arena};
    vec_each(seed, seeds) {
        struct target *target = targets_target(targets, seed->service);
        struct arena own = {0};
        bool leaves_traces = false;
        struct sowing sowing = {.arena = &own, .conn = &target->work, .seed = seed, .force = force, .refilled = &refilled,
                                .table = quote_qualified(arena, seed->service->schema, "seed_executions")};
        int result = conn_is_broken(&target->work) ? conn_open(arena, &target->dsn, &target->work, err) : 0;
        if (result == 0)
            result = run_one(&sowing, &leaves_traces, err);
        arena_release(&own);
        if (result != 0)
            return err->place.file == NULL ? err_context(err, "%s", seed->file) : -1;
        if (leaves_traces)
            conn_close(&target->work);
        if (on_done != NULL)
            on_done(context, seed);
    }
    return 0;
}
