#include "pg/server_place.h"

#include "base/file.h"
#include "base/hash.h"
#include "pg/server_postmaster.h"

#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define LENT_STATE "/var/lib/skein"
#define POINTER "place"

static const char *variable(const char *name)
{
    const char *value = getenv(name);
    return value != NULL && *value == '/' ? value : NULL;
}

/* ---- the state directory ---- */

static const char *short_hash(struct arena *arena, const char *text)
{
    char hex[SHA256_HEX_SIZE];
    sha256_hex(text, strlen(text), hex);
    return arena_strndup(arena, hex, 12);
}

/* A name that a reader recognises and that no other repository has. */
static const char *unique_name(struct arena *arena, const char *root)
{
    char *name = arena_strndup(arena, path_base(root), 40);
    for (char *c = name; *c != '\0'; c++)
        if (!isalnum((unsigned char)*c) && *c != '-' && *c != '_')
            *c = '_';
    return arena_printf(arena, "%s-%s", name, short_hash(arena, root));
}

static const char *elsewhere(struct arena *arena, const struct server_place *place)
{
    if (place->user.lent)
        return path_join(arena, LENT_STATE, unique_name(arena, place->root));
    const char *home = variable("XDG_STATE_HOME");
    if (home == NULL && variable("HOME") != NULL)
        home = path_join(arena, variable("HOME"), ".local/state");
    return home == NULL ? NULL : path_join(arena, path_join(arena, home, "skein"), unique_name(arena, place->root));
}

/* What an earlier run wrote down because the repository's directory was out of reach for the server's user. */
static const char *follow_pointer(struct arena *arena, const char *dot)
{
    const char *pointer = path_join(arena, dot, POINTER);
    char *text = NULL;
    size_t length = 0;
    struct err ignored = {.arena = arena};
    if (file_kind(pointer) != FILE_REGULAR || file_read(arena, pointer, 4096, &text, &length, &ignored) != 0)
        return NULL;
    text[strcspn(text, "\n")] = '\0';
    return str_starts(text, LENT_STATE "/") && strchr(text + strlen(LENT_STATE "/"), '/') == NULL ? text : NULL;
}

static void choose_state(struct arena *arena, struct server_place *place, bool dot_is_there)
{
    const char *pointed = dot_is_there && place->user.lent ? follow_pointer(arena, place->dot) : NULL;
    const char *other = elsewhere(arena, place);
    bool has_data = file_kind(path_join(arena, place->dot, "data")) == FILE_DIRECTORY;
    place->state = place->dot;
    if (has_data || (pointed == NULL && other == NULL))
        return;
    if (place->user.lent) {
        if (pointed == NULL && server_user_reaches(&place->user, place->root))
            return;
        place->state = pointed != NULL ? pointed : other;
        place->note = arena_printf(arena, "%s cannot reach %s, so the development database is in %s",
                                   place->user.name, place->root, place->state);
    } else if (access(dot_is_there ? place->dot : place->root, W_OK) != 0) {
        place->state = other;
        place->note = arena_printf(arena, "%s cannot be written, so the development database is in %s",
                                   place->root, other);
    }
}

static int check_owner(struct arena *arena, const char *directory, uid_t owner, struct err *err)
{
    uid_t caller = geteuid();
    if (caller == 0 || owner == caller)
        return 0;
    err_set(err, ERR_PERMISSION, "%s belongs to %s, and you are %s", directory, server_user_name(arena, owner),
            server_user_name(arena, caller));
    return err_hint(err, "run skein as %s (or as root), or remove %s: its development database is then gone; "
                         "or set DATABASE_URL", server_user_name(arena, owner), directory);
}

int server_place_find(struct arena *arena, const char *root, struct server_place *place, struct err *err)
{
    struct stat status = {0};
    char *real = realpath(root, NULL);
    if (real == NULL)
        return err_errno(err, ERR_INPUT, "cannot find the repository's root %s", root);
    *place = (struct server_place){.root = arena_strdup(arena, real)};
    free(real);
    place->dot = path_join(arena, place->root, ".skein");
    bool is_there = lstat(place->dot, &status) == 0;
    if (is_there && S_ISLNK(status.st_mode) && geteuid() != 0)
        is_there = stat(place->dot, &status) == 0;
    if (is_there && !S_ISDIR(status.st_mode)) {
        err_set(err, ERR_INPUT, "%s is not a directory, and the development database belongs there", place->dot);
        return err_hint(err, "move it away, or set DATABASE_URL");
    }
    if (is_there && check_owner(arena, place->dot, status.st_uid, err) != 0)
        return -1;
    if (server_user_find(arena, is_there ? status.st_uid : 0, &place->user, err) != 0)
        return -1;
    choose_state(arena, place, is_there);
    place->data = path_join(arena, place->state, "data");
    place->log = path_join(arena, place->state, "server.log");
    place->lock = path_join(arena, place->state, "lock");
    place->running = path_join(arena, place->state, "running");
    return 0;
}

/* ---- making directories ---- */

/* A directory that must be the owner's alone; one that somebody else put there is not used. */
static int make_private(struct arena *arena, const char *path, uid_t owner, gid_t group, mode_t mode, struct err *err)
{
    bool made = mkdir(path, mode) == 0;
    if (!made && errno != EEXIST) {
        err_errno(err, errno == ENOSPC ? ERR_CONNECTION : ERR_PERMISSION, "cannot create %s", path);
        return err_hint(err, "the private server needs that directory; or set DATABASE_URL to a server of yours");
    }
    int directory = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    struct stat status;
    if (directory < 0 || fstat(directory, &status) != 0) {
        err_errno(err, ERR_PERMISSION, "cannot use %s", path);
        if (directory >= 0)
            close(directory);
        return -1;
    }
    if (status.st_uid == geteuid() && status.st_uid != owner && fchown(directory, owner, group) == 0)
        status.st_uid = owner;
    if (status.st_uid == owner && (status.st_mode & 07777) != mode && fchmod(directory, mode) == 0)
        status.st_mode = mode;
    close(directory);
    if (status.st_uid == owner && (status.st_mode & 022) == 0)
        return 0;
    err_set(err, ERR_PERMISSION, "%s belongs to %s and must belong to %s alone", path,
            server_user_name(arena, status.st_uid), server_user_name(arena, owner));
    return err_hint(err, "remove it: somebody else should not have it");
}

/* The parents may be open to all; the directory itself is the user's. */
static int make_below(struct arena *arena, const char *path, const struct server_user *user, struct err *err)
{
    if (file_make_directory(arena, path_directory(arena, path), user->lent ? 0755 : 0700, err) != 0)
        return -1;
    return make_private(arena, path, user->uid, user->gid, 0700, err);
}

/* Keeps the data out of the repository's history, and root's pointer where it is found again. */
static int leave_signs(struct arena *arena, const struct server_place *place, struct err *err)
{
    const char *ignore = path_join(arena, place->dot, ".gitignore");
    const char *pointer = path_join(arena, place->dot, POINTER);
    if (place->state == place->dot || !place->user.lent)
        return 0;
    if (mkdir(place->dot, 0755) != 0 && errno != EEXIST)
        return 0;
    char *text = arena_printf(arena, "%s\n", place->state);
    if (file_kind(ignore) == FILE_NONE && file_write(arena, ignore, "*\n", 2, 0644, err) != 0)
        return -1;
    return file_kind(pointer) == FILE_NONE ? file_write(arena, pointer, text, strlen(text), 0644, err) : 0;
}

int server_place_make(struct arena *arena, const struct server_place *place, struct err *err)
{
    if (place->state != place->dot) {
        if (make_below(arena, place->state, &place->user, err) == 0)
            return leave_signs(arena, place, err);
        err_context(err, "no place for the development database, neither in %s nor in %s", place->dot, place->state);
        return err_hint(err, "make the repository writable for %s, or set XDG_STATE_HOME, or DATABASE_URL to a server "
                             "of yours", place->user.name);
    }
    return make_private(arena, place->dot, place->user.uid, place->user.gid, 0700, err);
}

/* ---- sockets, cache, memory ---- */

static bool owned_by_caller(const char *directory)
{
    struct stat status;
    return stat(directory, &status) == 0 && S_ISDIR(status.st_mode) && status.st_uid == geteuid();
}

/* The first of two that can be made: root's own, or the session's, before the shared /tmp. */
static int make_base(struct arena *arena, const struct server_user *user, const char **base, struct err *err)
{
    const char *session = variable("XDG_RUNTIME_DIR");
    const char *wanted = user->lent ? "/run/skein"
        : session != NULL && owned_by_caller(session) ? path_join(arena, session, "skein") : NULL;
    mode_t mode = user->lent ? 0711 : 0700;
    struct err ignored = {.arena = arena};
    *base = wanted;
    if (wanted != NULL && strlen(wanted) + 20 + strlen(SOCKET_NAME) <= SOCKET_PATH_LIMIT
        && make_private(arena, wanted, geteuid(), getegid(), mode, &ignored) == 0)
        return 0;
    *base = arena_printf(arena, "/tmp/skein-%u", (unsigned)geteuid());
    return make_private(arena, *base, geteuid(), getegid(), mode, err);
}

int server_place_socket(struct arena *arena, const struct server_place *place, const char **directory,
                        struct err *err)
{
    const char *base = NULL, *name = short_hash(arena, place->root);
    if (make_base(arena, &place->user, &base, err) != 0)
        return -1;
    for (int i = 1; i <= 16; i++) {
        const char *suffix = i == 1 ? "" : arena_printf(arena, "-%d", i);
        *directory = arena_printf(arena, "%s/%s%s", base, name, suffix);
        if (!postmaster_holds_socket(arena, *directory, place->data))
            return make_private(arena, *directory, place->user.uid, place->user.gid, 0700, err);
    }
    return err_set(err, ERR_CONNECTION, "other servers hold all the sockets of this repository in %s", base);
}

int server_place_cache(struct arena *arena, const struct server_user *user, const char **directory,
                       struct err *err)
{
    const char *home = variable("HOME"), *base = NULL;
    const char *wanted = user->lent ? "/var/cache/skein" : variable("XDG_CACHE_HOME") != NULL
        ? path_join(arena, variable("XDG_CACHE_HOME"), "skein")
        : home != NULL ? path_join(arena, home, ".cache/skein") : NULL;
    struct err ignored = {.arena = arena};
    if (wanted != NULL) {
        *directory = arena_printf(arena, "%s/%u", wanted, (unsigned)user->uid);
        if (make_below(arena, *directory, user, &ignored) == 0 && server_user_reaches(user, *directory))
            return 0;
    }
    if (make_base(arena, user, &base, err) != 0)
        return -1;
    *directory = path_join(arena, base, user->lent ? arena_printf(arena, "cache-%u", (unsigned)user->uid) : "cache");
    return make_private(arena, *directory, user->uid, user->gid, 0700, err);
}

const char *server_place_throwaway(struct arena *arena, const struct server_user *user)
{
    const unsigned long long enough = 256ULL << 20;
    const char *candidates[] = {"/dev/shm", user->lent ? NULL : variable("XDG_RUNTIME_DIR"), variable("TMPDIR")};
    struct statvfs room;
    for (size_t i = 0; i < sizeof candidates / sizeof *candidates; i++) {
        const char *at = candidates[i];
        if (at != NULL && access(at, W_OK | X_OK) == 0 && strlen(at) < 60 && server_user_reaches(user, at)
            && statvfs(at, &room) == 0 && (unsigned long long)room.f_bavail * room.f_frsize >= enough)
            return arena_strdup(arena, at);
    }
    return "/tmp";
}
