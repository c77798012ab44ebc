#include "pg/server_start.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/proc.h"
#include "pg/server_copy.h"
#include "pg/server_launch.h"
#include "pg/server_lock.h"
#include "pg/server_postmaster.h"
#include "pg/server_programs.h"
#include "pg/server_template.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { LEFTOVER_SECONDS = 5, LOG_LIMIT = 8 << 20 };

/* A developer may lose power: durable.  What is not set here is PostgreSQL's default, or postgresql.conf's. */
static const char *const settings[] = {NULL};

/* Only the server itself, and what it forked, keeps `running` locked: whoever gets the lock knows that it is gone. */
static int claim(const struct server_place *place, int *running, struct err *err)
{
    int64_t end = clock_now() + LEFTOVER_SECONDS * 1000000LL;
    *running = server_lock_open(place->running, err);
    if (*running < 0)
        return -1;
    while (!server_lock_try(*running)) {
        if (clock_now() < end && proc_interrupted() == 0) {
            clock_pause(5);
            continue;
        }
        close(*running);
        err_set(err, ERR_CONNECTION, "a PostgreSQL server that cannot be seen from here uses %s", place->data);
        return err_hint(err, "it runs in another container, or its processes outlived a kill: stop it there, or wait");
    }
    return 0;
}

static int find_programs(struct arena *arena, const struct server_place *place, struct server_programs *programs,
                         struct err *err)
{
    char *text = NULL;
    size_t length = 0;
    const char *file = path_join(arena, place->data, "PG_VERSION");
    if (file_kind(place->data) == FILE_NONE)
        return server_programs_find(arena, &place->user, 0, programs, err);
    if (file_read(arena, file, 64, &text, &length, err) != 0) {
        err_context(err, "%s is not a database cluster", place->data);
        return err_hint(err, "move it away, or start afresh with `skein dev reset`");
    }
    int major = (int)strtol(text, NULL, 10);
    *programs = (struct server_programs){0};
    if (server_programs_find(arena, &place->user, major, programs, err) == 0)
        return 0;
    if (programs->major == 0 || programs->major == major)
        return -1;
    err_set(err, ERR_CONNECTION, "the development database in %s is of PostgreSQL %d, and the programs in %s are of "
            "PostgreSQL %d", place->data, major, programs->directory, programs->major);
    return err_hint(err, "install postgresql-%d or set SKEIN_PG_BIN to its programs; or forget the data and start "
                         "afresh with `skein dev reset`", major);
}

/* A copy is given its name when it is whole and on the disk: a kill leaves a draft, which the next start removes. */
static int create(struct arena *arena, const struct server_place *place, const char *cache,
                  const struct server_programs *programs, struct err *err)
{
    const char *draft = path_join(arena, place->state, "data.draft");
    const char *ignore = path_join(arena, place->state, ".gitignore");
    if (file_remove_tree(draft, err) != 0
        || (file_kind(ignore) == FILE_NONE && file_write(arena, ignore, "*\n", 2, 0600, err) != 0))
        return -1;
    if (server_template_copy(arena, cache, &place->user, programs, draft, err) == 0
        && server_copy_publish(arena, draft, place->data, err) == 0)
        return 0;
    file_remove_tree(draft, &(struct err){.arena = arena});
    return err_context(err, "cannot create the development database");
}

static int launch(struct arena *arena, const struct server_place *place, const struct server_programs *programs,
                  const char *socket, int running, struct err *err)
{
    struct server_launch launch = {.data = place->data, .socket = socket, .log = place->log,
                                   .running = place->running, .user = &place->user, .running_file = running};
    struct stat log;
    if (stat(place->log, &log) == 0 && log.st_size > LOG_LIMIT)
        rename(place->log, arena_printf(arena, "%s.1", place->log));
    postmaster_forget(arena, place->data);
    unlink(arena_printf(arena, "%s" SOCKET_NAME, socket));
    unlink(arena_printf(arena, "%s" SOCKET_NAME ".lock", socket));
    int result = server_launch_prepare(arena, programs->directory, settings, &launch, err);
    if (result == 0)
        result = server_launch_daemon(&launch, err);
    if (result == 0) {
        close(launch.running_file);
        launch.running_file = -1;
        result = server_launch_wait(arena, &launch, err);
    }
    server_launch_release(&launch);
    return result;
}

int server_start_new(struct arena *arena, const struct server_place *place, const char *cache, const char *socket,
                     struct err *err)
{
    struct server_programs programs;
    int running;
    if (claim(place, &running, err) != 0)
        return -1;
    if (find_programs(arena, place, &programs, err) != 0
        || (file_kind(place->data) == FILE_NONE && create(arena, place, cache, &programs, err) != 0)) {
        close(running);
        return -1;
    }
    return launch(arena, place, &programs, socket, running, err);
}
