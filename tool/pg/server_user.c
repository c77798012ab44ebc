#include "pg/server_user.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

const char *server_user_name(struct arena *arena, uid_t uid)
{
    const struct passwd *row = getpwuid(uid);
    return row != NULL ? arena_strdup(arena, row->pw_name) : arena_printf(arena, "uid %u", (unsigned)uid);
}

static const struct passwd *unprivileged(void)
{
    const char *const names[] = {"postgres", "nobody"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        const struct passwd *row = getpwnam(names[i]);
        if (row != NULL && row->pw_uid != 0)
            return row;
    }
    return NULL;
}

static int find_for_root(struct arena *arena, uid_t owner, struct server_user *user, struct err *err)
{
    const char *wanted = getenv("SKEIN_PG_USER");
    if (wanted != NULL && *wanted == '\0')
        wanted = NULL;
    const struct passwd *row = wanted != NULL ? getpwnam(wanted) : owner != 0 ? getpwuid(owner) : unprivileged();
    if (row == NULL && owner != 0 && wanted == NULL) {
        err_set(err, ERR_PERMISSION, "the private server's files belong to uid %u, which has no name on this machine",
                (unsigned)owner);
        return err_hint(err, "give the files to a user with chown -R, or remove them and let skein start afresh");
    }
    if (row == NULL || row->pw_uid == 0) {
        err_set(err, ERR_PERMISSION, "PostgreSQL does not run as root, and %s%s", wanted != NULL ? wanted : "",
                wanted == NULL ? "there is no user postgres or nobody to run it"
                : row == NULL  ? " (SKEIN_PG_USER) is not a user of this machine"
                               : " (SKEIN_PG_USER) is root too");
        return err_hint(err, "set SKEIN_PG_USER to an unprivileged user, or run skein as one");
    }
    if (owner != 0 && owner != row->pw_uid) {
        err_set(err, ERR_PERMISSION, "the private server's files belong to %s, and SKEIN_PG_USER is %s",
                server_user_name(arena, owner), wanted);
        return err_hint(err, "leave SKEIN_PG_USER unset, or give the files away with chown -R");
    }
    *user = (struct server_user){arena_strdup(arena, row->pw_name), row->pw_uid, row->pw_gid, true};
    return 0;
}

int server_user_find(struct arena *arena, uid_t owner, struct server_user *user, struct err *err)
{
    if (geteuid() == 0)
        return find_for_root(arena, owner, user, err);
    *user = (struct server_user){server_user_name(arena, geteuid()), geteuid(), getegid(), false};
    return 0;
}

int server_user_enter(const struct server_user *user, struct err *err)
{
    if (!user->lent)
        return 0;
    if (initgroups(user->name, user->gid) == 0 && setegid(user->gid) == 0 && seteuid(user->uid) == 0)
        return 0;
    err_errno(err, ERR_PERMISSION, "cannot run the private server as %s", user->name);
    server_user_leave(user);
    return err_hint(err, "PostgreSQL does not run as root: run skein as an ordinary user, or set DATABASE_URL");
}

/* Root's supplementary groups give root nothing that it has not got already, so none are put back. */
void server_user_leave(const struct server_user *user)
{
    if (user->lent && (seteuid(0) != 0 || setegid(getgid()) != 0 || setgroups(0, NULL) != 0))
        abort();
}

bool server_user_become(const struct server_user *user)
{
    if (!user->lent)
        return true;
    return (geteuid() != 0 || initgroups(user->name, user->gid) == 0)
        && setresgid(user->gid, user->gid, user->gid) == 0 && setresuid(user->uid, user->uid, user->uid) == 0;
}

bool server_user_reaches(const struct server_user *user, const char *directory)
{
    if (!user->lent)
        return access(directory, X_OK) == 0;
    pid_t child = fork();
    if (child == 0)
        _exit(server_user_become(user) && chdir(directory) == 0 ? 0 : 1);
    int status = -1;
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return child > 0 && status == 0;
}
