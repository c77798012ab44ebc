#include "pg/server.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/proc.h"
#include "pg/server_lock.h"
#include "pg/server_place.h"
#include "pg/server_postmaster.h"
#include "pg/server_programs.h"
#include "pg/server_start.h"
#include "pg/server_url.h"

#include <signal.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

enum { WAIT_SECONDS = 60 };

/* What the work under the lock needs; the directories were made before, as root where skein is root's. */
struct job {
    struct server_place place;
    const char *cache, *socket;
    struct server *server;
};

static void describe(struct arena *arena, const struct server_place *place, const struct postmaster *postmaster,
                     struct server *server)
{
    *server = (struct server){.data_directory = place->data, .log = place->log, .note = place->note, .lifeline = -1};
    if (postmaster->pid == 0)
        return;
    server->pid = postmaster->pid;
    server->socket_directory = postmaster->socket_directory;
    server->bin_directory = postmaster->bin_directory;
    server->url = server_url(arena, postmaster->socket_directory);
}

int server_look(struct arena *arena, const char *root, struct server *server, struct err *err)
{
    struct server_place place;
    struct postmaster postmaster;
    if (server_place_find(arena, root, &place, err) != 0)
        return -1;
    postmaster_find(arena, place.data, &postmaster);
    describe(arena, &place, &postmaster, server);
    return 0;
}

/* Does the work with the lock held and as the server's user. */
static int with_lock(struct arena *arena, const struct job *job,
                     int (*work)(struct arena *, const struct job *, struct err *), struct err *err)
{
    if (server_user_enter(&job->place.user, err) != 0)
        return -1;
    int lock = server_lock_take(job->place.lock, false, err);
    int result = lock < 0 ? -1 : work(arena, job, err);
    if (lock >= 0)
        close(lock);
    server_user_leave(&job->place.user);
    return result;
}

/* ---- stop ---- */

static int stop(struct arena *arena, const struct job *job, struct err *err)
{
    const struct server_place *place = &job->place;
    int64_t end = clock_now() + WAIT_SECONDS * 1000000LL;
    struct postmaster postmaster;
    if (!postmaster_signal(arena, place->data, SIGINT))
        return 0;
    while (postmaster_find(arena, place->data, &postmaster) || server_lock_path_is_held(place->running)) {
        if (proc_interrupted() != 0)
            return err_set(err, ERR_INTERRUPTED, "interrupted while the private server was stopping");
        if (clock_now() > end)
            return err_set(err, ERR_RETRY, "the private server has not stopped within %d seconds", WAIT_SECONDS);
        clock_pause(5);
    }
    return 0;
}

int server_stop(struct arena *arena, const char *root, struct err *err)
{
    struct job job = {0};
    if (server_place_find(arena, root, &job.place, err) != 0)
        return -1;
    return file_kind(job.place.data) == FILE_DIRECTORY ? with_lock(arena, &job, stop, err) : 0;
}

/* ---- start ---- */

static bool is_usable(struct arena *arena, const struct postmaster *postmaster)
{
    struct stat status;
    return postmaster->ready
        && stat(arena_printf(arena, "%s" SOCKET_NAME, postmaster->socket_directory), &status) == 0
        && S_ISSOCK(status.st_mode);
}

/* Another skein may have been killed while it waited; its server goes on starting. */
static int wait_ready(struct arena *arena, const struct server_place *place, struct postmaster *postmaster,
                      struct err *err)
{
    int64_t end = clock_now() + WAIT_SECONDS * 1000000LL;
    while (postmaster->pid != 0 && !postmaster->ready) {
        if (proc_interrupted() != 0)
            return err_set(err, ERR_INTERRUPTED, "interrupted while the private server was starting");
        if (clock_now() > end) {
            err_set(err, ERR_RETRY, "the private server is not ready after %d seconds", WAIT_SECONDS);
            return err_hint(err, "it may be recovering from a crash: see %s, and try again", place->log);
        }
        clock_pause(5);
        postmaster_find(arena, place->data, postmaster);
    }
    return 0;
}

static int start(struct arena *arena, const struct job *job, struct err *err)
{
    const struct server_place *place = &job->place;
    struct postmaster postmaster;
    postmaster_find(arena, place->data, &postmaster);
    if (wait_ready(arena, place, &postmaster, err) != 0)
        return -1;
    bool usable = is_usable(arena, &postmaster);
    if (!usable) {
        /* It runs, but its socket is gone: nobody can ever reach it. */
        if (postmaster.pid != 0 && stop(arena, job, err) != 0)
            return -1;
        if (server_start_new(arena, place, job->cache, job->socket, err) != 0)
            return -1;
        postmaster_find(arena, place->data, &postmaster);
    }
    describe(arena, place, &postmaster, job->server);
    job->server->started_now = !usable;
    return 0;
}

static int make_places(struct arena *arena, struct job *job, struct err *err)
{
    if (server_place_make(arena, &job->place, err) != 0
        || server_place_socket(arena, &job->place, &job->socket, err) != 0)
        return -1;
    return server_place_cache(arena, &job->place.user, &job->cache, err);
}

int server_start(struct arena *arena, const char *root, struct server *server, struct err *err)
{
    struct job job = {.server = server};
    struct postmaster postmaster;
    if (server_place_find(arena, root, &job.place, err) != 0)
        return -1;
    if (postmaster_find(arena, job.place.data, &postmaster) && is_usable(arena, &postmaster)) {
        describe(arena, &job.place, &postmaster, server);
        return 0;
    }
    return make_places(arena, &job, err) != 0 ? -1 : with_lock(arena, &job, start, err);
}

/* Renamed first: a kill in the middle leaves no half of a cluster under the name of the data. */
static int reset(struct arena *arena, const struct job *job, struct err *err)
{
    const char *draft = arena_printf(arena, "%s.draft", job->place.data);
    if (stop(arena, job, err) != 0 || file_remove_tree(draft, err) != 0)
        return -1;
    if (file_kind(job->place.data) != FILE_NONE && rename(job->place.data, draft) != 0)
        return err_errno(err, ERR_PERMISSION, "cannot remove %s", job->place.data);
    return file_remove_tree(draft, err) != 0 ? -1 : start(arena, job, err);
}

int server_reset(struct arena *arena, const char *root, struct server *server, struct err *err)
{
    struct job job = {.server = server};
    if (server_place_find(arena, root, &job.place, err) != 0 || make_places(arena, &job, err) != 0)
        return -1;
    return with_lock(arena, &job, reset, err);
}
