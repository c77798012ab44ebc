/* The throw-away server: made in memory, watched by its keeper, swept when a keeper was killed. */
#include "base/file.h"
#include "pg/server.h"
#include "pg/server_keeper.h"
#include "pg/server_lock.h"
#include "pg/server_place.h"
#include "pg/server_postmaster.h"
#include "pg/server_programs.h"
#include "pg/server_template.h"
#include "pg/server_url.h"

#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* Nothing here is to survive anything. */
static const char *const settings[] = {
    "fsync=off", "synchronous_commit=off", "full_page_writes=off", "wal_level=minimal", "max_wal_senders=0",
    "autovacuum=off", "shared_buffers=32MB", "max_connections=20", "jit=off", "max_wal_size=32MB",
    "min_wal_size=2MB", "wal_init_zero=off", "wal_recycle=off", "max_worker_processes=0",
    "max_logical_replication_workers=0", NULL};

/* A directory younger than this may be one whose lock its maker is about to take. */
enum { SETTLED_SECONDS = 10 };

struct room {
    const char *directory, *data, *running, *log;
};

static struct room room_of(struct arena *arena, const char *directory)
{
    return (struct room){directory, path_join(arena, directory, "data"), path_join(arena, directory, "running"),
                         path_join(arena, directory, "log")};
}

/* What a keeper left that was killed itself. */
static void remove_stale(struct arena *arena, const char *base, const char *prefix, uid_t owner)
{
    struct file_entries entries = {0};
    struct err ignored = {.arena = arena};
    struct stat status;
    if (file_list(arena, base, &entries, &ignored) != 0)
        return;
    vec_each(entry, &entries) {
        struct room room = room_of(arena, path_join(arena, base, entry->name));
        if (!str_starts(entry->name, prefix) || lstat(room.directory, &status) != 0 || !S_ISDIR(status.st_mode)
            || status.st_uid != owner || time(NULL) - status.st_mtime < SETTLED_SECONDS
            || server_lock_path_is_held(room.running))
            continue;
        postmaster_free_memory(arena, room.data);
        file_remove_tree(room.directory, &ignored);
    }
}

static int make_room(struct arena *arena, const struct server_user *user, struct room *room, int *running,
                     struct err *err)
{
    const char *base = server_place_throwaway(arena, user);
    const char *prefix = arena_printf(arena, "skein-%u-", (unsigned)user->uid);
    remove_stale(arena, base, prefix, user->uid);
    char *directory = arena_printf(arena, "%s/%sXXXXXX", base, prefix);
    if (mkdtemp(directory) == NULL)
        return err_errno(err, ERR_PERMISSION, "cannot create a directory for a throw-away server in %s", base);
    *room = room_of(arena, directory);
    *running = server_lock_open(room->running, err);
    if (*running >= 0 && server_lock_try(*running))
        return 0;
    return err_set(err, ERR_PERMISSION, "cannot lock %s", room->running);
}

static int run(struct arena *arena, const char *cache, const struct server_programs *programs,
               const struct room *room, struct server_launch *launch, struct keeper *keeper, struct err *err)
{
    if (server_launch_prepare(arena, programs->directory, settings, launch, err) != 0
        || keeper_open(room->directory, launch, keeper, err) != 0)
        return -1;
    close(launch->running_file);
    launch->running_file = -1;
    if (server_template_copy(arena, cache, launch->user, programs, room->data, err) != 0
        || keeper_start(keeper, err) != 0)
        return -1;
    return server_launch_wait(arena, launch, err);
}

static int start(struct arena *arena, const struct server_user *user, const char *cache, struct server *server,
                 struct err *err)
{
    struct server_programs programs;
    struct room room = {0};
    struct keeper keeper = {.lifeline = -1};
    int running = -1;
    if (server_programs_find(arena, user, 0, &programs, err) != 0 || make_room(arena, user, &room, &running, err) != 0)
        return -1;
    struct server_launch launch = {.data = room.data, .socket = room.directory, .log = room.log,
                                   .running = room.running, .user = user, .running_file = running};
    int result = run(arena, cache, &programs, &room, &launch, &keeper, err);
    server_launch_release(&launch);
    struct postmaster postmaster;
    if (result == 0 && !postmaster_find(arena, room.data, &postmaster))
        result = err_set(err, ERR_CONNECTION, "the throw-away server is gone again");
    if (result != 0) {
        keeper_close(&keeper);
        file_remove_tree(room.directory, &(struct err){.arena = arena});
        return -1;
    }
    *server = (struct server){
        .data_directory = room.data, .log = room.log, .socket_directory = room.directory,
        .url = server_url(arena, room.directory), .bin_directory = programs.directory, .pid = postmaster.pid,
        .started_now = true, .keeper = keeper.pid, .lifeline = keeper.lifeline};
    return 0;
}

int server_start_throwaway(struct arena *arena, struct server *server, struct err *err)
{
    struct server_user user;
    const char *cache = NULL;
    if (server_user_find(arena, 0, &user, err) != 0 || server_place_cache(arena, &user, &cache, err) != 0
        || server_user_enter(&user, err) != 0)
        return -1;
    int result = start(arena, &user, cache, server, err);
    server_user_leave(&user);
    return result;
}

void server_drop(struct server *server)
{
    struct keeper keeper = {server->keeper, server->lifeline};
    keeper_close(&keeper);
    *server = (struct server){.lifeline = -1};
}
