#include "base/proc.h"

#include "base/str.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

/* A signal may come just before we wait; looking again this often (in milliseconds) needs no masks. */
enum { TICK = 10 };

static volatile sig_atomic_t interrupted, last_signal;

static void count_signal(int number)
{
    interrupted++;
    last_signal = number;
}

void proc_catch_signals(void)
{
    struct sigaction action = {.sa_handler = count_signal}; /* no SA_RESTART: waits are to end */
    sigemptyset(&action.sa_mask);
    sigaction(SIGINT, &action, NULL);
    sigaction(SIGTERM, &action, NULL);
    action.sa_handler = SIG_IGN;
    sigaction(SIGPIPE, &action, NULL);
}

int proc_interrupted(void)
{
    return (int)interrupted;
}

int proc_last_signal(void)
{
    return (int)last_signal;
}

static int report(struct err *err, const char *program, int reason)
{
    errno = reason;
    enum err_kind kind = reason == ENOENT ? ERR_INPUT : reason == EACCES ? ERR_PERMISSION : ERR_FAILED;
    err_errno(err, kind, "cannot run %s", program);
    return reason == ENOENT ? err_hint(err, "install %s, or add its directory to PATH", program) : -1;
}

/* The child gets default signals (an ignored SIGPIPE would be inherited) and `out`, when it is not -1, as stdout. */
static int spawn(const char *const argv[], int out, pid_t *pid)
{
    posix_spawn_file_actions_t actions;
    posix_spawnattr_t attributes;
    sigset_t defaults, mask;
    sigemptyset(&mask);
    sigemptyset(&defaults);
    sigaddset(&defaults, SIGPIPE);
    posix_spawn_file_actions_init(&actions);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigdefault(&attributes, &defaults);
    posix_spawnattr_setsigmask(&attributes, &mask);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    if (out >= 0)
        posix_spawn_file_actions_adddup2(&actions, out, STDOUT_FILENO);
    int reason = posix_spawnp(pid, argv[0], &actions, &attributes, (char *const *)argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return reason;
}

/* A signal that reached only us is passed on, so that nobody waits for a child that was not told. */
static void pass_on(pid_t pid, int *seen)
{
    if (proc_interrupted() == *seen)
        return;
    *seen = proc_interrupted();
    kill(pid, proc_last_signal());
}

static char *read_all(struct arena *arena, int fd, pid_t pid, int *seen)
{
    struct str str = str_new(arena);
    char buffer[8192];
    for (;;) {
        struct pollfd ready = {.fd = fd, .events = POLLIN};
        ssize_t got = poll(&ready, 1, TICK) > 0 ? read(fd, buffer, sizeof buffer) : -1;
        if (got == 0)
            break;
        if (got > 0)
            str_add_bytes(&str, buffer, (size_t)got);
        pass_on(pid, seen);
    }
    return str.at;
}

static int wait_for(pid_t pid, int *seen)
{
    int status = 0;
    while (waitpid(pid, &status, WNOHANG) == 0) {
        poll(NULL, 0, TICK);
        pass_on(pid, seen);
    }
    return WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status);
}

int proc_run(struct arena *arena, const char *const argv[], char **output, int *status, struct err *err)
{
    int ends[2] = {-1, -1};
    if (output != NULL && pipe2(ends, O_CLOEXEC) != 0)
        return report(err, argv[0], errno);
    int seen = proc_interrupted();
    pid_t pid = 0;
    int reason = spawn(argv, ends[1], &pid);
    if (output != NULL)
        close(ends[1]);
    if (reason == 0) {
        if (output != NULL)
            *output = read_all(arena, ends[0], pid, &seen);
        *status = wait_for(pid, &seen);
    }
    if (output != NULL)
        close(ends[0]);
    return reason == 0 ? 0 : report(err, argv[0], reason);
}
