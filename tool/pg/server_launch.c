#include "pg/server_launch.h"

#include "base/clock.h"
#include "base/file.h"
#include "base/proc.h"
#include "base/vec.h"
#include "pg/server_lock.h"
#include "pg/server_place.h"
#include "pg/server_postmaster.h"
#include "pg/server_programs.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

enum { RUNNING_FILE = 3, READY_SECONDS = 60 };

/* Dynamic shared memory in files of the data directory: those in /dev/shm would outlive a killed server. */
static const char *const common[] = {
    "listen_addresses=", "port=5432", "unix_socket_permissions=0700", "logging_collector=off",
    "log_destination=stderr", "cluster_name=skein", "dynamic_shared_memory_type=mmap", NULL};

static void add_settings(struct arena *arena, struct strings *argv, const char *const settings[])
{
    for (; *settings != NULL; settings++) {
        *vec_add(arena, argv) = "-c";
        *vec_add(arena, argv) = *settings;
    }
}

static int open_notify(struct arena *arena, struct server_launch *launch, struct err *err)
{
    struct sockaddr_un address = {.sun_family = AF_UNIX};
    launch->notify = path_join(arena, launch->socket, "notify");
    memcpy(address.sun_path, launch->notify, strnlen(launch->notify, sizeof address.sun_path - 1));
    unlink(launch->notify);
    launch->notify_file = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0);
    if (launch->notify_file >= 0 && bind(launch->notify_file, (struct sockaddr *)&address, sizeof address) == 0)
        return 0;
    return err_errno(err, ERR_PERMISSION, "cannot create the socket %s", launch->notify);
}

int server_launch_prepare(struct arena *arena, const char *bin_directory, const char *const settings[],
                          struct server_launch *launch, struct err *err)
{
    struct strings argv = {0};
    struct stat status = {0};
    launch->notify_file = -1;
    launch->log_file = open(launch->log, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (launch->log_file < 0)
        return err_errno(err, ERR_PERMISSION, "cannot write the server's log %s", launch->log);
    fstat(launch->log_file, &status);
    launch->log_start = status.st_size;
    if (open_notify(arena, launch, err) != 0)
        return -1;
    *vec_add(arena, &argv) = path_join(arena, bin_directory, "postgres");
    *vec_add(arena, &argv) = "-D";
    *vec_add(arena, &argv) = launch->data;
    *vec_add(arena, &argv) = "-c";
    *vec_add(arena, &argv) = arena_printf(arena, "unix_socket_directories=\"%s\"", launch->socket);
    add_settings(arena, &argv, common);
    add_settings(arena, &argv, settings);
    *vec_add(arena, &argv) = NULL;
    launch->argv = (char **)(void *)argv.at;
    launch->environment =
        server_programs_environment(arena, arena_printf(arena, "NOTIFY_SOCKET=%s", launch->notify));
    return 0;
}

static void reset_signals(void)
{
    sigset_t none;
    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    for (int number = 1; number < NSIG; number++)
        signal(number, SIG_DFL);
}

_Noreturn void server_launch_exec(const struct server_launch *launch, int death_signal, pid_t parent)
{
    static const char failure[] = "FATAL:  cannot be executed by the server's user\n";
    reset_signals();
    umask(077);
    int nothing = open("/dev/null", O_RDONLY);
    int log = fcntl(launch->log_file, F_DUPFD, 16), running = fcntl(launch->running_file, F_DUPFD, 16);
    if (nothing < 0 || log < 0 || running < 0 || dup2(nothing, 0) < 0 || dup2(log, 1) < 0 || dup2(log, 2) < 0
        || dup2(running, RUNNING_FILE) < 0)
        _exit(126);
    close_range(RUNNING_FILE + 1, ~0U, 0);
    if (!server_user_become(launch->user) || chdir("/") != 0
        || (death_signal != 0 && (prctl(PR_SET_PDEATHSIG, death_signal) != 0 || getppid() != parent)))
        _exit(126);
    execve(launch->argv[0], launch->argv, launch->environment);
    _exit(write(2, failure, sizeof failure - 1) > 0 ? 127 : 126);
}

int server_launch_daemon(const struct server_launch *launch, struct err *err)
{
    int status = 0;
    pid_t child = fork();
    if (child == 0) {
        setsid();
        pid_t server = fork();
        if (server == 0)
            server_launch_exec(launch, 0, 0);
        _exit(server > 0 ? 0 : 1);
    }
    while (child > 0 && waitpid(child, &status, 0) < 0 && errno == EINTR)
        ;
    return child > 0 && status == 0 ? 0 : err_errno(err, ERR_CONNECTION, "cannot start a process for the server");
}

/* The log of this start, from the line that says what is wrong. */
static int died(struct arena *arena, const struct server_launch *launch, struct err *err)
{
    static const char *const marks[] = {"PANIC:  ", "FATAL:  ", "ERROR:  "};
    char *text = NULL;
    size_t length = 0;
    struct err ignored = {.arena = arena};
    if (file_read(arena, launch->log, 0, &text, &length, &ignored) != 0 || (off_t)length <= launch->log_start)
        return err_set(err, ERR_CONNECTION, "the private server ended without a word in its log %s", launch->log);
    text += launch->log_start;
    char *why = NULL;
    for (size_t i = 0; i < sizeof marks / sizeof *marks && why == NULL; i++)
        if ((why = strstr(text, marks[i])) != NULL)
            why += strlen(marks[i]);
    char *line = arena_strdup(arena, why != NULL ? why : text);
    line[strcspn(line, "\n")] = '\0';
    err_set(err, ERR_CONNECTION, "the private server does not start: %s", line);
    err->detail = arena_strdup(err->arena, text);
    return err_hint(err, "its log is %s; `skein dev reset` starts afresh with an empty database", launch->log);
}

static bool says_ready(const struct server_launch *launch, int milliseconds)
{
    char text[256];
    struct pollfd wait = {.fd = launch->notify_file, .events = POLLIN};
    if (poll(&wait, 1, milliseconds) <= 0)
        return false;
    ssize_t length = recv(launch->notify_file, text, sizeof text - 1, 0);
    text[length > 0 ? length : 0] = '\0';
    return strstr(text, "READY=1") != NULL;
}

/* Builds without systemd send no datagram, but every one writes its state to postmaster.pid. */
int server_launch_wait(struct arena *arena, struct server_launch *launch, struct err *err)
{
    int64_t end = clock_now() + READY_SECONDS * 1000000LL;
    struct postmaster postmaster;
    while (!says_ready(launch, 20) && !(postmaster_find(arena, launch->data, &postmaster) && postmaster.ready)) {
        if (proc_interrupted() != 0)
            return err_set(err, ERR_INTERRUPTED, "interrupted while the private server was starting");
        if (!server_lock_path_is_held(launch->running))
            return died(arena, launch, err);
        if (clock_now() > end) {
            err_set(err, ERR_RETRY, "the private server is not ready after %d seconds", READY_SECONDS);
            return err_hint(err, "it may be recovering from a crash: see %s, and try again", launch->log);
        }
    }
    return 0;
}

static void close_file(int *file)
{
    if (*file >= 0)
        close(*file);
    *file = -1;
}

void server_launch_release(struct server_launch *launch)
{
    if (launch->notify_file >= 0)
        unlink(launch->notify);
    close_file(&launch->notify_file);
    close_file(&launch->log_file);
    close_file(&launch->running_file);
}
