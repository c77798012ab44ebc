#include "pg/server_template.h"

#include "base/file.h"
#include "base/hash.h"
#include "pg/server_copy.h"
#include "pg/server_lock.h"

#include <locale.h>
#include <pwd.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

/* Changing how templates are made means changing this. */
#define RECIPE "1"

/* The programs' own identity stands for their catalog version, which they do not tell before initdb has run. */
static const char *template_name(struct arena *arena, const struct server_user *user,
                                 const struct server_programs *programs, const char *locale)
{
    struct stat program = {0};
    struct utsname machine = {0};
    stat(path_join(arena, programs->directory, "postgres"), &program);
    uname(&machine);
    char *key = arena_printf(arena, "%s %u %s %s %lld.%ld %lld %s %s", RECIPE, (unsigned)user->uid, programs->directory,
                             programs->version, (long long)program.st_mtim.tv_sec, program.st_mtim.tv_nsec,
                             (long long)program.st_size, machine.machine, locale);
    char hex[SHA256_HEX_SIZE];
    sha256_hex(key, strlen(key), hex);
    return arena_printf(arena, "pg%d-%.16s", programs->major, hex);
}

static const char *best_locale(void)
{
    locale_t utf8 = newlocale(LC_ALL_MASK, "C.UTF-8", (locale_t)0);
    if (utf8 == (locale_t)0)
        return "C";
    freelocale(utf8);
    return "C.UTF-8";
}

static int run_initdb(struct arena *arena, const struct server_user *user, const struct server_programs *programs,
                      const char *locale, const char *data, struct err *err)
{
    const char *const argv[] = {
        path_join(arena, programs->directory, "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "-N", "-E", "UTF8",
        arena_printf(arena, "--locale=%s", locale), "--wal-segsize=1", NULL};
    if (getpwuid(user->uid) == NULL) {
        err_set(err, ERR_CONNECTION, "initdb refuses to run for %s, which has no name on this machine", user->name);
        return err_hint(err, "give it a line in /etc/passwd, or set DATABASE_URL to a server of yours");
    }
    return server_programs_run(arena, user, argv, NULL, NULL, err);
}

/* Single-user mode needs no server, no socket and no port. */
static int create_database(struct arena *arena, const struct server_user *user, const struct server_programs *programs,
                           const char *data, struct err *err)
{
    const char *const argv[] = {path_join(arena, programs->directory, "postgres"), "--single", "-F", "-D", data,
                                "-c", "exit_on_error=on", "-c", "log_checkpoints=off", "template1", NULL};
    return server_programs_run(arena, user, argv, "CREATE DATABASE skein TEMPLATE template0\n", NULL, err);
}

static int build(struct arena *arena, const char *cache, const struct server_user *user,
                 const struct server_programs *programs, const char *locale, const char *target, struct err *err)
{
    const char *draft = path_join(arena, cache, "draft");
    if (file_remove_tree(draft, err) != 0)
        return -1;
    if (run_initdb(arena, user, programs, locale, draft, err) == 0
        && create_database(arena, user, programs, draft, err) == 0
        && server_copy_publish(arena, draft, target, err) == 0)
        return 0;
    err_context(err, "cannot create a database cluster in %s", cache);
    if (err->hint == NULL)
        err_hint(err, "make room there (60 MB), or set XDG_CACHE_HOME, or set DATABASE_URL to a server of yours");
    file_remove_tree(draft, &(struct err){.arena = arena});
    return -1;
}

/* Templates of builds that were replaced since; whoever copies holds the lock, so nobody uses them now. */
static void remove_older(struct arena *arena, const char *cache, const char *name)
{
    struct file_entries entries = {0};
    struct err ignored = {.arena = arena};
    const char *dash = strchr(name, '-');
    if (file_list(arena, cache, &entries, &ignored) != 0)
        return;
    vec_each(entry, &entries)
        if (strncmp(entry->name, name, (size_t)(dash - name) + 1) == 0 && strcmp(entry->name, name) != 0)
            file_remove_tree(path_join(arena, cache, entry->name), &ignored);
}

static bool is_complete(struct arena *arena, const char *template)
{
    return file_kind(path_join(arena, template, "PG_VERSION")) == FILE_REGULAR;
}

int server_template_copy(struct arena *arena, const char *cache, const struct server_user *user,
                         const struct server_programs *programs, const char *data, struct err *err)
{
    const char *locale = best_locale(), *name = template_name(arena, user, programs, locale);
    const char *template = path_join(arena, cache, name), *lock = path_join(arena, cache, "lock");
    int result = 0;
    for (int round = 0; round < 3; round++) {
        bool complete = is_complete(arena, template);
        int file = server_lock_take(lock, complete, err);
        if (file < 0)
            return -1;
        bool now = is_complete(arena, template);
        if (now) {
            result = server_copy(arena, template, data, err);
        } else if (!complete) {
            remove_older(arena, cache, name);
            result = build(arena, cache, user, programs, locale, template, err);
        }
        close(file);
        if (now || result != 0)
            return result;
    }
    return err_set(err, ERR_RETRY, "the template %s disappears as soon as it is made", template);
}
