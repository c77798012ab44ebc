#include "pg/lock.h"

#include "base/clock.h"
#include "base/hash.h"
#include "base/proc.h"
#include "base/str.h"
#include "pg/tables.h"
#include "sql.h"

#include <string.h>

enum { FIRST_PAUSE = 20, LONGEST_PAUSE = 500 };

int64_t lock_key(const char *schema, const char *table, const char *database)
{
    static const uint64_t salt = 1486364155;
    struct arena arena = {0};
    struct str bytes = str_new(&arena);
    str_add_bytes(&bytes, schema, strlen(schema) + 1);
    str_add_bytes(&bytes, table, strlen(table) + 1);
    str_add(&bytes, database);
    uint64_t key = crc32_ieee(bytes.at, bytes.length) * salt;
    arena_release(&arena);
    return (int64_t)(key & 0xFFFFFFFFu);
}

/* Sorted, so that every runner asks in the same order. */
static void add_key(struct arena *arena, struct lock_keys *keys, int64_t key)
{
    size_t at = 0;
    while (at < keys->count && keys->at[at] < key)
        at++;
    if (at < keys->count && keys->at[at] == key)
        return;
    *vec_add(arena, keys) = 0;
    memmove(keys->at + at + 1, keys->at + at, (keys->count - 1 - at) * sizeof(*keys->at));
    keys->at[at] = key;
}

void lock_add_keys(struct arena *arena, struct lock_keys *keys, const char *version_schema, const char *version_name,
                   const char *database_path, const char *database)
{
    char *path = arena_printf(arena, "/%s", database);
    add_key(arena, keys, lock_key(version_schema, version_name, database_path == NULL ? path : database_path));
    add_key(arena, keys, lock_key(version_schema, version_name, path));
    add_key(arena, keys, lock_key(version_schema, version_name, database));
}

char *lock_keys_text(struct arena *arena, const struct lock_keys *keys)
{
    struct str text = str_new(arena);
    for (size_t i = 0; i < keys->count; i++)
        str_addf(&text, "%s%lld", i == 0 ? "{" : ",", (long long)keys->at[i]);
    str_add_char(&text, '}');
    return text.at;
}

/* A question with the keys in it; they are numbers of our own. */
static int ask(struct arena *arena, struct lock *lock, const char *sql, struct rows *rows, struct err *err)
{
    return conn_ask(&lock->conn, arena, sql_insert(arena, sql, "keys", lock_keys_text(arena, &lock->keys)), rows, err);
}

static int try_once(struct arena *arena, struct lock *lock, struct err *err)
{
    struct rows rows;
    if (ask(arena, lock, sql_lock_try, &rows, err) != 0)
        return -1;
    lock->held = strcmp(rows_get(&rows, 0, 0), "t") == 0;
    return lock->held ? 0 : conn_run(&lock->conn, "ROLLBACK", err);
}

static const char *holder(struct arena *arena, struct lock *lock)
{
    struct rows rows;
    struct err ignored = {.arena = arena};
    if (ask(arena, lock, sql_lock_holder, &rows, &ignored) != 0 || rows.count == 0)
        return "another session";
    return rows_get(&rows, 0, 0);
}

bool lock_is_waited_for(struct arena *arena, struct lock *lock, int backend)
{
    struct rows rows;
    struct err ignored = {.arena = arena};
    char *sql = sql_insert(arena, sql_lock_waiter, "backend", arena_printf(arena, "%d", backend));
    return lock->held && ask(arena, lock, sql, &rows, &ignored) == 0 && rows.count > 0;
}

static int give_up(const char *who, int64_t wait, struct err *err)
{
    err_set(err, ERR_LOCK, "the migration lock is held by %s; waited %lld s", who, (long long)(wait / 1000));
    return err_hint(err, "let that run finish and try again, or wait longer with --wait");
}

int lock_take(struct arena *arena, const struct dsn *dsn, struct lock *lock, int64_t wait,
              void (*on_waiting)(void *context, const char *holder), void *context, struct err *err)
{
    int64_t deadline = clock_now() + wait * 1000;
    int pause = FIRST_PAUSE, signals = proc_interrupted();
    const char *who = NULL;
    if (conn_is_broken(&lock->conn)) {
        conn_close(&lock->conn);
        if (conn_open(arena, dsn, &lock->conn, err) != 0)
            return -1;
    }
    for (;;) {
        if (try_once(arena, lock, err) != 0)
            return -1;
        if (lock->held)
            return 0;
        if (who == NULL) {
            who = holder(arena, lock);
            on_waiting(context, who);
        }
        if (clock_now() >= deadline)
            return give_up(holder(arena, lock), wait, err);
        clock_pause(pause);
        if (proc_interrupted() > signals)
            return err_set(err, ERR_INTERRUPTED, "interrupted while waiting for the migration lock, held by %s", who);
        pause = pause * 2 < LONGEST_PAUSE ? pause * 2 : LONGEST_PAUSE;
    }
}

bool lock_is_held(struct lock *lock)
{
    struct arena arena = {0};
    struct err ignored = {.arena = &arena};
    bool held = lock->held && !conn_is_broken(&lock->conn) && conn_run(&lock->conn, "SELECT 1", &ignored) == 0;
    arena_release(&arena);
    return held;
}

void lock_yield(struct lock *lock)
{
    struct arena arena = {0};
    struct err ignored = {.arena = &arena};
    if (lock->held && !conn_is_broken(&lock->conn))
        conn_run(&lock->conn, "ROLLBACK", &ignored);
    lock->held = false;
    arena_release(&arena);
}

void lock_release(struct lock *lock)
{
    conn_close(&lock->conn);
    lock->held = false;
}
